"""What people do with an execution path: add to it, propose, accept, finish, change, drop, leave undone."""

from collections.abc import Callable

from slack_bolt import App, Args

from bot.db.database import Database
from bot.execution.listeners import accepting, adding, changing
from bot.slack.commands import Word


def words(db: Database, *, limit: int) -> list[Word]:
    """What can be typed after `/outcome` about its path. `limit`: how many of an outcome's actions may be open."""
    return adding.words(db, limit=limit)


def register(bolt: App, db: Database, *, limit: int, show_home: Callable[[Args], None]) -> None:
    """Listens for the forms, buttons and menus of actions. `show_home` brings a person's App Home up to date."""
    adding.register(bolt, db, limit=limit, show_home=show_home)
    accepting.register(bolt, db, limit=limit, show_home=show_home)
    changing.register(bolt, db, show_home=show_home)
