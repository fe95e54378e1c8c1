"""The words of the results room, and the ids of its forms, button and shortcut."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from bot.language.words import shorten
from bot.outcomes.messages import health_sentence, outcome_title, show_button, value_or_unknown
from bot.outcomes.model import Result
from bot.outcomes.queries import Brief, View
from bot.outcomes.rules import NOTE_LIMIT, TYPED_LIMIT
from bot.people.messages import Reader
from bot.results.queries import Logged
from bot.results.rules import Jump
from bot.slack.blocks import choice_field, form, section, text_field
from bot.slack.message import Block, Form, Message
from bot.slack.mrkdwn import Markup, lines, md

RESULT = "results.result"
LOG_RESULT = "results.log_result"
LOG_SHORTCUT = "results.log_shortcut"
FROM_MESSAGE = "results.from_message"

CONFIDENCE = {str(n): words for n, words in enumerate(f"{n} of 10" for n in range(11))}


@dataclass(frozen=True)
class Typed:
    """What stands in the fields of a result, as it was typed or chosen."""

    value: str = ""
    note: str = ""
    confidence: str = ""
    measured_on: str = ""
    corrects: str = ""


NOTHING_TYPED = Typed()


@dataclass(frozen=True)
class From:
    """The message that a result is taken from."""

    channel: str
    ts: str


def result_form(
    view: View,
    *,
    reader: Reader,
    channel_id: str,
    logged: Sequence[Logged] = (),
    typed: Typed = NOTHING_TYPED,
    jump: Jump | None = None,
) -> Form:
    """Logs where the measure stands, or corrects one of those `logged`; with `jump`, asks whether it is meant."""
    outcome = view.outcome
    latest = view.latest
    last = (
        md(
            "Last: *{value}*, {age}.",
            value=reader.value(latest.value, outcome.unit),
            age=reader.age(latest.measured_at),
        )
        if latest
        else md("No result yet. It started from *{value}*.", value=value_or_unknown(outcome.baseline, outcome, reader))
    )
    return form(
        RESULT,
        f"Result for {outcome.key}",
        [
            *jump_question(jump, view, reader),
            section(lines(outcome_title(outcome), last)),
            *result_fields(outcome.measure, typed),
            _measured_on(typed),
            *_correction(view, logged, typed, reader),
        ],
        carries=f"{outcome.id} {int(jump is not None)} {channel_id}",
    )


def from_message_form(
    outcomes: Sequence[Brief], source: From, *, chosen: str = "", typed: Typed, question: Sequence[Block] = ()
) -> Form:
    """Logs a result that a message tells, for one of these outcomes; the value is for the person to say.

    `question` stands above everything when it was found to be a jump.
    """
    choices = {str(one.outcome.id): f"{one.outcome.key} {one.outcome.statement}" for one in outcomes}
    return form(
        FROM_MESSAGE,
        "Log result",
        [
            *question,
            choice_field("outcome", "Which outcome?", choices, initial=chosen),
            *result_fields("", typed),
            _measured_on(typed),
        ],
        carries=f"{int(bool(question))} {source.channel} {source.ts}",
    )


def nothing_to_log() -> Message:
    """The answer to somebody who may log results of nothing from here."""
    text = lines(
        "There is no outcome here that you can log a result for: you own none, and do not lead this channel's team.",
        md("`/outcome list all` shows who owns which; they can log it."),
    )
    return Message(text, [section(text)])


def result_fields(measure: str, typed: Typed) -> list[Block]:
    """The fields in which a result is given, here and in a check-in; `measure` is empty while it is not known."""
    label = f"{shorten(measure, 60)} now" if measure else "Where does its measure stand now?"
    return [
        text_field("value", label, initial=typed.value, limit=TYPED_LIMIT, focus=True),
        choice_field(
            "confidence",
            "How sure are you that the target will be met?",
            CONFIDENCE,
            initial=typed.confidence,
            hint="0 is not at all, 10 is certain.",
            optional=True,
        ),
        text_field(
            "note",
            "What moved it, or held it back?",
            initial=shorten(typed.note, NOTE_LIMIT),
            limit=NOTE_LIMIT,
            many_lines=True,
            optional=True,
        ),
    ]


def jump_question(jump: Jump | None, view: View, reader: Reader) -> list[Block]:
    """Asks whether a jump is meant, above a form that saves it when it is sent again; nothing where there is none."""
    return [section(lines(jump_sentence(jump, view, reader), "If that is right, save again."))] if jump else []


def jump_sentence(jump: Jump, view: View, reader: Reader) -> Markup:
    """`8% → 800% is over ten times the usual change.`"""
    unit = view.outcome.unit
    before, after = reader.value(jump.before, unit), reader.value(jump.after, unit)
    return md("*{before} → {after}* is over ten times the usual change.", before=before, after=after)


def result_logged(
    view: View, result: Result, *, before: Decimal | None, reader: Reader, replaced: Result | None = None
) -> Message:
    """A result, read back with what it changed.

    Args:
        view: the outcome after it.
        before: where the measure stood before it.
        replaced: the result that it corrects.
    """
    text = lines(_said(view, result, before, replaced, reader), health_sentence(view.standing(reader.today)))
    return Message(text, [section(text, button=show_button(view.outcome))])


def _said(view: View, result: Result, before: Decimal | None, replaced: Result | None, reader: Reader) -> Markup:
    outcome, day = view.outcome, reader.day_of(result.measured_at)
    facts = {
        "key": outcome.key,
        "value": reader.value(result.value, outcome.unit),
        "before": value_or_unknown(before, outcome, reader),
        "latest": value_or_unknown(view.latest_value, outcome, reader),
        "day": reader.day(day),
    }
    is_latest = view.latest is not None and view.latest.id == result.id
    if replaced is not None:
        was = reader.value(replaced.value, outcome.unit)
        now = "" if is_latest else md(" It stands at {latest} now.", **facts)
        return md("*{key}* on {day}, corrected: {was} → *{value}*.{now}", was=was, now=now, **facts)
    if not is_latest:
        return md("*{key}* on {day}: *{value}*. It still stands at {latest}.", **facts)
    if day != reader.today:
        return md("*{key}* stands at *{value}* as of {day} (before: {before}).", **facts)
    return md("*{key}* now stands at *{value}* (before: {before}).", **facts)


def _measured_on(typed: Typed) -> Block:
    return text_field(
        "measured_on",
        "Measured on",
        hint="Leave it empty for today. A day before is typed as 3 March, yesterday or last Friday.",
        initial=typed.measured_on,
        limit=TYPED_LIMIT,
        optional=True,
    )


def _correction(view: View, logged: Sequence[Logged], typed: Typed, reader: Reader) -> list[Block]:
    if not logged:
        return []
    choices = {str(one.result.id): _choice(one, view, reader) for one in logged}
    hint = "Then it takes that one's place, on that one's day. Both stay in the history."
    return [
        choice_field("corrects", "Is this a correction?", choices, initial=typed.corrects, hint=hint, optional=True)
    ]


def _choice(logged: Logged, view: View, reader: Reader) -> str:
    day = reader.day(reader.day_of(logged.result.measured_at))
    value = reader.value(logged.result.value, view.outcome.unit)
    return f"{day}: {value} ({shorten(logged.by, 30)})" if logged.by else f"{day}: {value}"
