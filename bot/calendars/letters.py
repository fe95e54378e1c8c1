"""What goes to the process that reads a calendar, and what comes back: a line of JSON each way."""

import json
from dataclasses import asdict
from datetime import datetime
from typing import Any

from bot.calendars.entries import Answer, Asked, Entry, Trouble, Wanted


def write_asked(asked: Asked, *, anywhere: bool) -> str:
    """A calendar to look at; `anywhere` as the setting says."""
    return json.dumps({"anywhere": anywhere, **asdict(asked)}, default=datetime.isoformat)


def read_asked(text: str) -> tuple[Asked, bool]:
    """The same, read."""
    said: dict[str, Any] = json.loads(text)
    anywhere, wanted = said.pop("anywhere"), said.pop("wanted")
    return Asked(wanted=Wanted(**_with_times(wanted, "since", "until")), **said), anywhere


def write_answer(answer: Answer) -> str:
    """What a calendar answered."""
    return json.dumps(asdict(answer), default=datetime.isoformat)


def read_answer(text: str) -> Answer:
    """The same, read. Raises ValueError for anything else."""
    said: dict[str, Any] = json.loads(text)
    listed, trouble = said.pop("entries"), said.pop("trouble")
    entries = None if listed is None else [Entry(**_with_times(one, "starts_at", "ends_at")) for one in listed]
    return Answer(entries, **said, trouble=Trouble(trouble) if trouble else None)


def _with_times(said: dict[str, Any], *names: str) -> dict[str, Any]:
    return said | {name: datetime.fromisoformat(said[name]) for name in names}
