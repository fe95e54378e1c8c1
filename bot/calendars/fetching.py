"""Fetching a calendar: over connections to addresses that were judged, with a limit of size and of detours."""

import socket
import ssl
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException, HTTPResponse
from ipaddress import ip_address
from urllib.parse import SplitResult, urljoin, urlsplit

from bot.calendars.addresses import Reach
from bot.calendars.entries import MOST_BYTES, Asked, InTrouble, Trouble

_DETOURS = 3
"""How often it may say that it is elsewhere."""
_SILENCE = 8.0
"""Seconds without a byte until it is given up; how long everything may take is for whoever runs this to limit."""
_MOST_KEPT = 200
"""How long an ETag may be."""

_ELSEWHERE = {301, 302, 303, 307, 308}
_TROUBLES = {
    401: Trouble.REFUSED,
    403: Trouble.REFUSED,
    404: Trouble.GONE,
    410: Trouble.GONE,
    413: Trouble.BIG,
}
_NOT_YET, _EXPIRED, _OTHER_HOST, _OTHER_NUMBER = 9, 10, 62, 64
_OF_CERTIFICATES = {
    _NOT_YET: Trouble.EXPIRED,
    _EXPIRED: Trouble.EXPIRED,
    _OTHER_HOST: Trouble.MISNAMED,
    _OTHER_NUMBER: Trouble.MISNAMED,
}
"""By OpenSSL's X509_V_ERR codes (openssl-verification-options(1)); any other is one of trust."""


@dataclass(frozen=True)
class Fetched:
    """What came. `body` is None when the calendar has not changed since what `asked` says."""

    body: bytes | None
    etag: str
    last_modified: str


def fetch(asked: Asked, reach: Reach) -> Fetched:
    """Fetches a calendar, if it has changed. Raises InTrouble."""
    address = asked.address
    for _ in range(_DETOURS + 1):
        try:
            fetched = _fetch_at(address, asked, reach)
        except ssl.SSLCertVerificationError as error:
            raise InTrouble(_OF_CERTIFICATES.get(error.verify_code, Trouble.UNTRUSTED)) from None
        except (OSError, HTTPException, UnicodeError, ValueError):
            # What went wrong may name the address.
            raise InTrouble(Trouble.UNREACHABLE) from None
        if isinstance(fetched, Fetched):
            return fetched
        address = fetched
    raise InTrouble(Trouble.REDIRECTS)


class _Connection(HTTPConnection):
    """A connection to a host at the addresses that were judged: whoever answers for its name later changes nothing.

    Over TLS it is the host's name that the certificate has to be for, by the authorities that the process trusts: the
    system's, or those of SSL_CERT_FILE and SSL_CERT_DIR, which OpenSSL reads.
    """

    def __init__(self, parts: SplitResult, reach: Reach) -> None:
        self._is_secure = parts.scheme == "https"
        self.default_port = 443 if self._is_secure else 80
        # Without a port, it would look for one behind the last colon of an IPv6 address.
        super().__init__(parts.hostname or "", parts.port or self.default_port, timeout=_SILENCE)
        self._reach = reach

    def connect(self) -> None:
        found = socket.getaddrinfo(self.host, self.port, type=socket.SOCK_STREAM)
        places = [str(place[4][0]).partition("%")[0] for place in found]
        if not all(self._reach.may_connect(ip_address(place)) for place in places):
            raise InTrouble(Trouble.FORBIDDEN)
        self.sock = self._first_of(places)
        if self._is_secure:
            self.sock = ssl.create_default_context().wrap_socket(self.sock, server_hostname=self.host)

    def _first_of(self, places: list[str]) -> socket.socket:
        *others, last = dict.fromkeys(places)
        for place in others:
            try:
                return socket.create_connection((place, self.port), timeout=_SILENCE)
            except OSError:
                continue
        return socket.create_connection((last, self.port), timeout=_SILENCE)


def _fetch_at(address: str, asked: Asked, reach: Reach) -> Fetched | str:
    """What is at one address, or where it says to look instead."""
    parts = urlsplit(address)
    if parts.scheme not in reach.schemes:
        raise InTrouble(Trouble.INSECURE)
    if not parts.hostname:
        raise InTrouble(Trouble.UNREACHABLE)
    connection = _Connection(parts, reach)
    try:
        path = parts._replace(scheme="", netloc="", fragment="").geturl() or "/"
        connection.request("GET", path, headers=_headers(asked))
        response = connection.getresponse()
        if response.status in _ELSEWHERE:
            return urljoin(address, response.headers.get("Location", ""))
        return _received(response, asked)
    finally:
        connection.close()


def _received(response: HTTPResponse, asked: Asked) -> Fetched:
    if response.status == 304 and (asked.etag or asked.last_modified):
        return Fetched(None, asked.etag, asked.last_modified)
    if response.status != 200:
        raise InTrouble(_TROUBLES.get(response.status, Trouble.UNWELL))
    if (response.length or 0) > MOST_BYTES:
        raise InTrouble(Trouble.BIG)
    body = response.read(MOST_BYTES + 1)
    if len(body) > MOST_BYTES:
        raise InTrouble(Trouble.BIG)
    if response.length:
        # It ended in the middle.
        raise InTrouble(Trouble.UNREACHABLE)
    return Fetched(body, _kept(response, "ETag"), _kept(response, "Last-Modified"))


def _headers(asked: Asked) -> dict[str, str]:
    headers = {"Accept": "text/calendar", "Accept-Encoding": "identity", "User-Agent": "Rhythm", "Connection": "close"}
    if asked.etag:
        headers["If-None-Match"] = asked.etag
    if asked.last_modified:
        headers["If-Modified-Since"] = asked.last_modified
    return headers


def _kept(response: HTTPResponse, name: str) -> str:
    value = response.headers.get(name, "")
    return value if len(value) <= _MOST_KEPT and value.isascii() and value.isprintable() else ""
