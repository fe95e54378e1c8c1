"""Decisions: the question, who decides, the choice and what it is expected to do, and what came of it."""
