"""A company of nobody's yet, in a browser."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.clock import MovableClock
from bot.db.migrate import upgrade
from bot.rehearsal import Rehearsal
from bot.settings import Settings
from tests.browser.chromium import open_browser
from tests.browser.sandbox_page import SandboxPage

THURSDAY = datetime(2026, 3, 5, 14, 0, tzinfo=UTC)


@pytest.fixture
def page(tmp_path: Path) -> Iterator[SandboxPage]:
    """A tab of the sandbox; the clock starts on a Thursday afternoon."""
    url = f"sqlite:///{tmp_path}/rhythm.db"
    upgrade(url)
    settings = Settings(database_url=url, port=0, sandbox_port=0)
    rehearsal = Rehearsal(settings, clock=MovableClock(THURSDAY))
    rehearsal.start()
    try:
        with open_browser() as browser:
            tab = browser.new_page(viewport={"width": 1280, "height": 860})
            tab.set_default_timeout(15_000)
            yield SandboxPage(tab, rehearsal.sandbox.url)
    finally:
        rehearsal.stop()
