"""Absences: when people are away, who is asked instead of them, and when a whole team pauses."""
