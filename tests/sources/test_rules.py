"""What is true of tokens, moments and sheets."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.errors import FormRefused, Refused
from bot.log import without_secrets
from bot.sources.rules.moments import Moment, moment_of_day, read_moment, read_timestamp
from bot.sources.rules.requests import read_wanted, typed_value
from bot.sources.rules.sheets import import_key, read_sheet
from bot.sources.rules.tokens import BURST, PER_MINUTE, after_request, hash_of, token_in, token_of, wait_of

NOW = datetime(2026, 3, 2, 8, tzinfo=UTC)
TOKEN = token_of("a" * 43)
NEW_YORK = ZoneInfo("America/New_York")
SECOND = timedelta(seconds=1)


@pytest.mark.parametrize("header", [f"Bearer {TOKEN}", f"bearer {TOKEN}", f"BEARER  {TOKEN} "])
def test_a_token_is_read_from_its_header(header: str) -> None:
    assert token_in(header) == TOKEN


@pytest.mark.parametrize(
    "header", [None, "", TOKEN, f"Basic {TOKEN}", f"Bearer {TOKEN}x", "Bearer rhythm_ü" + "a" * 42]
)
def test_nothing_else_is_a_token(header: str | None) -> None:
    assert token_in(header) is None


def test_a_hash_says_nothing_of_its_token() -> None:
    assert hash_of(TOKEN) == hash_of(TOKEN) != hash_of(token_of("b" * 43))
    assert "aaaa" not in hash_of(TOKEN)


def test_a_token_never_reaches_the_log() -> None:
    line = without_secrets(None, "", {"event": f"refused {TOKEN}", "headers": {"authorization": [f"Bearer {TOKEN}"]}})
    assert TOKEN not in str(line)


@settings(deadline=None)
@given(st.lists(st.floats(0, 120), max_size=200))
def test_no_more_get_through_than_the_pace_and_one_burst(gaps: list[float]) -> None:
    now = next_at = NOW
    passed = 0
    for gap in gaps:
        now += timedelta(seconds=gap)
        if not wait_of(next_at, now):
            next_at, passed = after_request(next_at, now), passed + 1
    assert passed <= BURST + (now - NOW).total_seconds() * PER_MINUTE / 60
    assert not wait_of(next_at, now + wait_of(next_at, now))


def test_a_clock_that_was_wrong_holds_a_token_up_for_a_moment_only() -> None:
    far = NOW + timedelta(days=400)
    assert wait_of(far, NOW) == SECOND
    assert wait_of(after_request(far, NOW + SECOND), NOW + 2 * SECOND) <= SECOND


def test_a_day_is_its_noon_and_today_is_no_later_than_now() -> None:
    assert moment_of_day(date(2026, 2, 20), NEW_YORK, NOW).at == datetime(2026, 2, 20, 17, tzinfo=UTC)
    assert moment_of_day(date(2026, 3, 2), NEW_YORK, NOW).at == NOW
    assert moment_of_day(date(2026, 3, 2), NEW_YORK, NOW + timedelta(hours=12)).at.hour == 17
    assert moment_of_day(date(2026, 3, 3), NEW_YORK, NOW).at > NOW


@settings(deadline=None)
@given(st.dates(date(1900, 1, 2), date(2199, 12, 30)), st.sampled_from(["UTC", "Asia/Kolkata", "Pacific/Kiritimati"]))
def test_a_day_stays_that_day_in_its_zone(day: date, zone: str) -> None:
    moment = read_moment(day.isoformat(), zone=ZoneInfo(zone), now=NOW, locale="en-US")
    assert moment.at.astimezone(ZoneInfo(zone)).date() == day
    assert str(moment) == day.isoformat()


@pytest.mark.parametrize(
    ("text", "at"),
    [
        ("", NOW),
        ("yesterday", datetime(2026, 3, 1, 17, tzinfo=UTC)),
        ("2026-02-20 09:30", datetime(2026, 2, 20, 14, 30, tzinfo=UTC)),
        ("2026-02-20T09:30:15.5", datetime(2026, 2, 20, 14, 30, 15, 500_000, tzinfo=UTC)),
        ("2026-02-20t09:30z", datetime(2026, 2, 20, 9, 30, tzinfo=UTC)),
        ("2026-02-20T09:30+01:00", datetime(2026, 2, 20, 8, 30, tzinfo=UTC)),
        ("2025-03-09 02:30", datetime(2025, 3, 9, 7, tzinfo=UTC)),
    ],
)
def test_a_moment_is_a_day_or_an_instant_of_the_owners_clock(text: str, at: datetime) -> None:
    assert read_moment(text, zone=NEW_YORK, now=NOW, locale="en-US").at == at


@settings(deadline=None)
@given(st.text(max_size=40) | st.from_regex(r"\d{4}-\d\d-\d\d[T ][0-9:.+Z-]*", fullmatch=True))
def test_whatever_is_written_is_a_moment_or_refused(text: str) -> None:
    reads: tuple[Callable[[], Moment], ...] = (
        lambda: read_moment(text, zone=NEW_YORK, now=NOW, locale="en-US"),
        lambda: read_timestamp(text, zone=NEW_YORK, now=NOW),
    )
    for read in reads:
        try:
            moment = read()
        except Refused:
            continue
        assert moment.at.tzinfo is not None


def test_cells_go_by_their_columns_names() -> None:
    [line] = read_sheet(b"NOTE , Value,outcome,\n a ,5,OUT-1,,\n")
    assert (line.number, line.cells) == (2, {"note": "a ", "value": "5", "outcome": "OUT-1"})


def test_a_line_may_be_shorter_than_the_first() -> None:
    [line] = read_sheet(b"outcome,value,note\n1,5\n")
    assert line.cells == {"outcome": "1", "value": "5"}


def test_a_key_tells_its_parts_apart() -> None:
    assert import_key("a", "bc") != import_key("ab", "c")
    assert import_key("a", "bc") == import_key("a", "bc")
    assert len(import_key("a" * 2_000)) <= 160


@pytest.mark.parametrize(
    "body", [{}, {"outcome": 1}, {"outcome": None, "value": 1}, {"outcome": 1, "value": []}, [], 1]
)
def test_a_request_without_its_fields_is_refused(body: object) -> None:
    with pytest.raises(FormRefused):
        read_wanted(body)


def test_a_number_is_typed_so_that_its_mark_is_clear() -> None:
    assert [typed_value(1), typed_value("1.234"), typed_value(-3)] == ["1.000000", "1.234", "-3.000000"]
