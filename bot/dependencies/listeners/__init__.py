"""What people do with dependencies: ask another team for something, answer, and say that it is there."""

from collections.abc import Callable

from slack_bolt import App, Args

from bot.db.database import Database
from bot.dependencies.listeners import answering, asking
from bot.slack.commands import Word


def words(db: Database) -> list[Word]:
    """What can be typed after `/outcome` about dependencies."""
    return asking.words(db)


def register(bolt: App, db: Database, *, show_home: Callable[[Args], None]) -> None:
    """Listens for the forms and buttons of dependencies. `show_home` brings a person's App Home up to date."""
    asking.register(bolt, db, show_home=show_home)
    answering.register(bolt, db, show_home=show_home)
