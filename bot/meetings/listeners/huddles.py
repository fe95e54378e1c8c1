"""A meeting ends with the huddle of its channel, where the installation asks for it."""

from slack_bolt import App, Args

from bot.db.database import Database
from bot.meetings.actions.holding import end_with_huddle
from bot.meetings.rules.huddles import read_ended
from bot.people.listeners import viewer_of
from bot.slack.app import noticed


def register(bolt: App, db: Database) -> None:
    """Listens for the messages that say that a huddle is over. Every other message is left to others, unread."""

    def is_over(event: dict[str, object]) -> bool:
        return read_ended(event) is not None

    @noticed
    def over(args: Args) -> None:
        if huddle := read_ended(args.event):
            with db.begin() as tx:
                end_with_huddle(tx, viewer_of(args).workspace_id, huddle, now=db.now(tx))

    bolt.event("message", matchers=[is_over])(over)
