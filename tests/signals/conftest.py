"""The firm, and the company alive, that these tests live in."""

from tests.listeners.conftest import slack
from tests.workspaces.firm import firm

__all__ = ["firm", "slack"]
