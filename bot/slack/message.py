"""What the rest of the house hands to Slack: a message, a form, a home view. Plain, frozen, ready to be stored."""

from dataclasses import dataclass
from typing import Any

Block = dict[str, Any]


@dataclass(frozen=True)
class Message:
    """One message.

    `text` says everything the blocks say: it is what phones, notifications and screen readers read, and what is
    posted alone when Slack refuses the blocks.
    """

    text: str
    blocks: list[Block]


@dataclass(frozen=True)
class Form:
    """One modal, as `views.open` takes it."""

    view: dict[str, Any]


@dataclass(frozen=True)
class HomeView:
    """One App Home, as `views.publish` takes it."""

    view: dict[str, Any]
