"""When something was measured, as a file or a program writes it. Pure."""

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

from bot.errors import Refused
from bot.language.dates import NotADate, read_date
from bot.language.days import within
from bot.teams.rules import instant_of

_NOON = time(12)
_WITH_A_TIME = re.compile(r"\d{4}-\d{2}-\d{2}[Tt ]\d.*", re.ASCII | re.DOTALL)
_A_DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)


@dataclass(frozen=True)
class Moment:
    """An instant; `day` is set when a day was all that was given."""

    at: datetime
    day: date | None = None

    def __str__(self) -> str:
        return str(self.day or self.at.isoformat())


def moment_of_day(day: date, zone: ZoneInfo, now: datetime) -> Moment:
    """A day is its noon, or now while that has not come yet."""
    noon = instant_of(day, _NOON, zone)
    is_today = day == now.astimezone(zone).date()
    return Moment(min(noon, now) if is_today else noon, day)


def read_moment(text: str, *, zone: ZoneInfo, now: datetime, locale: str) -> Moment:
    """A date as people type it, or ISO 8601 with a time, which is the zone's own unless it says an offset.

    Nothing means today. Raises Refused with what to type.
    """
    if not text:
        return moment_of_day(now.astimezone(zone).date(), zone, now)
    try:
        if _WITH_A_TIME.fullmatch(text):
            return Moment(_instant(text, zone))
        return moment_of_day(read_date(text, today=now.astimezone(zone).date(), locale=locale), zone, now)
    except NotADate as error:
        raise Refused(str(error)) from None


def read_timestamp(text: str, *, zone: ZoneInfo, now: datetime) -> Moment:
    """ISO 8601 only: an instant with its offset, or a day of the zone. Raises Refused with what to send."""
    try:
        if _A_DAY.fullmatch(text):
            return moment_of_day(within(date.fromisoformat(text)), zone, now)
        if _WITH_A_TIME.fullmatch(text):
            return Moment(_instant(text, None))
    except NotADate as error:
        raise Refused(str(error)) from None
    except ValueError:
        pass
    raise Refused("Give an instant with its offset, such as 2026-03-02T09:00:00Z, or a day, such as 2026-03-02.")


def _instant(text: str, zone: ZoneInfo | None) -> datetime:
    """Raises NotADate; without a zone to go by, an instant needs its offset."""
    try:
        read = datetime.fromisoformat(text.upper())
    except ValueError:
        raise NotADate(f"“{text[:40]}” is not a time I can read. Write it as 2026-03-02T09:00.") from None
    within(read.date())
    if read.tzinfo is not None:
        return read.astimezone(UTC)
    if zone is None:
        raise NotADate("Add the offset from UTC, as in 2026-03-02T09:00:00Z or 2026-03-02T09:00:00+01:00.")
    return instant_of(read.date(), read.time(), zone)
