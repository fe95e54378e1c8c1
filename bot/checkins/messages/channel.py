"""The lines that a team's channel reads of its check-ins. Nobody is pinged by them."""

from collections.abc import Sequence
from datetime import date

from bot.checkins.model import CheckInItem
from bot.checkins.queries import given_result, results_before
from bot.language.words import counted, shorten
from bot.outcomes.messages import outcome_title, stands, value_or_unknown
from bot.outcomes.queries import Brief, View
from bot.people.messages import Reader
from bot.slack.blocks import context, section
from bot.slack.message import Message
from bot.slack.mrkdwn import joined, lines, md

_MOST_UNANSWERED = 12


def answer_line(item: CheckInItem, view: View, *, by: str, reader: Reader) -> Message:
    """One answer, as the team's channel reads it. Nobody is pinged by it."""
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
    text = lines(
        outcome_title(outcome, 140),
        joined(
            [
                md("{measure}: {moved}", measure=outcome.measure, moved=moved),
                md("*{stands}*", stands=stands(view, reader)),
                by,
            ]
        ),
        md("“{note}”", note=shorten(given.note, 500)) if given and given.note else "",
    )
    return Message(text, [section(text)])


def unanswered(left: Sequence[Brief], *, asked_on: date, reader: Reader) -> Message:
    """Of which outcomes a period brought no news, without a word about why; rewritten as late answers come."""
    day = reader.day(asked_on)
    if not left:
        text = md("Every answer to the check-in of {day} is in by now.", day=day)
        return Message(text, [section(text)])
    shown = [
        md("• {title} ({owner})", title=outcome_title(brief.outcome, 120), owner=brief.owner.name)
        for brief in left[:_MOST_UNANSWERED]
    ]
    more = len(left) - len(shown)
    text = lines(
        md("The check-in of {day} closed without news of:", day=day),
        *shown,
        f"And {counted(more, 'more outcome')}." if more else "",
    )
    hint = md("A late answer still counts, and takes its outcome off this list.")
    return Message(lines(text, hint), [section(text), context(hint)])
