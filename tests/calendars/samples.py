"""Calendars as servers write them."""

from datetime import UTC, datetime

from bot.calendars.entries import Wanted

SINCE, UNTIL = datetime(2026, 3, 1, 8, tzinfo=UTC), datetime(2026, 4, 5, 8, tzinfo=UTC)
ALL = Wanted([], "Europe/Berlin", SINCE, UNTIL)

WEEKLY = (
    "UID:sync@example.com",
    "SUMMARY:Growth sync",
    "DTSTART;TZID=Europe/Berlin:20260303T150000",
    "DTEND;TZID=Europe/Berlin:20260303T153000",
    "RRULE:FREQ=WEEKLY",
)
"""A meeting on Tuesdays at 15:00 in Berlin, for half an hour."""


def calendar(*entries: tuple[str, ...], head: str = "", zones: str = "") -> bytes:
    """A calendar of entries, each given by its lines."""
    blocks = "".join("\r\n".join(["BEGIN:VEVENT", *lines, "END:VEVENT", ""]) for lines in entries)
    return f"BEGIN:VCALENDAR\r\nVERSION:2.0\r\n{head}{zones}{blocks}END:VCALENDAR\r\n".encode()


def changed(day: str, *lines: str) -> tuple[str, ...]:
    """What is said of one time of `WEEKLY`: `20260310`."""
    return ("UID:sync@example.com", f"RECURRENCE-ID;TZID=Europe/Berlin:{day}T150000", "SUMMARY:Growth sync", *lines)


MOVED = changed("20260310", "DTSTART;TZID=Europe/Berlin:20260311T160000", "DTEND;TZID=Europe/Berlin:20260311T170000")
"""The second one, a day and an hour later, for an hour."""
CANCELLED = changed(
    "20260317",
    "STATUS:CANCELLED",
    "DTSTART;TZID=Europe/Berlin:20260317T150000",
    "DTEND;TZID=Europe/Berlin:20260317T153000",
)
"""The third one does not take place."""


def one(uid: str = "one", title: str = "Growth sync", *lines: str, at: str = "20260303T150000Z") -> tuple[str, ...]:
    """One entry, for half an hour."""
    return (f"UID:{uid}", f"SUMMARY:{title}", f"DTSTART:{at}", "DURATION:PT30M", *lines)
