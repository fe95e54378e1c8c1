"""The forms of English verbs: launch, launches, launching, launched."""

from collections.abc import Callable

from bot.linter.english import DOUBLING, IRREGULAR

_DOUBLING = frozenset(DOUBLING.split())


def listed(words: str) -> tuple[str, ...]:
    """The words and phrases of a list in `bot.linter.english`: spaces between them, `_` inside a phrase."""
    return tuple(word.replace("_", " ") for word in words.split())


def third(verb: str) -> str:
    """`launches`, `rolls out`."""
    return _inflected(verb, _third)


def gerund(verb: str) -> str:
    """`launching`, `rolling out`."""
    return _inflected(verb, _gerund)


def participle(verb: str) -> str:
    """`launched`, `rolled out`, `built`."""
    return _inflected(verb, _participle)


def _inflected(verb: str, bent: Callable[[str], str]) -> str:
    first, _, rest = verb.partition(" ")
    return f"{bent(first)} {rest}" if rest else bent(first)


def _third(verb: str) -> str:
    if verb.endswith(("s", "x", "z", "ch", "sh", "o")):
        return verb + "es"
    return verb[:-1] + "ies" if _ends_in_consonant_y(verb) else verb + "s"


def _gerund(verb: str) -> str:
    if verb in _DOUBLING:
        return verb + verb[-1] + "ing"
    return verb[:-1] + "ing" if verb.endswith("e") and not verb.endswith("ee") else verb + "ing"


def _participle(verb: str) -> str:
    if verb in IRREGULAR:
        return IRREGULAR[verb]
    if verb in _DOUBLING:
        return verb + verb[-1] + "ed"
    if _ends_in_consonant_y(verb):
        return verb[:-1] + "ied"
    return verb + ("d" if verb.endswith("e") else "ed")


def _ends_in_consonant_y(verb: str) -> bool:
    return verb.endswith("y") and verb[-2] not in "aeiou"
