"""Reading what has stalled, and gathering the facts that say why."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from sqlalchemy import ColumnElement, and_, case, or_, select

from bot.absences.queries import days_away, stand_in_on
from bot.absences.rules import Days
from bot.db.database import Tx
from bot.handovers.queries import times_handed_over
from bot.measuring.effort import Effort
from bot.measuring.health import STALE_AFTER_PERIODS
from bot.outcomes.model import Outcome
from bot.outcomes.queries import MOST_COUNTED, Brief, View, is_narrowed_to, live_count, views_of, visible_outcomes
from bot.outcomes.queries.activity import effort_of
from bot.outcomes.queries.advice import findings_of
from bot.outcomes.queries.allowed import may_change, owner_trouble
from bot.outcomes.rules import Filter
from bot.people.rules import Viewer
from bot.signals.rules import Cause, Facts, causes, is_stalled
from bot.teams.queries import find_team, team_ids_by_period

PAGE_SIZE = 7
"""Outcomes of at most six blocks each, of the fifty that a message may have."""


@dataclass(frozen=True)
class Signals:
    """An outcome that has stalled, with what was found about it."""

    view: View
    facts: Facts
    effort: Effort | None
    """What went into it and what came of it, where that is effort without movement."""
    may_change: bool

    @property
    def causes(self) -> tuple[Cause, ...]:
        """Which of the four causes apply."""
        return causes(self.facts)


@dataclass(frozen=True)
class SignalPage:
    """Some of the outcomes that have stalled, from which place on, and how many there are: at most MOST_COUNTED."""

    signals: Sequence[Signals]
    total: int
    offset: int = 0


def signals_in(
    tx: Tx,
    viewer: Viewer,
    *,
    today: date,
    focus_limit: int,
    owner_id: str | None = None,
    team_ids: Iterable[int] | None = None,
    offset: int = 0,
) -> SignalPage:
    """What has stalled of an owner's, of some teams', or of all outcomes that the viewer may see.

    Effort without movement comes first, then what is off track, stale, and without a first result; each by due date.
    """
    wanted = [_has_stalled(tx, viewer, today)]
    if owner_id is not None:
        wanted.append(Outcome.owner_id == owner_id)
    if team_ids is not None:
        wanted.append(Outcome.team_id.in_(list(team_ids)))
    busy, off_track, stale = (is_narrowed_to(one, today) for one in (Filter.BUSY, Filter.OFF_TRACK, Filter.STALE))
    chosen = (
        select(Outcome.id)
        .where(Outcome.workspace_id == viewer.workspace_id, *wanted)
        .order_by(case((busy, 0), (off_track, 1), (stale, 2), else_=3), Outcome.due_on, Outcome.number)
        .limit(max(MOST_COUNTED, offset + PAGE_SIZE))
    )
    ids = list(tx.scalars(chosen))
    shown = ids[offset : offset + PAGE_SIZE]
    views = {view.outcome.id: view for view in views_of(tx, visible_outcomes(viewer).where(Outcome.id.in_(shown)))}
    found = signals_on(tx, viewer, [views[one] for one in shown if one in views], today=today, focus_limit=focus_limit)
    return SignalPage(found, min(len(ids), MOST_COUNTED), offset)


def signals_on(tx: Tx, viewer: Viewer, views: Sequence[View], *, today: date, focus_limit: int) -> list[Signals]:
    """What is found about those that have stalled, of outcomes the caller has already found, in the same order."""
    stalled = [view for view in views if _is_stalled(view, today)]
    ids = [view.outcome.id for view in stalled]
    findings, handed_over = findings_of(tx, viewer, stalled), times_handed_over(tx, viewer, ids)
    return [
        Signals(
            view=view,
            facts=Facts(
                findings=findings.get(view.outcome.id, ()),
                owned=live_count(tx, viewer, owner_id=view.owner.id),
                focus_limit=focus_limit,
                owner_trouble=owner_trouble(tx, view.team, view.owner),
                away=_days_unattended(tx, view, today),
                handed_over=handed_over.get(view.outcome.id, 0),
                days_without_result=_days_without_result(view, today),
                period_days=view.team.rhythm.period_days,
                today=today,
            ),
            effort=effort_of(tx, view, today) if view.is_busy(today) else None,
            may_change=may_change(tx, viewer, view),
        )
        for view in stalled
    ]


def _is_stalled(view: Brief, today: date) -> bool:
    if view.outcome.closed_at is not None:
        return False
    return is_stalled(
        view.health(today),
        is_busy=view.is_busy(today),
        days_without_result=_days_without_result(view, today),
        period_days=view.team.rhythm.period_days,
    )


def _days_without_result(view: Brief, today: date) -> int:
    """Since the latest result; before the first since its first day, or since it was written down where that is later.

    Nobody was asked before.
    """
    outcome = view.outcome
    since = outcome.latest_on or max(outcome.starts_on, outcome.created_at.date())
    return max(0, (today - since).days)


def _has_stalled(tx: Tx, viewer: Viewer, today: date) -> ColumnElement[bool]:
    """Whether an outcome of a team that the viewer may see has stalled: the same as `_is_stalled`, in SQL."""
    by_period = team_ids_by_period(tx, viewer)

    def began_too_long_ago(period_days: int) -> ColumnElement[bool]:
        day = today - timedelta(days=STALE_AFTER_PERIODS * period_days)
        return and_(Outcome.starts_on < day, Outcome.created_at < datetime.combine(day, time(0), UTC))

    was_never_measured = and_(
        is_narrowed_to(None, today),
        Outcome.latest_on.is_(None),
        began_too_long_ago(min(by_period, default=0)),
        *(
            Outcome.team_id.not_in(ids) | began_too_long_ago(period_days)
            for period_days, ids in by_period.items()
            if period_days > min(by_period)
        ),
    )
    listed = (is_narrowed_to(one, today) for one in (Filter.BUSY, Filter.OFF_TRACK, Filter.STALE))
    visible = [team_id for ids in by_period.values() for team_id in ids]
    return Outcome.team_id.in_(visible) & or_(*listed, was_never_measured)


def _days_unattended(tx: Tx, view: View, today: date) -> Days | None:
    """The owner's absence that today is in, where nobody who may see the outcome is asked in their place."""
    owner = Viewer(view.outcome.workspace_id, view.owner.id)
    away = next((days for days in days_away(tx, view.owner, today=today) if today in days), None)
    if away is None:
        return None
    stand_in = stand_in_on(tx, owner, today)
    is_attended = stand_in and find_team(tx, Viewer(owner.workspace_id, stand_in.id), view.team.id)
    return None if is_attended else away
