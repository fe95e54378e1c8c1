"""What people do with check-ins: answer them in forms, by buttons, in words, or put them off."""

from collections.abc import Callable

from slack_bolt import App, Args

from bot.checkins.listeners import answering, replying, snoozing
from bot.db.database import Database


def register(bolt: App, db: Database, *, show_home: Callable[[Args], None]) -> None:
    """Listens for the buttons and the forms of check-ins. `show_home` brings a person's App Home up to date."""
    answering.register(bolt, db, show_home=show_home)
    replying.register(bolt, db)
    snoozing.register(bolt, db)
