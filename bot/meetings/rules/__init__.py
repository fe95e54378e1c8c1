"""What is true of a team's meetings: pure. A local date by a recurrence, a time in one zone, and when to tell of it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.calendars.entries import Entry
from bot.teams.rules.recurrence import Often, Recurrence
from bot.teams.rules.rhythm import Rhythm

NAME_LIMIT = 80
"""How long a meeting's name may be, in characters."""

MOST_MEETINGS = 40
"""How many meetings one team may have: what one list shows."""

LENGTHS = (15, 20, 25, 30, 45, 50, 60, 75, 90, 120, 150, 180, 240)
"""How long a meeting may last, in minutes."""

LEADS = (15, 30, 60, 120, 240, 1440)
"""How long before it begins the channel may be told, in minutes; a day at most."""

ZONES = (
    *("Pacific/Honolulu", "America/Anchorage", "America/Los_Angeles", "America/Denver", "America/Phoenix"),
    *("America/Chicago", "America/Mexico_City", "America/New_York", "America/Toronto", "America/Bogota"),
    *("America/Halifax", "America/Santiago", "America/Sao_Paulo", "America/Argentina/Buenos_Aires", "UTC"),
    *("Europe/London", "Europe/Dublin", "Europe/Lisbon", "Africa/Lagos", "Europe/Paris", "Europe/Madrid"),
    *("Europe/Amsterdam", "Europe/Berlin", "Europe/Zurich", "Europe/Vienna", "Europe/Rome", "Europe/Prague"),
    *("Europe/Stockholm", "Europe/Warsaw", "Africa/Johannesburg", "Europe/Athens", "Europe/Helsinki", "Europe/Kyiv"),
    *("Africa/Cairo", "Asia/Jerusalem", "Europe/Istanbul", "Africa/Nairobi", "Asia/Riyadh", "Asia/Tehran"),
    *("Asia/Dubai", "Asia/Karachi", "Asia/Kolkata", "Asia/Dhaka", "Asia/Bangkok", "Asia/Jakarta", "Asia/Singapore"),
    *("Asia/Hong_Kong", "Asia/Shanghai", "Asia/Manila", "Australia/Perth", "Asia/Tokyo", "Asia/Seoul"),
    *("Australia/Brisbane", "Australia/Sydney", "Pacific/Auckland"),
)
"""Zones that are offered beside those of the people in the channel, from west to east."""


@dataclass(frozen=True)
class Plan:
    """A meeting as its form describes it: `at` that time in `zone`, for everybody at once.

    The channel is told `lead_minutes` before it begins.
    """

    name: str
    recurrence: Recurrence
    at: time
    zone: str
    minutes: int
    lead_minutes: int


def suggested(weekday: int, zone: str) -> Plan:
    """What a new meeting is offered: half an hour each week, and the channel told an hour before."""
    return Plan("", Recurrence(Often.WEEKLY, weekday), time(10), zone, minutes=30, lead_minutes=60)


@dataclass(frozen=True)
class Occurrence:
    """A meeting on one local day, and when the channel is told; instants in UTC. `entry` is the calendar's, if any."""

    day: date
    told_at: datetime
    begins_at: datetime
    entry: Entry | None = None

    @property
    def mark(self) -> str:
        """What it is told apart by among those of the same meeting: its day, unless a calendar says otherwise."""
        return self.entry.mark if self.entry else str(self.day)

    @property
    def is_off(self) -> bool:
        """Whether its calendar says that it does not take place."""
        return self.entry is not None and self.entry.is_off


@dataclass(frozen=True)
class Times:
    """When a meeting takes place.

    Args:
        rhythm: on which days, and at what time. Unlike a check-in it is not moved into anybody's working hours.
        zone: whose local time that is.
        lead: how long before it begins the channel is told.
    """

    rhythm: Rhythm
    zone: ZoneInfo
    lead: timedelta

    def ahead(self, *, after: datetime) -> Iterator[Occurrence]:
        """What begins later than `after`, the soonest first."""
        for strike in self.rhythm.ahead(self.zone, after=after):
            yield Occurrence(strike.day, strike.at - self.lead, strike.at)


@dataclass(frozen=True)
class Listed:
    """When a meeting takes place whose times a calendar says: cancelled ones too."""

    entries: Sequence[Entry]
    lead: timedelta

    def ahead(self, *, after: datetime) -> Iterator[Occurrence]:
        """What begins later than `after`, the soonest first."""
        return (one for one in self.all() if one.begins_at > after)

    def all(self) -> Iterator[Occurrence]:
        """Everything that is known of it, the soonest first."""
        for entry in sorted(self.entries, key=lambda entry: (entry.starts_at, entry.mark)):
            day = entry.starts_at.astimezone(ZoneInfo(entry.zone)).date()
            yield Occurrence(day, entry.starts_at - self.lead, entry.starts_at, entry)


def times_of(plan: Plan, team: Rhythm) -> Times:
    """When a meeting of a team with that rhythm takes place: holidays and days off are the team's."""
    rhythm = team.of_same_team(plan.recurrence, plan.at)
    return Times(rhythm, ZoneInfo(plan.zone), timedelta(minutes=plan.lead_minutes))


def write_minutes(minutes: int) -> str:
    """A length as people say it: `45 minutes`, `1 hour`, `1 hour 30 minutes`, `a day`."""
    if minutes == 24 * 60:
        return "a day"
    hours, rest = divmod(minutes, 60)
    said = [f"{hours} hour{'s' if hours > 1 else ''}" if hours else "", f"{rest} minutes" if rest else ""]
    return " ".join(filter(None, said))
