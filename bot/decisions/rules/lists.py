"""What can be asked of a list of decisions, as it is typed and as its buttons carry it. Pure."""

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import Self

from bot.errors import NotFound, Refused


class Filter(StrEnum):
    """What a list of decisions is narrowed to; `waiting` is what needs somebody: open, or not reviewed yet."""

    OPEN = "open"
    OVERDUE = "overdue"
    REVIEW = "review"
    WAITING = "waiting"
    ALL = "all"


class Scope(StrEnum):
    """Whose decisions are listed: those somebody decides, those of a team, or every one that is seen."""

    MINE = "mine"
    PERSON = "person"
    TEAM = "team"
    EVERY = "every"


_FILTER = re.compile(rf"(?:^|\s)({'|'.join(Filter)})$", re.IGNORECASE)
_CARRIED = re.compile(rf"({'|'.join(Scope)}) ([A-Z0-9]{{1,32}}|-) ({'|'.join(Filter)}) ([0-9]{{1,6}})")


@dataclass(frozen=True)
class Typed:
    """What follows `/decision list`: whose, as typed, and what it is narrowed to, where that was said."""

    whose: str
    narrowed: Filter | None


@dataclass(frozen=True)
class Asked:
    """One page of one list. `whose_id` is the team's or the person's, else empty."""

    scope: Scope
    whose_id: str = ""
    narrowed: Filter = Filter.OPEN
    offset: int = 0

    def at(self, offset: int) -> "Asked":
        """Another page of the same list."""
        return Asked(self.scope, self.whose_id, self.narrowed, offset)

    def __str__(self) -> str:
        return f"{self.scope} {self.whose_id or '-'} {self.narrowed} {self.offset}"

    @classmethod
    def parse(cls, text: object) -> Self:
        """What a button carries. Raises NotFound for anything else: people can send what they like."""
        found = _CARRIED.fullmatch(text) if isinstance(text, str) else None
        if found is None:
            raise NotFound("That button is from an older message. /decision list shows what there is now.")
        scope, whose, narrowed, offset = found.groups()
        return cls(Scope(scope), "" if whose == "-" else whose, Filter(narrowed), int(offset))


def read_list(text: str) -> Typed:
    """Parts `team overdue` or `@ana review` into whose and which. Either may be left out."""
    found = _FILTER.search(text.strip())
    if found is None:
        return Typed(text.strip(), None)
    return Typed(text.strip()[: found.start()].strip(), Filter(found[1].lower()))


def read_scope(whose: str) -> Scope:
    """`mine`, or nothing for every one that is seen. Raises Refused with what can be typed."""
    word = whose.lower()
    if word in ("mine", "me"):
        return Scope.MINE
    if not word:
        return Scope.EVERY
    raise Refused(
        "List which? open, overdue, mine, review or all; before it, if you like, a @person, a #channel, mine or team."
    )


def narrowed_or_usual(narrowed: Filter | None, scope: Scope) -> Filter:
    """What a list is narrowed to where nothing was said: somebody's own, to what needs them; others, to the open."""
    if narrowed is not None:
        return narrowed
    return Filter.WAITING if scope in (Scope.MINE, Scope.PERSON) else Filter.OPEN
