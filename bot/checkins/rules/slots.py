"""When a check-in may be asked: pure. Periods are ISO weeks, with one check-in of an owner in each at most."""

from bisect import insort
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import reduce
from itertools import pairwise
from zoneinfo import ZoneInfo

from bot.absences.rules.hours import Hours, Span
from bot.teams.rules import instant_of, monday_of, period_of
from bot.teams.rules.rhythm import WEEKS_MOVED, Rhythm, Strike

MOST_PERIODS_LOOKED_BACK = 8
_LATE_SLOT_LASTS = timedelta(hours=2)
_WEEKS_AHEAD = 80


@dataclass(frozen=True)
class Slot:
    """When an owner is asked in a period: as the first of the rhythms that strike in it does.

    Attributes:
        monday: the Monday of the period's week.
        strikes: every rhythm that strikes in it, the first one first.
    """

    monday: date
    strikes: Mapping[Rhythm, Strike]

    @property
    def period(self) -> str:
        """Its name, `2026-W12`."""
        return period_of(self.monday)

    @property
    def at(self) -> datetime:
        """The instant, in UTC."""
        return next(iter(self.strikes.values())).at

    @property
    def day(self) -> date:
        """The owner's local day."""
        return next(iter(self.strikes.values())).day

    @property
    def rhythm(self) -> Rhythm:
        """The rhythm that strikes first: its team's working hours count."""
        return next(iter(self.strikes))

    def joined_by(self, earlier: "Slot") -> "Slot":
        """The same, asking also for the rhythms of an earlier week's slot that comes on its day."""
        return Slot(self.monday, dict(sorted({**earlier.strikes, **self.strikes}.items(), key=_strikes_at)))


def slots_from(rhythms: Collection[Rhythm], monday: date, zone: ZoneInfo) -> Iterator[tuple[Slot, datetime]]:
    """The slots of the weeks from `monday` on, each with when its period closes.

    They come in the order of their days: days off may move one past that of another week. Two that come to lie on one
    day are one, of the later week. It closes as the week after its day begins for the owner, or on the day of the next
    slot if that is sooner.
    """
    weeks = (slot_in_week(rhythms, monday + timedelta(weeks=n), zone) for n in range(_WEEKS_AHEAD))
    for slot, following in pairwise(_in_order(slot for slot in weeks if slot)):
        ends = min(monday_of(slot.day) + timedelta(weeks=1), following.day)
        yield slot, instant_of(ends, time(0), zone)


def _in_order(weeks: Iterator[Slot]) -> Iterator[Slot]:
    """The slots by their days. One is certain to be next once the weeks are too far ahead to be moved before it."""
    waiting: list[Slot] = []
    for slot in weeks:
        certain = slot.monday - timedelta(weeks=WEEKS_MOVED)
        while waiting and waiting[0].day < certain:
            yield waiting.pop(0)
        same_day = [one for one in waiting if one.day == slot.day]
        waiting = [one for one in waiting if one.day != slot.day]
        insort(waiting, reduce(Slot.joined_by, same_day, slot), key=_day)
    yield from waiting


def _day(slot: Slot) -> date:
    return slot.day


def _strikes_at(pair: tuple[Rhythm, Strike]) -> datetime:
    return pair[1].at


def slot_in_week(rhythms: Collection[Rhythm], monday: date, zone: ZoneInfo) -> Slot | None:
    """When an owner is asked in a week, over the rhythms of the teams they own outcomes in; None when none strikes."""
    found = [(rhythm, strike) for rhythm in rhythms if (strike := rhythm.in_week(monday, zone))]
    return Slot(monday, dict(sorted(found, key=_strikes_at))) if found else None


def next_chance(slot: Slot, *, hours: Hours, closes_at: datetime, now: datetime) -> Span | None:
    """When its owner may still be asked, from `now` on; None when they may not in what is left of the period.

    On the slot's own day until the working day ends, or two hours after a slot that is later than that; then in their
    working hours of the days that are left. Nobody is asked while away, nor at night because a machine was down.
    """
    today = max(slot.day, hours.day_of(now))
    if not (hours.is_away(slot.day) or hours.is_away(today)):
        until = min(max(hours.of_day(slot.day).until, slot.at + _LATE_SLOT_LASTS), closes_at)
        if now < until:
            return Span(max(slot.at, now), until)
    next_day = instant_of(slot.day + timedelta(days=1), time(0), hours.zone)
    return hours.from_instant(max(now, next_day), before=closes_at)


def when_not_quiet(slot: Slot, *, hours: Hours, closes_at: datetime, now: datetime) -> Span | None:
    """The same, once their Do Not Disturb has ended; where nothing would be left of the period by then, during it.

    Slack itself keeps the notification back then, and nobody goes without their check-in.
    """
    later = next_chance(slot, hours=hours, closes_at=closes_at, now=hours.when_not_quiet(now))
    return later or next_chance(slot, hours=hours, closes_at=closes_at, now=now)


def has_waited_for_quiet(slot: Slot, *, hours: Hours, closes_at: datetime, now: datetime) -> bool:
    """Whether it is asked now, and not when it might have been first, because they were in Do Not Disturb then."""
    first = next_chance(slot, hours=hours, closes_at=closes_at, now=slot.at)
    ended = hours.quiet_until
    return first is not None and ended is not None and first.opens_at < ended <= now


def first_week_owed(owed: date, today: date) -> date:
    """The Monday of the week of the day that was owed, or of the eighth week back."""
    return max(monday_of(min(owed, today)), monday_of(today) - timedelta(weeks=MOST_PERIODS_LOOKED_BACK - 1))
