"""What is true of dependencies: how one is typed, when it is late, and which of them form a circle. Pure."""

import re
from collections import defaultdict, deque
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from bot.errors import Refused
from bot.language.dates import NotADate, read_date
from bot.language.words import nearest, normalise, shorten

TEXT_LIMIT = 600
REASON_LIMIT = 600
"""Limits in characters of what is asked for, and of why it is declined."""

NEAR = timedelta(days=7)
"""How long before the wanted day it begins to matter that nobody has answered."""

_BY = re.compile(r"(?:^|\s)by\s+", re.IGNORECASE)


class DependencyState(StrEnum):
    """Where a dependency is. `proposed`: the asked team offered another date, and the asking one has not said yet."""

    ASKED = "asked"
    PROPOSED = "proposed"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    DELIVERED = "delivered"
    WITHDRAWN = "withdrawn"


LIVE = frozenset([DependencyState.ASKED, DependencyState.PROPOSED, DependencyState.ACCEPTED])
"""The states in which something is still waited for."""


class Lateness(StrEnum):
    """Why an outcome that waits should be looked at."""

    OVERDUE = "overdue"
    """The day that was promised has passed."""
    UNANSWERED = "unanswered"
    """The day that is wanted is near, or has passed, and no day is agreed."""


def lateness(state: DependencyState, *, wanted_on: date, promised_on: date | None, today: date) -> Lateness | None:
    """Whether a dependency is late on a day; None when it is not, or when nobody waits for it any more."""
    if state == DependencyState.ACCEPTED:
        return Lateness.OVERDUE if promised_on is not None and promised_on < today else None
    return Lateness.UNANSWERED if state in LIVE and wanted_on - NEAR <= today else None


def answered(*, agreed_on: date, offered_on: date) -> DependencyState:
    """What an offered day makes of a dependency: a later one than agreed, or wanted, is for the asker to decide."""
    return DependencyState.PROPOSED if offered_on > agreed_on else DependencyState.ACCEPTED


@dataclass(frozen=True)
class Edge:
    """A dependency between two teams, by their ids: `waiting` waits for `asked`."""

    dependency_id: int
    waiting: int
    asked: int


def circle_through(edge: Edge, edges: Iterable[Edge]) -> tuple[Edge, ...]:
    """The shortest circle of waiting that an edge closes, beginning with it; empty when it closes none."""
    leaving: dict[int, list[Edge]] = defaultdict(list)
    for one in edges:
        leaving[one.waiting].append(one)
    ways: dict[int, tuple[Edge, ...]] = {edge.asked: (edge,)}
    reached = deque([edge.asked])
    while reached and edge.waiting not in ways:
        team = reached.popleft()
        for one in leaving[team]:
            if one.asked not in ways:
                ways[one.asked] = (*ways[team], one)
                reached.append(one.asked)
    return ways.get(edge.waiting, ())


def split_date(text: str, *, today: date, locale: str) -> tuple[str, date | None]:
    """What is asked for, and the day after the last `by` that reads as one: `a faster export by end of March`."""
    for found in reversed(list(_BY.finditer(text))):
        try:
            day = read_date(text[found.end() :], today=today, locale=locale)
        except NotADate:
            continue
        return text[: found.start()].rstrip(" ,;"), day
    return text, None


def split_team(text: str, names: Sequence[str]) -> tuple[str, str]:
    """The team that a line begins with, `@Data Platform` or `@data platform`, and the rest of the line.

    The longest of `names` counts. Raises Refused, with the nearest one, when none of them is there.
    """
    typed = text.removeprefix("@").split()
    for name in sorted(names, key=len, reverse=True):
        count = len(name.split())
        if typed and normalise(" ".join(typed[:count])) == normalise(name):
            return name, " ".join(typed[count:])
    raise Refused(_unknown(typed[0] if typed else "", names))


def _unknown(typed: str, names: Sequence[str]) -> str:
    how = "Name the team by its channel, such as #platform, or by its name, such as @Platform."
    if not typed:
        return how
    near = nearest(typed, names)
    guess = f"Did you mean @{near}?" if near else how
    return f"There is no team called “{shorten(typed, 40)}” that you can see. {guess}"
