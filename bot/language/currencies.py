"""Currencies: which ones exist, and what people write for them."""

from functools import lru_cache

from babel.core import get_global
from babel.numbers import get_currency_symbol, get_territory_currencies

from bot.language.locales import known_locale
from bot.language.numerals import word_key

_COMMON_CODES = (
    "USD EUR GBP JPY CNY INR CAD AUD NZD CHF SEK NOK DKK ISK PLN CZK HUF BRL MXN ZAR KRW SGD HKD TWD ILS AED SAR "
    "THB IDR MYR PHP VND NGN KES EGP ARS CLP UAH BGN"
)
COMMON = frozenset(_COMMON_CODES.split())
"""Codes read in small letters too. None of them is a word that a note would start with."""

_SHARED: dict[str, tuple[str, ...]] = {
    "$": ("USD", "CAD", "AUD", "NZD", "SGD", "HKD", "MXN", "TWD", "CLP", "COP", "ARS", "UYU", "JMD", "TTD", "BSD"),
    "us$": ("USD",),
    "£": ("GBP", "EGP", "GIP", "FKP", "SHP", "LBP"),
    "€": ("EUR",),
    "¥": ("JPY", "CNY"),
    "円": ("JPY",),
    "元": ("CNY",),
    "kr": ("SEK", "NOK", "DKK", "ISK"),
    "₹": ("INR",),
    "rs": ("INR", "PKR", "LKR", "NPR", "MUR"),
    "rs.": ("INR", "PKR", "LKR", "NPR", "MUR"),
    "fr.": ("CHF",),
    "zł": ("PLN",),
    "kč": ("CZK",),
    "₽": ("RUB",),
    "₺": ("TRY",),
    "₦": ("NGN",),
    "₴": ("UAH",),
    "฿": ("THB",),
}
_NAMES = {
    "dollar dollars": "$",
    "euro euros": "€",
    "pound pounds": "£",
    "yen": "¥",
    "rupee rupees": "rs",
    "reais": "r$",
}


@lru_cache(maxsize=1)
def current_currencies() -> frozenset[str]:
    """The ISO 4217 codes that are legal tender somewhere today, by CLDR."""
    eras = get_global("territory_currencies").values()
    return frozenset(code for uses in eras for code, _, until, tender in uses if tender and until is None)


@lru_cache(maxsize=512)
def currency_words(locale: str, expected: str | None) -> dict[str, tuple[str, ...]]:
    """What may stand for a currency, in small letters, and the currencies it may mean, the likeliest first.

    The likeliest is the expected one, then the one of the person's country.
    """
    known = known_locale(locale)
    found = dict(_SHARED)
    for symbols in (known.currency_symbols, known_locale("en-US").currency_symbols):
        for code, symbol in symbols.items():
            if code in current_currencies() and not symbol[-1:].isalpha():
                found.setdefault(word_key(symbol), (code,))
    for names, symbol in _NAMES.items():
        found |= dict.fromkeys(names.split(), found[symbol])
    found |= {code.lower(): (code,) for code in COMMON}
    local = _local_currency(known.territory)
    for likely in filter(None, (local, expected)):
        for word in (word_key(get_currency_symbol(likely, known)), likely.lower()):
            found[word] = (likely, *found.get(word, ()))
        found |= {word: (likely, *codes) for word, codes in found.items() if likely in codes}
    return found


def _local_currency(territory: str | None) -> str | None:
    codes = get_territory_currencies(territory) if territory and territory.isalpha() else []
    return codes[0] if codes else None
