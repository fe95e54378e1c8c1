"""What the linter says of an outcome."""

from dataclasses import dataclass

from bot.language.words import one_line, shorten

REWRITE_LIMIT = 300
"""Characters: a rewrite fits where the statement stands."""


@dataclass(frozen=True)
class Finding:
    """One thing worth another look.

    `id` is the rule's, `L1` to `L10`. `words` are exactly the words it saw, empty where something is missing.
    `rewrite` can be taken as the new statement as it is; it is empty where none can be suggested honestly.
    """

    id: str
    words: str
    reason: str
    rewrite: str


def sentence(text: str) -> str:
    """The text as a new statement: with a capital, without a full stop, and not too long."""
    text = one_line(text).rstrip(".;, ")
    return shorten(text[:1].upper() + text[1:], REWRITE_LIMIT)


def mid_sentence(text: str) -> str:
    """The text as it goes on in a sentence: a first capital becomes small, unless the word is a name or has others."""
    first = text.split(maxsplit=1)[0] if text.strip() else ""
    return text if first[1:] != first[1:].lower() or (len(first) == 1 and first != "A") else text[:1].lower() + text[1:]
