"""Decision debt: the decisions that are missing, and since when. Pure.

The day on which something happened is a day of the team. Whether a day is over by now is asked of whoever reads: of a
person in their own zone, of a channel in its team's. Lists, cards, My week and debt all ask it so.

A decision is debt

- while it is open and nobody is named to decide it, from the day on which it was opened;
- while it is open past the day it was needed by, from the day after;
- while it is open because it was reopened without new evidence, from the day on which it was;
- while it is decided, and its review is past its day without one, from the day after.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from itertools import pairwise


class Debt(StrEnum):
    """Why a decision is debt, in the words people read."""

    OVERDUE = "overdue"
    NO_DECIDER = "nobody to decide it"
    NO_EVIDENCE = "reopened without new evidence"
    PAST_REVIEW = "past its review"


@dataclass(frozen=True)
class Standing:
    """What of a decision makes it debt, or does not.

    Args:
        opened_on: the day on which it was opened first; None for one that waits for nobody's choice.
        needed_by_on: when it is needed, if anybody said.
        reopened_on: the day on which it was reopened without new evidence.
        review_on: when what came of it is to be looked at; None when that was done, or there is nothing to look at.
    """

    opened_on: date | None = None
    has_decider: bool = False
    needed_by_on: date | None = None
    reopened_on: date | None = None
    review_on: date | None = None


SETTLED = Standing()
"""Of a decision that needs nobody: reviewed, superseded or withdrawn."""


def starts(standing: Standing) -> dict[Debt, date]:
    """The first day of each kind of debt that a decision is, or will be if nothing more happens."""
    if standing.opened_on is None:
        return {} if standing.review_on is None else {Debt.PAST_REVIEW: _day_after(standing.review_on)}
    found = {}
    if standing.needed_by_on is not None:
        found[Debt.OVERDUE] = _day_after(standing.needed_by_on)
    if not standing.has_decider:
        found[Debt.NO_DECIDER] = standing.opened_on
    if standing.reopened_on is not None:
        found[Debt.NO_EVIDENCE] = standing.reopened_on
    return found


def debt_from_on(standing: Standing) -> date | None:
    """The first day on which a decision counts as debt if nothing more happens; None for never."""
    return min(starts(standing).values(), default=None)


def kinds_on(standing: Standing, day: date) -> tuple[Debt, ...]:
    """Why a decision that stands so is debt on a day; nothing when it is none."""
    return tuple(kind for kind, first in starts(standing).items() if first <= day)


def is_over(day: date | None, today: date) -> bool:
    """Whether a day by which something was needed, or to be reviewed, is over: it is debt from the day after."""
    return day is not None and day < today


def age_days(first: date, today: date) -> int:
    """For how many days it has been debt by the end of today, the first among them: 1 on the first."""
    return max(0, (today - first).days + 1)


@dataclass(frozen=True)
class Span:
    """Days in a row on which a decision was debt, both ends among them."""

    first: date
    last: date


History = Sequence[tuple[date, Standing]]
"""How a decision stood: from which day on, and how, the oldest first. Of several on one day the last one holds."""


def standing_on(history: History, day: date) -> Standing:
    """How a decision stood at the end of a day; before it was there, like one that needs nobody."""
    return next((standing for since, standing in reversed(history) if since <= day), SETTLED)


def spans(history: History, until: date) -> list[Span]:
    """The days on which a decision was debt, up to a day: the longest runs, the oldest first."""
    found: list[Span] = []
    for since, last, standing in _stretches(history, until):
        begins = debt_from_on(standing)
        if begins is None or max(begins, since) > last:
            continue
        first = max(begins, since)
        if found and found[-1].last == first - timedelta(days=1):
            found[-1] = Span(found[-1].first, last)
        else:
            found.append(Span(first, last))
    return found


def debt_over(histories: Sequence[History], days: Sequence[date]) -> list[int]:
    """How many of these decisions were debt at the end of each of these days: a trend."""
    return [sum(bool(kinds_on(standing_on(one, day), day)) for one in histories) for day in days]


def weeks_back(today: date, count: int) -> list[date]:
    """Today, and the same day of the weeks before it, the oldest first."""
    return [today - timedelta(weeks=back) for back in reversed(range(count))]


def heaviest_first(ages: Mapping[int, int], blocks: Mapping[int, int]) -> list[int]:
    """Debts in the order to look at them: what blocks the most first, then the oldest; by their ids."""
    return sorted(ages, key=lambda one: (-blocks.get(one, 0), -ages[one], one))


def _stretches(history: History, until: date) -> Iterator[tuple[date, date, Standing]]:
    """From when to when a decision stood how; none that lasted for no day, nor what is after `until`."""
    ends = [*history, (until + timedelta(days=1), SETTLED)]
    for (since, standing), (then, _) in pairwise(ends):
        last = min(then - timedelta(days=1), until)
        if since <= last:
            yield since, last, standing


def _day_after(day: date) -> date:
    return day + timedelta(days=1)
