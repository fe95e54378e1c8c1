"""Channels become teams, and people come and go."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, time, timedelta

import pytest
from sqlalchemy import select

from bot.errors import NotAllowed, Refused
from bot.outbox.model import Delivery
from bot.people.rules import Viewer
from bot.slack.app import Ephemeral
from bot.slack.message import Message
from bot.teams.actions import (
    Membership,
    announce_team,
    confirm,
    note_joined,
    note_left,
    note_state,
    set_up_team,
)
from bot.teams.model import ChannelMember, Team
from bot.teams.queries import KnownChannel, find_channel, team_in_channel
from bot.teams.rules import NAME_LIMIT
from bot.teams.rules.rhythm import Rhythm
from tests.workspaces.firm import MONDAYS_AT_NINE, Firm, profile

SAID = Message("Saved.", [])


@contextmanager
def refused(why: str, error: type[Exception] = Refused) -> Iterator[None]:
    with pytest.raises(error, match=why):
        yield


def members(firm: Firm, channel_id: str = "C1") -> set[str]:
    with firm.db.read() as tx:
        return set(tx.scalars(select(ChannelMember.person_id).where(ChannelMember.channel_id == channel_id)))


def known(firm: Firm, viewer: str = "UOLGA", channel_id: str = "C1") -> KnownChannel | None:
    with firm.db.read() as tx:
        return find_channel(tx, firm.viewer(viewer), channel_id)


def owed(firm: Firm) -> list[tuple[str, str]]:
    """The keys and places of what is owed."""
    with firm.db.read() as tx:
        return [(delivery.key, delivery.place) for delivery in tx.scalars(select(Delivery).order_by(Delivery.id))]


def somebody(person_id: str, *, is_bot_itself: bool = False, channel_id: str = "C1") -> Membership:
    return Membership("T1", channel_id, person_id, is_bot_itself)


def test_anybody_may_make_a_channel_a_team(firm: Firm) -> None:
    firm.channel(members=["UMAX"])
    team = firm.team(lead="ULEAD", by="UMAX", rhythm=Rhythm.weekly(4, time(16, 30)))
    assert (team.lead_id, team.created_by, team.rhythm) == ("ULEAD", "UMAX", Rhythm.weekly(4, time(16, 30)))


@pytest.mark.parametrize("who", ["ULEAD", "UANN"])
def test_its_lead_and_admins_may_change_it(firm: Firm, who: str) -> None:
    firm.channel()
    first = firm.team()
    second = firm.team(by=who, lead="UMAX")
    assert (second.id, second.lead_id) == (first.id, "UMAX")


@pytest.mark.parametrize("who", ["UMAX", "UOLGA", "UNOBODY"])
def test_nobody_else_may_and_they_are_told_who(firm: Firm, who: str) -> None:
    firm.channel()
    firm.team()
    with refused("Lea leads Team C1", NotAllowed):
        firm.team(by=who, lead="UMAX")


def test_a_channel_is_one_team_however_often_it_is_set_up(firm: Firm) -> None:
    firm.channel()
    assert firm.team().id == firm.team().id
    with firm.db.read() as tx:
        assert len(tx.scalars(select(Team)).all()) == 1


def test_a_channel_that_rhythm_is_not_in_cannot_be_one(firm: Firm) -> None:
    firm.channel(has_bot=False)
    with refused("/invite @rhythm"):
        firm.team()


def test_nor_can_a_channel_that_was_never_looked_up(firm: Firm) -> None:
    with refused("/invite @rhythm"):
        firm.team("C9")


def test_nor_can_an_archived_one(firm: Firm) -> None:
    firm.channel(is_archived=True)
    with refused("archived"):
        firm.team()


def test_a_private_channel_is_set_up_by_its_members_alone(firm: Firm) -> None:
    firm.channel(members=["ULEAD"], is_private=True)
    with refused("/invite @rhythm"):
        firm.team(by="UMAX")
    firm.team(by="ULEAD")


def test_somebody_outside_a_private_channel_cannot_lead_its_team(firm: Firm) -> None:
    firm.channel(members=["UMAX"], is_private=True)
    with refused("Lea is not in this channel"):
        firm.team(by="UMAX", lead="ULEAD")


@pytest.mark.parametrize(
    ("told", "why"),
    [
        (profile("ULEAD", name="Lea", is_bot=True), "Lea cannot lead"),
        (profile("ULEAD", name="Lea", is_active=False), "Lea cannot lead"),
        (profile("ULEAD", name="Lea", is_guest=True), "Lea is not in this channel"),
    ],
)
def test_a_lead_is_somebody_who_is_here(firm: Firm, told: object, why: str) -> None:
    firm.channel()
    firm.meet(told)  # type: ignore[arg-type]
    with refused(why):
        firm.team(by="UMAX")


@pytest.mark.parametrize("name", ["", "   ", "x" * (NAME_LIMIT + 1)])
def test_a_team_needs_a_name_that_fits(firm: Firm, name: str) -> None:
    firm.channel()
    with refused("name of at most 80"), firm.db.begin() as tx:
        set_up_team(
            tx,
            firm.viewer("ULEAD"),
            channel_id="C1",
            name=name,
            lead=firm.people["ULEAD"],
            rhythm=MONDAYS_AT_NINE,
            now=firm.now,
        )


def test_the_channel_is_introduced_to_rhythm_once(firm: Firm) -> None:
    firm.channel()
    for _ in range(2):
        team = firm.team()
        with firm.db.begin() as tx:
            announce_team(tx, team, by="Lea", now=firm.now)
    assert owed(firm) == [(f"team:{team.id}:introduced", "C1")]


def test_a_new_rhythm_plans_the_owners_afresh(firm: Firm) -> None:
    firm.channel(members=["UOLGA"])
    firm.outcome(firm.team(), "UOLGA")
    firm.live(firm.now + timedelta(hours=2))
    firm.team(rhythm=Rhythm.weekly(4, time(15)))
    firm.looks()
    with firm.db.read() as tx:
        team = team_in_channel(tx, firm.viewer("UOLGA"), "C1")
    assert team is not None
    assert team.rhythm == Rhythm.weekly(4, time(15))
    assert firm.see("UOLGA", 1).owner.next_checkin_at == datetime(2026, 3, 13, 15, tzinfo=UTC)


def test_who_joins_is_in_and_who_leaves_is_out(firm: Firm) -> None:
    firm.channel(members=["UOLGA"])
    for _ in range(2):
        with firm.db.begin() as tx:
            note_joined(tx, somebody("UMAX"))
    assert members(firm) == {"UOLGA", "UMAX"}
    for _ in range(2):
        with firm.db.begin() as tx:
            note_left(tx, somebody("UOLGA"))
    assert members(firm) == {"UMAX"}


def test_rhythm_notices_when_it_is_invited_and_when_it_is_removed(firm: Firm) -> None:
    firm.channel(has_bot=False)
    for act, there in ((note_joined, True), (note_left, False)):
        with firm.db.begin() as tx:
            act(tx, somebody("UBOT", is_bot_itself=True))
        channel = known(firm)
        assert channel is not None
        assert channel.has_bot is there


def test_channels_that_rhythm_does_not_know_are_left_alone(firm: Firm) -> None:
    with firm.db.begin() as tx:
        note_joined(tx, somebody("UMAX", channel_id="C9"))
        note_left(tx, somebody("UMAX", channel_id="C9"))
        note_state(tx, workspace_id="T1", channel_id="C9", name="x", is_archived=True)
    assert known(firm, channel_id="C9") is None


def test_a_channel_may_be_renamed_archived_and_brought_back(firm: Firm) -> None:
    firm.channel()
    for name, is_archived in (("new-name", None), (None, True), (None, False)):
        with firm.db.begin() as tx:
            note_state(tx, workspace_id="T1", channel_id="C1", name=name, is_archived=is_archived)
        channel = known(firm)
        assert channel is not None
        assert (channel.name, channel.is_archived) == ("new-name", bool(is_archived))


def test_looking_a_channel_up_again_replaces_who_is_in_it(firm: Firm) -> None:
    firm.channel(members=["UOLGA", "UMAX"])
    firm.channel(members=["UMAX", "UANN"])
    assert members(firm) == {"UMAX", "UANN"}
    firm.channel(members=None, is_private=True)
    assert members(firm) == {"UMAX", "UANN"}


def test_a_private_channel_is_unknown_to_those_outside(firm: Firm) -> None:
    firm.channel(members=["UMAX"], is_private=True)
    assert known(firm, "UOLGA") is None
    assert known(firm, "UMAX") == KnownChannel(True, False, True, True, "c1")


def confirmed(firm: Firm, channel_id: str) -> Ephemeral | None:
    with firm.db.begin() as tx:
        return confirm(tx, Viewer("T1", "UOLGA"), channel_id=channel_id, key="saved:1", message=SAID, now=firm.now)


def test_a_confirmation_is_shown_where_it_was_done(firm: Firm) -> None:
    firm.channel()
    assert confirmed(firm, "C1") == Ephemeral("C1", SAID)
    assert owed(firm) == []


@pytest.mark.parametrize("channel_id", ["", "C9", "D1"])
def test_where_it_cannot_be_shown_it_is_owed_as_a_direct_message(firm: Firm, channel_id: str) -> None:
    assert confirmed(firm, channel_id) is None
    assert owed(firm) == [("saved:1", "UOLGA")]


def test_nor_is_it_shown_in_a_channel_without_rhythm_or_archived(firm: Firm) -> None:
    firm.channel("C2", has_bot=False)
    firm.channel("C3", is_archived=True)
    assert (confirmed(firm, "C2"), confirmed(firm, "C3")) == (None, None)
