"""A calendar is fetched over real TLS, from a server on this machine whose certificates are of the tests' authority."""

import inspect
import socket
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from ipaddress import ip_address
from pathlib import Path
from typing import Any

import pytest
import trustme

from bot.calendars.addresses import ANYWHERE, PUBLIC, Ip, Reach
from bot.calendars.entries import Asked, Trouble
from bot.calendars.looking import look
from bot.calendars.visiting import visit
from tests.calendars.samples import ALL, WEEKLY, calendar
from tests.calendars.serving import Calendars, serving

HOST = "calendar.example.com"
LONG_AGO = datetime(2020, 1, 1, tzinfo=UTC)
ANY_OVER_TLS = Reach(PUBLIC.schemes, ANYWHERE.may_connect)
ONLY_HERE = Reach(PUBLIC.schemes, lambda address: address == ip_address("127.0.0.1"))


@pytest.fixture(scope="module")
def authority() -> trustme.CA:
    return trustme.CA()


@pytest.fixture
def known(authority: trustme.CA, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> trustme.CA:
    """The authority, which this process and those that it starts trust: OpenSSL reads SSL_CERT_FILE."""
    authority.cert_pem.write_to_path(tmp_path / "authority.pem")
    monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "authority.pem"))
    # Elsewhere the tests share one context, which has read its authorities already.
    monkeypatch.setattr(ssl, "create_default_context", inspect.unwrap(ssl.create_default_context))
    return authority


@pytest.fixture
def names(monkeypatch: pytest.MonkeyPatch) -> dict[str, list[str]]:
    """What names stand for: each time one is looked up, the next of its addresses; who is not there is this machine."""
    places: dict[str, list[str]] = {}

    def found(host: str, port: int, *_: Any, **__: Any) -> list[Any]:
        its = places.get(host, [])
        place = (its.pop(0) if len(its) > 1 else its[0]) if its else "127.0.0.1"
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (place, port))]

    monkeypatch.setattr(socket, "getaddrinfo", found)
    return places


@contextmanager
def secure(
    certificate: trustme.LeafCert, host: str = HOST, *, heard: list[str | None] | None = None
) -> Iterator[Calendars]:
    """A server that shows a certificate, and gives the weekly calendar. `heard` gets the names it was asked for."""
    tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    certificate.configure_cert(tls)
    tls.sni_callback = lambda _socket, name, _context: heard.append(name) if heard is not None else None
    with serving(tls=tls, host=host) as server:
        server.gives(calendar(WEEKLY))
        yield server


def test_a_calendar_is_read_over_tls_by_the_process_that_reads(known: trustme.CA) -> None:
    with secure(known.issue_cert("localhost", "127.0.0.1"), "localhost") as server:
        for address in (server.address, server.address.replace("localhost", "127.0.0.1")):
            answer = look(Asked(address, ALL), anywhere=True)
            assert answer.trouble is None
            assert [entry.title for entry in answer.entries or ()] == ["Growth sync"] * 5


@pytest.mark.usefixtures("names")
def test_an_authority_that_nobody_made_known_is_refused(authority: trustme.CA) -> None:
    with secure(authority.issue_cert(HOST)) as server:
        assert visit(Asked(server.address, ALL), ANY_OVER_TLS).trouble == Trouble.UNTRUSTED
    assert server.heard == []


@pytest.mark.usefixtures("names")
@pytest.mark.parametrize("named", ["other.example.com", "example.com", "*.calendar.example.com", "127.0.0.1"])
def test_a_certificate_for_another_name_is_refused(known: trustme.CA, named: str) -> None:
    with secure(known.issue_cert(named)) as server:
        assert visit(Asked(server.address, ALL), ANY_OVER_TLS).trouble == Trouble.MISNAMED
    assert server.heard == []


def test_a_certificate_for_a_name_is_none_for_its_number(known: trustme.CA) -> None:
    with secure(known.issue_cert(HOST), "127.0.0.1") as server:
        assert visit(Asked(server.address, ALL), ANY_OVER_TLS).trouble == Trouble.MISNAMED


@pytest.mark.usefixtures("names")
@pytest.mark.parametrize("days", [{"not_after": LONG_AGO}, {"not_before": datetime(2999, 1, 1, tzinfo=UTC)}])
def test_a_certificate_that_is_out_of_date_is_refused(known: trustme.CA, days: dict[str, datetime]) -> None:
    with secure(known.issue_cert(HOST, **days)) as server:  # type: ignore[arg-type]  # mypy takes them for its key
        assert visit(Asked(server.address, ALL), ANY_OVER_TLS).trouble == Trouble.EXPIRED
    assert server.heard == []


def test_what_was_judged_is_what_is_asked_under_the_name_of_the_host(
    known: trustme.CA, names: dict[str, list[str]]
) -> None:
    names[HOST] = ["127.0.0.1", "10.0.0.1"]
    judged: list[Ip] = []
    heard: list[str | None] = []

    def judge(address: Ip) -> bool:
        judged.append(address)
        return True

    with secure(known.issue_cert(HOST), heard=heard) as server:
        answer = visit(Asked(server.address, ALL), Reach(PUBLIC.schemes, judge))
    assert answer.trouble is None
    assert judged == [ip_address("127.0.0.1")]
    assert names[HOST] == ["10.0.0.1"]
    assert heard == [HOST]
    assert server.heard[0]["host"] == server.address.split("/")[2]


@pytest.mark.parametrize(
    ("elsewhere", "trouble"),
    [
        ("https://10.0.0.1/x.ics", Trouble.FORBIDDEN),
        ("https://inside.example.com/x.ics", Trouble.FORBIDDEN),
        ("https://[::ffff:10.0.0.1]/x.ics", Trouble.FORBIDDEN),
        ("//inside.example.com/x.ics", Trouble.FORBIDDEN),
        ("http://calendar.example.com/x.ics", Trouble.INSECURE),
        ("file:///etc/passwd", Trouble.INSECURE),
    ],
)
def test_a_detour_over_tls_into_a_private_network_or_out_of_tls_is_refused(
    known: trustme.CA, names: dict[str, list[str]], elsewhere: str, trouble: Trouble
) -> None:
    names["inside.example.com"] = ["192.168.1.7"]
    names["10.0.0.1"], names["::ffff:10.0.0.1"] = ["10.0.0.1"], ["::ffff:10.0.0.1"]
    with secure(known.issue_cert(HOST)) as server:
        server.serve = lambda request: request.answer(status=302, headers={"Location": elsewhere})
        assert visit(Asked(server.address, ALL), ONLY_HERE).trouble == trouble
    assert len(server.heard) == 1


@pytest.mark.usefixtures("names")
@pytest.mark.parametrize(("host", "trouble"), [("other.example.com", None), (HOST, Trouble.MISNAMED)])
def test_a_detour_to_another_host_has_to_show_that_hosts_certificate(
    known: trustme.CA, host: str, trouble: Trouble | None
) -> None:
    with secure(known.issue_cert(HOST)) as first, secure(known.issue_cert("other.example.com"), host) as other:
        first.serve = lambda request: request.answer(status=301, headers={"Location": other.address})
        assert visit(Asked(first.address, ALL), ANY_OVER_TLS).trouble == trouble


@pytest.mark.usefixtures("names")
def test_what_breaks_off_over_tls_is_not_taken_for_the_whole(known: trustme.CA) -> None:
    body = calendar(WEEKLY)

    def breaks_off(request: Any) -> None:
        request.close_connection = True
        request.send_response(200)
        request.end_headers()
        request.wfile.write(body[:-20])

    with secure(known.issue_cert(HOST)) as server:
        server.serve = breaks_off
        assert visit(Asked(server.address, ALL), ANY_OVER_TLS).trouble == Trouble.NO_CALENDAR


def test_a_server_that_never_shakes_hands_is_given_up() -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        address = f"https://127.0.0.1:{silent.getsockname()[1]}/x.ics"
        assert look(Asked(address, ALL), anywhere=True, patience=1).trouble == Trouble.SLOW
