"""What Slack says of channels, and of who is in them."""

from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from bot.db.database import Database
from bot.slack.app import even_if_raced
from bot.teams.actions import ChannelFacts, note_out_of_sight, remember_channel


def look_up_channel(client: WebClient, db: Database, workspace_id: str, channel_id: str) -> bool:
    """Notes what Slack says of a channel and who is in it. Answers whether Rhythm is in it."""
    try:
        channel = client.conversations_info(channel=channel_id)["channel"]
        facts = ChannelFacts(
            id=channel_id,
            name=channel.get("name") or channel_id,
            is_private=bool(channel.get("is_private")),
            is_archived=bool(channel.get("is_archived")),
            has_bot=bool(channel.get("is_member", True)),
        )
        members = _members(client, channel_id) if facts.has_bot else None
    except SlackApiError as error:
        if error.response.get("error") in {"channel_not_found", "not_in_channel"}:
            with db.begin() as tx:
                note_out_of_sight(tx, workspace_id=workspace_id, channel_id=channel_id, now=db.now(tx))
            return False
        raise

    def noted() -> None:
        with db.begin() as tx:
            remember_channel(tx, workspace_id=workspace_id, facts=facts, members=members, now=db.now(tx))

    even_if_raced(noted)
    return facts.has_bot


def _members(client: WebClient, channel_id: str) -> set[str]:
    pages = client.conversations_members(channel=channel_id, limit=1_000)
    return {member for page in pages for member in page["members"]}
