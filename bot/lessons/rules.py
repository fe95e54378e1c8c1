"""What is true of lessons: pure."""

SEARCH_KIND = "lesson"

TEXT_LIMIT = 600
"""How long a lesson may be, in characters."""
MEASURE_LIMIT = 100
"""How long the name of the measure it is about may be."""
PAGE_SIZE = 10
"""How many lessons a list shows at once."""
