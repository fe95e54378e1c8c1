"""What is read of a calendar: times and titles of what is wanted, whatever else is in it."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.calendars.entries import MOST_ENTRIES, Entry, InTrouble, Trouble, Wanted
from bot.calendars.reading import read
from tests.calendars.samples import ALL, CANCELLED, MOVED, SINCE, UNTIL, WEEKLY, calendar, one


def starts(body: bytes, wanted: Wanted = ALL) -> list[str]:
    """When its entries begin, in UTC."""
    return [f"{entry.starts_at:%m-%d %H:%M}" for entry in read(body, wanted)]


def titles(body: bytes, wanted: Wanted = ALL) -> list[str]:
    return [entry.title for entry in read(body, wanted)]


def trouble(body: bytes) -> Trouble:
    with pytest.raises(InTrouble) as caught:
        read(body, ALL)
    return caught.value.trouble


def marks(body: bytes) -> list[str]:
    return [entry.mark for entry in read(body, ALL)]


def test_a_series_comes_at_its_local_time_through_a_change_of_the_clocks() -> None:
    assert starts(calendar(WEEKLY)) == ["03-03 14:00", "03-10 14:00", "03-17 14:00", "03-24 14:00", "03-31 13:00"]
    [first, *_] = read(calendar(WEEKLY), ALL)
    assert (first.title, first.zone, first.is_off) == ("Growth sync", "Europe/Berlin", False)
    assert first.ends_at - first.starts_at == timedelta(minutes=30)


def test_one_that_was_moved_is_the_same_one_at_another_time() -> None:
    before, after = read(calendar(WEEKLY), ALL), read(calendar(WEEKLY, MOVED), ALL)
    assert [entry.mark for entry in before] == [entry.mark for entry in after]
    assert after[1].starts_at == datetime(2026, 3, 11, 15, tzinfo=UTC)
    assert after[1].ends_at == datetime(2026, 3, 11, 16, tzinfo=UTC)


def test_one_that_is_left_out_is_not_there_and_a_cancelled_one_is_off() -> None:
    left_out = (*WEEKLY, "EXDATE;TZID=Europe/Berlin:20260310T150000")
    entries = read(calendar(left_out, CANCELLED), ALL)
    assert [(entry.starts_at.day, entry.is_off) for entry in entries] == [
        (3, False),
        (17, True),
        (24, False),
        (31, False),
    ]


def test_a_series_that_is_moved_as_a_whole_is_still_the_same_days() -> None:
    later = tuple(line.replace("T150000", "T160000").replace("T153000", "T163000") for line in WEEKLY)
    assert marks(calendar(later)) == marks(calendar(WEEKLY))
    assert starts(calendar(later))[0] == "03-03 15:00"


def test_one_of_no_series_is_the_same_one_wherever_it_is_moved() -> None:
    assert marks(calendar(one())) == marks(calendar(one(at="20260319T090000Z")))
    assert marks(calendar(one("a"), one("b")))[0] != marks(calendar(one("a"), one("b")))[1]


def test_two_of_a_series_on_one_day_are_two() -> None:
    twice = one("twice", "Stand-up", "RRULE:FREQ=DAILY;COUNT=4;BYHOUR=8,16", at="20260302T080000Z")
    assert starts(calendar(twice)) == ["03-02 08:00", "03-02 16:00", "03-03 08:00", "03-03 16:00"]
    assert len(set(marks(calendar(twice)))) == 4


def test_more_dates_of_a_series_are_read() -> None:
    body = calendar(one("r", "Growth sync", "RDATE:20260305T100000Z,20260306T100000Z"))
    assert starts(body) == ["03-03 15:00", "03-05 10:00", "03-06 10:00"]


def test_whole_days_days_on_end_and_private_entries_are_left_out() -> None:
    body = calendar(
        ("UID:a", "SUMMARY:Holiday", "DTSTART;VALUE=DATE:20260303", "DTEND;VALUE=DATE:20260304"),
        ("UID:b", "SUMMARY:Trip", "DTSTART:20260303T000000Z", "DTEND:20260304T000000Z"),
        one("c", "Talk about my pay", "CLASS:PRIVATE"),
        one("d", "Doctor", "CLASS:confidential"),
        one("e", "Open", "CLASS:PUBLIC"),
    )
    assert titles(body) == ["Open"]


def test_only_titles_with_all_of_the_words_are_wanted() -> None:
    body = calendar(one("a", "GROWTH: weekly sync"), one("b", "Growth lunch"), one("c", "Sync\\, of Süd"))
    wanted = replace(ALL, words=["sync", "growth"])
    assert titles(body, wanted) == ["GROWTH: weekly sync"]
    assert titles(body, replace(ALL, words=["sync, of SÜD"])) == ["Sync, of Süd"]


def test_one_that_was_named_differently_is_wanted_by_its_own_name() -> None:
    renamed = tuple(line.replace("Growth sync", "Offsite") for line in MOVED)
    assert len(read(calendar(WEEKLY, renamed), replace(ALL, words=["growth"]))) == 4
    assert titles(calendar(WEEKLY, renamed), replace(ALL, words=["offsite"])) == ["Offsite"]


def test_a_time_without_a_zone_is_the_teams_own() -> None:
    body = calendar(one(at="20260303T150000"), one("unknown", at="20260304T150000"))
    assert starts(body) == ["03-03 14:00", "03-04 14:00"]
    assert starts(body, replace(ALL, zone="America/New_York")) == ["03-03 20:00", "03-04 20:00"]


def test_a_zone_is_read_by_its_name_by_that_of_windows_and_as_the_calendar_describes_it() -> None:
    described = (
        "BEGIN:VTIMEZONE\r\nTZID:Somewhere half an hour off\r\nBEGIN:STANDARD\r\nDTSTART:19700101T000000\r\n"
        "TZOFFSETFROM:+0530\r\nTZOFFSETTO:+0530\r\nEND:STANDARD\r\nEND:VTIMEZONE\r\n"
    )
    body = calendar(
        ("UID:a", "SUMMARY:a", "DTSTART;TZID=America/New_York:20260303T090000", "DURATION:PT1H"),
        ("UID:b", "SUMMARY:b", "DTSTART;TZID=W. Europe Standard Time:20260303T160000", "DURATION:PT1H"),
        ("UID:c", "SUMMARY:c", "DTSTART;TZID=Somewhere half an hour off:20260303T213000", "DURATION:PT1H"),
        ("UID:d", "SUMMARY:d", 'DTSTART;TZID="Europe/London":20260303T170000', "DURATION:PT1H"),
        zones=described,
    )
    read_ones = {entry.title: entry for entry in read(body, ALL)}
    assert {title: f"{entry.starts_at:%H:%M}" for title, entry in read_ones.items()} == {
        "a": "14:00",
        "b": "15:00",
        "c": "16:00",
        "d": "17:00",
    }
    assert read_ones["a"].zone == "America/New_York"
    assert read_ones["c"].zone == "Europe/Berlin"


def test_times_in_utc_of_a_calendar_with_a_zone_of_its_own_keep_its_local_time() -> None:
    body = calendar(
        one("u", "Sync", "RRULE:FREQ=WEEKLY", at="20260303T140000Z"), head="X-WR-TIMEZONE:Europe/Berlin\r\n"
    )
    assert starts(body)[-2:] == ["03-24 14:00", "03-31 13:00"]


def test_without_an_end_it_ends_when_it_begins() -> None:
    [entry] = read(calendar(("UID:a", "SUMMARY:a", "DTSTART:20260303T150000Z")), ALL)
    assert entry.ends_at == entry.starts_at


def test_without_a_name_of_its_own_each_entry_is_still_one() -> None:
    nameless = [("SUMMARY:a", f"DTSTART:2026030{day}T150000Z", "DURATION:PT1H") for day in (3, 4)]
    assert len(set(marks(calendar(*nameless)))) == 2


def test_what_is_broken_costs_only_itself() -> None:
    body = calendar(
        one("a", "Good"),
        one("b", "Bad time", at="whenever"),
        one("c", "Bad rule", "RRULE:FREQ=WEEKLY;BYDAY=??"),
        one("d", "Bad exception", "RRULE:FREQ=DAILY", "EXDATE:never"),
        (*one("e", "Bad lines"), "no colon at all", "DESCRIPTION;;;", "ATTENDEE", "\x00\x01\x02"),
        (*one("f", "Bad alarm"), "BEGIN:VALARM", "TRIGGER:garbage", "SUMMARY:Ring", "END:VALARM"),
        head="no colon here either\r\n",
        zones="BEGIN:VTIMEZONE\r\nTZID:broken\r\nBEGIN:STANDARD\r\nTZOFFSETTO:x\r\nEND:STANDARD\r\nEND:VTIMEZONE\r\n",
    )
    assert (
        {"Good", "Bad lines", "Bad alarm"} <= set(titles(body)) <= {"Good", "Bad lines", "Bad alarm", "Bad exception"}
    )


def test_a_folded_title_is_read_as_one_and_without_what_cannot_be_shown() -> None:
    assert titles(calendar(("UID:a", "SUMMARY:Growth\x07\r\n  sy\r\n\tnc", "DTSTART:20260303T150000Z"))) == [
        "Growth sync"
    ]
    assert len(titles(calendar(one(title="x" * 5_000)))[0]) == 80


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "latin-1", "utf-16"])
def test_it_is_read_in_whichever_encoding_it_comes(encoding: str) -> None:
    assert titles(calendar(one(title="Süd-Treffen")).decode().encode(encoding)) == ["Süd-Treffen"]


def test_bare_line_feeds_are_line_ends_as_well() -> None:
    assert len(titles(calendar(WEEKLY).replace(b"\r\n", b"\n"))) == 5


@pytest.mark.parametrize(
    "body",
    [b"", b"<html><title>Log in</title></html>", b"BEGIN:VCARD\r\nEND:VCARD", calendar(WEEKLY)[:-20], b"\xff" * 100],
)
def test_what_is_no_calendar_or_was_cut_off_is_told_apart_from_an_empty_one(body: bytes) -> None:
    assert trouble(body) == Trouble.NO_CALENDAR
    assert read(calendar(), ALL) == []


def test_more_than_anybody_meets_has_to_be_narrowed_by_words() -> None:
    body = calendar(*(one(str(n), f"Talk {n}") for n in range(MOST_ENTRIES + 1)))
    assert trouble(body) == Trouble.MANY
    assert titles(body, replace(ALL, words=["talk 7"]))[:1] == ["Talk 7"]


def test_what_comes_by_the_second_is_no_meeting() -> None:
    rules = ("FREQ=SECONDLY", "FREQ=MINUTELY", "FREQ=HOURLY", "FREQ=DAILY;BYHOUR=8,9;BYMINUTE=" + ",".join("0" * 60))
    body = calendar(*(one(str(n), "Tick", f"RRULE:{rule}") for n, rule in enumerate(rules)), one("last", "Sync"))
    assert titles(body) == ["Sync"]


def test_blocks_within_blocks_without_end_are_no_calendar() -> None:
    assert trouble(b"BEGIN:VCALENDAR\r\n" + b"BEGIN:A\r\n" * 100_000 + b"END:VCALENDAR") == Trouble.NO_CALENDAR


def test_ten_thousand_entries_of_other_times_are_passed_over() -> None:
    body = calendar(*(one(str(n), at="20240303T150000Z") for n in range(10_000)), WEEKLY)
    assert len(read(body, ALL)) == 5


@given(st.binary(max_size=300), st.integers(0, 600))
def test_whatever_is_in_the_middle_of_it_it_is_read_or_refused(noise: bytes, place: int) -> None:
    body = calendar(WEEKLY, MOVED, CANCELLED)
    place = min(place, len(body))
    try:
        entries = read(body[:place] + noise + body[place:], ALL)
    except InTrouble:
        return
    assert all(SINCE <= entry.starts_at <= UNTIL and entry.ends_at >= entry.starts_at for entry in entries)


@given(st.lists(st.tuples(st.integers(0, 34), st.integers(0, 23), st.booleans()), max_size=12))
def test_each_entry_is_read_once_with_a_mark_of_its_own(drawn: list[tuple[int, int, bool]]) -> None:
    made = []
    for n, (day, hour, is_off) in enumerate(drawn):
        at = SINCE + timedelta(days=day, hours=hour)
        made.append(one(f"u{n}", f"t{n}", *(["STATUS:CANCELLED"] if is_off else []), at=f"{at:%Y%m%dT%H%M%SZ}"))
    entries: list[Entry] = read(calendar(*made), ALL)
    expected = [(SINCE + timedelta(days=day, hours=hour), is_off) for day, hour, is_off in drawn]
    assert sorted((entry.starts_at, entry.is_off) for entry in entries) == sorted(
        one for one in expected if one[0] <= UNTIL
    )
    assert len({entry.mark for entry in entries}) == len(entries)
