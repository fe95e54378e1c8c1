"""The process that looks at a calendar: it answers in time whatever it meets, and keeps its address to itself."""

import threading

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.calendars.entries import Answer, Asked, Entry, Trouble
from bot.calendars.letters import read_answer, read_asked, write_answer, write_asked
from bot.calendars.looking import look
from tests.calendars.samples import ALL, SINCE, UNTIL, WEEKLY, calendar, one
from tests.calendars.serving import Calendars, Request

ENTRY = Entry("m", "Süd & <b>", "Europe/Berlin", SINCE, UNTIL, is_off=True)


def test_a_calendar_comes_back_as_it_was_read(server: Calendars) -> None:
    server.gives(calendar(WEEKLY), {"ETag": '"v1"'})
    answer = look(Asked(server.address, ALL), anywhere=True)
    assert answer.entries is not None
    assert [entry.title for entry in answer.entries] == ["Growth sync"] * 5
    assert answer.etag == '"v1"'


def test_this_machine_is_out_of_reach_unless_the_setting_says_otherwise(server: Calendars) -> None:
    assert look(Asked(server.address, ALL)).trouble == Trouble.INSECURE
    assert look(Asked("https://localhost/x.ics", ALL)).trouble == Trouble.FORBIDDEN
    assert server.heard == []


def test_a_server_that_dribbles_is_given_up(server: Calendars) -> None:
    def dribble(request: Request) -> None:
        for letter in b"HTTP/1.1 200 OK\r\nContent-Length: 400\r\n\r\n" + calendar(WEEKLY):
            if server.ended.wait(0.05):
                return
            request.wfile.write(bytes([letter]))

    server.serve = dribble
    assert look(Asked(server.address, ALL), anywhere=True, patience=1).trouble == Trouble.SLOW


def test_rules_that_never_end_are_ended(server: Calendars) -> None:
    never = (one(str(n), "x", "RRULE:FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30") for n in range(500))
    server.gives(calendar(*never))
    assert look(Asked(server.address, ALL), anywhere=True, patience=2).trouble == Trouble.SLOW


def test_a_process_that_dies_is_an_answer_as_well(server: Calendars, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.executable", "/bin/false")
    assert look(Asked(server.address, ALL), anywhere=True).trouble == Trouble.HEAVY


def test_several_look_at_once(server: Calendars) -> None:
    server.gives(calendar(WEEKLY))
    answers: list[Answer] = []
    threads = [
        threading.Thread(target=lambda: answers.append(look(Asked(server.address, ALL), anywhere=True)))
        for _ in range(3)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [answer.trouble for answer in answers] == [None] * 3


@given(st.sampled_from([None, *Trouble]), st.sampled_from([None, [], [ENTRY]]), st.text(max_size=5))
def test_what_is_written_to_it_and_by_it_is_read_as_it_was(
    trouble: Trouble | None, entries: list[Entry] | None, etag: str
) -> None:
    answer = Answer(entries, etag, "then", trouble)
    assert read_answer(write_answer(answer)) == answer
    asked = Asked("https://example.com/x.ics", ALL, etag)
    assert read_asked(write_asked(asked, anywhere=True)) == (asked, True)


def test_nothing_that_is_printed_of_it_names_the_address() -> None:
    assert "5e8cr3t" not in repr(Asked("https://example.com/5e8cr3t/x.ics", ALL))
