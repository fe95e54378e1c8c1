"""What is true of obstacles: pure."""

TEXT_LIMIT = 600
"""How long an obstacle, or what resolved it, may be, in characters."""
