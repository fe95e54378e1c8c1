"""What people do with meetings: put them on the schedule, and hold them."""

from slack_bolt import App

from bot.calendars.addresses import PUBLIC, Reach
from bot.db.database import Database
from bot.meetings.listeners import agenda, calendar, holding, lines, rating, schedule
from bot.slack.commands import Word


def words(db: Database) -> list[Word]:
    """What can be typed about meetings."""
    return [*schedule.words(db), *holding.words(db)]


def register(bolt: App, db: Database, *, reach: Reach = PUBLIC) -> None:
    """Listens for the buttons, the menus and the forms of meetings. `reach` says where calendars may be read from."""
    schedule.register(bolt, db)
    calendar.register(bolt, db, reach)
    holding.register(bolt, db)
    agenda.register(bolt, db)
    lines.register(bolt, db)
    rating.register(bolt, db)
