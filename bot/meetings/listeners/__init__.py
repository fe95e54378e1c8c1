"""What people do with meetings: put them on the schedule, and hold them."""

from slack_bolt import App

from bot.db.database import Database
from bot.meetings.listeners import agenda, holding, lines, rating, schedule
from bot.slack.commands import Word


def words(db: Database) -> list[Word]:
    """What can be typed about meetings."""
    return [*schedule.words(db), *holding.words(db)]


def register(bolt: App, db: Database) -> None:
    """Listens for the buttons, the menus and the forms of meetings."""
    schedule.register(bolt, db)
    holding.register(bolt, db)
    agenda.register(bolt, db)
    lines.register(bolt, db)
    rating.register(bolt, db)
