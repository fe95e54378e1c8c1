"""Reading teams, and the one visibility rule that every other room applies."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, and_, exists, func, select

from bot.db.database import Tx
from bot.people.model import Person
from bot.people.queries import find_person
from bot.people.rules import Viewer
from bot.teams.model import Channel, ChannelMember, Team
from bot.teams.rules.recurrence import read_recurrence

# The parts of the visibility rule that are the same for everybody, put together once.
_is_public = exists().where(
    Channel.workspace_id == Team.workspace_id, Channel.id == Team.channel_id, Channel.is_private.is_(False)
)
_full_member = exists().where(Person.is_guest.is_(False))
_in_channel = exists().where(
    ChannelMember.workspace_id == Team.workspace_id, ChannelMember.channel_id == Team.channel_id
)


def is_visible_to(viewer: Viewer) -> ColumnElement[bool]:
    """The visibility rule, for a statement that reads from `team`.

    A team is visible in its own workspace only: to everybody when its channel is public, and to that channel's members
    alone when it is private. A guest sees only the channels they are in, public ones too, as in Slack.
    """
    is_full_member = _full_member.where(Person.workspace_id == viewer.workspace_id, Person.id == viewer.person_id)
    is_in_channel = _in_channel.where(ChannelMember.person_id == viewer.person_id)
    return and_(Team.workspace_id == viewer.workspace_id, (_is_public & is_full_member) | is_in_channel)


def visible_team_ids(tx: Tx, viewer: Viewer) -> list[int]:
    """The ids of every team the viewer may see: the rule asked once, for statements that go through many rows."""
    return list(tx.scalars(select(Team.id).where(is_visible_to(viewer))))


def team_ids_by_period(tx: Tx, viewer: Viewer) -> dict[int, list[int]]:
    """The same, by how long a team's period is, in days."""
    by_period: dict[int, list[int]] = defaultdict(list)
    rhythms = select(Team.id, Team.checkin_rule, Team.checkin_from_on).where(is_visible_to(viewer))
    for team_id, rule, from_on in tx.execute(rhythms):
        by_period[read_recurrence(rule, from_on).often.period_days].append(team_id)
    return by_period


def find_team(tx: Tx, viewer: Viewer, team_id: int) -> Team | None:
    """The team by that id, if the viewer may see it."""
    return tx.scalars(select(Team).where(Team.id == team_id, is_visible_to(viewer))).one_or_none()


def team_in_channel(tx: Tx, viewer: Viewer, channel_id: str) -> Team | None:
    """The team whose home that channel is, if the viewer may see it."""
    return tx.scalars(select(Team).where(Team.channel_id == channel_id, is_visible_to(viewer))).one_or_none()


def visible_teams(tx: Tx, viewer: Viewer) -> list[Team]:
    """Every team the viewer may see, by name."""
    return list(tx.scalars(select(Team).where(is_visible_to(viewer)).order_by(Team.name, Team.id)))


def who_hears(tx: Tx, team: Team, *, besides: str) -> str:
    """Where a team's lead is told something: in their direct messages.

    It is the team's channel where the lead is `besides`, is gone, or cannot see the team any more.
    """
    lead = Viewer(team.workspace_id, team.lead_id)
    known = find_person(tx, lead, lead.person_id)
    if known is None or not known.is_active or known.id == besides or find_team(tx, lead, team.id) is None:
        return team.channel_id
    return team.lead_id


def zone_of(tx: Tx, team: Team) -> ZoneInfo:
    """Whose day it is for a whole team: the zone of its check-ins or, where each owner has their own, its lead's."""
    return ZoneInfo(team.checkin_zone or tx.get_one(Person, (team.workspace_id, team.lead_id)).time_zone)


def zones_of(tx: Tx, team_ids: Iterable[int]) -> dict[int, ZoneInfo]:
    """The same of several teams, by their ids."""
    leads = and_(Person.workspace_id == Team.workspace_id, Person.id == Team.lead_id)
    named = select(Team.id, func.coalesce(Team.checkin_zone, Person.time_zone)).join(Person, leads)
    return {team_id: ZoneInfo(name) for team_id, name in tx.execute(named.where(Team.id.in_(list(team_ids))))}


def zones_in(tx: Tx, team: Team) -> list[str]:
    """The zones that the people in a team's channel live in, as far as Rhythm has met them, in the order of names."""
    is_here = (ChannelMember.workspace_id == Person.workspace_id) & (ChannelMember.person_id == Person.id)
    zones = (
        select(Person.time_zone)
        .join(ChannelMember, is_here)
        .where(Person.workspace_id == team.workspace_id, ChannelMember.channel_id == team.channel_id)
        .distinct()
    )
    return sorted(tx.scalars(zones))


def channels_to_look_up(tx: Tx, *, seen_before: datetime, limit: int) -> list[tuple[str, str]]:
    """The teams' channels not looked up since then, as (workspace, channel): a tick's question, for nobody's eyes."""
    homes = (
        select(Channel.workspace_id, Channel.id)
        .join(Team, and_(Team.workspace_id == Channel.workspace_id, Team.channel_id == Channel.id))
        .where(Channel.refreshed_at < seen_before)
        .order_by(Channel.refreshed_at)
        .limit(limit)
    )
    return [(workspace_id, channel_id) for workspace_id, channel_id in tx.execute(homes)]


@dataclass(frozen=True)
class KnownChannel:
    """What Rhythm knows of a channel, and of the viewer in it."""

    has_bot: bool
    is_archived: bool
    is_private: bool
    has_viewer: bool
    name: str


def find_channel(tx: Tx, viewer: Viewer, channel_id: str) -> KnownChannel | None:
    """What Rhythm knows of a channel; None before it was looked up, and for a private one the viewer is not in."""
    channel = tx.get(Channel, (viewer.workspace_id, channel_id))
    if channel is None:
        return None
    has_viewer = is_member(tx, viewer.workspace_id, channel_id, viewer.person_id)
    if channel.is_private and not has_viewer:
        return None
    return KnownChannel(channel.has_bot, channel.is_archived, channel.is_private, has_viewer, channel.name)


def is_member(tx: Tx, workspace_id: str, channel_id: str, person_id: str) -> bool:
    """Whether that person is in that channel, as far as Slack told."""
    return tx.get(ChannelMember, (workspace_id, channel_id, person_id)) is not None
