"""Pausing a team's rhythm, and letting it go on."""

from datetime import date, datetime, timedelta

from sqlalchemy import select

from bot.absences.queries import check_may_pause
from bot.db.database import Tx
from bot.errors import Refused
from bot.outcomes.actions.history import ask_team_afresh
from bot.people.messages import Reader
from bot.people.queries import find_person
from bot.people.rules import Viewer
from bot.teams.model import Team


def pause_team(tx: Tx, viewer: Viewer, team: Team, *, until: date | None, now: datetime) -> None:
    """Has nobody asked about a team's outcomes from today on: to the end of `until`, or until it is resumed.

    A team that is paused already gets the new end. Raises NotAllowed with who may, Refused for a day that is past.
    """
    check_may_pause(tx, viewer, team)
    reader = _reader(tx, viewer, now)
    if until is not None and until < reader.today:
        raise Refused(f"{reader.day(until)} is past. Give a day that is still to come.")
    _hold(tx, team)
    if not team.is_paused_on(reader.today):
        team.paused_from_on = reader.today
    team.paused_to_on = until
    ask_team_afresh(tx, team, now=now)


def resume_team(tx: Tx, viewer: Viewer, team: Team, *, now: datetime) -> None:
    """Lets a paused team's rhythm go on from today. Raises NotAllowed with who may, Refused when it is not paused."""
    check_may_pause(tx, viewer, team)
    today = _reader(tx, viewer, now).today
    _hold(tx, team)
    if not team.is_paused_on(today):
        raise Refused(f"{team.name} is not paused. Its owners are asked as usual.")
    if team.paused_from_on == today:
        team.paused_from_on, team.paused_to_on = None, None
    else:
        team.paused_to_on = today - timedelta(days=1)
    ask_team_afresh(tx, team, now=now)


def _hold(tx: Tx, team: Team) -> None:
    """Lets one change of a team's pause at a time through."""
    held = select(Team).where(Team.workspace_id == team.workspace_id, Team.id == team.id)
    tx.scalars(held.with_for_update().execution_options(populate_existing=True)).one()


def _reader(tx: Tx, viewer: Viewer, now: datetime) -> Reader:
    person = find_person(tx, viewer, viewer.person_id)
    assert person is not None
    return Reader.of(person, now)
