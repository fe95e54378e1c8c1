"""What people do with meetings: put them on the schedule, and hold them."""

from slack_bolt import App

from bot.calendars.addresses import PUBLIC, Reach
from bot.db.database import Database
from bot.meetings.listeners import agenda, calendar, canvas, holding, huddles, lines, rating, schedule
from bot.slack.commands import Word


def words(db: Database, *, focus_limit: int) -> list[Word]:
    """What can be typed about meetings. `focus_limit`: how many live outcomes one person should own at most."""
    return [*schedule.words(db), *holding.words(db, focus_limit=focus_limit)]


def register(
    bolt: App, db: Database, *, focus_limit: int, reach: Reach = PUBLIC, huddle_ends_meeting: bool = False
) -> None:
    """Listens for the buttons, the menus and the forms of meetings, and if that is asked for, for ends of huddles.

    Args:
        focus_limit: how many live outcomes one person should own at most.
        reach: where calendars may be read from.
    """
    if huddle_ends_meeting:
        huddles.register(bolt, db)
    schedule.register(bolt, db)
    calendar.register(bolt, db, reach, focus_limit=focus_limit)
    canvas.register(bolt, db)
    holding.register(bolt, db)
    agenda.register(bolt, db)
    lines.register(bolt, db)
    rating.register(bolt, db)
