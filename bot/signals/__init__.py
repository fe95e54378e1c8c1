"""Signals: findings computed from the data by documented rules, each with the numbers it used; docs/signals.md."""
