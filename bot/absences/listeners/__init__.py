"""What people do when they go away and are back, and when a team pauses and goes on."""

from collections.abc import Callable

from slack_bolt import App, Args

from bot.absences.listeners import going, pausing
from bot.db.database import Database
from bot.slack.commands import Word


def words(db: Database) -> list[Word]:
    """What can be typed after `/rhythm` about being away, and about a team's pause."""
    return [*going.words(db), *pausing.words(db)]


def register(bolt: App, db: Database, *, show_home: Callable[[Args], None]) -> None:
    """Listens for the form and the button of absences. `show_home` brings a person's App Home up to date."""
    going.register(bolt, db, show_home=show_home)
