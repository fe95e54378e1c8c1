"""What can be asked of deliveries, as it is typed and as its buttons carry it. Pure."""

import re
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from typing import Self

from bot.errors import NotFound

LOOKS_BACK = timedelta(weeks=8)
"""How far back the list goes, by when a message was due."""
PAGE_SIZE = 10
"""How many deliveries a list shows at once."""

_CARRIED = re.compile(r"(person|team) ([A-Z0-9]{1,32}) ([0-9]{1,6})")


@dataclass(frozen=True)
class MessageKind:
    """What a message is, and in a sentence why Rhythm sends such a one; empty where nobody has said."""

    name: str
    why: str = ""


_SAVED = "It confirms what was saved from where Rhythm could not answer."
_KINDS = {
    "checkin": MessageKind("Check-in", "Owners are asked once a period what moved."),
    "snooze": MessageKind("Check-in, put off", "Whoever was asked wanted to be asked again later."),
    "nudge": MessageKind("Nudge", "The check-in was not answered yet."),
    "unanswered": MessageKind("Unanswered check-ins", "The period ended, and somebody was asked but did not answer."),
    "answers": MessageKind("Answers of a period", "Each answer to a check-in stands in its thread."),
    "collected": MessageKind("Collected answers", "The period ended, and the team reads all its answers at once."),
    "answer": MessageKind("Line about an answer", "The team's channel hears what an owner answered."),
    "reply": MessageKind("What Rhythm understood", "A check-in was answered in words."),
    "ownerless": MessageKind("Outcomes without an owner", "Their owner left, and somebody else has to own them."),
    "guest": MessageKind("Owner who is a guest now", "They see less now, and somebody may have to take over."),
    "handover": MessageKind("Handover", "Somebody is to own an outcome instead of somebody else."),
    "dependency": MessageKind("Dependency", "An outcome needs something from another team."),
    "outcome": MessageKind("Outcome", "An outcome was written down, changed or closed."),
    "obstacle": MessageKind("Obstacle", "An obstacle was raised, changed or resolved."),
    "decision": MessageKind("Decision", "A decision was asked for, made or changed, and this concerns you."),
    "decision:before": MessageKind("Decision needed soon", "It is yours to decide, and needed the next working day."),
    "decision:overdue": MessageKind("Decision overdue", "It is yours to decide, and was needed by now. It comes once."),
    "decision:review": MessageKind("Review of a decision", "The day came to look at what a decision led to."),
    "team": MessageKind("Introduction", "The channel became a team."),
    "schedule": MessageKind("Schedule", "The team's rhythm was changed."),
    "agenda": MessageKind("Meeting ahead", "The team meets soon, and this needs talking about."),
    "meeting": MessageKind("Meeting", "The team's meeting is on, or was skipped."),
    "calendar": MessageKind("Calendar", "A calendar that says when the team meets could not be read."),
    "summary": MessageKind("Summary of a meeting", "The team's meeting is over, and this is what it did."),
    "digest": MessageKind("Weekly digest", "Once a week the team's channel reads what needs somebody."),
    "hint": MessageKind("How to write to Rhythm", "Rhythm was written something that it does not read."),
    "action": MessageKind("Action", _SAVED),
    "comment": MessageKind("Comment", _SAVED),
    "lesson": MessageKind("Lesson", _SAVED),
    "priority": MessageKind("Priority", _SAVED),
    "result": MessageKind("Result", _SAVED),
}


MOST_A_WEEK = 7
"""How many messages of Rhythm's own accord somebody gets in a week at most, unless settings say otherwise."""
UNASKED_FOR = ("checkin:%", "nudge:%", "decision:%:before:%", "decision:%:overdue:%", "decision:%:review:%")
"""How the keys of those messages read, % being anything: not of what people asked for, nor what others ask of them."""

_WEEK_IS_FULL = "The limit of messages a week was reached"


def week_is_full(most: int) -> str:
    """Why a message is kept back."""
    return f"{_WEEK_IS_FULL}: {most}."


def is_for_a_full_week(reason: str | None) -> bool:
    """Whether a message was kept back for that."""
    return (reason or "").startswith(_WEEK_IS_FULL)


class About(StrEnum):
    """Whose messages are asked about."""

    PERSON = "person"
    TEAM = "team"


@dataclass(frozen=True)
class Asked:
    """One page of one list."""

    about: About
    id: str
    offset: int = 0

    def at(self, offset: int) -> "Asked":
        """Another page of the same list."""
        return Asked(self.about, self.id, max(offset, 0))

    def __str__(self) -> str:
        return f"{self.about} {self.id} {self.offset}"

    @classmethod
    def parse(cls, text: object) -> Self:
        """What a button carries. Raises NotFound for anything else: people can send what they like."""
        found = _CARRIED.fullmatch(text) if isinstance(text, str) else None
        if found is None or (found[1] == About.TEAM and not found[2].isdecimal()):
            raise NotFound("That button is from an older message. /rhythm why shows what there is now.")
        return cls(About(found[1]), found[2], int(found[3]))


def kind_of(key: str) -> MessageKind:
    """What a delivery is, from the first word of its key, and the third where that tells messages apart.

    A word that nobody has described speaks for itself.
    """
    word, _, what = [*key.split(":"), "", ""][:3]
    return _KINDS.get(f"{word}:{what}") or _KINDS.get(word) or MessageKind(word.capitalize())
