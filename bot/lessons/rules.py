"""What is true of lessons: pure."""

from bot.errors import FormRefused

SEARCH_KIND = "lesson"

TEXT_LIMIT = 600
"""How long a lesson may be, in characters."""
MEASURE_LIMIT = 100
"""How long the name of the measure it is about may be."""
QUERY_LIMIT = 200
"""How much of a typed search is looked for, in characters; the button to the next page carries it."""
PAGE_SIZE = 10
"""How many lessons a list shows at once."""


def check_written(text: str, measure: str) -> None:
    """Raises FormRefused unless a lesson can be kept as it was typed."""
    if not text or len(text) > TEXT_LIMIT:
        raise FormRefused({"text": f"Say what was learnt, in at most {TEXT_LIMIT} characters."})
    if len(measure) > MEASURE_LIMIT:
        raise FormRefused({"measure": f"A measure's name has {MEASURE_LIMIT} characters at most."})
