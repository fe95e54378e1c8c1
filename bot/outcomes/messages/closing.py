"""The form that closes an outcome, and what is said when one is closed or opened again."""

from bot.outcomes.messages import outcome_title, show_button, value_or_unknown
from bot.outcomes.queries import View
from bot.outcomes.rules import Ending
from bot.people.messages import Reader
from bot.slack.blocks import section
from bot.slack.message import Message
from bot.slack.mrkdwn import lines, md

_ENDED = {
    Ending.ACHIEVED: "as achieved",
    Ending.MISSED: "as missed",
    Ending.RESCOPED: "as re-scoped",
    Ending.ABANDONED: "as abandoned",
}


def outcome_closed(view: View, *, by: str, reader: Reader) -> Message:
    """Tells the team that an outcome was closed, and how far it came."""
    outcome = view.outcome
    text = lines(
        md("{by} closed {title} {ended}.", by=by, title=outcome_title(outcome, 200), ended=_ended(view)),
        md(
            "{measure}: {baseline} → *{value}* (target {target}).",
            measure=outcome.measure,
            baseline=value_or_unknown(outcome.baseline, outcome, reader),
            value=value_or_unknown(view.latest_value, outcome, reader),
            target=reader.value(outcome.target, outcome.unit),
        ),
        md("“{note}”", note=outcome.closing_note) if outcome.closing_note else "",
    )
    return Message(text, [section(text, button=show_button(outcome))])


def outcome_reopened(view: View, *, by: str) -> Message:
    """Tells the team that a closed outcome is live again."""
    outcome = view.outcome
    text = md("{by} reopened {title}.", by=by, title=outcome_title(outcome, 200))
    return Message(text, [section(text, button=show_button(outcome))])


def _ended(view: View) -> str:
    ending = view.outcome.closed_as
    return _ENDED[Ending(ending)] if ending else ""
