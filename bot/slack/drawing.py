"""Text and blocks as slackblocks takes them and as Slack does. Only this module and `blocks` know slackblocks.

Markup is drawn `verbatim`, so that Slack does not turn a `#name` or `@here` that a person typed into a link or a ping.
"""

import re
from typing import Any

import slackblocks as sb
from slackblocks._core import resolve

from bot.language.words import shorten
from bot.slack.message import Block
from bot.slack.mrkdwn import escape

_PIECE = re.compile(r"<[^>]*>|&(?:amp|lt|gt);|.", re.DOTALL)
"""What may not be parted: a link or mention of ours, an escaped character, or any other character."""


LONGEST_TEXT = 40_000
"""Characters of a message's text; Slack cuts off the rest (chat.postMessage)."""


def cut(text: str, limit: int) -> str:
    """Markup in at most `limit` characters; an ellipsis says where it was cut, never within an entity or a link."""
    if len(text) <= limit:
        return text
    whole = [piece.end() for piece in _PIECE.finditer(text) if piece.end() < limit]
    return text[: whole[-1] if whole else 0].rstrip() + "…"


def marked(text: str, limit: int) -> sb.Text:
    """Markup, cut to at most `limit` characters."""
    return sb.Text(cut(escape(text), limit), verbatim=True)


def plain(text: str, limit: int) -> sb.Text:
    """Text in which nothing is markup, shortened to at most `limit` characters."""
    return sb.Text(shorten(text, limit) or " ", type_=sb.TextType.PLAINTEXT)


def drawn(block: sb.Block) -> Block:
    """The block as Slack takes it. An id is Slack's to give where we named none; a random one of ours says nothing."""
    shape = resolved(block)
    if block._generated_block_id:
        del shape["block_id"]
    return shape


def resolved(shape: Any) -> dict[str, Any]:
    """Any shape of slackblocks as Slack takes it."""
    result: dict[str, Any] = resolve(shape)
    return result
