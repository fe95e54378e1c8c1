"""What is true of priorities: pure."""

from collections.abc import Iterable

from bot.errors import FormRefused
from bot.language.words import normalise, one_line

NAME_LIMIT = 120
PERIOD_LIMIT = 40
"""Limits in characters of what a person types."""
AT_BEST = 5
"""With more live priorities than this, it is said that they are many."""
AT_MOST = 12
"""More live priorities than this are refused."""


def read_name(typed: str, others: Iterable[str]) -> str:
    """The name of a priority.

    Raises FormRefused when it is empty, too long, or the name of one of the other live ones, but for case and accents.
    """
    name = one_line(typed)
    if not name or len(name) > NAME_LIMIT:
        raise FormRefused({"name": f"A priority needs a name of at most {NAME_LIMIT} characters."})
    if normalise(name) in {normalise(other) for other in others}:
        raise FormRefused({"name": "There is a live priority by that name already. Give this one another name."})
    return name


def read_period(typed: str) -> str:
    """The period of a priority. Raises FormRefused when it is empty or too long."""
    period = one_line(typed)
    if not period or len(period) > PERIOD_LIMIT:
        raise FormRefused({"period": f"Say for when, in at most {PERIOD_LIMIT} characters, such as Q1 2027."})
    return period
