"""Reading a calendar: which of its entries begin when, and what they are called. Nothing else of it is looked at.

Every series of entries is read by itself, so that one which is broken costs none of the others.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from hashlib import sha256
from zoneinfo import ZoneInfo, available_timezones

import recurring_ical_events
from icalendar import Calendar, Component

from bot.calendars.entries import MOST_ENTRIES, TITLE_LIMIT, Entry, InTrouble, Trouble, Wanted

_KEPT = {
    *("UID", "SEQUENCE", "RECURRENCE-ID", "DTSTART", "DTEND", "DURATION", "RRULE", "RDATE", "EXDATE"),
    *("SUMMARY", "STATUS", "CLASS"),
}
_PRIVATE = {"PRIVATE", "CONFIDENTIAL"}
_COMES_ROUND = {"DAILY", "WEEKLY", "MONTHLY", "YEARLY"}
_MOST_A_DAY = 24
_DEEPEST = 10
"""How deep a block may lie within others; an alarm within an entry lies third."""
_DAY = timedelta(days=1)
_NAME = re.compile(r"[A-Za-z0-9-]+")
_SAID = re.compile(r'[^:"]*(?:"[^"]*"[^:"]*)*:(.*)')
"""Behind the first colon that is not within quotes."""


@dataclass
class _Block:
    """An entry, or a zone: its lines as they stand, unfolded; of an entry only those that are needed."""

    lines: list[str] = field(default_factory=list)

    def all(self, name: str) -> list[str]:
        """What every line of that name says, without the parameters."""
        said = (_SAID.match(line) for line in self.lines if _name(line) == name)
        return [found[1] for found in said if found]

    def one(self, name: str) -> str:
        """What the first one says; empty when there is none."""
        return next(iter(self.all(name)), "")


@dataclass
class _Sifted:
    """What is needed of a calendar."""

    head: list[str] = field(default_factory=list)
    zones: dict[str, _Block] = field(default_factory=dict)
    entries: list[_Block] = field(default_factory=list)


def read(body: bytes, wanted: Wanted) -> list[Entry]:
    """The wanted entries, the soonest first. Those of whole days, of a day or longer, and private ones are left out.

    Raises InTrouble when it is no calendar, was cut off, or has too many of them.
    """
    lines = list(_unfolded(_decoded(body)))
    if not lines or lines[0].upper() != "BEGIN:VCALENDAR" or lines[-1].upper() != "END:VCALENDAR":
        raise InTrouble(Trouble.NO_CALENDAR)
    sifted = _sift(lines)
    found: list[Entry] = []
    for uid, series in _series(sifted.entries, wanted).items():
        # What two libraries raise over a broken one is not theirs to promise.
        with suppress(Exception):
            found += _entries(uid, series, sifted, wanted)
        if len(found) > MOST_ENTRIES:
            raise InTrouble(Trouble.MANY)
    return sorted(found, key=lambda entry: (entry.starts_at, entry.mark))


def _decoded(body: bytes) -> str:
    for encoding in ("utf-16",) if body[:2] in (b"\xff\xfe", b"\xfe\xff") else ("utf-8-sig", "cp1252"):
        with suppress(UnicodeDecodeError):
            return body.decode(encoding)
    return body.decode("utf-8", errors="replace")


def _unfolded(text: str) -> Iterator[str]:
    """Its lines; one that begins with a space goes on from the line before."""
    parts: list[str] = []
    for line in text.replace("\r\n", "\n").replace("\r", "\n").split("\n"):
        if line[:1] in (" ", "\t"):
            parts.append(line[1:])
            continue
        if whole := "".join(parts).strip():
            yield whole
        parts = [line]
    if whole := "".join(parts).strip():
        yield whole


def _sift(lines: Sequence[str]) -> _Sifted:
    sifted, open_ones, block = _Sifted(), list[str](), _Block()
    for line in lines:
        name, value = _name(line), line.partition(":")[2].strip().upper()
        if name == "BEGIN":
            open_ones.append(value)
            if len(open_ones) > _DEEPEST:
                raise InTrouble(Trouble.NO_CALENDAR)
            block = _Block() if len(open_ones) == 2 else block
        elif len(open_ones) == 1 and name == "X-WR-TIMEZONE":
            sifted.head.append(line)
        if _is_needed(name, open_ones):
            block.lines.append(line)
        if name == "END" and value in open_ones:
            while open_ones.pop() != value:
                pass
            if len(open_ones) == 1 and value == "VTIMEZONE":
                sifted.zones[block.one("TZID")] = block
            elif len(open_ones) == 1 and value == "VEVENT":
                sifted.entries.append(block)
    return sifted


def _is_needed(name: str, open_ones: Sequence[str]) -> bool:
    if open_ones[1:2] == ["VTIMEZONE"]:
        return True
    return open_ones[1:] == ["VEVENT"] and name in (_KEPT | {"BEGIN", "END"})


def _series(blocks: Iterable[_Block], wanted: Wanted) -> dict[str, list[_Block]]:
    """The entries that belong together, by what they are called; only of those that can have a wanted one."""
    series: dict[str, list[_Block]] = {}
    for block in blocks:
        uid = block.one("UID").strip() or _digest(block.one("SUMMARY"), block.one("DTSTART"))
        if not block.one("UID").strip():
            block.lines.insert(1, f"UID:{uid}")
        series.setdefault(uid, []).append(block)
    return {uid: blocks for uid, blocks in series.items() if _can_be_wanted(blocks, wanted)}


def _can_be_wanted(blocks: Sequence[_Block], wanted: Wanted) -> bool:
    readable = [block for block in blocks if block.one("CLASS").strip().upper() not in _PRIVATE]
    if not any(_is_titled(_unescaped(block.one("SUMMARY")), wanted) for block in readable):
        return False
    if any(not _is_a_meetings(rule) for block in blocks for rule in block.all("RRULE")):
        return False
    if _repeats(blocks):
        return True
    day = blocks[0].one("DTSTART")[:8]
    return f"{wanted.since - 2 * _DAY:%Y%m%d}" <= day <= f"{wanted.until + 2 * _DAY:%Y%m%d}"


def _repeats(blocks: Sequence[_Block]) -> bool:
    return any(block.all(name) for block in blocks for name in ("RRULE", "RDATE", "RECURRENCE-ID"))


def _is_a_meetings(rule: str) -> bool:
    """Whether something comes round as meetings do, and not by the second."""
    parts = dict(part.upper().partition("=")[::2] for part in rule.split(";"))
    a_day = 1
    for name in ("BYHOUR", "BYMINUTE", "BYSECOND"):
        a_day *= parts.get(name, "").count(",") + 1
    return parts.get("FREQ") in _COMES_ROUND and a_day <= _MOST_A_DAY


def _entries(uid: str, series: Sequence[_Block], sifted: _Sifted, wanted: Wanted) -> list[Entry]:
    calendar = Calendar.from_ical(_text(series, sifted))
    found: list[Component] = recurring_ical_events.of(calendar).between(wanted.since - _DAY, wanted.until + _DAY)
    zone = ZoneInfo(wanted.zone)
    own = next((each for each in map(_zone_of, calendar.walk("VEVENT")) if each), zone)
    entries: dict[str, Entry] = {}
    for component in sorted(found, key=lambda each: str(_time(each, "RECURRENCE-ID"))):
        times = _times(component, zone)
        if times is None or not wanted.since <= times[0] <= wanted.until or not _may_be_read(component, wanted):
            continue
        mark = _digest(uid, _day_of(component, own) if _repeats(series) else "")
        while mark in entries:
            mark = _digest(mark, "again")
        place = _zone_of(component) or zone
        entries[mark] = Entry(
            mark, _title(component), place.key, *times, is_off=_said(component, "STATUS") == "CANCELLED"
        )
    return list(entries.values())


def _text(series: Sequence[_Block], sifted: _Sifted) -> str:
    """A calendar of these entries alone, with the zones that they name."""
    entries = [line for block in series for line in block.lines]
    named = " ".join(line for line in entries if "TZID" in line)
    zones = [line for zone, block in sifted.zones.items() if zone in named for line in block.lines]
    return "\r\n".join(["BEGIN:VCALENDAR", *sifted.head, *zones, *entries, "END:VCALENDAR", ""])


def _times(component: Component, zone: ZoneInfo) -> tuple[datetime, datetime] | None:
    """When it begins and ends, in UTC; None for whole days, and for a day or longer."""
    begins, ends = _time(component, "DTSTART"), _time(component, "DTEND")
    if not isinstance(begins, datetime) or not isinstance(ends, datetime):
        return None
    starts_at, ends_at = _instant(begins, zone), _instant(ends, zone)
    return (starts_at, max(starts_at, ends_at)) if ends_at - starts_at < _DAY else None


def _time(component: Component, name: str) -> date | None:
    """A date, or a date and a time, as it stands there."""
    value = getattr(component.get(name), "dt", None)
    return value if isinstance(value, date) else None


def _instant(local: datetime, zone: ZoneInfo) -> datetime:
    return (local.replace(tzinfo=zone) if local.tzinfo is None else local).astimezone(UTC)


def _may_be_read(component: Component, wanted: Wanted) -> bool:
    return _said(component, "CLASS") not in _PRIVATE and _is_titled(_title(component), wanted)


def _day_of(component: Component, zone: ZoneInfo) -> str:
    """The local day on which it was to be at first: what it is told apart by, whatever becomes of its time."""
    first = _time(component, "RECURRENCE-ID")
    if isinstance(first, datetime):
        return str(first.astimezone(zone).date() if first.tzinfo else first.date())
    return str(first)


def _zone_of(component: Component) -> ZoneInfo | None:
    """The zone that it names, if people know it by that name; None for UTC, which nobody lives by."""
    begins = _time(component, "DTSTART")
    key = getattr(begins.tzinfo, "key", "") if isinstance(begins, datetime) else ""
    return ZoneInfo(key) if "/" in key and key in available_timezones() else None


def _title(component: Component) -> str:
    shown = "".join(letter if letter.isprintable() else " " for letter in str(component.get("SUMMARY", "")))
    return " ".join(shown.split())[:TITLE_LIMIT]


def _is_titled(title: str, wanted: Wanted) -> bool:
    folded = title.casefold()
    return all(word.casefold() in folded for word in wanted.words)


def _unescaped(text: str) -> str:
    return " ".join(re.sub(r"\\([,;\\])", r"\1", re.sub(r"\\[nN]", " ", text)).split())


def _said(component: Component, name: str) -> str:
    return str(component.get(name, "")).strip().upper()


def _name(line: str) -> str:
    found = _NAME.match(line)
    return found[0].upper() if found and line[found.end() : found.end() + 1] in (":", ";") else ""


def _digest(*parts: str) -> str:
    return sha256("\n".join(parts).encode("utf-8", errors="replace")).hexdigest()[:32]
