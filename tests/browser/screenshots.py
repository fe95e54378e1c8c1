"""Takes the pictures of the README from the sandbox: `make screenshots`."""

import tempfile
from datetime import UTC, datetime
from pathlib import Path

from playwright.sync_api import Browser, expect

from bot import log
from bot.clock import MovableClock
from bot.db.migrate import upgrade
from bot.rehearsal import Rehearsal, seed
from bot.settings import Settings
from tests.browser.chromium import open_browser
from tests.browser.sandbox_page import SandboxPage

MIDWEEK = datetime(2026, 11, 25, 15, tzinfo=UTC)
"""A Wednesday: the check-in is out, and has been reminded of."""
PICTURES = Path(__file__).resolve().parents[2] / "docs" / "pictures"


def main() -> None:
    """Lives the demo company's quarter, and takes a picture of each thing the README tells of."""
    log.set_up(form="console", level="warning")
    PICTURES.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        settings = Settings(database_url=f"sqlite:///{folder}/rhythm.db", port=0, sandbox_port=0)
        journal = Path(folder) / "sandbox.jsonl"
        upgrade(settings.database_url)
        seed(settings, journal=journal, until=MIDWEEK)
        rehearsal = Rehearsal(settings, journal=journal, clock=MovableClock(MIDWEEK))
        rehearsal.start()
        try:
            with open_browser() as browser:
                _take(browser, rehearsal.sandbox.url)
        finally:
            rehearsal.stop()


def _take(browser: Browser, url: str) -> None:
    page = SandboxPage(browser.new_page(viewport={"width": 1280, "height": 800}, device_scale_factor=1.5), url)
    page.become("Sofia Alvarez")
    page.open_rhythm()
    # In the middle of a week the newest message reminds of the check-in.
    page.messages().filter(has_text="What moved").last.scroll_into_view_if_needed()
    _save(page, "check-in")
    page.press("checkins.update")
    page.fill("value", "8.6%")
    page.fill("note", "Guided setup went live; four trials converted on day one")
    _save(page, "update")
    page.submit()
    expect(page.messages().filter(has_text="What moved")).to_have_count(0)
    page.open_channel("growth")
    answers = page.messages().filter(has_text="what moved is in this thread").last
    expect(answers).to_contain_text("2 replies")
    answers.get_by_test_id("thread-link").click()
    expect(page.page.locator("#thread").get_by_test_id("message").last).to_contain_text("8.6%")
    _save(page, "sandbox")
    page.at("thread-close").click()
    page.page.set_viewport_size({"width": 1000, "height": 2000})
    page.say("/outcome show OUT-2")
    card = page.page.get_by_test_id("message").filter(has_text="History").last
    expect(card).to_contain_text("History")
    card.screenshot(path=PICTURES / "outcome.png")
    _take_decision(page)
    page.become("Sofia Alvarez")
    page.page.set_viewport_size({"width": 1280, "height": 800})
    page.say("/outcome new Launch the new onboarding emails")
    expect(page.at("modal")).to_contain_text("This reads like an output")
    _save(page, "new-outcome")
    page.at("modal-close").click()
    page.open_channel("growth")
    _meet(page)
    page.open_rhythm("home")
    expect(page.page.get_by_text("Your actions")).to_be_visible()
    _save(page, "home")


def _meet(page: SandboxPage) -> None:
    """A short meeting, and the picture of what it did."""
    page.page.set_viewport_size({"width": 1000, "height": 2000})
    page.say("/meeting start Growth sync")
    live = page.messages().filter(has_text="is on since").last
    expect(live).to_contain_text("I am here")
    for name in ("Marcus Bell", "Grace Whitfield"):
        page.become(name)
        page.open_channel("growth")
        page.press("meetings.here")
        expect(live).to_contain_text(f"{name}.")
    page.become("Sofia Alvarez")
    page.open_channel("growth")
    page.say("/outcome result 2 9.1% The guided setup went live")
    page.say("/outcome action 2 Call ten trial users by Friday")
    page.say("/decision Test 19 a month with new trials")
    page.fill("why", "Most trials named that price")
    page.submit()
    page.at("clock-hour").click()
    expect(page.at("clock-busy")).to_be_empty(timeout=30_000)
    page.say("/meeting end")
    summary = page.messages().filter(has_text="Attendee-hours").filter(has_text="Test 19 a month").last
    expect(summary).to_be_visible(timeout=15_000)
    summary.screenshot(path=PICTURES / "meeting.png")
    page.page.set_viewport_size({"width": 1280, "height": 800})


def _take_decision(page: SandboxPage) -> None:
    """A decision from the question to what was learnt from it."""
    page.become("Grace Whitfield")
    page.open_channel("growth")
    page.say("/decision show DEC-1")
    card = page.messages().filter(has_text="Do we ask for less").last
    expect(card).to_contain_text("better than expected")
    card.screenshot(path=PICTURES / "decision.png")


def _save(page: SandboxPage, name: str) -> None:
    page.page.screenshot(path=PICTURES / f"{name}.png")


if __name__ == "__main__":
    main()
