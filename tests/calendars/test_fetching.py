"""A calendar is fetched from a server on this machine; the judge of addresses is the tests' own, or the real one."""

import socket
from ipaddress import ip_address
from typing import Any

import pytest

from bot.calendars.addresses import ANYWHERE, PUBLIC, Ip, Reach
from bot.calendars.entries import MOST_BYTES, Answer, Asked, Trouble
from bot.calendars.visiting import visit
from tests.calendars.samples import ALL, WEEKLY, calendar
from tests.calendars.serving import Calendars, Request

OVER_HTTP = Reach(frozenset({"https", "http"}), PUBLIC.may_connect)


def ask(server: Calendars, **said: str) -> Asked:
    return Asked(server.address, ALL, **said)


def look(server: Calendars) -> Answer:
    return visit(ask(server), ANYWHERE)


def test_its_entries_come_with_what_it_says_of_its_version(server: Calendars) -> None:
    server.gives(calendar(WEEKLY), {"ETag": '"v1"', "Last-Modified": "Mon, 02 Mar 2026 08:00:00 GMT"})
    answer = look(server)
    assert answer.entries is not None
    assert len(answer.entries) == 5
    assert (answer.etag, answer.last_modified) == ('"v1"', "Mon, 02 Mar 2026 08:00:00 GMT")
    assert "if-none-match" not in server.heard[0]


def test_it_is_asked_only_for_what_changed(server: Calendars) -> None:
    server.serve = lambda request: request.answer(status=304)
    answer = visit(ask(server, etag='"v1"', last_modified="then"), ANYWHERE)
    assert (server.heard[0]["if-none-match"], server.heard[0]["if-modified-since"]) == ('"v1"', "then")
    assert answer == Answer(None, '"v1"', "then")
    assert look(server).trouble == Trouble.UNWELL


@pytest.mark.parametrize(
    ("status", "trouble"),
    [
        (401, Trouble.REFUSED),
        (403, Trouble.REFUSED),
        (404, Trouble.GONE),
        (410, Trouble.GONE),
        (429, Trouble.UNWELL),
        (500, Trouble.UNWELL),
        (204, Trouble.UNWELL),
    ],
)
def test_what_it_refuses_is_told_in_our_words(server: Calendars, status: int, trouble: Trouble) -> None:
    server.serve = lambda request: request.answer(status=status)
    assert look(server).trouble == trouble


def test_a_few_detours_are_followed_each_judged_and_no_more(server: Calendars) -> None:
    def serve(request: Request) -> None:
        left = int(request.path.rpartition("/")[2])
        if left:
            request.answer(status=302, headers={"Location": str(left - 1)})
        else:
            request.answer(calendar(WEEKLY))

    server.serve = serve
    at = server.address.rpartition("/")[0]
    assert visit(Asked(f"{at}/3", ALL), ANYWHERE).trouble is None
    assert visit(Asked(f"{at}/4", ALL), ANYWHERE).trouble == Trouble.REDIRECTS


@pytest.mark.parametrize(
    "elsewhere", ["http://10.0.0.1/x", "http://[::ffff:127.0.0.2]/", "file:///etc/passwd", "ftp://127.0.0.1/", "//:80/"]
)
def test_a_detour_into_a_private_network_is_not_followed(server: Calendars, elsewhere: str) -> None:
    first = True

    def only_the_first(address: Ip) -> bool:
        nonlocal first
        was_first, first = first, False
        return was_first or PUBLIC.may_connect(address)

    server.serve = lambda request: request.answer(status=302, headers={"Location": elsewhere})
    reach = Reach(OVER_HTTP.schemes, only_the_first)
    assert visit(ask(server), reach).trouble in (Trouble.FORBIDDEN, Trouble.INSECURE, Trouble.UNREACHABLE)
    assert len(server.heard) == 1


def test_over_https_nothing_goes_on_without_it(server: Calendars) -> None:
    assert visit(ask(server), Reach(PUBLIC.schemes, ANYWHERE.may_connect)).trouble == Trouble.INSECURE
    assert visit(Asked(server.address.replace("http:", "https:"), ALL), ANYWHERE).trouble == Trouble.UNREACHABLE
    assert server.heard == []


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "2130706433", "0x7f000001", "127.1", "0"])
def test_this_machine_is_not_asked_however_its_name_is_written(server: Calendars, host: str) -> None:
    address = server.address.replace("127.0.0.1", host)
    assert visit(Asked(address, ALL), OVER_HTTP).trouble in (Trouble.FORBIDDEN, Trouble.UNREACHABLE)
    assert server.heard == []


def test_a_name_that_stands_for_one_forbidden_address_among_others_is_refused(
    server: Calendars, monkeypatch: pytest.MonkeyPatch
) -> None:
    def found(_host: str, port: int, **_: Any) -> list[Any]:
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (ip, port)) for ip in ("8.8.8.8", "127.0.0.1")]

    monkeypatch.setattr(socket, "getaddrinfo", found)
    assert visit(Asked("http://calendar.example.com/x.ics", ALL), OVER_HTTP).trouble == Trouble.FORBIDDEN


def test_a_name_is_looked_up_once_and_what_was_judged_is_what_is_asked(
    server: Calendars, monkeypatch: pytest.MonkeyPatch
) -> None:
    port = int(server.address.split(":")[2].partition("/")[0])
    looked_up: list[str] = []
    judged: list[Ip] = []

    def found(host: str, port: int, *_: Any, **__: Any) -> list[Any]:
        looked_up.append(host)
        place = host if host != "rebinding.example.com" else ("127.0.0.1" if len(looked_up) == 1 else "10.0.0.1")
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (place, port))]

    def judge(address: Ip) -> bool:
        judged.append(address)
        return True

    monkeypatch.setattr(socket, "getaddrinfo", found)
    server.gives(calendar(WEEKLY))
    answer = visit(Asked(f"http://rebinding.example.com:{port}/x.ics", ALL), Reach(OVER_HTTP.schemes, judge))
    assert answer.trouble is None
    assert judged == [ip_address("127.0.0.1")]
    assert looked_up.count("rebinding.example.com") == 1
    assert server.heard[0]["host"] == f"rebinding.example.com:{port}"


def test_what_is_too_long_is_refused_whether_it_says_so_or_not(server: Calendars) -> None:
    server.serve = lambda request: request.answer(headers={"Content-Length": str(100 * 1024 * 1024)})
    assert look(server).trouble == Trouble.BIG

    def pour(request: Request) -> None:
        request.send_response(200)
        request.end_headers()
        request.close_connection = True
        for _ in range(MOST_BYTES // 65_536 + 2):
            request.wfile.write(b"X" * 65_536)

    server.serve = pour
    assert look(server).trouble == Trouble.BIG


def test_what_ends_in_the_middle_is_not_taken_for_the_whole(server: Calendars) -> None:
    def cut(request: Request) -> None:
        request.close_connection = True
        request.send_response(200)
        request.send_header("Content-Length", "5000")
        request.end_headers()
        request.wfile.write(calendar(WEEKLY))

    server.serve = cut
    assert look(server).trouble == Trouble.UNREACHABLE


def test_a_page_instead_of_a_calendar_is_told_as_that(server: Calendars) -> None:
    server.gives(b"<html>Please log in</html>")
    assert look(server).trouble == Trouble.NO_CALENDAR


def test_a_packed_answer_that_was_not_asked_for_is_not_unpacked(server: Calendars) -> None:
    server.gives(b"\x1f\x8b" + b"\x00" * 500, {"Content-Encoding": "gzip"})
    assert look(server).trouble == Trouble.NO_CALENDAR
    assert server.heard[0]["accept-encoding"] == "identity"


def test_garbage_instead_of_http_and_nobody_there_are_both_told(server: Calendars) -> None:
    def garbage(request: Request) -> None:
        request.close_connection = True
        request.wfile.write(b"\x00\xffnonsense\r\n" * 10)

    server.serve = garbage
    assert look(server).trouble == Trouble.UNREACHABLE
    assert visit(Asked("http://127.0.0.1:9/x.ics", ALL), ANYWHERE).trouble == Trouble.UNREACHABLE
    assert visit(Asked("http://nobody.invalid/x.ics", ALL), ANYWHERE).trouble == Trouble.UNREACHABLE


def test_a_version_that_is_no_plain_word_is_not_kept(server: Calendars) -> None:
    server.gives(calendar(WEEKLY), {"ETag": "x" * 500, "Last-Modified": "\x01"})
    assert (look(server).etag, look(server).last_modified) == ("", "")
