"""The Markdown of canvases, escaping by default: what a person typed is only ever text.

A canvas takes Markdown, not Slack's markup, and reads `![](@U123)` as a mention (Slack, "Canvases"). Backslashes before
the characters that mean something keep them from doing so.
"""

import re
from collections.abc import Iterable, Sequence

_MEANS_SOMETHING = re.compile(
    r"[\\`*_\[\]<>#|~]|!(?=\[)|&(?=#?\w+;)"
    r"|^[-+=](?=\s)|(?<=^\d)[.)](?=\s)|(?<=^\d\d)[.)](?=\s)"
)
"""Wherever it stands, before what would make it mean something, and where it would begin a list."""
_SPACE = re.compile(r"\s+")


def plain(text: str) -> str:
    """`text` on one line, as a canvas shows it literally."""
    return _MEANS_SOMETHING.sub(r"\\\g<0>", _SPACE.sub(" ", text).strip())


def bold(text: str) -> str:
    """`text` literally, in bold; nothing for nothing."""
    shown = plain(text)
    return f"**{shown}**" if shown else ""


def heading(level: int, text: str) -> str:
    """A heading of level 1 to 3."""
    return f"{'#' * level} {plain(text)}"


def bulleted(entries: Iterable[str]) -> str:
    """A list of what is Markdown already."""
    return "\n".join(f"- {entry}" for entry in entries)


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A table of plain text. A canvas takes 300 cells at most, the head among them."""
    written = [f"| {' | '.join(map(plain, row))} |" for row in [head, *rows]]
    return "\n".join([written[0], f"| {' | '.join('---' for _ in head)} |", *written[1:]])
