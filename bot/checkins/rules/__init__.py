"""When a check-in may be asked: pure. Periods are ISO weeks of the owner's own calendar."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from bot.teams.rules import Rhythm, instant_of, monday_of

WORKDAY_STARTS, WORKDAY_ENDS = time(9), time(18)
_LATE_SLOT_LASTS = timedelta(hours=2)
MOST_PERIODS_LOOKED_BACK = 8


class State(StrEnum):
    """What became of a period."""

    ASKED = "asked"
    NOT_NEEDED = "not needed"
    MISSED = "missed"
    UNANSWERED = "unanswered"


class Answer(StrEnum):
    """How an owner answered for one outcome."""

    UPDATED = "updated"
    NO_CHANGE = "no change"


@dataclass(frozen=True)
class Chance:
    """A span in which a check-in may be sent."""

    opens_at: datetime
    until: datetime


def slot_in_week(rhythms: Collection[Rhythm], day: date, zone: ZoneInfo) -> datetime:
    """When an owner is asked in the ISO week of `day`: the earliest strike of the teams they own outcomes in."""
    return min(rhythm.in_week_of(day, zone) for rhythm in rhythms)


def next_chance(slot: datetime, *, now: datetime, zone: ZoneInfo) -> Chance | None:
    """When the check-in of this slot may still be sent, from `now` on; None when its period is over.

    On the slot's own day until the working day ends, or two hours after a slot that is later than that; then in the
    working hours of the weekdays that are left of the week. Never once the period has closed, and nobody is asked at
    night because a machine was down.
    """
    slot_day = slot.astimezone(zone).date()
    for day in _days_left_of_week(slot_day):
        ends = instant_of(day, WORKDAY_ENDS, zone)
        if day == slot_day:
            chance = Chance(slot, min(max(ends, slot + _LATE_SLOT_LASTS), closes_at(day, zone)))
        elif day.weekday() < 5:
            chance = Chance(instant_of(day, WORKDAY_STARTS, zone), ends)
        else:
            continue
        if now < chance.until:
            return Chance(max(chance.opens_at, now), chance.until)
    return None


def closes_at(day: date, zone: ZoneInfo) -> datetime:
    """When the period of `day` closes: as the next week begins for the owner."""
    return instant_of(monday_of(day) + timedelta(weeks=1), time(0), zone)


def weeks_to_settle(owed: date, today: date) -> list[date]:
    """The Mondays of the weeks from the one owed to this one, at most eight."""
    this_week, first = monday_of(today), monday_of(min(owed, today))
    count = min((this_week - first).days // 7 + 1, MOST_PERIODS_LOOKED_BACK)
    return [this_week - timedelta(weeks=n) for n in reversed(range(count))]


def _days_left_of_week(day: date) -> list[date]:
    return [day + timedelta(days=n) for n in range(7 - day.weekday())]
