"""A local Slack: runs the unmodified bot with no account, in a browser and in tests, with faults on demand."""

from bot.sandbox.server import Sandbox

__all__ = ["Sandbox"]
