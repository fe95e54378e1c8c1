"""Outcomes: the change to be created, its measure, its one owner; and its results over time."""
