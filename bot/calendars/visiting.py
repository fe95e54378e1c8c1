"""One look at a calendar, from its address to its entries."""

from bot.calendars.addresses import Reach
from bot.calendars.entries import Answer, Asked, InTrouble, Trouble
from bot.calendars.fetching import fetch
from bot.calendars.reading import read


def visit(asked: Asked, reach: Reach) -> Answer:
    """What a calendar has. However it goes, it answers; how long it may take is for whoever runs this to limit."""
    try:
        fetched = fetch(asked, reach)
        entries = None if fetched.body is None else read(fetched.body, asked.wanted)
        return Answer(entries, fetched.etag, fetched.last_modified)
    except InTrouble as trouble:
        return Answer(trouble=trouble.trouble)
    except (MemoryError, RecursionError):
        return Answer(trouble=Trouble.HEAVY)
