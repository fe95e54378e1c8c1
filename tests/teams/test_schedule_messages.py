"""The words of a schedule."""

from collections.abc import Callable
from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

from bot.people.messages import Reader
from bot.slack.blocks import section
from bot.slack.message import Form, Message
from bot.teams.messages import schedule as messages
from bot.teams.model import Team
from bot.teams.rules.recurrence import Often, Recurrence
from bot.teams.rules.rhythm import OnHoliday, Rhythm
from bot.teams.rules.workdays import DaysOff, Workdays
from tests.outcomes.samples import team
from tests.slack.every_message import (
    test_as_it_is_read,
    test_the_payload,
    test_the_text_says_every_word_that_the_blocks_say,
)

__all__ = [
    "test_as_it_is_read",
    "test_the_payload",
    "test_the_text_says_every_word_that_the_blocks_say",
]

BERLIN = ZoneInfo("Europe/Berlin")
READER = Reader("en-GB", BERLIN, date(2026, 3, 2))
AHEAD = [
    datetime(2026, 3, 30, 7, tzinfo=UTC),
    datetime(2026, 4, 27, 7, tzinfo=UTC),
    datetime(2026, 5, 26, 7, tzinfo=UTC),
]
CLOSED = DaysOff(date(2026, 12, 24), date(2027, 1, 1), "R&D is closed")
FULL = Rhythm(
    Recurrence(Often.SECOND_WEEK, 0, date(2026, 3, 9)),
    time(9, 30),
    "Europe/Berlin",
    Workdays(time(8), time(17), "DE-BY", (DaysOff(date(2026, 5, 15), date(2026, 5, 15)), CLOSED)),
    OnHoliday.SKIP,
)


def made(rhythm: Rhythm) -> Team:
    some = team("R&D")
    some.rhythm = rhythm
    return some


MONTHLY = made(Rhythm(Recurrence(Often.LAST_OF_MONTH, 0), time(9), workdays=Workdays(country="DE")))
WITH_DIGEST = made(Rhythm.weekly(0, time(9)))
WITH_DIGEST.digest = Rhythm.weekly(4, time(16))
EVERYTHING = made(FULL)
EVERYTHING.digest = Rhythm.weekly(4, time(16))
BESIDE = Message("Growth sync: every Tuesday", [section("Growth sync: every Tuesday")])


def saved(some: Team, check_ins: list[datetime], **more: object) -> Callable[[], Message]:
    ahead = messages.Ahead(check_ins, **more)  # type: ignore[arg-type]
    return lambda: messages.schedule_saved(some, ahead, reader=READER)


MESSAGES: dict[str, Callable[[], Message]] = {
    "saved_plain": saved(team("R&D"), AHEAD, moved=AHEAD[0]),
    "saved_and_moved": saved(MONTHLY, AHEAD, moved=datetime(2026, 3, 9, 8, tzinfo=UTC)),
    "saved_with_a_digest": saved(WITH_DIGEST, AHEAD, digests=[datetime(2026, 3, 6, 16, tzinfo=UTC)]),
    "saved_with_everything": saved(EVERYTHING, AHEAD[:1], beside=BESIDE),
    "changed": lambda: messages.schedule_changed(EVERYTHING, by="Lea & Max"),
}
FORMS: dict[str, Callable[[], Form]] = {
    "form_plain": lambda: messages.schedule_form(team("R&D"), reader=READER),
    "form_with_everything": lambda: messages.schedule_form(EVERYTHING, reader=READER),
}
