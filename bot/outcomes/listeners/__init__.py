"""What people do with outcomes: write one down, change it, list and find them, close and reopen them."""

from collections.abc import Callable

from slack_bolt import App, Args

from bot.db.database import Database
from bot.outcomes.listeners import closing, form, lists
from bot.slack.commands import Word


def words(db: Database, *, focus_limit: int) -> list[Word]:
    """What can be typed after `/outcome`. `focus_limit`: how many live outcomes one person should own at most."""
    return [*lists.words(db), *form.words(db, focus_limit=focus_limit), *closing.words(db)]


def register(bolt: App, db: Database, *, focus_limit: int, show_home: Callable[[Args], None]) -> None:
    """Listens for forms, buttons and shortcuts about outcomes. `show_home` brings a person's App Home up to date."""
    lists.register(bolt, db)
    form.register(bolt, db, focus_limit=focus_limit, show_home=show_home)
    closing.register(bolt, db, focus_limit=focus_limit, show_home=show_home)
