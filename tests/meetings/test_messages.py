"""The words of meetings."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.calendars.entries import Trouble
from bot.canvases.model import ChannelCanvas
from bot.canvases.rules import Trouble as NotKept
from bot.digests.rules import Exceptions
from bot.meetings import messages
from bot.meetings.messages import calendar
from bot.meetings.rules import NAME_LIMIT, Occurrence, suggested
from bot.people.messages import Reader
from bot.slack.message import Form, Message
from tests.digests.test_messages import WORST
from tests.meetings.samples import AHEAD, REVIEW, SYNC, fed, meeting
from tests.meetings.test_held_messages import SYNC as HELD
from tests.outcomes.samples import NASTY, team
from tests.slack.every_message import (
    test_as_it_is_read,
    test_at_its_limits_a_message_still_fits_and_pings_nobody,
    test_the_payload,
    test_the_text_says_every_word_that_the_blocks_say,
)

__all__ = [
    "test_as_it_is_read",
    "test_at_its_limits_a_message_still_fits_and_pings_nobody",
    "test_the_payload",
    "test_the_text_says_every_word_that_the_blocks_say",
]

BERLIN = ZoneInfo("Europe/Berlin")
TUESDAY = Reader("en-US", BERLIN, date(2026, 3, 31))
MONDAY = Reader("en-US", BERLIN, date(2026, 3, 30))
NEXT = Occurrence(date(2026, 3, 31), AHEAD[0] - timedelta(hours=1), AHEAD[0])
BOTH = [meeting(), meeting(REVIEW, number=8, ahead=AHEAD[:1])]
LONGEST = replace(SYNC, name=(NASTY * 10)[:NAME_LIMIT])
WORST_ONES = [meeting(LONGEST, number=10**12 + n, of="&" * 80) for n in range(40)]
FULL = Exceptions(WORST, WORST, WORST, WORST, WORST, WORST, WORST, WORST)
ZONES = ["America/New_York", "Asia/Kolkata"]

FED = [
    fed(),
    fed("growth & sync", trouble=Trouble.GONE),
    fed(was_read=False),
    fed(trouble=Trouble.NO_CALENDAR, was_read=False),
    replace(fed(), ahead=()),
]

MESSAGES: dict[str, Callable[[], Message]] = {
    "list": lambda: messages.meeting_list(team("R&D"), BOTH, may_change=True, reader=MONDAY),
    "list_for_others": lambda: messages.meeting_list(team("R&D"), BOTH, may_change=False, reader=MONDAY),
    "list_empty": lambda: messages.meeting_list(team("R&D"), [], may_change=True, reader=MONDAY),
    "list_empty_for_others": lambda: messages.meeting_list(team("R&D"), [], may_change=False, reader=MONDAY),
    "on_schedule": lambda: messages.on_schedule(team("R&D"), BOTH, reader=MONDAY),
    "on_schedule_none": lambda: messages.on_schedule(team("R&D"), [], reader=MONDAY),
    "saved": lambda: messages.meeting_saved(meeting(REVIEW), reader=MONDAY),
    "removed": lambda: messages.meeting_removed(meeting(REVIEW)),
    "announced": lambda: messages.meeting_announced(REVIEW, by="Lea & Max", is_new=True),
    "announced_change": lambda: messages.meeting_announced(SYNC, by="Lea & Max", is_new=False),
    "list_with_a_canvas": lambda: messages.meeting_list(
        team("R&D"), BOTH, ChannelCanvas(), may_change=True, reader=MONDAY
    ),
    "list_with_a_canvas_in_trouble": lambda: messages.meeting_list(
        team("R&D"),
        BOTH,
        ChannelCanvas(stopped_at=AHEAD[0], trouble=NotKept.SCOPE),
        may_change=True,
        reader=MONDAY,
    ),
    "list_of_calendars": lambda: messages.meeting_list(team("R&D"), FED, may_change=True, reader=MONDAY),
    "calendar_saved": lambda: calendar.calendar_saved(fed("growth & sync", was_read=False)),
    "calendar_announced": lambda: calendar.calendar_announced(SYNC, fed().calendar_at, by="Lea & Max"),
    "calendar_locked": lambda: calendar.calendar_in_trouble(fed("sync", trouble=Trouble.LOCKED), reader=MONDAY),
    "calendar_in_trouble": lambda: calendar.calendar_in_trouble(fed(trouble=Trouble.REFUSED), reader=MONDAY),
    "called_off": lambda: calendar.called_off(HELD, reader=TUESDAY),
    "moved": lambda: calendar.moved(HELD, reader=MONDAY),
    "ended": lambda: messages.meeting_ended(REVIEW, by="Lea & Max"),
}
FORMS: dict[str, Callable[[], Form]] = {
    "add_form": lambda: messages.add_form(team(), suggested(0, "Europe/Berlin"), ZONES, today=date(2026, 3, 30)),
    "change_form": lambda: messages.change_form(meeting(REVIEW), ZONES, today=date(2026, 3, 30)),
    "change_form_of_calendar": lambda: messages.change_form(fed(), ZONES, today=date(2026, 3, 30)),
    "add_calendar_form": lambda: calendar.add_calendar_form(team(), suggested(0, "Europe/Berlin")),
    "calendar_form_of_schedule": lambda: calendar.calendar_form(meeting(REVIEW)),
    "change_form_of_locked": lambda: messages.change_form(fed(trouble=Trouble.LOCKED), ZONES, today=date(2026, 3, 30)),
    "calendar_form_locked": lambda: calendar.calendar_form(fed("sync", trouble=Trouble.LOCKED)),
    "calendar_form": lambda: calendar.calendar_form(fed("growth & sync")),
    "remove_form": lambda: messages.remove_form(meeting(REVIEW)),
}
EXTREMES: dict[str, Callable[[], Message]] = {
    "list": lambda: messages.meeting_list(team("&" * 80), WORST_ONES, may_change=True, reader=MONDAY),
    "on_schedule": lambda: messages.on_schedule(team("&" * 80), WORST_ONES, reader=MONDAY),
    "announced": lambda: messages.meeting_announced(LONGEST, by=NASTY * 5, is_new=True),
}


@pytest.mark.parametrize("trouble", list(Trouble))
def test_each_trouble_of_a_calendar_is_said_in_words_and_never_with_its_address(trouble: Trouble) -> None:
    said = calendar.calendar_in_trouble(fed(trouble=trouble), reader=MONDAY).text
    assert "Reading it has failed since Monday 30 March at 10:00. " in said
    assert ("calendar.example.com (…a1b2)" in said) == (trouble != Trouble.LOCKED)
    assert "5e8cr3t" not in str([calendar.calendar_form(fed()), messages.change_form(fed(), ZONES, today=MONDAY.today)])
