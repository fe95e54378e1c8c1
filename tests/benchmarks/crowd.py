"""Workspaces full of owners who are asked every week, made up the same way each time: who is due now, and who is not.

Time is the machine's own here, as in production. So everybody lives where it is between ten and eleven in the morning
while the benchmark runs, and their teams ask on today's weekday: a few minutes ago, or an hour earlier.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, time, timedelta
from decimal import Decimal
from itertools import count
from uuid import UUID
from zoneinfo import ZoneInfo

from bot.checkins.model import CheckIn, CheckInItem
from bot.outbox.model import Delivery, DirectChannel
from bot.outcomes.model import Outcome, Result
from bot.people.model import Person
from bot.teams.model import Channel, ChannelMember, Team
from bot.teams.rules import period_of
from bot.workspaces.model import Counter, Workspace
from tests.benchmarks.loading import Row, load, loading

_TEAM_SIZE = 20
_WEEK = timedelta(weeks=1)
_WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")


@dataclass(frozen=True)
class Company:
    """One workspace: how many own an outcome, how many of them are due now, and how many of these for an hour."""

    id: str
    people: int
    due: int
    overdue: int = 0


@dataclass(frozen=True)
class Crowd:
    """Some workspaces at an instant.

    Attributes:
        results: how many results each outcome of somebody who is due has, one a week.
        has_past: whether everybody was asked last week as well, and got that message.
    """

    companies: Sequence[Company]
    now: datetime
    results: int = 4
    has_past: bool = False
    _owners: Sequence["Owner"] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_owners", tuple(self._everybody()))

    @property
    def zone(self) -> ZoneInfo:
        """Where it is between ten and eleven in the morning."""
        ahead = (10 - self.now.astimezone(UTC).hour + 9) % 24 - 9
        return ZoneInfo(f"Etc/GMT{-ahead:+d}")

    def fill(self, url: str) -> None:
        """Loads all of it into an empty, migrated database."""
        with loading(url) as connection:
            load(connection, Workspace, map(self._workspace, self.companies))
            load(connection, Counter, map(_counter, self.companies))
            load(connection, Person, map(self._person, self._owners))
            load(connection, DirectChannel, map(_direct_channel, self._owners))
            heads = [owner for owner in self._owners if owner.leads]
            load(connection, Channel, map(self._channel, heads))
            load(connection, ChannelMember, map(_member, heads))
            load(connection, Team, map(self._team, heads))
            load(connection, Outcome, map(self._outcome, self._owners))
            load(connection, Result, self._results())
            if self.has_past:
                load(connection, CheckIn, map(self._past_check_in, self._owners))
                load(connection, CheckInItem, map(self._past_item, self._owners))
                load(connection, Delivery, map(self._past_delivery, self._owners))

    def _everybody(self) -> Iterator["Owner"]:
        ids, teams = count(1), count(1)
        for company in self.companies:
            every = max(1, company.people // max(1, company.due))
            chosen = set(range(0, every * company.due, every))
            newest: dict[bool, tuple[int, int]] = {}
            for index in range(company.people):
                late = index in chosen and index // every < company.overdue
                head, team = newest.get(late, (-_TEAM_SIZE, 0))
                leads = index - head >= _TEAM_SIZE
                if leads:
                    head, team = newest[late] = index, next(teams)
                yield Owner(next(ids), company.id, index, team, leads, index in chosen, late)

    @property
    def _midnight(self) -> datetime:
        return datetime.combine(self.now.astimezone(self.zone).date(), time(0), self.zone)

    def _asked_at(self, owner: "Owner") -> datetime:
        """When the owner's team asks today, to the minute, as teams choose it."""
        at = self.now.astimezone(UTC).replace(second=0, microsecond=0) - timedelta(minutes=2)
        return at - timedelta(hours=1) if owner.is_overdue else at

    def _workspace(self, company: Company) -> Row:
        return {"id": company.id, "name": company.id, "bot_user_id": "UBOT", "created_at": self.now - 20 * _WEEK}

    def _person(self, owner: "Owner") -> Row:
        later = self.now + timedelta(hours=1) + timedelta(seconds=owner.id * 7919 % 600_000)
        return {
            **owner.key,
            "id": owner.person_id,
            "name": f"Person {owner.id}",
            "time_zone": self.zone.key,
            "locale": "en-US",
            "is_active": True,
            "is_bot": False,
            "is_guest": False,
            "is_admin": False,
            "says_away": False,
            "refreshed_at": self.now,
            "next_checkin_at": self._asked_at(owner) if owner.is_due else later,
        }

    def _channel(self, owner: "Owner") -> Row:
        return {
            **owner.key,
            "id": owner.channel_id,
            "name": f"team-{owner.team}",
            "is_private": False,
            "is_archived": False,
            "has_bot": True,
            "refreshed_at": self.now,
        }

    def _team(self, owner: "Owner") -> Row:
        at = self._asked_at(owner).astimezone(self.zone)
        return {
            **owner.key,
            "id": owner.team,
            "name": f"Team {owner.team}",
            "channel_id": owner.channel_id,
            "lead_id": owner.person_id,
            "checkin_rule": f"FREQ=WEEKLY;BYDAY={_WEEKDAYS[at.weekday()]}",
            "checkin_from_on": (at - 10 * _WEEK).date(),
            "checkin_time": at.time(),
            "work_starts": time(9),
            "work_ends": time(18),
            "country": "",
            "days_off": "",
            "on_holiday": "move",
            "answers": "thread",
            "created_at": self.now - 10 * _WEEK,
            "created_by": owner.person_id,
        }

    def _outcome(self, owner: "Owner") -> Row:
        measured = self._measured(owner)
        latest_at, latest = measured[-1] if measured else (None, None)
        today = self._midnight.date()
        return {
            **owner.key,
            "id": owner.id,
            "number": owner.index + 1,
            "team_id": owner.team,
            "owner_id": owner.person_id,
            "statement": f"Trial users reach their first report within a day, region {owner.id}",
            "why": "Those who do stay",
            "measure": "Share of trial users with a report on their first day",
            "unit": "percent",
            "baseline": Decimal(12),
            "target": Decimal(60),
            "starts_on": today - 8 * _WEEK,
            "due_on": today + 8 * _WEEK,
            "created_at": self.now - 8 * _WEEK,
            "created_by": owner.person_id,
            "version": 1,
            "closing_note": "",
            "latest_value": latest,
            "latest_at": latest_at,
            "latest_on": latest_at.date() if latest_at else None,
            "is_achieved": False,
            "stale_on": today + _WEEK if latest_at else None,
        }

    def _measured(self, owner: "Owner") -> list[tuple[datetime, Decimal]]:
        weeks = range(self.results, 0, -1) if owner.is_due else ()
        return [(self.now - week * _WEEK, Decimal(30 - 3 * week)) for week in weeks]

    def _results(self) -> Iterator[Row]:
        ids = count(1)
        for owner in self._owners:
            for at, value in self._measured(owner):
                yield {
                    **owner.key,
                    "id": next(ids),
                    "outcome_id": owner.id,
                    "value": value,
                    "measured_at": at,
                    "recorded_at": at,
                    "author_id": owner.person_id,
                    "note": "The sample data went live for everybody",
                    "confidence": 7,
                    "source": "form",
                    "link": "",
                }

    def _past_check_in(self, owner: "Owner") -> Row:
        at = self._asked_at(owner) - _WEEK
        return {
            **owner.key,
            "id": owner.id,
            "person_id": owner.person_id,
            "asked_id": owner.person_id,
            "period": period_of(at.date()),
            "state": "answered",
            "due_at": at,
            "decided_at": at,
            "closes_at": at + timedelta(days=4),
            "snoozes": 0,
            "nudges": 0,
        }

    def _past_item(self, owner: "Owner") -> Row:
        answered_at = self.now - _WEEK + timedelta(hours=1)
        return {
            **owner.key,
            "checkin_id": owner.id,
            "outcome_id": owner.id,
            "answered_at": answered_at,
            "is_gone": False,
        }

    def _past_delivery(self, owner: "Owner") -> Row:
        at = self._asked_at(owner) - _WEEK
        return {
            **owner.key,
            "id": owner.id,
            "key": f"checkin:{owner.person_id}:{period_of(at.date())}",
            "uid": UUID(int=owner.id).hex,
            "kind": "post",
            "place": owner.person_id,
            "text": "What moved this week?",
            "blocks": [],
            "plain": False,
            "state": "sent",
            "due_at": at,
            "expires_at": at + timedelta(hours=7),
            "created_at": at,
            "next_try_at": at,
            "attempts": 1,
            "looks": 0,
            "look_page": "",
            "channel": owner.direct_channel,
            "ts": f"{at.timestamp():.6f}",
            "sent_at": at,
            "ended_at": at,
        }


@dataclass(frozen=True)
class Owner:
    """Somebody who owns one outcome; the first of each team leads it."""

    id: int
    workspace_id: str
    index: int
    team: int
    leads: bool
    is_due: bool
    is_overdue: bool

    @property
    def key(self) -> Row:
        return {"workspace_id": self.workspace_id}

    @property
    def person_id(self) -> str:
        return f"U{self.workspace_id}X{self.id}"

    @property
    def direct_channel(self) -> str:
        return f"D{self.workspace_id}X{self.id}"

    @property
    def channel_id(self) -> str:
        return f"C{self.workspace_id}X{self.team}"


def _counter(company: Company) -> Row:
    return {"workspace_id": company.id, "kind": "outcome", "last": company.people}


def _direct_channel(owner: Owner) -> Row:
    return {**owner.key, "person_id": owner.person_id, "channel": owner.direct_channel}


def _member(owner: Owner) -> Row:
    return {**owner.key, "channel_id": owner.channel_id, "person_id": owner.person_id}
