"""The lines of a decision's history, and what its row derives from everything that happened."""

from datetime import date, datetime

from sqlalchemy import select

from bot.db.database import Tx
from bot.decisions.actions.reminding import take_back_words
from bot.decisions.model import Decision, DecisionEvent
from bot.decisions.queries import DecisionView, standing_of
from bot.decisions.rules import NEVER, SEARCH_KIND, DecisionState
from bot.decisions.rules.debt import debt_from_on
from bot.people.model import Person
from bot.people.rules import Viewer
from bot.search.actions import index
from bot.teams.model import Team
from bot.teams.queries import zone_of


def record(
    tx: Tx, viewer: Viewer, decision: Decision, what: str, *, before: str = "", after: str = "", now: datetime
) -> DecisionEvent:
    """Adds a line to a decision's history: for every room that changes something about one.

    Args:
        what: a field such as `question`, or what happened, such as `decided`.
    """
    line = DecisionEvent(
        workspace_id=decision.workspace_id,
        decision_id=decision.id,
        made_at=now,
        actor_id=viewer.person_id,
        what=what,
        before=before,
        after=after,
        version=decision.version,
    )
    tx.add(line)
    tx.flush()
    return line


def refresh(tx: Tx, decision: Decision, *, now: datetime) -> None:
    """Derives anew what a decision's row says of when it needs somebody, and since when it is debt.

    Days are those of its team's calendar. What its decider was reminded of and is not true any more is
    taken back; they are looked at afresh by the next tick.
    """
    team = tx.get_one(Team, decision.team_id)
    decider = tx.get(Person, (decision.workspace_id, decision.decider_id)) if decision.decider_id else None
    decision.debt_from_on = debt_from_on(standing_of(decision, decider, zone_of(tx, team)))
    decision.next_on = _next_on(decision)
    decision.next_word_at = now if decision.next_on < NEVER else None
    tx.flush()
    take_back_words(tx, decision, now=now)


def refresh_decided_by(tx: Tx, person: Person, *, now: datetime) -> None:
    """Derives anew the open decisions of somebody who left or came back: one that nobody decides is debt."""
    theirs = (Decision.workspace_id == person.workspace_id, Decision.decider_id == person.id)
    open_ones = select(Decision).where(*theirs, Decision.state == DecisionState.OPEN)
    for decision in tx.scalars(open_ones.order_by(Decision.id).with_for_update()).all():
        refresh(tx, decision, now=now)


def make_found(tx: Tx, view: DecisionView) -> None:
    """Has search find a decision by its key, and by the words of its question, its options and its choices."""
    decision = view.decision
    options = [said for one in view.options for said in (one.text, one.pro, one.con)]
    chosen = [said for one in reversed(view.choices) for said in (one.choice, one.why, one.effect)]
    texts = (decision.key, decision.question, *chosen, *options, decision.context)
    index(tx, workspace_id=decision.workspace_id, kind=SEARCH_KIND, item_id=decision.id, texts=texts)


def _next_on(decision: Decision) -> date:
    if decision.state == DecisionState.OPEN:
        return decision.needed_by_on or NEVER
    if decision.state == DecisionState.DECIDED and decision.reviewed_at is None:
        return decision.review_on or NEVER
    return NEVER
