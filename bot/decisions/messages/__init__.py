"""The words of the decisions room that every room shares, and the ids of its buttons, forms and shortcuts."""

from bot.decisions.model import Decision
from bot.decisions.queries import DecisionBrief
from bot.decisions.rules import DecisionState
from bot.decisions.rules.debt import is_over
from bot.language.words import one_line, shorten
from bot.people.messages import Reader
from bot.slack.blocks import Button, button
from bot.slack.mrkdwn import Markup, joined, lines, md

SHOW = "decisions.show"
NEED = "decisions.need"
EDIT = "decisions.edit"
EDIT_BUTTON = "decisions.edit_button"
LOG = "decisions.log"
LOG_SHORTCUT = "decisions.log_shortcut"
LOG_FROM_MESSAGE = "decisions.log_from_message"
MORE_FIELDS = "decisions.more_fields"
NOT_DECIDED = "decisions.not_decided"
HISTORY_BUTTON = "decisions.history_button"
DECIDE = "decisions.decide"
DECIDE_BUTTON = "decisions.decide_button"
OBJECT = "decisions.object"
OBJECT_BUTTON = "decisions.object_button"
REOPEN = "decisions.reopen"
REOPEN_BUTTON = "decisions.reopen_button"
SUPERSEDE = "decisions.supersede"
SUPERSEDE_BUTTON = "decisions.supersede_button"
WITHDRAW = "decisions.withdraw"
WITHDRAW_BUTTON = "decisions.withdraw_button"
TURN_BACK = "decisions.turn_back"
TURN_ON = "decisions.turn_on"

IN_A_LINE = 140
"""How much of a question or a choice is shown where it is one line among others."""


def show_button(decision: Decision) -> Button:
    """Shows everything about a decision."""
    return button("Show", SHOW, value=str(decision.id), says=f"Show {decision.key}")


def decide_button(decision: Decision) -> Button:
    """Opens the form in which it is decided."""
    return button("Decide", DECIDE_BUTTON, value=str(decision.id), style="primary", says=f"Decide {decision.key}")


def object_button(decision: Decision) -> Button:
    """Opens the form in which somebody who is heard objects."""
    return button("Object", OBJECT_BUTTON, value=str(decision.id), says=f"Object to {decision.key}")


def change_button(decision: Decision) -> Button:
    """Opens the same form for another version of the choice."""
    return button("Change", DECIDE_BUTTON, value=str(decision.id), says=f"Change the choice of {decision.key}")


def edit_button(decision: Decision) -> Button:
    """Opens the form that changes what is asked."""
    return button("Edit", EDIT_BUTTON, value=str(decision.id), says=f"Edit {decision.key}")


def reopen_button(decision: Decision) -> Button:
    """Opens the form that asks what new evidence there is."""
    return button("Reopen", REOPEN_BUTTON, value=str(decision.id), says=f"Reopen {decision.key}")


def supersede_button(decision: Decision) -> Button:
    """Opens the form that puts another decision in its place."""
    return button(
        "Supersede", SUPERSEDE_BUTTON, value=str(decision.id), says=f"Put another in the place of {decision.key}"
    )


def history_button(decision: Decision) -> Button:
    """Shows everything that happened to a decision."""
    return button("History", HISTORY_BUTTON, value=str(decision.id), says=f"Show the history of {decision.key}")


def withdraw_button(decision: Decision) -> Button:
    """Opens the form that ends a question without a choice."""
    return button("Withdraw", WITHDRAW_BUTTON, value=str(decision.id), says=f"Withdraw {decision.key}")


def decision_title(decision: Decision, limit: int = 300) -> Markup:
    """A decision's key and question, on one line."""
    return md("*{key}* {question}", key=decision.key, question=shorten(one_line(decision.question), limit))


def decision_entry(brief: DecisionBrief, reader: Reader) -> Markup:
    """A decision in two lines: what it is about, and where it stands."""
    return lines(decision_title(brief.decision, IN_A_LINE), decision_stands(brief, reader))


def decision_stands(brief: DecisionBrief, reader: Reader) -> Markup:
    """Where a decision stands, on one line."""
    decision = brief.decision
    decider = brief.decider.name if brief.decider else ""
    if brief.is_open:
        return joined(
            [
                md("*{state}*", state=open_word(brief, reader)),
                md("{decider} decides", decider=decider) if decider else "nobody is named to decide it",
                md("needed by {day}", day=reader.day(decision.needed_by_on)) if decision.needed_by_on else "",
                brief.team.name,
            ]
        )
    said = shorten(one_line(brief.chosen.choice), IN_A_LINE) if brief.chosen else ""
    return joined(
        [
            md("*{state}*", state=str(decision.state).capitalize()),
            md("“{said}”", said=said) if said and said != decision.question else "",
            _review(brief, reader) if brief.state == DecisionState.DECIDED else "",
            brief.team.name,
        ]
    )


def open_word(brief: DecisionBrief, reader: Reader) -> str:
    """How an open decision stands, in a word or two."""
    if is_over(brief.decision.needed_by_on, reader.today):
        return "Overdue"
    return "Reopened" if brief.decision.reopened_at else "Open"


def _review(brief: DecisionBrief, reader: Reader) -> Markup:
    decision = brief.decision
    if decision.reviewed_at is not None:
        return md("reviewed")
    if decision.review_on is None:
        return md("")
    word = "review was due" if is_over(decision.review_on, reader.today) else "review"
    return md("{word} {day}", word=word, day=reader.day(decision.review_on))
