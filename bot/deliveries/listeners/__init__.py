"""Who asks about deliveries: people in Slack, and operators at the command line."""

from bot.deliveries.listeners.slack import register, words

__all__ = ["register", "words"]
