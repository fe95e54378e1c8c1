"""What people do with obstacles: raise one, change it, say what resolved it."""

from collections.abc import Callable

from slack_bolt import App, Args

from bot.db.database import Database
from bot.obstacles.listeners import changing, raising
from bot.slack.commands import Word


def words(db: Database) -> list[Word]:
    """What can be typed after `/outcome` about obstacles."""
    return raising.words(db)


def register(bolt: App, db: Database, *, show_home: Callable[[Args], None]) -> None:
    """Listens for the forms, buttons and shortcut of obstacles. `show_home` brings a person's App Home up to date."""
    raising.register(bolt, db, show_home=show_home)
    changing.register(bolt, db, show_home=show_home)
