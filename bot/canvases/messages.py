"""The words about a canvas that could not be kept."""

from bot.canvases.rules import Trouble
from bot.slack.blocks import section
from bot.slack.message import Message
from bot.slack.mrkdwn import channel_link, joined, md

_WHY = {
    Trouble.TAKEN: "The channel already has a canvas, and Rhythm does not write over what others wrote.",
    Trouble.PLAN: "The workspace's Slack plan does not have them.",
    Trouble.OFF: "Canvases are switched off in this workspace.",
    Trouble.SCOPE: (
        "Rhythm was installed without the permission for it. Whoever manages the app can add canvases:write "
        "and install it again."
    ),
    Trouble.GONE: "Somebody deleted it.",
    Trouble.OUT_OF_REACH: "The channel is archived, or Rhythm is not in it any more.",
    Trouble.REFUSED: "Slack does not let Rhythm write there.",
}


def why_not_kept(trouble: Trouble) -> str:
    """Why a canvas is not kept, in a sentence."""
    return _WHY[trouble]


def not_kept(channel_id: str, trouble: Trouble) -> Message:
    """That a canvas is not kept any more, to whoever asked for it."""
    as_before = "" if trouble == Trouble.OUT_OF_REACH else "Everything is posted in the channel as before."
    cannot = md("Rhythm cannot keep the canvas of {channel}.", channel=channel_link(channel_id))
    text = joined([cannot, why_not_kept(trouble), as_before], " ")
    return Message(text, [section(text)])
