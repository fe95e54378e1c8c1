"""Two edits that met in the same fields, as the form says it that was sent second."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bot.slack.blocks import section
from bot.slack.message import Block
from bot.slack.mrkdwn import lines, md


@dataclass(frozen=True)
class Disputed:
    """A field that somebody else changed while this form was open, and so did its sender."""

    name: str
    theirs: str
    by: str


def dispute_blocks(disputes: Sequence[Disputed], names: Mapping[str, str]) -> list[Block]:
    """What somebody else made of these fields meanwhile, above the form with what was typed; none without any.

    Args:
        names: what people call each field.
    """
    if not disputes:
        return []
    told = [
        md("{name}: {by} made it “{theirs}”.", name=names[one.name].capitalize(), by=one.by, theirs=one.theirs)
        for one in disputes
    ]
    opening = md("*While you were editing, somebody else saved a change.* Nothing of yours is saved yet.")
    return [section(lines(opening, *told, "Below is what you typed. Change it, or save it as it is."))]
