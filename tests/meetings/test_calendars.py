"""A calendar says when a team meets: read from a real server, followed when it changes, kept when it fails."""

import logging
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from functools import partial
from itertools import pairwise
from pathlib import Path
from random import Random

import pytest
from cryptography.fernet import Fernet
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select, text
from typer.testing import CliRunner

from bot.__main__ import cli
from bot.calendars.addresses import ANYWHERE
from bot.calendars.entries import Answer, Asked, Entry, Trouble
from bot.calendars.visiting import visit
from bot.db.database import Database
from bot.db.secrets import Secrets
from bot.errors import FormRefused, NotAllowed
from bot.meetings.actions import following
from bot.meetings.actions.feeding import note_answer, take_turn
from bot.meetings.actions.forgetting import READ_AGAIN
from bot.meetings.actions.linking import Link, add_from_calendar, set_calendar
from bot.meetings.actions.planning import CHANGED
from bot.meetings.actions.scheduling import change_meeting, end_meeting
from bot.meetings.actions.skipping import look_ahead, skip_next
from bot.meetings.actions.telling import CALLED_OFF, DAY_OFF
from bot.meetings.jobs import (
    look_at_calendar_due,
    next_meeting_step,
    next_notice,
    step_meetings_due,
    tell_of_meetings_due,
)
from bot.meetings.messages.calendar import addresses_kept_said
from bot.meetings.model import CalendarEntry, Meeting, MeetingCalendar, TeamMeeting, agenda_key
from bot.meetings.queries import MeetingView, find_meeting
from bot.meetings.queries.ahead import AddressesKept, addresses_kept
from bot.meetings.rules.feeds import EVERY, look_again_in, merged
from bot.meetings.rules.held import Ended, MeetingState
from bot.outbox.model import Delivery
from bot.outbox.rules import State
from bot.sandbox.server import Sandbox
from bot.teams.model import Team
from bot.teams.rules.rhythm import Rhythm
from bot.teams.rules.workdays import DaysOff, Workdays
from tests.calendars.conftest import server
from tests.calendars.samples import MOVED, WEEKLY, calendar, changed, one
from tests.calendars.serving import Calendars
from tests.meetings.holding import (
    BEGINS,
    LIMIT,
    MINUTE,
    TOLD,
    WEEK,
    agenda_of,
    deliveries,
    do,
    end,
    hinder,
    meetings,
    said,
    sent,
    start,
)
from tests.meetings.samples import SYNC
from tests.workspaces.firm import Firm, profile

__all__ = ["server"]

HOUR = timedelta(hours=1)
OLD, NEW = Fernet.generate_key().decode(), Fernet.generate_key().decode()
EVENING, MORNING = datetime(2026, 3, 2, 19, tzinfo=UTC), datetime(2026, 3, 3, 9, tzinfo=UTC)
"""Of the lead, who lives by UTC and works from nine to six."""
LATER = changed("20260303", "DTSTART;TZID=Europe/Berlin:20260303T163000", "DTEND;TZID=Europe/Berlin:20260303T173000")
"""Today's meeting, an hour and a half later, for an hour."""
OFF = changed("20260303", "STATUS:CANCELLED", "DTSTART;TZID=Europe/Berlin:20260303T150000", "DURATION:PT30M")


@pytest.fixture
def fed(firm: Firm, growth: Team, server: Calendars) -> TeamMeeting:
    """A meeting of the server's calendar, with the weekly one in it, which nobody has looked at yet."""
    server.gives(calendar(WEEKLY))
    return link(firm, growth, server).meeting


def link(firm: Firm, team: Team, server: Calendars, *, words: str = "", by: str = "ULEAD") -> MeetingView:
    """Somebody adds what is in the server's calendar to the team's schedule."""
    made = Link("Growth", server.address, words, 60)
    return do(
        firm,
        lambda tx: add_from_calendar(
            tx, firm.viewer(by), team, made, SYNC, reach=ANYWHERE, focus_limit=LIMIT, by="Lea", now=firm.now
        ),
    )


def relink(firm: Firm, meeting: TeamMeeting, address: str = "", *, words: str = "", name: str = "Growth") -> None:
    made = Link(name, address, words, 60)
    lead = firm.viewer("ULEAD")
    do(
        firm,
        lambda tx: set_calendar(tx, lead, meeting.id, made, reach=ANYWHERE, focus_limit=LIMIT, by="Lea", now=firm.now),
    )


def look(firm: Firm) -> int:
    """One beat: over HTTP, in this process."""
    return look_at_calendar_due(firm.db, partial(visit, reach=ANYWHERE), focus_limit=LIMIT)


def changes(firm: Firm, server: Calendars, *entries: tuple[str, ...]) -> None:
    """The calendar changes, and Rhythm looks."""
    server.gives(calendar(*entries))
    with firm.db.begin() as tx:
        for row in tx.scalars(select(MeetingCalendar)):
            row.next_fetch_at = firm.now
    assert look(firm) == 1


def live(firm: Firm, until: datetime) -> None:
    """Lets time pass: a beat now, and one whenever a channel may have to be told, or a meeting begins or ends."""
    ahead = (next_notice, next_meeting_step)
    while (due := min((at for at in (ask(firm.db) for ask in ahead) if at), default=None)) and due <= until:
        firm.clock.move_to(max(due, firm.now))
        tell_of_meetings_due(firm.db, focus_limit=LIMIT)
        step_meetings_due(firm.db, focus_limit=LIMIT)
    firm.clock.move_to(max(until, firm.now))


def agendas(firm: Firm) -> list[tuple[str, State, str | None]]:
    return [(one.text.split("\n")[0], State(one.state), one.reason) for one in notices(firm)]


def notices(firm: Firm) -> list[Delivery]:
    return [one for one in deliveries(firm, "agenda:%") if "#r" not in one.key]


def ahead(firm: Firm, meeting: TeamMeeting, person_id: str = "UMAX") -> list[str]:
    with firm.db.read() as tx:
        view = find_meeting(tx, firm.viewer(person_id), meeting.id, now=firm.now)
    return [f"{at:%m-%d %H:%M}" for at in view.ahead]


def row(firm: Firm, meeting: TeamMeeting) -> MeetingCalendar | None:
    with firm.db.read() as tx:
        return tx.get(MeetingCalendar, (firm.id, meeting.id))


def its(firm: Firm, meeting: TeamMeeting) -> MeetingCalendar:
    found = row(firm, meeting)
    assert found is not None
    return found


def test_what_a_calendar_has_is_told_begun_and_ended_like_any_meeting(firm: Firm, fed: TeamMeeting) -> None:
    assert ahead(firm, fed) == []
    assert look(firm) == 1
    assert look(firm) == 0
    assert ahead(firm, fed) == ["03-03 14:00", "03-10 14:00", "03-17 14:00"]
    live(firm, TOLD)
    assert agendas(firm) == [("*Growth sync* begins at 15:00 Berlin time (30 minutes).", State.OWED, None)]
    assert (notices(firm)[0].due_at, notices(firm)[0].expires_at) == (TOLD, BEGINS)
    live(firm, BEGINS + HOUR)
    [held] = meetings(firm)
    assert (held.name, held.state, held.starts_at, held.held_on) == (
        "Growth sync",
        MeetingState.ENDED,
        BEGINS,
        BEGINS.date(),
    )


def test_it_is_looked_at_every_so_often_and_asked_only_for_what_changed(
    firm: Firm, fed: TeamMeeting, server: Calendars
) -> None:
    server.gives(calendar(WEEKLY), {"ETag": '"v1"'})
    assert look(firm) == 1
    assert its(firm, fed).next_fetch_at == firm.now + EVERY
    server.serve = lambda request: request.answer(status=304)
    firm.clock.move_to(firm.now + EVERY)
    assert look(firm) == 1
    assert server.heard[-1]["if-none-match"] == '"v1"'
    assert its(firm, fed).trouble is None


def test_it_is_read_once_a_day_even_if_it_says_that_nothing_changed(
    firm: Firm, fed: TeamMeeting, server: Calendars
) -> None:
    server.gives(calendar(WEEKLY), {"ETag": '"v1"'})
    look(firm)
    firm.clock.move_to(firm.now + timedelta(weeks=4))
    look(firm)
    assert "if-none-match" not in server.heard[-1]
    assert ahead(firm, fed)[0] == "03-31 13:00"


def test_only_its_times_and_titles_are_kept(firm: Firm, fed: TeamMeeting, server: Calendars) -> None:
    private = ("DESCRIPTION:the pay of everybody", "LOCATION:at my home", "ATTENDEE:mailto:boss@example.com")
    changes(firm, server, (*WEEKLY, *private))
    with firm.db.read() as tx:
        kept = " ".join(str(row) for row in tx.execute(text("SELECT * FROM calendar_entry")).all())
    assert "Growth sync" in kept
    assert not any(word in kept for word in ("pay", "home", "boss", "sync@example.com"))


def test_one_that_is_moved_before_it_is_told_is_told_in_its_new_time(
    firm: Firm, fed: TeamMeeting, server: Calendars
) -> None:
    changes(firm, server, WEEKLY, LATER)
    live(firm, BEGINS + 2 * HOUR)
    assert [(one.due_at, one.expires_at) for one in notices(firm)] == [
        (BEGINS + HOUR / 2, BEGINS + HOUR * 1.5),
    ]
    assert agendas(firm)[0][0] == "*Growth sync* begins at 16:30 Berlin time (1 hour)."


def test_one_that_is_moved_after_it_was_told_is_told_anew_in_the_same_message(
    firm: Firm, fed: TeamMeeting, server: Calendars
) -> None:
    look(firm)
    live(firm, TOLD)
    sent(firm)
    changes(firm, server, WEEKLY, LATER)
    [notice] = notices(firm)
    assert said(firm, notice.key).startswith("*Growth sync* begins at 16:30 Berlin time (1 hour).")
    live(firm, BEGINS + 3 * HOUR)
    assert len(notices(firm)) == 1
    assert [one.starts_at for one in meetings(firm)] == [BEGINS + HOUR * 1.5]


def test_one_that_is_moved_while_its_message_is_owed_is_told_when_it_is_time(
    firm: Firm, fed: TeamMeeting, server: Calendars
) -> None:
    look(firm)
    live(firm, TOLD)
    changes(firm, server, WEEKLY, LATER)
    [notice] = notices(firm)
    assert (notice.state, notice.due_at) == (State.OWED, BEGINS + HOUR / 2)
    assert "16:30" in notice.text


def test_a_whole_series_that_is_moved_is_not_announced_twice(firm: Firm, fed: TeamMeeting, server: Calendars) -> None:
    look(firm)
    live(firm, TOLD)
    sent(firm)
    changes(firm, server, tuple(line.replace("T15", "T17") for line in WEEKLY))
    live(firm, BEGINS + 3 * HOUR)
    assert len(notices(firm)) == 1
    assert "17:00" in said(firm, notices(firm)[0].key)


def test_one_that_is_moved_to_another_day_is_held_on_that_day(firm: Firm, fed: TeamMeeting, server: Calendars) -> None:
    look(firm)
    firm.clock.move_to(BEGINS + WEEK - 2 * HOUR)
    do(firm, lambda tx: look_ahead(tx, tx.get_one(Team, fed.team_id), focus_limit=LIMIT, now=firm.now))
    changes(firm, server, WEEKLY, MOVED)
    live(firm, BEGINS + WEEK + timedelta(days=1, hours=3))
    assert [(one.held_on.day, one.state) for one in meetings(firm)] == [(11, MeetingState.ENDED)]


def moved_to(when: str, *, of: str = "20260303") -> tuple[str, ...]:
    """The meeting of a day at another time, for half an hour: `20260304T160000` in Berlin."""
    return changed(of, f"DTSTART;TZID=Europe/Berlin:{when}", "DURATION:PT30M")


def told(firm: Firm) -> str:
    """The channel has read of today's meeting; answers the key."""
    look(firm)
    live(firm, TOLD)
    sent(firm)
    return notices(firm)[0].key


def moved_says(when: str) -> str:
    return (
        f"*Growth sync* was moved in the calendar: it begins on {when} Berlin time. "
        "Its agenda comes before it, in a message of its own."
    )


def test_one_that_is_moved_to_another_day_after_it_was_told_is_told_on_that_day_as_well(
    firm: Firm, fed: TeamMeeting, server: Calendars
) -> None:
    first = told(firm)
    changes(firm, server, WEEKLY, moved_to("20260304T160000"))
    assert said(firm, first) == moved_says("Wednesday 4 March at 16:00")
    live(firm, BEGINS + timedelta(hours=23, minutes=59))
    assert [one.key for one in notices(firm)] == [first]
    live(firm, BEGINS + timedelta(days=1))
    _, second = notices(firm)
    assert (second.key, second.state) == (f"{first}:2026-03-04", State.OWED)
    assert (second.due_at, second.expires_at) == (BEGINS + timedelta(days=1), BEGINS + timedelta(days=1) + HOUR)
    assert second.text.startswith("*Growth sync* begins at 16:00 Berlin time (30 minutes).")
    sent(firm)
    live(firm, BEGINS + timedelta(days=2))
    assert len(notices(firm)) == 2
    assert [(one.held_on.day, one.state) for one in meetings(firm)] == [(4, MeetingState.ENDED)]
    assert said(firm, first) == moved_says("Wednesday 4 March at 16:00")


def test_one_that_is_moved_to_another_day_while_its_message_is_owed_is_told_on_that_day_alone(
    firm: Firm, fed: TeamMeeting, server: Calendars
) -> None:
    look(firm)
    live(firm, TOLD)
    changes(firm, server, WEEKLY, moved_to("20260304T160000"))
    live(firm, BEGINS + timedelta(days=1))
    assert [(one.state, one.reason) for one in notices(firm)] == [(State.WITHHELD, following.MOVED), (State.OWED, None)]


def test_one_that_is_moved_back_is_told_in_the_message_that_there_is(
    firm: Firm, fed: TeamMeeting, server: Calendars
) -> None:
    first = told(firm)
    changes(firm, server, WEEKLY, moved_to("20260304T160000"))
    changes(firm, server, WEEKLY)
    assert said(firm, first).startswith("*Growth sync* begins at 15:00 Berlin time (30 minutes).")
    live(firm, BEGINS + HOUR)
    assert [one.key for one in notices(firm)] == [first]
    assert [one.state for one in meetings(firm)] == [MeetingState.ENDED]


def test_one_that_is_moved_to_and_fro_is_told_once_on_each_day_and_every_message_says_where_it_is_now(
    firm: Firm, fed: TeamMeeting, server: Calendars
) -> None:
    first = told(firm)
    changes(firm, server, WEEKLY, moved_to("20260304T160000"))
    live(firm, BEGINS + timedelta(days=1))
    sent(firm)
    for there in ("20260305T160000", "20260304T163000", "20260306T100000", "20260304T164500", "20260306T101500"):
        changes(firm, server, WEEKLY, moved_to(there))
    second = f"{first}:2026-03-04"
    assert said(firm, first) == said(firm, second) == moved_says("Friday 6 March at 10:15")
    live(firm, BEGINS + timedelta(days=3))
    sent(firm)
    assert [one.key for one in notices(firm)] == [first, second, f"{first}:2026-03-06"]
    assert [(one.held_on.day, one.state) for one in meetings(firm)] == [(6, MeetingState.ENDED)]


@pytest.mark.parametrize(("time", "again"), [("1759", False), ("1800", True), ("2000", True)])
def test_one_that_is_moved_by_hours_on_its_day_is_told_again_and_by_less_in_the_same_message(
    firm: Firm, fed: TeamMeeting, server: Calendars, time: str, again: bool
) -> None:
    first, shown = told(firm), f"{time[:2]}:{time[2:]}"
    changes(firm, server, WEEKLY, moved_to(f"20260303T{time}00"))
    live(firm, BEGINS + timedelta(hours=4))
    sent(firm)
    assert [one.key for one in notices(firm)] == [first, f"{first}:again"][: 1 + again]
    assert said(firm, notices(firm)[-1].key).startswith(f"*Growth sync* begins at {shown} Berlin time")
    if again:
        assert said(firm, first) == moved_says(f"Tuesday 3 March at {shown}")


def test_one_that_is_moved_by_hours_time_and_again_is_told_twice_at_most(
    firm: Firm, fed: TeamMeeting, server: Calendars
) -> None:
    first = told(firm)
    changes(firm, server, WEEKLY, moved_to("20260303T180000"))
    live(firm, BEGINS + HOUR * 2)
    sent(firm)
    changes(firm, server, WEEKLY, moved_to("20260303T230000"))
    live(firm, BEGINS + HOUR * 8)
    assert [one.key for one in notices(firm)] == [first, f"{first}:again"]
    assert said(firm, f"{first}:again").startswith("*Growth sync* begins at 23:00 Berlin time")
    assert said(firm, first) == moved_says("Tuesday 3 March at 23:00")


def test_one_that_is_moved_by_hours_and_back_is_told_in_the_message_that_there_is(
    firm: Firm, fed: TeamMeeting, server: Calendars
) -> None:
    first = told(firm)
    changes(firm, server, WEEKLY, moved_to("20260303T200000"))
    changes(firm, server, WEEKLY)
    live(firm, BEGINS + HOUR)
    assert [one.key for one in notices(firm)] == [first]
    assert [one.state for one in meetings(firm)] == [MeetingState.ENDED]


def test_one_whose_new_time_is_so_near_that_it_should_be_told_already_is_told_at_once(
    firm: Firm, fed: TeamMeeting, server: Calendars
) -> None:
    with firm.db.begin() as tx:
        tx.get_one(TeamMeeting, fed.id).lead_minutes = 24 * 60
    look(firm)
    live(firm, BEGINS - timedelta(hours=20))
    sent(firm)
    assert len(notices(firm)) == 1
    changes(firm, server, WEEKLY, moved_to("20260302T200000"))
    assert [one.due_at for one in notices(firm)] == [BEGINS - timedelta(days=1), BEGINS - timedelta(hours=20)]
    assert said(firm, notices(firm)[0].key) == moved_says("Monday 2 March at 20:00")


def test_one_that_is_moved_and_then_called_off_is_said_to_be_off_in_every_message(
    firm: Firm, fed: TeamMeeting, server: Calendars
) -> None:
    told(firm)
    changes(firm, server, WEEKLY, moved_to("20260304T160000"))
    live(firm, BEGINS + timedelta(days=1))
    sent(firm)
    changes(firm, server, tuple(line.replace("20260303", "20260310") for line in WEEKLY))
    assert [said(firm, one.key).partition(":00 ")[0] for one in notices(firm)] == [
        "*Growth sync* on Wednesday 4 March at 16"
    ] * 2
    assert all(" does not take place: it was cancelled" in said(firm, one.key) for one in notices(firm))


def test_one_that_is_on_again_is_told_though_what_was_to_be_told_was_kept_back(
    firm: Firm, fed: TeamMeeting, server: Calendars
) -> None:
    changes(firm, server, WEEKLY, OFF)
    live(firm, TOLD)
    changes(firm, server, WEEKLY)
    assert [(one.state, one.reason) for one in notices(firm)] == [(State.WITHHELD, CALLED_OFF), (State.OWED, None)]
    assert "begins at 15:00" in notices(firm)[1].text


def test_a_cancelled_one_is_kept_back_with_the_reason(firm: Firm, fed: TeamMeeting, server: Calendars) -> None:
    changes(firm, server, WEEKLY, OFF)
    assert ahead(firm, fed)[0] == "03-10 14:00"
    live(firm, BEGINS + HOUR)
    assert [fate[1:] for fate in agendas(firm)] == [(State.WITHHELD, CALLED_OFF)]
    assert [one.state for one in meetings(firm)] == [MeetingState.SKIPPED]


def test_one_that_is_cancelled_while_its_message_is_owed_is_kept_back(
    firm: Firm, fed: TeamMeeting, server: Calendars
) -> None:
    look(firm)
    live(firm, TOLD)
    changes(firm, server, WEEKLY, OFF)
    assert [fate[1:] for fate in agendas(firm)] == [(State.WITHHELD, CALLED_OFF)]


@pytest.mark.parametrize("how", ["cancelled", "left out", "taken out", "empty"])
def test_one_that_is_called_off_after_it_was_told_is_said_so_in_its_message(
    firm: Firm, fed: TeamMeeting, server: Calendars, how: str
) -> None:
    left_out = (*WEEKLY, "EXDATE;TZID=Europe/Berlin:20260303T150000")
    later = tuple(line.replace("20260303", "20260310") for line in WEEKLY)
    now_there = {"cancelled": (WEEKLY, OFF), "left out": (left_out,), "taken out": (later,), "empty": ()}[how]
    look(firm)
    live(firm, TOLD)
    sent(firm)
    changes(firm, server, *now_there)
    [notice] = notices(firm)
    assert said(firm, notice.key) == (
        "*Growth sync* on Tuesday 3 March at 15:00 Berlin time does not take place: "
        "it was cancelled in the calendar, or taken out of it. "
        "What is open comes back the next time."
    )
    live(firm, BEGINS + HOUR)
    assert [one.state for one in meetings(firm)] == [MeetingState.SKIPPED]


def test_one_that_is_on_again_is_held_and_its_message_says_so(firm: Firm, fed: TeamMeeting, server: Calendars) -> None:
    look(firm)
    live(firm, TOLD)
    sent(firm)
    changes(firm, server, WEEKLY, OFF)
    sent(firm)
    changes(firm, server, WEEKLY)
    assert said(firm, notices(firm)[0].key).startswith("*Growth sync* begins at 15:00 Berlin time")
    live(firm, BEGINS + HOUR)
    assert [one.state for one in meetings(firm)] == [MeetingState.ENDED]
    assert len(notices(firm)) == 1


def test_one_that_was_skipped_by_somebody_stays_so_wherever_it_is_moved(
    firm: Firm, fed: TeamMeeting, server: Calendars
) -> None:
    look(firm)
    live(firm, TOLD)
    lead = firm.viewer("ULEAD")
    do(
        firm,
        lambda tx: skip_next(tx, lead, tx.get_one(Team, fed.team_id), focus_limit=LIMIT, now=firm.now),
    )
    changes(firm, server, WEEKLY, LATER)
    live(firm, BEGINS + 3 * HOUR)
    assert [one.state for one in meetings(firm)] == [MeetingState.SKIPPED]


@pytest.fixture
def off(firm: Firm, growth: Team) -> None:
    """Its second Tuesday is a day off of the team, which its calendar does not know."""
    day = (BEGINS + WEEK).date()
    rhythm = replace(Rhythm.weekly(0, time(9)), workdays=Workdays(days_off=(DaysOff(day, day),)))
    firm.team(rhythm=rhythm)


@pytest.mark.usefixtures("off")
def test_on_a_day_off_it_is_not_held_and_the_next_one_goes_on_where_the_last_one_was(
    firm: Firm, fed: TeamMeeting
) -> None:
    look(firm)
    hinder(firm, firm.outcome(Team(id=fed.team_id, workspace_id=firm.id), "UMAX").outcome.number)
    assert ahead(firm, fed) == ["03-03 14:00", "03-17 14:00", "03-24 14:00"]
    live(firm, BEGINS + WEEK + 2 * HOUR)
    first, second = meetings(firm)
    assert (first.state, second.state, second.ended_how) == (MeetingState.ENDED, MeetingState.SKIPPED, Ended.DAY_OFF)
    assert [(one.state, one.reason) for one in notices(firm)] == [(State.OWED, None), (State.WITHHELD, DAY_OFF)]
    assert said(firm, second.live_key) == said(firm, second.summary_key) == ""
    live(firm, BEGINS + 2 * WEEK)
    assert [one.line.carried for one in agenda_of(firm, meetings(firm)[2])] == [1]
    assert meetings(firm)[2].state == MeetingState.OPEN


@pytest.mark.usefixtures("off")
@pytest.mark.parametrize("minutes", [-10, 10])
def test_on_a_day_off_whoever_wants_to_meets_by_hand_and_gets_a_summary(
    firm: Firm, fed: TeamMeeting, minutes: int
) -> None:
    look(firm)
    live(firm, BEGINS + WEEK + minutes * MINUTE)
    with firm.db.read() as tx:
        team = tx.get_one(Team, fed.team_id)
    meeting = start(firm, team)
    assert (meeting.state, meeting.held_on) == (MeetingState.OPEN, (BEGINS + WEEK).date())
    end(firm, meeting)
    assert "This meeting changed nothing on record." in said(firm, meeting.summary_key)


def test_what_has_begun_is_left_to_its_own_end(firm: Firm, fed: TeamMeeting, server: Calendars) -> None:
    look(firm)
    live(firm, BEGINS + MINUTE)
    changes(firm, server)
    assert [one.state for one in meetings(firm)] == [MeetingState.OPEN]


def test_two_on_one_day_are_two_meetings_by_their_own_titles(firm: Firm, fed: TeamMeeting, server: Calendars) -> None:
    retro = one("retro", "Retro", at="20260303T160000Z")
    changes(firm, server, WEEKLY, retro)
    live(firm, BEGINS + 4 * HOUR)
    assert [(one.name, one.state) for one in meetings(firm)] == [
        ("Growth sync", MeetingState.ENDED),
        ("Retro", MeetingState.ENDED),
    ]
    assert len(notices(firm)) == 2


def test_of_a_big_calendar_only_what_has_the_words_is_this_teams(firm: Firm, growth: Team, server: Calendars) -> None:
    server.gives(calendar(WEEKLY, *(one(str(n), f"Call {n}") for n in range(300))))
    meeting = link(firm, growth, server, words="sync growth").meeting
    look(firm)
    assert ahead(firm, meeting)[0] == "03-03 14:00"
    relink(firm, meeting, words="call 12")
    look(firm)
    assert ahead(firm, meeting) == ["03-03 15:00"] * 3
    relink(firm, meeting)
    look(firm)
    assert its(firm, meeting).trouble == Trouble.MANY
    assert ahead(firm, meeting) == ["03-03 15:00"] * 3


def test_a_time_without_a_zone_is_the_teams(firm: Firm, growth: Team, server: Calendars) -> None:
    server.gives(calendar(one(at="20260303T150000")))
    meeting = link(firm, growth, server).meeting
    look(firm)
    assert ahead(firm, meeting) == ["03-03 15:00"]


def test_a_meeting_on_the_schedule_goes_over_to_a_calendar_and_back(
    firm: Firm, sync: TeamMeeting, server: Calendars
) -> None:
    server.gives(calendar(tuple(line.replace("20260303", "20260304") for line in WEEKLY)))
    relink(firm, sync, server.address, name="Growth sync")
    look(firm)
    assert ahead(firm, sync)[0] == "03-04 14:00"
    with firm.db.begin() as tx:
        change_meeting(tx, firm.viewer("ULEAD"), sync.id, SYNC, by="Lea", now=firm.now)
    assert row(firm, sync) is None
    assert ahead(firm, sync)[0] == "03-03 14:00"


def test_what_was_told_by_the_schedule_is_held_and_not_told_again_by_the_calendar(
    firm: Firm, sync: TeamMeeting, server: Calendars
) -> None:
    live(firm, TOLD)
    sent(firm)
    server.gives(calendar(WEEKLY))
    relink(firm, sync, server.address)
    look(firm)
    live(firm, BEGINS + WEEK + HOUR)
    assert len(notices(firm)) == 2
    assert [(one.held_on.day, one.state) for one in meetings(firm)] == [
        (3, MeetingState.ENDED),
        (10, MeetingState.ENDED),
    ]


def test_its_address_is_erased_when_the_meeting_is_taken_off_the_schedule(firm: Firm, fed: TeamMeeting) -> None:
    look(firm)
    live(firm, TOLD)
    with firm.db.begin() as tx:
        end_meeting(tx, firm.viewer("ULEAD"), fed.id, by="Lea", now=firm.now)
        assert tx.scalars(select(MeetingCalendar)).all() == []
        assert tx.scalars(select(CalendarEntry)).all() == []
    assert [fate[1:] for fate in agendas(firm)] == [(State.CANCELLED, CHANGED)]
    assert look(firm) == 0
    live(firm, BEGINS + 2 * WEEK)
    assert len(notices(firm)) == 1


def test_when_it_fails_what_was_known_still_counts_and_the_lead_hears_of_it_once(
    firm: Firm, fed: TeamMeeting, server: Calendars
) -> None:
    look(firm)
    server.serve = lambda request: request.answer(status=404)
    looked = []
    while firm.now < BEGINS + timedelta(days=2):
        firm.clock.move_to(max(its(firm, fed).next_fetch_at, firm.now))
        looked.append(firm.now)
        look(firm)
    assert [round((after - before) / EVERY) for before, after in pairwise(looked[:5])] == [1, 2, 4, 8]
    [told] = deliveries(firm, "calendar:%")
    assert (told.place, told.due_at) == ("ULEAD", looked[3])
    assert "There is nothing at its address any more. What was read before still counts." in told.text
    assert ahead(firm, fed)[0] == "03-10 14:00"
    live(firm, BEGINS + 2 * WEEK + HOUR)
    assert [one.state for one in meetings(firm)][-1] == MeetingState.ENDED
    server.gives(calendar(WEEKLY))
    assert look(firm) == 1
    assert (its(firm, fed).trouble, its(firm, fed).fails, its(firm, fed).told_at) == (None, 0, None)


def test_one_that_could_never_be_read_is_told_at_once(firm: Firm, fed: TeamMeeting, server: Calendars) -> None:
    server.gives(b"<html>Log in</html>")
    look(firm)
    [told] = deliveries(firm, "calendar:%")
    assert "What is at its address is not a calendar. Nothing is planned from it yet." in told.text
    assert "5e8cr3t" not in told.text


def test_the_lead_hears_of_it_in_their_working_hours(firm: Firm, fed: TeamMeeting, server: Calendars) -> None:
    look(firm)
    fails_from(firm, server, EVENING)
    [owed] = deliveries(firm, "calendar:%")
    assert (owed.state, owed.due_at, owed.expires_at) == (State.OWED, MORNING, MORNING + timedelta(days=1))
    live_calendar(firm, fed, MORNING + 3 * HOUR)
    assert len(deliveries(firm, "calendar:%")) == 1


def test_it_waits_for_a_lead_who_is_away_and_goes_to_who_leads_by_then(
    firm: Firm, fed: TeamMeeting, server: Calendars
) -> None:
    firm.meet(profile("ULEAD", says_away=True, away_until=MORNING + timedelta(hours=39)))
    look(firm)
    fails_from(firm, server, EVENING)
    [owed] = deliveries(firm, "calendar:%")
    assert (owed.place, owed.due_at) == ("ULEAD", MORNING + timedelta(days=2))
    firm.team(lead="UMAX", by="ULEAD")
    live_calendar(firm, fed, MORNING)
    [owed] = deliveries(firm, "calendar:%")
    assert (owed.place, owed.due_at) == ("UMAX", MORNING)


def test_what_is_over_by_the_morning_is_told_to_nobody(firm: Firm, fed: TeamMeeting, server: Calendars) -> None:
    look(firm)
    fails_from(firm, server, EVENING)
    changes(firm, server, WEEKLY)
    assert [(one.state, one.reason) for one in deliveries(firm, "calendar:%")] == [(State.CANCELLED, READ_AGAIN)]


@pytest.mark.parametrize("left", [True, False])
def test_neither_is_that_of_a_calendar_which_is_not_followed_any_more(
    firm: Firm, fed: TeamMeeting, server: Calendars, left: bool
) -> None:
    look(firm)
    fails_from(firm, server, EVENING)
    if left:
        do(firm, lambda tx: change_meeting(tx, firm.viewer("ULEAD"), fed.id, SYNC, by="Lea", now=firm.now))
    else:
        relink(firm, fed, server.address + "?other")
    assert [one.state for one in deliveries(firm, "calendar:%")] == [State.CANCELLED]


@pytest.mark.parametrize(("minutes", "is_told"), [(15, True), (16, False)])
def test_a_lead_who_has_just_given_the_address_is_told_at_any_hour(
    firm: Firm, growth: Team, server: Calendars, minutes: int, is_told: bool
) -> None:
    firm.clock.move_to(EVENING)
    server.gives(b"<html>Log in</html>")
    link(firm, growth, server)
    firm.clock.move_to(EVENING + minutes * MINUTE)
    look(firm)
    assert [one.due_at for one in deliveries(firm, "calendar:%")] == [firm.now if is_told else MORNING]


def fails_from(firm: Firm, server: Calendars, instant: datetime) -> None:
    """From then on it fails, and has done so for long enough to be told."""
    firm.clock.move_to(instant)
    server.serve = lambda request: request.answer(status=500)
    while not deliveries(firm, "calendar:%"):
        assert look(firm) == 1
        firm.clock.move_to(firm.now + EVERY * 4)


def live_calendar(firm: Firm, fed: TeamMeeting, until: datetime) -> None:
    """Looks at the calendar as often as it is to be looked at."""
    while its(firm, fed).next_fetch_at <= until:
        firm.clock.move_to(max(its(firm, fed).next_fetch_at, firm.now))
        look(firm)
    firm.clock.move_to(until)


def test_the_address_is_said_nowhere_and_logged_nowhere(
    firm: Firm,
    fed: TeamMeeting,
    server: Calendars,
    caplog: pytest.LogCaptureFixture,
    capsys: pytest.CaptureFixture[str],
) -> None:
    caplog.set_level(logging.DEBUG)
    look(firm)
    server.serve = lambda request: request.answer(status=500)
    firm.clock.move_to(firm.now + EVERY)
    look(firm)

    def fails(_asked: Asked) -> Answer:
        raise RuntimeError("no")

    firm.clock.move_to(firm.now + 4 * HOUR)
    with pytest.raises(RuntimeError) as raised:
        look_at_calendar_due(firm.db, fails, focus_limit=LIMIT)
    with firm.db.read() as tx:
        told = " ".join(str(one) for one in tx.execute(text("SELECT text, blocks, key FROM delivery")).all())
    printed = capsys.readouterr()
    everything = told + caplog.text + printed.out + printed.err + repr(its(firm, fed)) + repr(raised.value)
    assert "5e8cr3t" not in everything


@pytest.fixture
def keyed(firm: Firm, database_url: str) -> Iterator[Callable[..., None]]:
    """The firm's database, opened anew with the keys that a test names."""
    opened = []

    def start(*keys: str) -> None:
        opened.append(Database(database_url, firm.clock, secrets=Secrets(keys)))
        firm.db = opened[-1]

    yield start
    for database in opened:
        database.dispose()


def kept(firm: Firm) -> str:
    """The address as it stands in the database."""
    with firm.db.read() as tx:
        address: str = tx.execute(text("SELECT address FROM meeting_calendar")).scalar_one()
        return address


def sentences(firm: Firm, *, has_keys: bool) -> list[str]:
    with firm.db.read() as tx:
        return addresses_kept_said(addresses_kept(tx), has_keys=has_keys)


def test_with_a_key_an_address_is_encrypted_and_still_read_and_shown(
    firm: Firm, growth: Team, server: Calendars, keyed: Callable[..., None]
) -> None:
    keyed(NEW)
    server.gives(calendar(WEEKLY))
    meeting = link(firm, growth, server).meeting
    assert "5e8cr3t" not in kept(firm)
    assert look(firm) == 1
    assert ahead(firm, meeting)[0] == "03-03 14:00"
    with firm.db.read() as tx:
        assert find_meeting(tx, firm.viewer("UMAX"), meeting.id, now=firm.now).calendar_at == "127.0.0.1 (…asic.ics)"
    relink(firm, meeting, server.address)
    assert ahead(firm, meeting)[0] == "03-03 14:00"
    assert sentences(firm, has_keys=True) == []


@pytest.mark.parametrize("how", ["a look", "its form"])
def test_one_in_clear_is_read_and_encrypted_when_it_is_written_next(
    firm: Firm, fed: TeamMeeting, keyed: Callable[..., None], how: str
) -> None:
    assert "5e8cr3t" in kept(firm)
    assert sentences(firm, has_keys=False) == [
        "The secret address of a calendar is in the database unencrypted: set ENCRYPTION_KEYS; "
        "docs/operations.md says how."
    ]
    keyed(NEW)
    assert [one.split(" yet,")[0] for one in sentences(firm, has_keys=True)] == [
        "The secret address of a calendar is not under the first of ENCRYPTION_KEYS"
    ]
    if how == "a look":
        assert look(firm) == 1
        assert ahead(firm, fed)[0] == "03-03 14:00"
    else:
        relink(firm, fed, words="sync")
    assert "5e8cr3t" not in kept(firm)
    assert sentences(firm, has_keys=True) == []


def test_a_new_key_takes_over_within_a_look_and_the_old_one_can_go(
    firm: Firm, growth: Team, server: Calendars, keyed: Callable[..., None]
) -> None:
    keyed(OLD)
    server.gives(calendar(WEEKLY))
    meeting = link(firm, growth, server).meeting
    keyed(NEW, OLD)
    before = kept(firm)
    assert look(firm) == 1
    assert kept(firm) != before
    keyed(NEW)
    changes(firm, server, WEEKLY)
    assert its(firm, meeting).trouble is None


@pytest.mark.parametrize("keys", [[], [NEW]])
def test_an_address_whose_key_is_gone_is_told_and_given_again(
    firm: Firm, growth: Team, server: Calendars, keyed: Callable[..., None], keys: list[str]
) -> None:
    keyed(OLD)
    server.gives(calendar(WEEKLY))
    meeting = link(firm, growth, server).meeting
    look(firm)
    keyed(*keys)
    firm.clock.move_to(firm.now + EVERY)
    heard = len(server.heard)
    for _ in range(4):
        assert look(firm) == 1
        firm.clock.move_to(its(firm, meeting).next_fetch_at)
    assert (its(firm, meeting).trouble, len(server.heard)) == (Trouble.LOCKED, heard)
    [told] = deliveries(firm, "calendar:%")
    assert "Its address cannot be read any more: the key it was kept with is gone. Please give it again." in told.text
    assert ahead(firm, meeting)[0] == "03-03 14:00"
    assert [one.partition(":")[0] for one in sentences(firm, has_keys=bool(keys))] == [
        "The secret address of a calendar is encrypted with a key that is not in ENCRYPTION_KEYS"
    ]
    with pytest.raises(FormRefused) as refused:
        relink(firm, meeting)
    assert set(refused.value.errors) == {"address"}
    relink(firm, meeting, server.address)
    assert look(firm) == 1
    assert (its(firm, meeting).trouble, ahead(firm, meeting)[0]) == (None, "03-03 14:00")


def test_nothing_that_is_printed_of_a_turn_names_the_address(firm: Firm, fed: TeamMeeting) -> None:
    with firm.db.begin() as tx:
        turn = take_turn(tx, firm.id, fed.id, now=firm.now)
    assert turn is not None
    assert turn.asked is not None
    assert "5e8cr3t" in turn.asked.address
    assert "5e8cr3t" not in repr(turn)


def test_the_check_says_that_an_address_is_unencrypted(
    firm: Firm, fed: TeamMeeting, database_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with Sandbox(rates="off") as sandbox:
        chosen = {
            "SLACK_API_URL": sandbox.api_url,
            "SLACK_BOT_TOKEN": sandbox.bot_token,
            "SLACK_APP_TOKEN": sandbox.app_token,
            "DATABASE_URL": database_url,
        }
        for name, value in chosen.items():
            monkeypatch.setenv(name, value)
        monkeypatch.chdir(tmp_path)
        said = CliRunner().invoke(cli, ["check"]).output
    assert said.splitlines()[0] == sentences(firm, has_keys=False)[0]
    assert "Rhythm can start" in said


def test_whoever_runs_it_is_told_of_several_at_once() -> None:
    said = addresses_kept_said(AddressesKept(clear=1, older=1, locked=2), has_keys=True)
    assert [one.partition(" are ")[0] for one in said] == ["The secret addresses of 2 calendars"] * 2
    assert addresses_kept_said(AddressesKept(), has_keys=False) == []


def test_an_answer_of_what_nobody_asks_any_more_changes_nothing(
    firm: Firm, fed: TeamMeeting, server: Calendars
) -> None:
    with firm.db.begin() as tx:
        turn = take_turn(tx, firm.id, fed.id, now=firm.now)
        assert take_turn(tx, firm.id, fed.id, now=firm.now) is None
    assert turn is not None
    relink(firm, fed, server.address + "?other")
    with firm.db.begin() as tx:
        note_answer(tx, turn, Answer(trouble=Trouble.GONE), focus_limit=LIMIT, now=firm.now)
    assert (its(firm, fed).trouble, its(firm, fed).next_fetch_at) == (None, firm.now)


def test_a_process_that_died_while_it_looked_is_followed_by_another_one(firm: Firm, fed: TeamMeeting) -> None:
    with firm.db.begin() as tx:
        assert take_turn(tx, firm.id, fed.id, now=firm.now) is not None
    assert look(firm) == 0
    firm.clock.move_to(firm.now + 2 * MINUTE)
    assert look(firm) == 1


def test_only_who_may_change_the_team_sets_its_calendar(firm: Firm, growth: Team, server: Calendars) -> None:
    with pytest.raises(NotAllowed):
        link(firm, growth, server, by="UOLGA")


def test_what_is_wrong_is_said_at_its_field(firm: Firm, growth: Team, sync: TeamMeeting, server: Calendars) -> None:
    server.address = "http:/nowhere"
    with pytest.raises(FormRefused) as refused:
        link(firm, growth, server, words="x" * 201)
    assert set(refused.value.errors) == {"address", "words"}
    with pytest.raises(FormRefused):
        relink(firm, sync)


def test_a_meeting_of_another_team_is_none_of_its_calendars(
    firm: Firm, growth: Team, sync: TeamMeeting, fed: TeamMeeting
) -> None:
    look(firm)
    assert ahead(firm, sync)[0] == "03-03 14:00"
    live(firm, BEGINS + HOUR)
    assert len(meetings(firm)) == 2


def test_it_is_looked_at_less_and_less_often_but_twice_a_day_at_least() -> None:
    gaps = [look_again_in(fails) for fails in range(1, 10_000, 3)]
    assert gaps == sorted(gaps)
    assert (gaps[0], gaps[-1]) == (EVERY, timedelta(hours=12))


instants = st.integers(-50, 50).map(lambda hours: BEGINS + timedelta(hours=hours))
entries = st.builds(
    lambda mark, at, is_off: Entry(mark, mark, "UTC", at, at + HOUR, is_off),
    st.sampled_from("abcdef"),
    instants,
    st.booleans(),
)
calendars = st.lists(entries, unique_by=lambda entry: entry.mark)


@given(calendars, calendars, instants)
def test_what_is_read_counts_and_what_vanished_is_off_until_it_would_be_over(
    known: list[Entry], read: list[Entry], now: datetime
) -> None:
    kept = list(merged({entry.mark: entry for entry in known}, read, now=now))
    assert len({entry.mark for entry in kept}) == len(kept)
    assert set(read) <= set(kept)
    for entry in set(kept) - set(read):
        assert entry.is_off
        assert entry.ends_at > now
        assert replace(entry, is_off=False) in [replace(one, is_off=False) for one in known]
    assert list(merged({entry.mark: entry for entry in kept}, read, now=now)) == kept


def test_no_transaction_is_open_while_a_calendar_is_looked_at(firm: Firm, fed: TeamMeeting) -> None:
    def writes_meanwhile(asked: Asked) -> Answer:
        # SQLite has one writer: this would wait in vain for one that is open.
        with firm.db.begin() as tx:
            tx.get_one(TeamMeeting, fed.id).name = "Written meanwhile"
        return visit(asked, ANYWHERE)

    assert look_at_calendar_due(firm.db, writes_meanwhile, focus_limit=LIMIT) == 1
    assert ahead(firm, fed)[0] == "03-03 14:00"


@pytest.mark.parametrize("seed", range(3))
def test_whatever_a_calendar_does_what_is_planned_and_said_is_what_it_says_now(
    firm: Firm, fed: TeamMeeting, seed: int
) -> None:
    draw = Random(seed)
    for _ in range(14):
        there = [drawn_entry(draw, mark, firm.now) for mark in "abcd" if draw.random() < 0.8]
        with firm.db.begin() as tx:
            tx.get_one(MeetingCalendar, (firm.id, fed.id)).next_fetch_at = firm.now
        look_at_calendar_due(firm.db, lambda _asked, there=there: Answer(there), focus_limit=LIMIT)  # type: ignore[misc]
        by_mark = {entry.mark: entry for entry in there}
        for held in meetings(firm):
            entry = by_mark.get(held.mark or "")
            if held.starts_at > firm.now and held.state in (MeetingState.PLANNED, MeetingState.SKIPPED):
                is_on = entry is not None and not entry.is_off
                assert (held.state == MeetingState.PLANNED) == is_on
                assert not is_on or entry is None or held.starts_at == entry.starts_at
        for held in meetings(firm):
            entry = by_mark.get(held.mark or "")
            if held.started_at is None and entry is not None and entry.starts_at > firm.now:
                check_said(firm, held, entry)
        live(firm, firm.now + timedelta(minutes=draw.randint(1, 90)))
        sent(firm)
    days = [one.key.removesuffix(":again") for one in notices(firm) if one.state == State.SENT]
    assert len({one.key for one in notices(firm)}) == len(notices(firm))
    assert max(days.count(day) for day in days) <= 2


def check_said(firm: Firm, held: Meeting, entry: Entry) -> None:
    """What the channel reads of a meeting that has not begun is what its calendar says now, in every message of it."""
    prefix = agenda_key(held.team_meeting_id or 0, entry.mark)
    for notice in notices(firm):
        if notice.key.startswith(prefix) and notice.state == State.SENT:
            says = said(firm, notice.key)
            assert ("does not take place" in says) == entry.is_off
            assert entry.is_off or f"{entry.starts_at + HOUR:%H:%M}" in says
            assert entry.is_off or ("was moved" in says) == (notice.key != held.agenda_key)


def drawn_entry(draw: Random, mark: str, now: datetime) -> Entry:
    """An entry that begins soon, or is far ahead; in Berlin, in winter."""
    at = now.replace(second=0, microsecond=0) + timedelta(minutes=draw.choice([10, 30, 70, 200, 2000]))
    return Entry(mark, f"Meeting {mark}", "Europe/Berlin", at, at + HOUR / 2, draw.random() < 0.3)
