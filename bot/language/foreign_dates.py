"""Dates in the person's own language, by dateparser, where it cannot guess.

dateparser reads far too much (`5 days`, `1.5`, epoch seconds), so it is given only two shapes: a day with a month's
name, and a relative day without a leading number; always in one language, and with the parts required.
"""

import re
from datetime import date, datetime, time
from typing import Any

from bot.language.days import dated
from bot.language.locales import known_locale

_LIMIT = 40
_DAY_AND_MONTH = re.compile(r"([0-9]{1,2})[.º°]?\s+(?:de\s+|d')?([^\W\d_]{3,})\.?(?:\s+(?:de\s+)?([0-9]{4}))?")
_RELATIVE = re.compile(r"(?=[^\W\d_]{2})[^\d_]*(?:[0-9]{1,3}\s+[^\W\d_]{2,})?[^\d_]*")


def read_foreign(text: str, today: date, locale: str) -> date | None:
    """The date the text says in the language of the locale, or None; English is read by our own shapes alone."""
    language = known_locale(locale).language
    if language == "en" or not 3 <= len(text) <= _LIMIT:
        return None
    found = _DAY_AND_MONTH.fullmatch(text)
    if found:
        month = _parsed(f"{found[1]} {found[2]} {found[3] or 2024}", "absolute-time", today, language)
        if month is None or month.day != int(found[1]):
            return None
        return dated(month.day, month.month, int(found[3]) if found[3] else None, today)
    if _RELATIVE.fullmatch(text):
        day = _parsed(text, "relative-time", today, language)
        return day if day and day >= today else None
    return None


def _parsed(text: str, parser: str, today: date, language: str) -> date | None:
    import dateparser  # noqa: PLC0415 - it takes half a second to import, and most people never need it

    settings: dict[str, Any] = {
        "PARSERS": [parser],
        "REQUIRE_PARTS": ["day", "month"],
        "RELATIVE_BASE": datetime.combine(today, time(12)),
        "PREFER_DATES_FROM": "future",
    }
    try:
        found = dateparser.parse(text, languages=[language], settings=settings)
    except (ValueError, OverflowError):
        return None
    return found.date() if found else None
