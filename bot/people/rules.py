"""What is true of people: pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from zoneinfo import ZoneInfo

_NOBODY = "USLACKBOT"


@dataclass(frozen=True)
class Viewer:
    """Who is asking. Every query takes one, and shows only what this person may see."""

    workspace_id: str
    person_id: str


@dataclass(frozen=True)
class Profile:
    """A person as Slack's `users.info` describes them."""

    id: str
    name: str
    time_zone: str
    locale: str
    is_active: bool
    is_bot: bool
    is_guest: bool
    is_admin: bool


def read_profile(user: Mapping[str, Any]) -> Profile:
    """Reads Slack's user object. What it leaves out is taken as the quietest choice: UTC, en-US, an ordinary member.

    People are named by their full name: an answer for an outcome should not be signed `ana`.
    """
    profile = user.get("profile") or {}
    name = profile.get("real_name") or user.get("real_name") or profile.get("display_name") or user.get("name")
    return Profile(
        id=user["id"],
        name=str(name or user["id"])[:200],
        time_zone=known_zone(user.get("tz")),
        locale=str(user.get("locale") or "en-US")[:16],
        is_active=not user.get("deleted", False),
        is_bot=bool(user.get("is_bot")) or user["id"] == _NOBODY,
        is_guest=bool(user.get("is_restricted") or user.get("is_ultra_restricted")),
        is_admin=bool(user.get("is_admin") or user.get("is_owner")),
    )


def known_zone(name: str | None) -> str:
    """`name` if it is an IANA zone, else UTC. The name is kept, not the offset: Slack does not say when DST begins."""
    try:
        return ZoneInfo(name or "UTC").key
    except (KeyError, ValueError, OSError, ImportError):
        return "UTC"
