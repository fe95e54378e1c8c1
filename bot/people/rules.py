"""What is true of people: pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

from bot.language.away import status_says_away

_NOBODY = "USLACKBOT"
_LAST_SECOND = 4_102_444_800
"""The year 2100: nothing that Slack says of people lies further ahead."""

STILL_TO_FOLLOW = datetime(1970, 1, 1, tzinfo=UTC)
"""When somebody was looked up last of whom that was in passing, and who had left, come back or moved: what other rooms
do about it is still to follow, at the next look."""


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
    says_away: bool = False
    """Whether their status says that they are not there."""
    away_until: datetime | None = None
    """When that status ends by itself; None when it does not, or says nothing of the kind."""


def read_profile(user: Mapping[str, Any]) -> Profile:
    """Reads Slack's user object. What it leaves out is taken as the quietest choice: UTC, en-US, an ordinary member.

    People are named by their full name: an answer for an outcome should not be signed `ana`.
    """
    profile = user.get("profile") or {}
    name = profile.get("real_name") or user.get("real_name") or profile.get("display_name") or user.get("name")
    says_away = status_says_away(str(profile.get("status_emoji") or ""), str(profile.get("status_text") or ""))
    return Profile(
        id=user["id"],
        name=str(name or user["id"])[:200],
        time_zone=known_zone(user.get("tz")),
        locale=str(user.get("locale") or "en-US")[:16],
        is_active=not user.get("deleted", False),
        is_bot=bool(user.get("is_bot")) or user["id"] == _NOBODY,
        is_guest=bool(user.get("is_restricted") or user.get("is_ultra_restricted")),
        is_admin=bool(user.get("is_admin") or user.get("is_owner")),
        says_away=says_away,
        away_until=_instant(profile.get("status_expiration")) if says_away else None,
    )


def known_zone(name: str | None) -> str:
    """`name` if it is an IANA zone, else UTC. The name is kept, not the offset: Slack does not say when DST begins."""
    try:
        return ZoneInfo(name or "UTC").key
    except (KeyError, ValueError, OSError, ImportError):
        return "UTC"


def quiet_until(dnd: Mapping[str, Any], *, now: datetime) -> datetime | None:
    """When the Do Not Disturb that somebody is in now ends, by an entry of `dnd.teamInfo`; None outside of it."""
    begins, ends = _instant(dnd.get("next_dnd_start_ts")), _instant(dnd.get("next_dnd_end_ts"))
    snoozed = _instant(dnd.get("snooze_endtime")) if dnd.get("snooze_enabled") else None
    planned = ends if dnd.get("dnd_enabled") and begins and begins <= now else None
    ending = [end for end in (planned, snoozed) if end is not None and end > now]
    return max(ending, default=None)


def _instant(seconds: object) -> datetime | None:
    """Slack's UNIX seconds; None for 0, which means never, and for what is no instant."""
    if not isinstance(seconds, int | float) or not 0 < seconds < _LAST_SECOND:
        return None
    return datetime.fromtimestamp(int(seconds), UTC)
