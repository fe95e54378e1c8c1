"""The doors of the sources room: Slack for a team's tokens, HTTP for programs, the command line for files."""

from bot.sources.listeners.http import API_THREADS, routes
from bot.sources.listeners.slack import register, words

__all__ = ["API_THREADS", "register", "routes", "words"]
