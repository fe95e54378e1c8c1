"""The lines of an outcome's history, and what its row says of everything that happened."""

from datetime import date, datetime, time, timedelta

from sqlalchemy import select, update

from bot.db.database import Tx
from bot.measuring.effort import busy_span
from bot.measuring.health import STALE_AFTER_PERIODS, turns
from bot.outcomes.model import Change, Outcome
from bot.outcomes.queries import SEARCH_KIND, milestones_of, path_of, results_of
from bot.outcomes.queries.activity import activity_of
from bot.outcomes.rules import ACTIVITY
from bot.people.actions import plan_afresh
from bot.people.model import Person
from bot.people.rules import Viewer
from bot.search.actions import index
from bot.teams.model import Team
from bot.teams.rules import instant_of

_TRY_AGAIN_IN = timedelta(hours=1)


def record(
    tx: Tx, viewer: Viewer, outcome: Outcome, what: str, *, before: str = "", after: str = "", now: datetime
) -> Change:
    """Adds a line to an outcome's history: for every room that changes something about one.

    Args:
        what: a field such as `target`, or what happened, such as `closed`; what counts as activity is in `ACTIVITY`.
    """
    line = Change(
        workspace_id=outcome.workspace_id,
        outcome_id=outcome.id,
        made_at=now,
        actor_id=viewer.person_id,
        what=what,
        before=before,
        after=after,
        version=outcome.version,
    )
    tx.add(line)
    tx.flush()
    if what in ACTIVITY:
        refresh(tx, outcome, now=now)
    return line


def refresh(tx: Tx, outcome: Outcome, *, now: datetime) -> None:
    """Derives anew what an outcome's row says of its results: the latest, when its health turns, when it is busy.

    Days are those of the owner's calendar, for everybody who looks.
    """
    owner = tx.get_one(Person, (outcome.workspace_id, outcome.owner_id))

    def day_of(instant: datetime) -> date:
        return instant.astimezone(owner.zone).date()

    results = results_of(tx, [outcome.id])[outcome.id]
    path = path_of(outcome, milestones_of(tx, [outcome.id]).get(outcome.id, ()))
    latest = results[-1] if results else None
    outcome.latest_value = latest.value if latest else None
    outcome.latest_at = latest.measured_at if latest else None
    outcome.latest_on = day_of(latest.measured_at) if latest else None
    period_days = tx.get_one(Team, outcome.team_id).rhythm.period_days
    stale_after_days = STALE_AFTER_PERIODS * period_days
    turning = (
        turns(path, latest=latest.value, measured_on=outcome.latest_on, stale_after_days=stale_after_days)
        if latest and outcome.latest_on
        else None
    )
    outcome.is_achieved = turning is not None and turning.is_achieved
    outcome.at_risk_on = turning.at_risk_on if turning else None
    outcome.off_track_on = turning.off_track_on if turning else None
    outcome.stale_on = turning.stale_on if turning else None
    activity = [day_of(instant) for instant in activity_of(tx, outcome, tuple(results))]
    measured = [(day_of(result.measured_at), result.value) for result in results]
    span = busy_span(path, measured, activity, day_of(now), outcome.starts_on, period_days=period_days)
    outcome.busy_from_on, outcome.busy_to_on = span or (None, None)
    # There may be another span after this one.
    outcome.next_refresh_at = instant_of(span[1] + timedelta(days=1), time(0), owner.zone) if span else None
    tx.flush()


def refresh_team(tx: Tx, team: Team, *, now: datetime) -> None:
    """Has a team's live outcomes derived anew, and their owners looked at: its rhythm is not what it was."""
    of_team = (Outcome.workspace_id == team.workspace_id, Outcome.team_id == team.id, Outcome.closed_at.is_(None))
    tx.execute(update(Outcome).where(*of_team).values(next_refresh_at=now))
    ask_team_afresh(tx, team, now=now)


def ask_team_afresh(tx: Tx, team: Team, *, now: datetime) -> None:
    """Has the next tick look when to ask everybody who owns a live outcome of a team, in its channel or not."""
    of_team = (Outcome.workspace_id == team.workspace_id, Outcome.team_id == team.id, Outcome.closed_at.is_(None))
    owners = select(Outcome.owner_id).where(*of_team)
    for person in tx.scalars(select(Person).where(Person.workspace_id == team.workspace_id, Person.id.in_(owners))):
        plan_afresh(person, now=now)
    tx.flush()


def make_found(tx: Tx, outcome: Outcome) -> None:
    """Has search find an outcome by its key and by the words it says."""
    texts = (outcome.key, outcome.statement, outcome.why, outcome.measure)
    index(tx, workspace_id=outcome.workspace_id, kind=SEARCH_KIND, item_id=outcome.id, texts=texts)


def look_again(tx: Tx, outcome_id: int, *, now: datetime) -> None:
    """Derives an outcome's row anew though nothing happened: time passed, or it is from before there was such a row."""
    outcome = tx.get(Outcome, outcome_id, with_for_update=True)
    if outcome is not None:
        refresh(tx, outcome, now=now)
        make_found(tx, outcome)


def put_off(tx: Tx, outcome_id: int, *, now: datetime) -> None:
    """Looks at an outcome again in an hour, after something went wrong."""
    tx.get_one(Outcome, outcome_id).next_refresh_at = now + _TRY_AGAIN_IN
    tx.flush()


def ask_afresh(tx: Tx, outcome: Outcome, *, now: datetime) -> None:
    """Has the next tick look when to ask its owner: what they own has changed."""
    plan_afresh(tx.get_one(Person, (outcome.workspace_id, outcome.owner_id)), now=now)
