"""From which addresses a calendar is read, and how much of one is shown."""

from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.calendars.addresses import ANYWHERE, PUBLIC, is_public, read_address, show_address
from bot.errors import Refused

SECRET = "https://calendar.example.com/ical/someone%40example.com/private-0123456789abcdef/basic.ics"

# What the IANA registries of special addresses keep from the public internet, and all multicast.
FORBIDDEN_V4 = (
    *("0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12", "192.0.0.0/24"),
    *("192.0.2.0/24", "192.168.0.0/16", "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/4"),
    *("240.0.0.0/4", "255.255.255.255/32"),
)
FORBIDDEN_V6 = (
    *("::/128", "::1/128", "::/96", "64:ff9b:1::/48", "100::/64", "2001::/32", "2001:db8::/32", "2002::/16"),
    *("3fff::/20", "5f00::/16", "fc00::/7", "fe80::/10", "fec0::/10", "ff00::/8", "4000::/3", "e000::/4"),
)


def within(*networks: str) -> st.SearchStrategy[IPv4Address | IPv6Address]:
    def of(network: IPv4Network | IPv6Network) -> st.SearchStrategy[IPv4Address | IPv6Address]:
        first = int(network.network_address)
        made = type(network.network_address)
        return st.integers(first, first + network.num_addresses - 1).map(made)

    return st.one_of([of(ip_network(one)) for one in networks])


v4 = st.integers(0, 2**32 - 1).map(IPv4Address)


@given(within(*FORBIDDEN_V4, *FORBIDDEN_V6))
def test_no_loopback_private_link_local_reserved_or_multicast_address_is_public(
    address: IPv4Address | IPv6Address,
) -> None:
    assert not is_public(address)


@given(v4)
def test_an_address_within_another_one_is_judged_by_it_or_refused(address: IPv4Address) -> None:
    inner = int(address)
    assert is_public(IPv6Address(0xFFFF << 32 | inner)) == is_public(address)
    assert is_public(IPv6Address((0x0064_FF9B << 96) | inner)) == is_public(address)
    assert not is_public(IPv6Address(0x2002 << 112 | inner << 80 | 1))
    assert not is_public(IPv6Address(inner))


@given(v4 | st.integers(0, 2**128 - 1).map(IPv6Address))
def test_what_is_public_is_so_in_pythons_own_list_as_well(address: IPv4Address | IPv6Address) -> None:
    if is_public(address):
        plain = getattr(address, "ipv4_mapped", None) or address
        assert plain in ip_network("64:ff9b::/96") or (plain.is_global and not plain.is_multicast)


def test_ordinary_addresses_are_public() -> None:
    for text in ("8.8.8.8", "142.250.74.78", "2a00:1450:4001:829::200e", "2606:4700::1111", "::ffff:8.8.8.8"):
        assert is_public(ip_address(text))


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ("calendar.example.com/x.ics", "This is not the address of a calendar"),
        ("", "This is not the address of a calendar"),
        ("https://", "This is not the address of a calendar"),
        ("https://[::1", "This is not the address of a calendar"),
        ("https://example.com:99999/x", "This is not the address of a calendar"),
        ("https://example.com/a b", "This is not the address of a calendar"),
        ("https://example.com/\r\nHost: x", "This is not the address of a calendar"),
        ("https://example.com/" + "x" * 1_000, "at most 1,000 characters"),
        ("http://example.com/x.ics", "over https only"),
        ("file:///etc/passwd", "This is not the address of a calendar"),
        ("ftp://example.com/x.ics", "over https only"),
        ("https://me:secret@example.com/x.ics", "Leave out the name and the password"),
        ("https://127.0.0.1/x.ics", "private network"),
        ("https://[::1]/x.ics", "private network"),
        ("https://[fe80::1%25eth0]/x.ics", "private network"),
        ("https://169.254.169.254/latest/meta-data", "private network"),
    ],
)
def test_an_address_that_is_none_is_refused_without_being_repeated(typed: str, says: str) -> None:
    with pytest.raises(Refused, match=says) as refused:
        read_address(typed, PUBLIC)
    assert "secret" not in str(refused.value).replace("secret address", "")


def test_an_address_is_taken_as_it_is_and_webcal_as_https() -> None:
    assert read_address(f"  {SECRET} ", PUBLIC) == SECRET
    assert read_address("webcal://example.com/x.ics", PUBLIC) == "https://example.com/x.ics"
    assert read_address("http://127.0.0.1:8000/x.ics", ANYWHERE) == "http://127.0.0.1:8000/x.ics"


def test_only_its_host_and_its_last_four_characters_are_shown() -> None:
    assert show_address(SECRET) == "calendar.example.com (…asic.ics)"
    assert show_address("https://example.com/ab12") == "example.com"
