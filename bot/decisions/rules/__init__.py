"""What is true of decisions: their keys, their states, and the limits of what is typed about them. Pure."""

import re
from datetime import date
from enum import StrEnum

from bot.errors import Refused

SEARCH_KIND = "decision"

QUESTION_LIMIT = 300
CONTEXT_LIMIT = 3_000
OPTION_LIMIT = 300
OPTIONS_LIMIT = 3_000
CHOICE_LIMIT = 600
WHY_LIMIT = 3_000
EFFECT_LIMIT = 600
REASON_LIMIT = 1_000
OBJECTION_LIMIT = 1_000
EVIDENCE_LIMIT = 1_000
TYPED_LIMIT = 60
"""Limits in characters of what a person types; OPTION is one of its lines, TYPED is a value or a date."""

NEVER = date.max
"""The day of what needs nobody any more: lists have it last, on every database."""

MOST_OPTIONS = 6
MOST_HEARD = 10

OBJECTION_DAYS = (0, 1, 2, 3, 7)
"""For how many days those who are heard may object, of which one is chosen; 0 for not at all."""

_KEY = re.compile(r"(?:dec[-–— ]?|#)?(\d{1,9})", re.IGNORECASE)


class DecisionState(StrEnum):
    """Where a decision stands."""

    OPEN = "open"
    DECIDED = "decided"
    SUPERSEDED = "superseded"
    WITHDRAWN = "withdrawn"


class Verdict(StrEnum):
    """What a review says of a choice."""

    AS_EXPECTED = "as expected"
    BETTER = "better"
    WORSE = "worse"
    CANNOT_TELL = "can't tell"


def read_key(text: str) -> int:
    """The number in `DEC-3`, `dec-3` or `3`. Raises Refused with how a key is written."""
    if found := _KEY.fullmatch(text.strip()):
        return int(found[1])
    raise Refused("Name the decision by its key, such as DEC-3. /decision list shows them.")
