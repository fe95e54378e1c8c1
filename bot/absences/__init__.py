"""Absences: when people are away, and who is asked instead of them."""
