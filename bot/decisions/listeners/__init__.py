"""What people do with decisions: ask for one, make and log them, object, list and find them, end and reopen them."""

from collections.abc import Callable

from slack_bolt import App, Args

from bot.db.database import Database
from bot.decisions.listeners import asking, choosing, debts, editing, ending, lists, places, reviewing
from bot.slack.commands import Word


def words(db: Database) -> list[Word]:
    """What can be typed after `/decision`, and after `/rhythm` about decisions."""
    return [
        *choosing.words(db),
        *asking.words(db),
        *editing.words(db),
        *lists.words(db),
        *ending.words(db),
        *reviewing.words(db),
        *debts.words(db),
        *places.words(db),
    ]


def register(bolt: App, db: Database, *, show_home: Callable[[Args], None]) -> None:
    """Listens for forms, buttons and shortcuts about decisions. `show_home` brings a person's App Home up to date."""
    asking.register(bolt, db, show_home=show_home)
    editing.register(bolt, db, show_home=show_home)
    choosing.register(bolt, db, show_home=show_home)
    ending.register(bolt, db, show_home=show_home)
    debts.register(bolt, db)
    reviewing.register(bolt, db, show_home=show_home)
    lists.register(bolt, db)
