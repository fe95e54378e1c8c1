"""Huddles of channels, as Slack's own client shows them: a message that is changed when the huddle ends.

Slack promises apps nothing of the kind; this is the shape that has been observed.
"""

from bot.sandbox.refusals import Json, Refused
from bot.sandbox.slack import Slack
from bot.sandbox.world import SLACKBOT, new_id


def turn_huddle(slack: Slack, user: str, channel: str, *, on: bool) -> Json:
    """Somebody begins a huddle in a channel, or the last one leaves it. Answers its message; again, nothing changes."""
    row = slack.world.channels[channel]
    if row["is_im"] or user not in row["members"]:
        raise Refused("A huddle is begun by a member of a channel, in it.", 403)
    live = _live(slack, channel)
    if on:
        return live or _begun(slack, user, channel)
    return _ended(slack, channel, live) if live else {}


def _live(slack: Slack, channel: str) -> Json | None:
    said = slack.world.messages(channel).values()
    return next((one for one in said if one.get("room") and not one["room"]["has_ended"]), None)


def _begun(slack: Slack, user: str, channel: str) -> Json:
    room = {
        "id": new_id("R"),
        "created_by": user,
        "date_start": int(slack.world.clock.now().timestamp()),
        "date_end": 0,
        "has_ended": False,
        "participants": [user],
        "participant_history": [user],
        "channels": [channel],
        "call_family": "huddle",
    }
    huddle = {"user": SLACKBOT, "subtype": "huddle_thread", "text": "A huddle started", "room": room}
    message = slack.world.post(channel, huddle)
    slack.events.message(channel, message)
    return message


def _ended(slack: Slack, channel: str, live: Json) -> Json:
    ended = {"date_end": int(slack.world.clock.now().timestamp()), "has_ended": True, "participants": []}
    message = slack.world.replace(channel, {**live, "text": "A huddle ended", "room": {**live["room"], **ended}})
    slack.events.message_changed(channel, live, message)
    return message
