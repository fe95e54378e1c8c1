"""Lessons: what was learnt, from a closed outcome or by hand; found again when it helps."""
