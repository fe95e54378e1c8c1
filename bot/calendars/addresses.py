"""Which addresses a calendar may be read from, and how much of one is shown."""

from collections.abc import Callable
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address, ip_network
from urllib.parse import urlsplit

from bot.errors import Refused

ADDRESS_LIMIT = 1_000
"""How long an address may be, in characters."""

Ip = IPv4Address | IPv6Address

_V4_FORBIDDEN = [
    ip_network(one)
    for one in (
        *("0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12"),
        *("192.0.0.0/24", "192.0.2.0/24", "192.31.196.0/24", "192.52.193.0/24", "192.88.99.0/24", "192.168.0.0/16"),
        *("192.175.48.0/24", "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/4", "240.0.0.0/4"),
    )
]
_V6_GLOBAL = IPv6Network("2000::/3")
_V6_FORBIDDEN = [ip_network(one) for one in ("2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20")]
"""Tunnels into IPv4 among them: where they lead is nobody's to say."""
_NAT64 = IPv6Network("64:ff9b::/96")


@dataclass(frozen=True)
class Reach:
    """Where calendars may be read from.

    Args:
        schemes: how they may be reached.
        may_connect: judges every address that a name stands for.
    """

    schemes: frozenset[str]
    may_connect: Callable[[Ip], bool]


def is_public(address: Ip) -> bool:
    """Whether it belongs to the public internet: no loopback, private, link-local, reserved or multicast address.

    An IPv6 address that stands for an IPv4 one is judged by that one.
    """
    if isinstance(address, IPv4Address):
        return not any(address in network for network in _V4_FORBIDDEN)
    if address.ipv4_mapped is not None:
        return is_public(address.ipv4_mapped)
    if address in _NAT64:
        return is_public(IPv4Address(int(address) & 0xFFFF_FFFF))
    return address in _V6_GLOBAL and not any(address in network for network in _V6_FORBIDDEN)


PUBLIC = Reach(frozenset({"https"}), is_public)
"""Over https, from the public internet."""
ANYWHERE = Reach(frozenset({"https", "http"}), lambda _address: True)
"""From this machine and its network as well, for trying things out."""


def read_address(typed: str, reach: Reach) -> str:
    """An address as somebody typed it, `webcal://…` too. Raises Refused, saying what to change, without the address."""
    text = typed.strip().strip("<>")
    scheme, _, rest = text.partition("://")
    address = f"https://{rest}" if scheme.lower() in ("webcal", "webcals") else text
    try:
        parts = urlsplit(address)
        host, _ = parts.hostname, parts.port
    except ValueError:
        host = None
    if not host or not address.isascii() or not address.isprintable() or " " in address:
        raise Refused("This is not the address of a calendar. It starts with https:// and mostly ends with .ics.")
    if len(address) > ADDRESS_LIMIT:
        raise Refused(f"An address has at most {ADDRESS_LIMIT:,} characters.")
    if parts.scheme not in reach.schemes:
        raise Refused("A calendar is read over https only: its address starts with https://.")
    if parts.username is not None:
        raise Refused("Leave out the name and the password in it. A calendar's secret address needs none.")
    if is_forbidden_number(host, reach):
        raise Refused("This address leads into a private network, where Rhythm does not look.")
    return address


def show_address(address: str) -> str:
    """As much of a secret address as may be shown: `calendar.example.com (…a1b2)`, with `.ics` where it ends so."""
    parts = urlsplit(address)
    rest = address.partition("://")[2].removeprefix(parts.netloc)
    known = rest.removesuffix(".ics")
    return f"{parts.hostname} (…{rest[len(known) - 4 :]})" if len(known) > 12 else str(parts.hostname)


def is_forbidden_number(host: str, reach: Reach) -> bool:
    """Whether a host is written as a number that may not be reached; a name is judged once it is looked up."""
    try:
        return not reach.may_connect(ip_address(host.partition("%")[0]))
    except ValueError:
        return False
