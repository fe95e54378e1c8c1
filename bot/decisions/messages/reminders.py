"""What a decider is told of Rhythm's own accord: once before a decision is needed, once after."""

from bot.decisions.messages import decide_button, decision_title, edit_button, show_button
from bot.decisions.queries import DecisionView
from bot.language.words import counted
from bot.people.messages import Reader
from bot.slack.blocks import buttons, section
from bot.slack.message import Message
from bot.slack.mrkdwn import Markup, lines, md


def needed_soon(view: DecisionView, *, reader: Reader) -> Message:
    """Reminds the decider on the working day before a decision is needed."""
    day = view.decision.needed_by_on
    return _reminder(
        view,
        md("It is needed by {day}.", day=reader.day(day)) if day else Markup(""),
        _waiting(view),
    )


def needed_already(view: DecisionView, *, reader: Reader) -> Message:
    """Reminds the decider once more when the day has passed; after that it is the team's to talk about."""
    day = view.decision.needed_by_on
    return _reminder(
        view,
        md("It was needed by {day} and is not decided yet.", day=reader.day(day)) if day else Markup(""),
        _waiting(view),
        md("You are not reminded again: {team} finds it on the agenda of its next meeting.", team=view.team.name),
    )


def _reminder(view: DecisionView, *said: Markup) -> Message:
    decision = view.decision
    text = lines(md("Yours to decide: {title}", title=decision_title(decision)), *said)
    return Message(
        text, [section(text), buttons(decide_button(decision), edit_button(decision), show_button(decision))]
    )


def _waiting(view: DecisionView) -> Markup:
    count = len(view.waits)
    if not count:
        return Markup("")
    return md("{things} for it.", things=f"{counted(count, 'thing')} {'waits' if count == 1 else 'wait'}")
