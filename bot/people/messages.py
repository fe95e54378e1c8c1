"""Who reads a message: every room's words are written for a reader."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Self
from zoneinfo import ZoneInfo

from bot.language.dates import write_age, write_date
from bot.language.units import Unit
from bot.language.values import write_value
from bot.people.model import Person


@dataclass(frozen=True)
class Reader:
    """Who reads a message: their words for values and dates, and what day it is for them."""

    locale: str
    zone: ZoneInfo
    today: date

    @classmethod
    def of(cls, person: Person, now: datetime) -> Self:
        """One person."""
        return cls(person.locale, person.zone, now.astimezone(person.zone).date())

    @classmethod
    def for_channel(cls, now: datetime, zone: ZoneInfo) -> Self:
        """Everybody in a channel; `zone` says what day it is."""
        return cls("en-US", zone, now.astimezone(zone).date())

    def value(self, value: Decimal, unit: Unit) -> str:
        """A value as this reader writes it."""
        return write_value(value, unit, locale=self.locale)

    def day(self, day: date) -> str:
        """A date as this reader writes it."""
        return write_date(day, today=self.today, locale=self.locale)

    def day_of(self, instant: datetime) -> date:
        """The date of an instant in this reader's calendar."""
        return instant.astimezone(self.zone).date()

    def age(self, instant: datetime) -> str:
        """How long ago that was, in days of this reader's calendar."""
        return write_age((self.today - self.day_of(instant)).days)
