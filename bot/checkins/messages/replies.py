"""What is answered to a reply: what was understood of each line, and how to write the rest."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from bot.checkins.messages import NO_CHANGE, UPDATE
from bot.checkins.messages.forms import WHAT_HOLDS_IT
from bot.checkins.model import CheckInItem
from bot.checkins.queries import Asked, given_result
from bot.checkins.rules import Answer
from bot.language.words import counted, one_line, shorten
from bot.outcomes.messages import value_or_unknown
from bot.outcomes.queries import View
from bot.people.messages import Reader
from bot.results.messages import jump_sentence
from bot.results.rules import Jump
from bot.slack.blocks import button, context, section
from bot.slack.message import Block, Message
from bot.slack.mrkdwn import Markup, lines, md

CHECK = "checkins.check"

_MOST_SHOWN = 40


@dataclass(frozen=True)
class Saved:
    """A line that answered for one outcome, `view` as it stands since; `before`, where it stood."""

    item: CheckInItem
    view: View
    before: Decimal | None


@dataclass(frozen=True)
class Doubted:
    """A line whose value is a jump: not saved before its owner has looked again. `ts` is the reply it stands in."""

    item: CheckInItem
    view: View
    jump: Jump
    ts: str


@dataclass(frozen=True)
class Obstacle:
    """A line that says what stands in an outcome's way."""

    view: View
    obstacle: str


@dataclass(frozen=True)
class AskedWhy:
    """A line that says once more that nothing changed, and not why."""

    item: CheckInItem
    view: View


@dataclass(frozen=True)
class NotSaved:
    """A line that was no answer, and why."""

    typed: str
    why: str


Line = Saved | Doubted | Obstacle | AskedWhy | NotSaved


def reply_read(read: Sequence[Line], asked: Asked, *, reader: Reader) -> Message:
    """What became of each line of a reply."""
    shown = [_line(line, reader) for line in read[:_MOST_SHOWN]]
    left = len(read) - len(shown)
    hints = [
        f"{counted(left, 'more line')} not shown here." if left else "",
        _how_to_write(asked) if any(isinstance(line, NotSaved) for line in read) else "",
    ]
    hint = lines(*hints)
    blocks = [block for _, block in shown] + ([context(hint)] if hint else [])
    return Message(lines(*(text for text, _ in shown), hint), blocks)


def _line(line: Line, reader: Reader) -> tuple[Markup, Block]:
    match line:
        case Saved():
            text, key = _saved(line, reader), line.view.outcome.key
            edit = button("Edit", UPDATE, value=_ids(line.item), says=f"Edit the answer for {key}")
            return text, section(text, button=edit)
        case Doubted():
            text, key = _doubted(line, reader), line.view.outcome.key
            seconds, _, micros = line.ts.partition(".")
            ids = f"{_ids(line.item)} {seconds} {micros}"
            return text, section(text, button=button("Check and save", CHECK, value=ids, says=f"Check and save {key}"))
        case AskedWhy():
            text, key = _asked_why(line), line.view.outcome.key
            says = f"Say why nothing changed for {key}"
            return text, section(text, button=button("Say why", NO_CHANGE, value=_ids(line.item), says=says))
        case Obstacle():
            text = _obstacle(line)
        case NotSaved():
            text = _not_saved(line)
    return text, section(text)


def _saved(line: Saved, reader: Reader) -> Markup:
    outcome, given = line.view.outcome, given_result(line.item, line.view)
    value = value_or_unknown(given.value if given else line.view.latest_value, outcome, reader)
    if line.item.answer == Answer.NO_CHANGE:
        said = md("*{key}*: no change, still *{value}*.", key=outcome.key, value=value)
    else:
        before = value_or_unknown(line.before, outcome, reader)
        said = md("*{key}* now stands at *{value}* (before: {before}).", key=outcome.key, value=value, before=before)
    return lines(said, md("“{note}”", note=shorten(given.note, 300)) if given and given.note else "")


def _doubted(line: Doubted, reader: Reader) -> Markup:
    asked = jump_sentence(line.jump, line.view, reader)
    return md("*{key}* is not saved yet: {asked} Is it right?", key=line.view.outcome.key, asked=asked)


def _obstacle(line: Obstacle) -> Markup:
    key, obstacle = line.view.outcome.key, shorten(one_line(line.obstacle), 200)
    return lines(
        md("*{key}* is blocked by “{obstacle}”. That is raised as an obstacle.", key=key, obstacle=obstacle)
        if obstacle
        else md("*{key}* is blocked. By what? Write `{key} blocked by …` and what stands in the way.", key=key)
    )


def _asked_why(line: AskedWhy) -> Markup:
    return md(
        "*{key}* is not saved yet. {question} Write `{key} no change because …`.",
        key=line.view.outcome.key,
        question=WHAT_HOLDS_IT,
    )


def _not_saved(line: NotSaved) -> Markup:
    typed = shorten(one_line(line.typed), 40)
    if line.why.startswith(f"“{typed}”"):
        return md("Not saved: {why}", why=line.why)
    return md("Not saved: “{typed}”. {why}", typed=typed, why=line.why)


def _how_to_write(asked: Asked) -> Markup:
    keys = [view.outcome.key for _, view in asked.items]
    if len(keys) == 1:
        return md("I read replies such as `42 because the email shipped`, or `no change`.")
    return md(
        "I read one line for each outcome, such as `{key} 42 because the email shipped`, or `{key} no change`.",
        key=keys[0],
    )


def _ids(item: CheckInItem) -> str:
    return f"{item.checkin_id} {item.outcome_id}"
