"""Slack's markup, escaping by default: what a person typed is only ever text.

Escaping is exactly `&`, `<` and `>`, once, in that order (Slack, "Formatting text for app surfaces").
"""

from typing import Any


class Markup(str):
    """Text that is already Slack markup and must not be escaped again."""

    __slots__ = ()


def escape(text: str) -> Markup:
    """`text` as Slack shows it literally, mentions and links included."""
    if isinstance(text, Markup):
        return text
    return Markup(text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;"))


def md(template: str, **values: Any) -> Markup:
    """`template` with each `{name}` replaced by its value, escaped unless it is markup already."""
    return Markup(template.format(**{name: escape(str_of(value)) for name, value in values.items()}))


def str_of(value: Any) -> str:
    """`value` as text, keeping markup markup."""
    return value if isinstance(value, str) else str(value)


def lines(*parts: str) -> Markup:
    """The parts that are not empty, one below the other."""
    return Markup("\n".join(escape(part) for part in parts if part))


def joined(parts: list[str], separator: str = " · ") -> Markup:
    """The parts that are not empty, on one line."""
    return Markup(separator.join(escape(part) for part in parts if part))


def mention(person_id: str) -> Markup:
    """The person, notified. Only for messages addressed to them."""
    return Markup(f"<@{person_id}>")


def channel_link(channel_id: str) -> Markup:
    """A link to the channel, shown with its name to those who may see it."""
    return Markup(f"<#{channel_id}>")


def link(address: str, words: str) -> Markup:
    """A link to a web address that Slack itself gave, shown with these words."""
    return md("<{address}|{words}>", address=address, words=words)
