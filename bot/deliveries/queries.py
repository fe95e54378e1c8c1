"""Reading what became of messages. Their text is not read: that is theirs who get them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, select

from bot.db.database import Tx
from bot.deliveries.rules import LOOKS_BACK, PAGE_SIZE, About, Asked
from bot.errors import NotAllowed, NotFound
from bot.outbox.fates import Fate, fates_at, tally
from bot.outbox.rules import State
from bot.outcomes.model import Outcome
from bot.people.model import Person
from bot.people.queries import find_admin, find_person, people_by_id
from bot.people.rules import Viewer
from bot.teams.model import Team
from bot.teams.queries import find_team, is_visible_to


@dataclass(frozen=True)
class FatePage:
    """Some deliveries of a list, and how many there are in all and where they stand.

    `team` is None in a person's list. `names` are people's, by their ids. `leads` are the teams whose lists the viewer
    may turn to from their own.
    """

    asked: Asked
    person: Person | None
    team: Team | None
    fates: Sequence[Fate]
    standing: Mapping[State, int]
    names: Mapping[str, str]
    is_own: bool = False
    leads: Sequence[Team] = ()

    @property
    def total(self) -> int:
        """How many deliveries the whole list has."""
        return sum(self.standing.values())


def what_became(tx: Tx, viewer: Viewer, asked: Asked, *, now: datetime) -> FatePage:
    """The messages to a person, or to a team's channel and the owners of its live outcomes; the latest due first.

    Raises NotFound for a person or a team that the viewer cannot see, NotAllowed with who may look.
    """
    if asked.about == About.TEAM:
        return _of_team(tx, viewer, asked, now)
    return _of_person(tx, viewer, asked, now)


def _of_person(tx: Tx, viewer: Viewer, asked: Asked, now: datetime) -> FatePage:
    person = find_person(tx, viewer, asked.id)
    if person is None:
        raise NotFound("Rhythm knows nobody by that name in this workspace.")
    is_own, leads = person.id == viewer.person_id, _led_teams(tx, viewer)
    if not (is_own or _is_admin(tx, viewer) or _owns_in(tx, person, leads)):
        raise NotAllowed(
            f"Messages to {person.name} are shown to them, to the lead of a team they own an outcome in, "
            f"and to admins{_such_as(tx, viewer)}."
        )
    fates, standing = _read(tx, viewer, [person.id], asked.offset, now)
    return FatePage(asked, person, None, fates, standing, {person.id: person.name}, is_own, leads if is_own else ())


def _of_team(tx: Tx, viewer: Viewer, asked: Asked, now: datetime) -> FatePage:
    team = find_team(tx, viewer, int(asked.id))
    if team is None:
        raise NotFound("That team is not there any more, or you cannot see it.")
    if team.lead_id != viewer.person_id and not _is_admin(tx, viewer):
        lead = find_person(tx, viewer, team.lead_id)
        raise NotAllowed(
            f"Messages to {team.name} and its owners are shown to its lead, {lead.name if lead else team.lead_id}, "
            f"and to admins{_such_as(tx, viewer)}."
        )
    owner_ids = set(tx.scalars(select(Outcome.owner_id).where(*_live_in(viewer.workspace_id, [team.id])).distinct()))
    fates, standing = _read(tx, viewer, [team.channel_id, *sorted(owner_ids)], asked.offset, now)
    names = {person_id: person.name for person_id, person in people_by_id(tx, viewer, owner_ids).items()}
    return FatePage(asked, None, team, fates, standing, names)


def _read(tx: Tx, viewer: Viewer, places: list[str], offset: int, now: datetime) -> tuple[list[Fate], dict[State, int]]:
    since, workspace_id = now - LOOKS_BACK, viewer.workspace_id
    fates = fates_at(tx, workspace_id=workspace_id, places=places, since=since, offset=offset, limit=PAGE_SIZE)
    return fates, tally(tx, workspace_id=workspace_id, places=places, since=since)


def _led_teams(tx: Tx, viewer: Viewer) -> list[Team]:
    """The teams that the viewer leads and can see, by name."""
    led = select(Team).where(Team.lead_id == viewer.person_id, is_visible_to(viewer))
    return list(tx.scalars(led.order_by(Team.name, Team.id)))


def _owns_in(tx: Tx, person: Person, teams: Sequence[Team]) -> bool:
    live = _live_in(person.workspace_id, [team.id for team in teams])
    owned = select(Outcome.id).where(*live, Outcome.owner_id == person.id).limit(1)
    return tx.scalar(owned) is not None


def _live_in(workspace_id: str, team_ids: list[int]) -> tuple[ColumnElement[bool], ...]:
    return (Outcome.workspace_id == workspace_id, Outcome.team_id.in_(team_ids), Outcome.closed_at.is_(None))


def _is_admin(tx: Tx, viewer: Viewer) -> bool:
    person = find_person(tx, viewer, viewer.person_id)
    return person is not None and person.is_admin


def _such_as(tx: Tx, viewer: Viewer) -> str:
    admin = find_admin(tx, viewer)
    return f" such as {admin.name}" if admin else ""
