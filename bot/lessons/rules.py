"""What is true of lessons: pure."""

SEARCH_KIND = "lesson"

TEXT_LIMIT = 600
"""How long a lesson may be, in characters."""
