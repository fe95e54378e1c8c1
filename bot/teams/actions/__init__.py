"""What changes in the teams room."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import delete, select

from bot.db.database import Tx
from bot.errors import NotAllowed, Refused
from bot.outbox.queue import enqueue
from bot.people.model import Person
from bot.people.queries import find_person
from bot.people.rules import Viewer
from bot.slack.app import Ephemeral
from bot.slack.message import Message
from bot.teams import messages
from bot.teams.model import Channel, ChannelMember, Team
from bot.teams.queries import find_channel, is_member
from bot.teams.rules import NAME_LIMIT
from bot.teams.rules.rhythm import SUGGESTED, Rhythm


@dataclass(frozen=True)
class ChannelFacts:
    """A channel as Slack's `conversations.info` describes it."""

    id: str
    name: str
    is_private: bool
    is_archived: bool
    has_bot: bool


def remember_channel(
    tx: Tx, *, workspace_id: str, facts: ChannelFacts, members: Iterable[str] | None, now: datetime
) -> Channel:
    """Notes what Slack says of a channel; its members too, unless None."""
    channel = tx.get(Channel, (workspace_id, facts.id))
    if channel is None:
        channel = Channel(workspace_id=workspace_id, id=facts.id)
        tx.add(channel)
    channel.name, channel.is_private, channel.is_archived = facts.name[:100], facts.is_private, facts.is_archived
    channel.has_bot, channel.refreshed_at = facts.has_bot, now
    tx.flush()
    if members is not None:
        _replace_members(tx, channel, set(members))
    return channel


def _replace_members(tx: Tx, channel: Channel, members: set[str]) -> None:
    here = (ChannelMember.workspace_id == channel.workspace_id, ChannelMember.channel_id == channel.id)
    known = set(tx.scalars(select(ChannelMember.person_id).where(*here)))
    if gone := known - members:
        tx.execute(delete(ChannelMember).where(*here, ChannelMember.person_id.in_(gone)))
    tx.add_all(
        ChannelMember(workspace_id=channel.workspace_id, channel_id=channel.id, person_id=person)
        for person in sorted(members - known)
    )
    tx.flush()


def note_out_of_sight(tx: Tx, *, workspace_id: str, channel_id: str, now: datetime) -> None:
    """Slack does not show Rhythm this channel (any more): it is not in it. Who was in it when last seen, stays."""
    channel = tx.get(Channel, (workspace_id, channel_id))
    if channel is not None:
        channel.has_bot, channel.refreshed_at = False, now
        tx.flush()


@dataclass(frozen=True)
class Membership:
    """Somebody in a channel; `is_bot_itself` when that somebody is Rhythm."""

    workspace_id: str
    channel_id: str
    person_id: str
    is_bot_itself: bool


def note_joined(tx: Tx, joined: Membership) -> None:
    """Somebody joined a channel that Rhythm knows."""
    channel = tx.get(Channel, (joined.workspace_id, joined.channel_id))
    if channel is None:
        return
    if joined.is_bot_itself:
        channel.has_bot = True
    tx.merge(ChannelMember(workspace_id=joined.workspace_id, channel_id=joined.channel_id, person_id=joined.person_id))
    tx.flush()


def note_left(tx: Tx, left: Membership) -> None:
    """Somebody left a channel that Rhythm knows: what is private to it is theirs no longer."""
    channel = tx.get(Channel, (left.workspace_id, left.channel_id))
    if channel is not None and left.is_bot_itself:
        channel.has_bot = False
    member = tx.get(ChannelMember, (left.workspace_id, left.channel_id, left.person_id))
    if member is not None:
        tx.delete(member)
    tx.flush()


def note_state(tx: Tx, *, workspace_id: str, channel_id: str, name: str | None, is_archived: bool | None) -> None:
    """A channel that Rhythm knows was renamed, archived or brought back."""
    channel = tx.get(Channel, (workspace_id, channel_id))
    if channel is None:
        return
    if name is not None:
        channel.name = name[:100]
    if is_archived is not None:
        channel.is_archived = is_archived
    tx.flush()


def set_up_team(
    tx: Tx, viewer: Viewer, *, channel_id: str, name: str, lead: Person, rhythm: Rhythm | None, now: datetime
) -> Team:
    """Makes a channel a team, or changes the team it is; without a rhythm, a team keeps the one it has.

    The first time anybody in the channel may; later its lead and the workspace's admins. Raises Refused for a channel
    that cannot be one, a lead who cannot lead or an empty name, and NotAllowed with who may. The caller has the owners
    of a team that had another rhythm planned afresh.
    """
    team = tx.scalars(
        select(Team).where(Team.workspace_id == viewer.workspace_id, Team.channel_id == channel_id)
    ).one_or_none()
    _check_channel(tx, viewer, channel_id)
    _check_lead(tx, viewer, lead, channel_id)
    name = name.strip()
    if not name or len(name) > NAME_LIMIT:
        raise Refused(f"A team needs a name of at most {NAME_LIMIT} characters.")
    if team is None:
        team = Team(workspace_id=viewer.workspace_id, channel_id=channel_id, rhythm=SUGGESTED)
        team.created_at, team.created_by = now, viewer.person_id
        team.decisions_channel_id = channel_id
        tx.add(team)
    else:
        check_may_change_team(tx, viewer, team)
    team.name, team.lead_id, team.rhythm = name, lead.id, rhythm or team.rhythm
    tx.flush()
    return team


def announce_team(tx: Tx, team: Team, *, by: str, now: datetime) -> None:
    """Owes the channel its introduction to Rhythm: once, however often the team is changed."""
    key, message = f"team:{team.id}:introduced", messages.team_introduced(team, by=by)
    owe(tx, team.workspace_id, key=key, place=team.channel_id, message=message, now=now)


def confirm(tx: Tx, viewer: Viewer, *, channel_id: str, key: str, message: Message, now: datetime) -> Ephemeral | None:
    """How to say to the viewer that something was saved: in the channel they did it in, for them alone.

    Where Rhythm is not in that channel, owes it to them as a direct message instead, and answers None.
    """
    channel = find_channel(tx, viewer, channel_id)
    if channel is not None and channel.has_bot and not channel.is_archived:
        return Ephemeral(channel_id, message)
    owe(tx, viewer.workspace_id, key=key, place=viewer.person_id, message=message, now=now)
    return None


def owe(tx: Tx, workspace_id: str, *, key: str, place: str, message: Message, now: datetime) -> None:
    """Owes a person or a channel a message, once for each key. It is of use for a day."""
    lasts = now + timedelta(days=1)
    enqueue(tx, workspace_id=workspace_id, key=key, place=place, message=message, due_at=now, expires_at=lasts, now=now)


def _check_channel(tx: Tx, viewer: Viewer, channel_id: str) -> None:
    channel = find_channel(tx, viewer, channel_id)
    if channel is None or not channel.has_bot:
        raise Refused("Rhythm is not in this channel yet. Type /invite @rhythm here, then try again.")
    if channel.is_archived:
        raise Refused("This channel is archived. Unarchive it, or set the team up in another one.")


def _check_lead(tx: Tx, viewer: Viewer, lead: Person, channel_id: str) -> None:
    if lead.workspace_id != viewer.workspace_id or lead.is_bot or not lead.is_active:
        raise Refused(f"{lead.name} cannot lead a team: choose somebody who is active in this workspace.")
    channel = find_channel(tx, viewer, channel_id)
    hidden = lead.is_guest or (channel is not None and channel.is_private)
    if hidden and not is_member(tx, viewer.workspace_id, channel_id, lead.id):
        raise Refused(f"{lead.name} is not in this channel and could not see the team. Invite them first.")


def may_change_team(tx: Tx, viewer: Viewer, team: Team) -> bool:
    """Whether the viewer may change a team and its schedule: its lead and the admins may."""
    person = find_person(tx, viewer, viewer.person_id)
    return team.lead_id == viewer.person_id or (person is not None and person.is_admin)


def check_may_change_team(tx: Tx, viewer: Viewer, team: Team) -> None:
    """Raises NotAllowed, saying who may, for anybody but the team's lead and the workspace's admins."""
    if not may_change_team(tx, viewer, team):
        lead = find_person(tx, viewer, team.lead_id)
        raise NotAllowed(f"{lead.name if lead else 'The lead'} leads {team.name} and can change this; so can an admin.")
