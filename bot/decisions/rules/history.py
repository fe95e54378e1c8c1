"""How a decision stood on each day, from the lines of its history. Pure; days are in the team's zone."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from bot.decisions.rules.debt import SETTLED, History, Standing

_CHOSEN = ("logged", "decided", "changed")
_ENDED = ("superseded", "withdrawn")


@dataclass(frozen=True)
class Happened:
    """One line of a history: on which day, what, from what to what, as it was recorded."""

    on: date
    what: str
    before: str = ""
    after: str = ""


def stood(
    happened: Sequence[Happened],
    *,
    has_decider: bool,
    needed_by_on: date | None,
    reviews_on: Sequence[date | None],
) -> History:
    """From which day on a decision stood how, the oldest first.

    Args:
        happened: everything, the oldest first.
        has_decider, needed_by_on: as it says now; what it said before is in the lines that changed it.
        reviews_on: when each version of the choice was to be reviewed, the oldest first.
    """
    open_as = Standing(
        has_decider=_first(happened, "decider", "x" if has_decider else "") != "",
        needed_by_on=_day(_first(happened, "needed_by", needed_by_on.isoformat() if needed_by_on else "")),
    )
    is_open, is_over, review_on, versions = False, False, None, 0
    history: list[tuple[date, Standing]] = []
    for one in happened:
        if one.what in ("opened", "reopened"):
            is_open = True
            again = one.on if one.what == "reopened" and not one.after else None
            open_as = replace(open_as, opened_on=one.on, reopened_on=again)
        elif one.what in _CHOSEN:
            versions += 1
            is_open, review_on = False, reviews_on[versions - 1] if versions <= len(reviews_on) else None
        elif one.what == "reviewed":
            review_on = None
        elif one.what in _ENDED:
            is_over = True
        elif one.what == "decider":
            open_as = replace(open_as, has_decider=one.after != "")
        elif one.what == "needed_by":
            open_as = replace(open_as, needed_by_on=_day(one.after))
        settled_or_waiting = SETTLED if is_over else Standing(review_on=review_on)
        history.append((one.on, open_as if is_open and not is_over else settled_or_waiting))
    return history


def _first(happened: Sequence[Happened], what: str, now: str) -> str:
    """What a field said in the beginning."""
    return next((one.before for one in happened if one.what == what), now)


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None
