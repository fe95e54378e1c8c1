"""What Slack says of a reply."""

from slack_sdk import WebClient
from slack_sdk.errors import SlackClientError


def text_of(client: WebClient, channel: str, ts: str) -> str:
    """What a person wrote in a message of their direct channel; empty when Slack does not say."""
    try:
        found = client.conversations_replies(channel=channel, ts=ts, oldest=ts, latest=ts, inclusive=True)
    except (SlackClientError, OSError):
        return ""
    return next((str(one.get("text") or "") for one in found["messages"] if one["ts"] == ts), "")
