"""A year of check-ins: the bot against a model that was written from the rules in words, over the same events."""
