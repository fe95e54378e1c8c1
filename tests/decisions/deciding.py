"""Decisions of the firm, made by Rhythm's own actions. Every function commits."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlalchemy import select

from bot.decisions.actions.deciding import decide, log_decision, object_to
from bot.decisions.actions.ending import reopen_decision, supersede_decision, withdraw_decision
from bot.decisions.actions.opening import Around, edit_decision, open_decision
from bot.decisions.model import DecisionEvent
from bot.decisions.queries import DecisionView, find_decision
from bot.decisions.queries.waiting import Wait
from bot.decisions.rules.drafts import Choice, Question
from bot.outbox.model import Delivery
from bot.teams.model import Team
from tests.workspaces.firm import Firm

RAISE = Choice("Raise them by 10%", "Support costs more than they pay")


def opened(
    firm: Firm,
    team: Team,
    by: str = "UMAX",
    *,
    question: Question | str = "Do we raise prices?",
    decider: str | None = "UOLGA",
    heard: Sequence[str] = (),
    waits: Sequence[Wait] = (),
    needed_by_on: date | None = None,
) -> DecisionView:
    """An open decision."""
    asked = question if isinstance(question, Question) else Question(question, needed_by_on=needed_by_on)
    with firm.db.begin() as tx:
        return open_decision(
            tx, firm.viewer(by), team=team, question=asked, around=around(firm, decider, heard, waits), now=firm.now
        )


def around(firm: Firm, decider: str | None = "UOLGA", heard: Sequence[str] = (), waits: Sequence[Wait] = ()) -> Around:
    """Who and what a decision concerns."""
    return Around(firm.people[decider] if decider else None, [firm.people[one] for one in heard], waits)


def edited(firm: Firm, number: int, by: str, question: Question, team: Team, near: Around) -> DecisionView:
    with firm.db.begin() as tx:
        before = find_decision(tx, firm.viewer(by), number)
        return edit_decision(tx, firm.viewer(by), before, team=team, question=question, around=near, now=firm.now)


def decided(firm: Firm, number: int, by: str = "UOLGA", choice: Choice = RAISE) -> DecisionView:
    with firm.db.begin() as tx:
        return decide(tx, firm.viewer(by), find_decision(tx, firm.viewer(by), number), choice, now=firm.now)


def logged(
    firm: Firm, team: Team, by: str = "UOLGA", *, question: str = "", choice: Choice = RAISE, decider: str = ""
) -> DecisionView:
    with firm.db.begin() as tx:
        return log_decision(
            tx,
            firm.viewer(by),
            team=team,
            question=question,
            choice=choice,
            decider=firm.people[decider or by],
            now=firm.now,
        )


def objected(firm: Firm, number: int, by: str, objection: str = "We have too little data") -> DecisionView:
    with firm.db.begin() as tx:
        return object_to(tx, firm.viewer(by), find_decision(tx, firm.viewer(by), number), objection, now=firm.now)


def reopened(firm: Firm, number: int, by: str = "UOLGA", **given: Any) -> DecisionView:
    with firm.db.begin() as tx:
        view = find_decision(tx, firm.viewer(by), number)
        return reopen_decision(tx, firm.viewer(by), view, **{"evidence": "", **given}, now=firm.now)


def superseded(firm: Firm, number: int, successor: int, by: str = "UOLGA", note: str = "") -> DecisionView:
    with firm.db.begin() as tx:
        view, other = (find_decision(tx, firm.viewer(by), one) for one in (number, successor))
        return supersede_decision(tx, firm.viewer(by), view, other, note=note, now=firm.now)


def withdrawn(firm: Firm, number: int, by: str = "UMAX", reason: str = "The question went away") -> DecisionView:
    with firm.db.begin() as tx:
        view = find_decision(tx, firm.viewer(by), number)
        return withdraw_decision(tx, firm.viewer(by), view, reason=reason, now=firm.now)


def seen(firm: Firm, number: int, by: str = "UOLGA") -> DecisionView:
    with firm.db.read() as tx:
        return find_decision(tx, firm.viewer(by), number)


def history(firm: Firm) -> list[tuple[str, str, str, str]]:
    """Who did what, from what to what."""
    with firm.db.read() as tx:
        return [
            (line.actor_id, line.what, line.before, line.after)
            for line in tx.scalars(select(DecisionEvent).order_by(DecisionEvent.id))
        ]


def owed(firm: Firm) -> dict[str, tuple[str, str]]:
    """What is owed: the place and the words, by key."""
    with firm.db.read() as tx:
        live = select(Delivery).where(Delivery.state == "owed").order_by(Delivery.id)
        return {one.key: (one.place, one.text) for one in tx.scalars(live)}
