"""The firm that these tests live in."""

from tests.workspaces.firm import firm

__all__ = ["firm"]
