"""What whoever asked for a canvas is told when it cannot be kept."""

import pytest
from syrupy.assertion import SnapshotAssertion

from bot.canvases.messages import not_kept
from bot.canvases.rules import Trouble
from tests.slack.reading import read


@pytest.mark.parametrize("trouble", list(Trouble))
def test_each_says_why_and_what_stays(trouble: Trouble, snapshot: SnapshotAssertion) -> None:
    assert read(not_kept("C1", trouble)) == snapshot
