"""The forms that object, reopen, put another decision in the place of one, or withdraw a question."""

from bot.decisions.messages import OBJECT, REOPEN, SUPERSEDE, WITHDRAW, decision_title
from bot.decisions.messages.choices import choice_lines
from bot.decisions.queries import DecisionView
from bot.decisions.rules import EVIDENCE_LIMIT, OBJECTION_LIMIT, REASON_LIMIT, TYPED_LIMIT
from bot.slack.blocks import form, section, text_field
from bot.slack.message import Block, Form
from bot.slack.mrkdwn import lines


def object_form(view: DecisionView, *, said: str, carries: str) -> Form:
    """Asks somebody who is heard what speaks against the choice; `said` is what they said before."""
    field = text_field(
        "objection",
        "What speaks against it?",
        hint="It is kept with the decision under your name, and whoever decides it is told.",
        initial=said,
        limit=OBJECTION_LIMIT,
        many_lines=True,
        focus=True,
    )
    return form(OBJECT, f"Object to {view.decision.key}", [_about(view), field], submit="Object", carries=carries)


def reopen_form(view: DecisionView, *, carries: str) -> Form:
    """Asks what is new before a decided question is opened again."""
    fields = [
        text_field(
            "evidence",
            "What is known now that was not known then?",
            hint="Left empty, it is reopened without new evidence and counts as decision debt.",
            limit=EVIDENCE_LIMIT,
            many_lines=True,
            optional=True,
            focus=True,
        ),
        text_field(
            "needed_by", "By when is it needed?", placeholder="end of the week", limit=TYPED_LIMIT, optional=True
        ),
    ]
    return form(REOPEN, f"Reopen {view.decision.key}", [_about(view), *fields], submit="Reopen", carries=carries)


def supersede_form(view: DecisionView, *, carries: str) -> Form:
    """Asks which decision takes the place of this one; left empty, it is written down next."""
    fields = [
        text_field(
            "successor",
            "Which decision takes its place?",
            placeholder="DEC-14",
            hint="Its key. Left empty, you write it down next.",
            limit=TYPED_LIMIT,
            optional=True,
            focus=True,
        ),
        text_field("note", "Why?", limit=REASON_LIMIT, many_lines=True, optional=True),
    ]
    title = f"Supersede {view.decision.key}"
    return form(SUPERSEDE, title, [_about(view), *fields], submit="Continue", carries=carries)


def withdraw_form(view: DecisionView, *, carries: str) -> Form:
    """Asks why a question needs no decision any more."""
    field = text_field(
        "reason",
        "Why does it need no decision any more?",
        hint="It stays on record with the question.",
        limit=REASON_LIMIT,
        many_lines=True,
        focus=True,
    )
    title = f"Withdraw {view.decision.key}"
    return form(WITHDRAW, title, [_about(view), field], submit="Withdraw", carries=carries)


def _about(view: DecisionView) -> Block:
    return section(
        lines(decision_title(view.decision), choice_lines(view.decision, view.chosen) if view.chosen else "")
    )
