"""Countries, and parts of them, as people name them: for their public holidays. Pure."""

import re
from functools import cache

import holidays
from babel import Locale
from holidays.utils import list_supported_countries

from bot.errors import Refused
from bot.language.words import nearest


@cache
def _names() -> dict[str, str]:
    """The countries whose holidays are known, by their codes; read when somebody names the first one."""
    territories: dict[str, str] = dict(Locale("en").territories)
    return {code: territories[code] for code in list_supported_countries() if code in territories and len(code) == 2}


@cache
def _codes() -> dict[str, str]:
    return {name.casefold(): code for code, name in _names().items()} | {"uk": "GB", "usa": "US"}


def read_country(text: str) -> str:
    """The code that a text names: `DE` for `Germany` or `de`, `DE-BY` for `Germany, Bayern`; empty for nothing.

    Raises Refused, with the nearest name, for what is not known.
    """
    typed = " ".join(text.split())
    if not typed:
        return ""
    whole = _country(typed)
    if whole:
        return whole
    country, part = [*re.split(r"[,\-/]", typed, maxsplit=1), ""][:2]
    code = _country(country)
    if code is None:
        near = nearest(typed.casefold(), _codes())
        hint = f" Did you mean {_names()[_codes()[near]]}?" if near else " Type its name, such as Germany, or its code."
        raise Refused(f"I know no holidays of “{typed[:40]}”.{hint}")
    return f"{code}-{_part(code, part.strip())}"


def write_country(code: str) -> str:
    """`Germany` for `DE`, `Germany, BY` for `DE-BY`, empty for nothing; `read_country` reads it back."""
    country, _, part = code.partition("-")
    return ", ".join(filter(None, (_names().get(country, country), part)))


def _country(text: str) -> str | None:
    code = text.strip().upper()
    return code if code in _names() else _codes().get(text.strip().casefold())


def _part(code: str, text: str) -> str:
    calendar = type(holidays.country_holidays(code))
    names = {name.casefold(): part for name, part in calendar.subdivisions_aliases.items()}
    names |= {part.casefold(): part for part in calendar.subdivisions}
    found = names.get(text.casefold())
    if found is None:
        known = ", ".join(sorted(calendar.subdivisions)[:8]) or "no parts of it"
        raise Refused(f"I know no holidays of “{text[:40]}” in {_names()[code]}; I know {known}.")
    return found
