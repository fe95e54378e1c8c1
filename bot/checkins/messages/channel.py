"""The lines that a team's channel reads of its check-ins. Nobody is pinged by them."""

from collections.abc import Sequence
from datetime import date

from bot.checkins.model import CheckInItem
from bot.checkins.queries import Answered, given_result, results_before
from bot.language.words import counted, shorten
from bot.outcomes.messages import outcome_title, stands, value_or_unknown
from bot.outcomes.queries import Brief, View
from bot.people.messages import Reader
from bot.people.model import Person
from bot.slack.blocks import context, section
from bot.slack.message import Message
from bot.slack.mrkdwn import Markup, joined, lines, md

_MOST_UNANSWERED = 12
_MOST_ANSWERED = 15
_LATE = md("A late answer still counts, and takes its outcome off this list.")


def answer_line(item: CheckInItem, view: View, *, by: str, reader: Reader) -> Message:
    """One answer, as the team's channel reads it. Nobody is pinged by it."""
    text = _answer(item, view, by, reader, note=500)
    return Message(text, [section(text)])


def answers_begin(asked_on: date, *, reader: Reader) -> Message:
    """Begins the thread in which the answers of a period stand."""
    text = md("Check-in of {day}: what moved is in this thread.", day=reader.day(asked_on))
    return Message(text, [section(text)])


def collected(answered: Sequence[Answered], left: Sequence[Brief], *, asked_on: date, reader: Reader) -> Message:
    """Everything that was answered in a period, and of what there is no news, in one post; late answers rewrite it."""
    total = len(answered) + len(left)
    opening = md(
        "*Check-in of {day}*: news of {answered} of {total}.",
        day=reader.day(asked_on),
        answered=len(answered),
        total=counted(total, "outcome"),
    )
    shown = [_answer(one.item, one.view, _by(one), reader, note=200) for one in answered[:_MOST_ANSWERED]]
    more = len(answered) - len(shown)
    rest = f"And {counted(more, 'more answer')}; /outcome list shows them." if more else ""
    silent = lines("No news of:", *_left(left)) if left else ""
    blocks = [section(part) for part in (opening, *shown) if part]
    blocks += [section(silent), context(_LATE)] if silent else []
    blocks += [context(rest)] if rest else []
    return Message(lines(opening, *shown, silent, _LATE if silent else "", rest), blocks)


def by_line(person: Person, view: View) -> str:
    """Whose answer it is: the owner's, or somebody's in their place."""
    return person.name if person.id == view.owner.id else f"{person.name} for {view.owner.name}"


def _by(answered: Answered) -> str:
    return by_line(answered.by, answered.view)


def _answer(item: CheckInItem, view: View, by: str, reader: Reader, *, note: int) -> Markup:
    outcome, given = view.outcome, given_result(item, view)
    earlier = results_before(item, view)
    before = earlier[-1].value if earlier else outcome.baseline
    answered = given.value if given else before
    value, target = value_or_unknown(answered, outcome, reader), reader.value(outcome.target, outcome.unit)
    if answered == before:
        moved = md("no change, still *{value}* (target {target})", value=value, target=target)
    else:
        was = value_or_unknown(before, outcome, reader)
        moved = md("{was} → *{value}* (target {target})", was=was, value=value, target=target)
    return lines(
        outcome_title(outcome, 140),
        joined(
            [
                md("{measure}: {moved}", measure=outcome.measure, moved=moved),
                md("*{stands}*", stands=stands(view, reader)),
                by,
            ]
        ),
        md("“{note}”", note=shorten(given.note, note)) if given and given.note else "",
    )


def _left(left: Sequence[Brief]) -> list[Markup]:
    shown = [
        md("• {title} ({owner})", title=outcome_title(brief.outcome, 120), owner=brief.owner.name)
        for brief in left[:_MOST_UNANSWERED]
    ]
    more = len(left) - len(shown)
    return [*shown, *([md("And {more}.", more=counted(more, "more outcome"))] if more else [])]


def unanswered(left: Sequence[Brief], *, asked_on: date, reader: Reader) -> Message:
    """Of which outcomes a period brought no news, without a word about why; rewritten as late answers come."""
    day = reader.day(asked_on)
    if not left:
        text = md("Every answer to the check-in of {day} is in by now.", day=day)
        return Message(text, [section(text)])
    text = lines(md("The check-in of {day} closed without news of:", day=day), *_left(left))
    return Message(lines(text, _LATE), [section(text), context(_LATE)])
