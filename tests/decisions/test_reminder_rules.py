"""When a decider is reminded."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from bot.absences.rules import Days
from bot.absences.rules.hours import Hours
from bot.decisions.rules.reminders import Owed, Word, next_choice_word, next_review_word, word_key

LONDON = Hours(ZoneInfo("UTC"))
TUESDAY = date(2026, 3, 10)


def march(day: int, hour: int = 0) -> datetime:
    return datetime(2026, 3, day, hour, tzinfo=UTC)


OPENED = march(2, 8)


def told(
    now: datetime,
    *,
    needed_by: date = TUESDAY,
    known_since: datetime = OPENED,
    hours: Hours = LONDON,
    given: tuple[Word, ...] = (),
) -> tuple[Word, datetime] | None:
    owed = next_choice_word(needed_by, known_since=known_since, hours=hours, given=given, now=now)
    return (owed.word, owed.span.opens_at) if owed else None


def test_once_on_the_working_day_before() -> None:
    assert told(march(3)) == (Word.BEFORE, march(9, 9))


def test_of_a_monday_the_working_day_before_is_friday() -> None:
    assert told(march(3), needed_by=date(2026, 3, 9)) == (Word.BEFORE, march(6, 9))


def test_once_after_it_on_the_next_working_day() -> None:
    assert told(march(9, 10), given=(Word.BEFORE,)) == (Word.OVERDUE, march(11, 9))
    assert told(march(9, 10), needed_by=date(2026, 3, 13), given=(Word.BEFORE,)) == (Word.OVERDUE, march(16, 9))


def test_then_nothing_more() -> None:
    assert told(march(20), given=(Word.BEFORE, Word.OVERDUE)) is None


def test_who_was_told_the_day_before_is_not_reminded_on_it() -> None:
    assert told(march(9, 8), known_since=march(9, 7)) == (Word.OVERDUE, march(11, 9))


def test_who_was_named_when_it_was_overdue_already_is_not_reminded() -> None:
    assert told(march(12), known_since=march(12)) is None


def test_who_is_away_the_day_before_is_reminded_before_they_go() -> None:
    away = Hours(ZoneInfo("UTC"), away=(Days(date(2026, 3, 6), date(2026, 3, 9)),))
    assert told(march(3), hours=away) == (Word.BEFORE, march(5, 9))


def test_who_is_away_after_it_is_told_once_they_are_back() -> None:
    away = Hours(ZoneInfo("UTC"), away=(Days(date(2026, 3, 9), date(2026, 3, 18)),))
    assert told(march(9), hours=away, given=(Word.BEFORE,)) == (Word.OVERDUE, march(19, 9))


def test_a_reminder_that_came_late_comes_on_that_day_still_and_not_later() -> None:
    assert told(march(9, 15)) == (Word.BEFORE, march(9, 15))
    assert told(march(9, 18)) == (Word.OVERDUE, march(11, 9))


def test_in_do_not_disturb_it_waits_for_its_end() -> None:
    quiet = Hours(ZoneInfo("UTC"), quiet_until=march(9, 14))
    assert told(march(9, 9), hours=quiet) == (Word.BEFORE, march(9, 14))


def test_a_review_is_asked_for_on_its_day() -> None:
    owed = next_review_word(date(2026, 3, 14), hours=LONDON, given=(), now=march(2))
    assert owed is not None
    assert (owed.word, owed.span.opens_at) == (Word.REVIEW, march(16, 9))
    assert next_review_word(date(2026, 3, 14), hours=LONDON, given=(Word.REVIEW,), now=march(2)) is None


def test_keys_are_for_ever_one_decider_and_one_day() -> None:
    assert word_key(7, Word.BEFORE, "UOLGA", "2026-03-10") == "decision:D7:before:UOLGA:2026-03-10"


zones = st.sampled_from(["UTC", "America/Los_Angeles", "Asia/Tokyo", "Australia/Lord_Howe"]).map(ZoneInfo)
days = st.integers(0, 60).map(lambda number: date(2026, 3, 2) + timedelta(days=number))
instants = st.integers(0, 70 * 24).map(lambda number: march(1) + timedelta(hours=number))
aways = st.lists(st.tuples(days, st.integers(0, 9)), max_size=3).map(
    lambda found: tuple(Days(first, first + timedelta(days=more)) for first, more in found)
)
people = st.builds(Hours, zone=zones, away=aways, quiet_until=st.none() | instants)
words = st.sets(st.sampled_from([Word.BEFORE, Word.OVERDUE]))


@given(days, instants, people, words, instants)
def test_a_reminder_is_never_given_twice_never_out_of_hours_and_on_its_own_side_of_the_day(
    needed_by: date, known_since: datetime, hours: Hours, given: set[Word], now: datetime
) -> None:
    owed = next_choice_word(needed_by, known_since=known_since, hours=hours, given=given, now=now)
    if owed is None:
        return
    assert owed.word not in given
    assert owed.span.opens_at >= now
    assert hours.is_open(owed.span.opens_at)
    on = hours.day_of(owed.span.opens_at)
    assert on < needed_by if owed.word == Word.BEFORE else on > needed_by
    assert hours.day_of(known_since) <= (on if owed.word == Word.BEFORE else needed_by)


@given(days, instants, people)
def test_a_whole_life_of_a_decision_has_at_most_two_reminders_and_they_come_in_order(
    needed_by: date, known_since: datetime, hours: Hours
) -> None:
    now, given, order = known_since, set[Word](), list[Owed]()
    while owed := next_choice_word(needed_by, known_since=known_since, hours=hours, given=given, now=now):
        now = owed.span.opens_at
        given.add(owed.word)
        order.append(owed)
    assert [owed.word for owed in order] in ([], [Word.BEFORE], [Word.OVERDUE], [Word.BEFORE, Word.OVERDUE])


@given(days, instants, people, instants)
def test_looked_at_again_when_it_is_due_it_is_due(
    needed_by: date, known_since: datetime, hours: Hours, now: datetime
) -> None:
    owed = next_choice_word(needed_by, known_since=known_since, hours=hours, given=(), now=now)
    if owed is not None:
        assert owed == next_choice_word(
            needed_by, known_since=known_since, hours=hours, given=(), now=owed.span.opens_at
        )
