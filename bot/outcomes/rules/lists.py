"""What can be asked of a list of outcomes, as it is typed and as its buttons carry it. Pure."""

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import Self

from bot.errors import NotFound, Refused
from bot.outcomes.rules import Filter

_FILTER = re.compile(rf"(?:^|\s)({'|'.join(one.replace('-', '[- ]') for one in Filter)})$", re.IGNORECASE)
_CARRIED = re.compile(rf"(mine|all|team|person) ([A-Z0-9]{{1,32}}|-) ({'|'.join(Filter)}|-) ([0-9]{{1,6}})")


class Scope(StrEnum):
    """Whose outcomes are listed."""

    MINE = "mine"
    ALL = "all"
    TEAM = "team"
    PERSON = "person"


@dataclass(frozen=True)
class Typed:
    """What follows `/outcome list`: whose, as typed, and what it is narrowed to."""

    whose: str
    narrowed: Filter | None


def read_list(text: str) -> Typed:
    """Parts `team at-risk` or `@ana off track` into whose and which. Either may be left out."""
    found = _FILTER.search(text.strip())
    if found is None:
        return Typed(text.strip(), None)
    return Typed(text.strip()[: found.start()].strip(), Filter("-".join(found[1].lower().split())))


@dataclass(frozen=True)
class Asked:
    """One page of one list. `whose_id` is the team's or the person's, else empty."""

    scope: Scope
    whose_id: str = ""
    narrowed: Filter | None = None
    offset: int = 0

    def at(self, offset: int) -> "Asked":
        """Another page of the same list."""
        return Asked(self.scope, self.whose_id, self.narrowed, offset)

    def __str__(self) -> str:
        return f"{self.scope} {self.whose_id or '-'} {self.narrowed or '-'} {self.offset}"

    @classmethod
    def parse(cls, text: object) -> Self:
        """What a button carries. Raises NotFound for anything else: people can send what they like."""
        found = _CARRIED.fullmatch(text) if isinstance(text, str) else None
        if found is None:
            raise NotFound("That button is from an older message. Type the command again to see what there is now.")
        scope, whose, narrowed, offset = found.groups()
        return cls(
            Scope(scope), "" if whose == "-" else whose, None if narrowed == "-" else Filter(narrowed), int(offset)
        )


def read_scope(whose: str) -> Scope:
    """`mine`, `team` or `all`; nothing means mine. Raises Refused with what can be typed."""
    word = whose.lower()
    if word in ("", "mine", "me"):
        return Scope.MINE
    if word in ("team", "all"):
        return Scope(word)
    raise Refused(
        "List whose? mine, team, all, a @person or a #channel; "
        "then, if you like, at-risk, off-track, stale, busy or done."
    )
