"""What Slack says of people."""

from datetime import timedelta

from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from bot.db.database import Database
from bot.errors import NotFound
from bot.people.actions import remember_person
from bot.people.model import Person
from bot.people.queries import find_person
from bot.people.rules import Viewer, read_profile
from bot.slack.app import even_if_raced

_FRESH = timedelta(days=7)
"""Events keep people up to date; this mends what a missed event left wrong."""


def introduce(client: WebClient, db: Database, viewer: Viewer, person_id: str) -> Person:
    """The person by that id, looked up in Slack if Rhythm has not met them or not lately.

    Raises NotFound when Slack knows nobody by that id.
    """
    with db.read() as tx:
        known = find_person(tx, viewer, person_id)
        if known is not None and db.now(tx) - known.refreshed_at < _FRESH:
            return known
    try:
        user = client.users_info(user=person_id, include_locale=True)["user"]
    except SlackApiError as error:
        if known is not None:
            return known
        if error.response.get("error") in {"user_not_found", "user_not_visible"}:
            raise NotFound("Slack knows nobody by that name in this workspace.") from None
        raise

    def met() -> Person:
        with db.begin() as tx:
            return remember_person(tx, workspace_id=viewer.workspace_id, profile=read_profile(user), now=db.now(tx))

    return even_if_raced(met)
