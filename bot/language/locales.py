"""A person's Slack locale as Babel knows it."""

from functools import lru_cache

from babel import Locale, UnknownLocaleError

_SPELLED_OTHERWISE = {"es-LA": "es-419"}
"""Slack's names that CLDR does not have."""


@lru_cache(maxsize=128)
def known_locale(name: str) -> Locale:
    """The locale of that name, such as `en-US`; its language alone when the region is unknown, else US English."""
    tag = _SPELLED_OTHERWISE.get(name, name).replace("_", "-")
    for candidate in (tag, tag.partition("-")[0], "en-US"):
        try:
            return Locale.parse(candidate, sep="-")
        except (UnknownLocaleError, ValueError, TypeError):
            continue
    raise AssertionError("Babel always knows en-US")
