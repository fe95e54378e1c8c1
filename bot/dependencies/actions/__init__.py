"""What changes in the dependencies room. Each change leaves a line in the history of the outcome that waits."""

from dataclasses import dataclass
from datetime import date, datetime

from bot.db.database import Tx
from bot.dependencies import messages
from bot.dependencies.actions.telling import ask_lead, key_of, lead_of, outcome_of, redraw, tell, those_waiting
from bot.dependencies.model import Dependency
from bot.dependencies.queries import (
    DependencyView,
    check_is_live,
    check_may_answer,
    check_may_decide,
    check_may_deliver,
    find_dependency,
)
from bot.dependencies.rules import REASON_LIMIT, TEXT_LIMIT, DependencyState, answered
from bot.errors import FormRefused, Refused
from bot.outbox.queue import cancel
from bot.outcomes.actions.history import record
from bot.outcomes.queries import Brief
from bot.outcomes.queries import allowed as outcomes
from bot.outcomes.queries.allowed import check_may_change
from bot.people.rules import Viewer
from bot.teams.model import Team


@dataclass(frozen=True)
class Need:
    """What is asked of a team, and by when."""

    team: Team
    text: str
    wanted_on: date


def ask(tx: Tx, viewer: Viewer, brief: Brief, need: Need, *, today: date, now: datetime) -> DependencyView:
    """Asks another team for what an outcome needs, and owes that team's lead a message.

    Args:
        today: the viewer's own.

    Raises NotAllowed with who may; Refused when the outcome is closed; FormRefused for its own team, words that are
    missing or too many, or a day that has passed.
    """
    check_may_change(tx, viewer, brief, "ask another team for something")
    outcomes.check_is_live(brief)
    _check(brief, need, today)
    dependency = Dependency(
        workspace_id=viewer.workspace_id,
        outcome_id=brief.outcome.id,
        team_id=need.team.id,
        text=need.text,
        wanted_on=need.wanted_on,
        state=DependencyState.ASKED,
        reason="",
        asked_at=now,
        asked_by=viewer.person_id,
    )
    tx.add(dependency)
    tx.flush()
    record(tx, viewer, brief.outcome, "need asked", after=f"{need.text} (by {need.wanted_on})", now=now)
    ask_lead(tx, dependency, now=now)
    return find_dependency(tx, viewer, dependency.id)


def accept(
    tx: Tx, viewer: Viewer, dependency_id: int, *, day: date, reason: str, today: date, now: datetime
) -> DependencyView:
    """Promises a day, or another one than before. A later one than was agreed or wanted is a proposal.

    Raises NotAllowed with who may, Refused once nobody waits for it, FormRefused for a day that has passed.
    """
    view = _held(tx, viewer, dependency_id)
    check_may_answer(view)
    _check_waits(tx, view)
    if day < today:
        raise FormRefused({"day": "That day has passed. Choose when it will be there."})
    _check_words("reason", reason, REASON_LIMIT)
    one = view.dependency
    before, was = _dated(view), one.state
    one.state = answered(agreed_on=view.agreed_on, offered_on=day)
    one.promised_on, one.reason, one.answered_at, one.answered_by = day, reason, now, viewer.person_id
    is_new = was == DependencyState.ASKED and one.state == DependencyState.ACCEPTED
    what = "need accepted" if is_new else "need re-dated"
    number = _record(tx, viewer, one, what, before=before, after=_dated(view), now=now)
    tell(tx, viewer, one, those_waiting(tx, one), messages.answered, key=f"answered:v{number}", now=now)
    redraw(tx, one, now=now)
    return find_dependency(tx, viewer, dependency_id)


def decline(tx: Tx, viewer: Viewer, dependency_id: int, *, reason: str, now: datetime) -> DependencyView:
    """Says no for the asked team.

    Raises NotAllowed with who may, Refused once nobody waits for it, FormRefused without a reason.
    """
    view = _held(tx, viewer, dependency_id)
    check_may_answer(view)
    _check_waits(tx, view)
    _check_words("reason", reason, REASON_LIMIT, missing="Say why, so that whoever asked can plan without it.")
    one, before = view.dependency, _dated(view)
    one.state, one.reason = DependencyState.DECLINED, reason
    one.answered_at, one.answered_by = now, viewer.person_id
    number = _record(tx, viewer, one, "need declined", before=before, after=reason, now=now)
    tell(tx, viewer, one, those_waiting(tx, one), messages.answered, key=f"answered:v{number}", now=now)
    redraw(tx, one, now=now)
    return find_dependency(tx, viewer, dependency_id)


def agree(tx: Tx, viewer: Viewer, dependency_id: int, *, day: date, now: datetime) -> DependencyView:
    """Takes the day that the asked team proposes.

    Args:
        day: the one that the viewer saw.

    Raises NotAllowed with who may, Refused when that day is not proposed any more.
    """
    view = _held(tx, viewer, dependency_id)
    check_may_decide(view)
    _check_waits(tx, view)
    one, before = view.dependency, _dated(view)
    if one.state != DependencyState.PROPOSED or one.promised_on != day:
        raise Refused("That day is not proposed any more. The outcome's card shows how it stands now.")
    one.state, one.answered_at = DependencyState.ACCEPTED, now
    number = _record(tx, viewer, one, "need accepted", before=before, after=_dated(view), now=now)
    tell(tx, viewer, one, lead_of(tx, one), messages.agreed, key=f"agreed:v{number}", now=now)
    redraw(tx, one, now=now)
    return find_dependency(tx, viewer, dependency_id)


def deliver(tx: Tx, viewer: Viewer, dependency_id: int, *, now: datetime) -> DependencyView:
    """Says that what was asked for is there. Raises NotAllowed with who may, Refused once nobody waits for it."""
    view = _held(tx, viewer, dependency_id)
    check_may_deliver(view)
    _check_waits(tx, view)
    one, before = view.dependency, _dated(view)
    one.state, one.delivered_at = DependencyState.DELIVERED, now
    _record(tx, viewer, one, "need delivered", before=before, after=one.text, now=now)
    tell(tx, viewer, one, those_waiting(tx, one), messages.delivered, key="delivered", now=now)
    redraw(tx, one, now=now)
    return find_dependency(tx, viewer, dependency_id)


def withdraw(tx: Tx, viewer: Viewer, dependency_id: int, *, now: datetime) -> DependencyView:
    """Says that it is not needed any more. A lead who has answered, or may have begun, is told.

    Raises NotAllowed with who may, Refused once nobody waits for it.
    """
    view = _held(tx, viewer, dependency_id)
    check_may_decide(view)
    check_is_live(view)
    one, before, was = view.dependency, _dated(view), view.dependency.state
    one.state = DependencyState.WITHDRAWN
    _record(tx, viewer, one, "need withdrawn", before=before, now=now)
    if was != DependencyState.ASKED:
        tell(tx, viewer, one, lead_of(tx, one), messages.withdrawn, key="withdrawn", now=now)
    reason = "What was needed is not needed any more."
    if not cancel(tx, workspace_id=one.workspace_id, key=key_of(one, "asked"), reason=reason, now=now):
        redraw(tx, one, now=now)
    return find_dependency(tx, viewer, dependency_id)


def _held(tx: Tx, viewer: Viewer, dependency_id: int) -> DependencyView:
    """The dependency as it is now, and nobody else's to change until this transaction ends."""
    view = find_dependency(tx, viewer, dependency_id)
    tx.refresh(view.dependency, with_for_update=True)
    return view


def _check(brief: Brief, need: Need, today: date) -> None:
    if need.team.id == brief.team.id:
        raise FormRefused({"team": f"{need.team.name} owns this outcome. Write it down as an action instead."})
    _check_words("text", need.text, TEXT_LIMIT, missing="Say what you need from them.")
    if need.wanted_on < today:
        raise FormRefused({"wanted": "That day has passed. Choose by when you need it."})


def _check_words(field: str, words: str, limit: int, *, missing: str = "") -> None:
    if missing and not words:
        raise FormRefused({field: missing})
    if len(words) > limit:
        raise FormRefused({field: f"This is {len(words):,} characters; please stay within {limit:,}."})


def _check_waits(tx: Tx, view: DependencyView) -> None:
    """Raises Refused when nobody waits any more: it has ended, or the outcome is closed."""
    check_is_live(view)
    if outcome_of(tx, view.dependency).closed_at is not None:
        raise Refused("What waited for this is closed, so it is not needed any more.")


def _record(tx: Tx, viewer: Viewer, one: Dependency, what: str, *, before: str, after: str = "", now: datetime) -> int:
    """Adds the line to the history, and answers its number, which no other line has."""
    tx.flush()
    return record(tx, viewer, outcome_of(tx, one), what, before=before, after=after, now=now).id


def _dated(view: DependencyView) -> str:
    """A dependency as the history writes it. Not the team's name: not everybody who reads it may see that team."""
    one = view.dependency
    return f"{one.text} ({one.state}, {one.promised_on or one.wanted_on})"
