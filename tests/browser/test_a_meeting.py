"""The journey of a meeting, lived in a browser: an agenda, a start, what it does, its end, its summary."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from playwright.sync_api import Locator, expect

from bot.clock import MovableClock
from bot.db.migrate import upgrade
from bot.rehearsal import Rehearsal
from bot.settings import Settings
from tests.browser.chromium import find_chromium, open_browser
from tests.browser.sandbox_page import SandboxPage
from tests.living import Slack, set_up, write_down

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(find_chromium() is None, reason="there is no Chromium on this machine"),
]

_USUAL, _PATIENCE = 5_000, 20_000
"""Milliseconds until an expectation fails."""

MONDAY = datetime(2026, 3, 2, 15, 0, tzinfo=UTC)


@pytest.fixture
def page(tmp_path: Path) -> Iterator[SandboxPage]:
    """Grace in #growth, whose team has an outcome and something that stands in its way."""
    # What a form changed is in the channel's message a beat later.
    expect.set_options(timeout=_PATIENCE)
    url = f"sqlite:///{tmp_path}/rhythm.db"
    upgrade(url)
    rehearsal = Rehearsal(Settings(database_url=url, port=0, sandbox_port=0), clock=MovableClock(MONDAY))
    rehearsal.start()
    try:
        slack = Slack(rehearsal, [])
        set_up(slack, "grace", "#growth", name="Growth")
        write_down(slack, "grace", "#growth")
        write_down(slack, "grace", "#growth", statement="Refunds fall", measure="Refunds", baseline="9%", target="3%")
        slack.submit("grace", slack.command("grace", "#growth", "/outcome block 1").form, text="Legal is silent")
        slack.close()
        with open_browser() as browser:
            tab = browser.new_page(viewport={"width": 1280, "height": 1400})
            tab.set_default_timeout(15_000)
            page = SandboxPage(tab, rehearsal.sandbox.url)
            page.become("Grace Whitfield")
            page.open_channel("growth")
            yield page
    finally:
        expect.set_options(timeout=_USUAL)
        rehearsal.stop()


def test_a_meeting_is_prepared_held_and_says_what_it_did(page: SandboxPage) -> None:
    page.say("/meeting start Growth sync")
    live = _message(page, "is on since")
    expect(live).to_contain_text("Now: OUT-1 Legal is silent (Grace Whitfield)")

    page.press("meetings.change_agenda")
    page.fill("text", "Which price do we test?")
    page.submit()
    expect(live).to_contain_text("Which price do we test? (Grace Whitfield)")

    page.press("obstacles.resolve_button")
    page.fill("resolution", "They answered")
    page.submit()
    expect(live).to_contain_text("Now: Which price do we test?")
    page.press("meetings.decided")
    page.fill("choice", "19 a month")
    page.fill("why", "Most trials said so")
    page.submit()
    expect(live).to_contain_text("On record so far: 1 decision and 1 obstacle resolved.")

    page.say("/outcome result 1 10%")
    expect(page.messages().last).to_contain_text("now stands at 10%")
    page.say("/outcome action 1 Call ten users by Friday")
    expect(page.messages().last).to_contain_text("Call ten users")
    page.say("/outcome result 2 8%")
    expect(page.messages().last).to_contain_text("now stands at 8%")
    for choice in ("Drop the yearly plan", "Hire a second tester"):
        page.say(f"/decision {choice}")
        page.fill("why", "Nobody spoke against it")
        page.submit()
    expect(live).to_contain_text("3 decisions, 2 outcomes moved, 1 action agreed and 1 obstacle resolved")

    page.press("meetings.here")
    page.press("meetings.end")
    page.at("confirm-yes").click()
    expect(_message(page, "was over at")).to_contain_text("ended by Grace Whitfield")
    summary = _message(page, "Attendee-hours")
    for said in (
        "“19 a month” (Grace Whitfield",
        "8% → 10%, target 12%",
        "9% → 8%, target 3%",
        "Call ten users (Grace Whitfield, by",
        "Legal is silent – They answered",
        "told at the next meeting",
    ):
        expect(summary).to_contain_text(said)

    page.press("meetings.rate.5")
    expect(_message(page, "You gave Growth sync 5 of 5")).to_be_visible()
    page.say("/meeting history")
    expect(_message(page, "the newest first")).to_contain_text("3 decisions, 1 obstacle cleared and 1 action agreed")

    page.say("/rhythm meetings")
    page.press("meetings.keep_canvas")
    page.at("confirm-yes").click()
    page.at("clock-week").click()
    expect(page.at("clock-busy")).to_be_empty(timeout=60_000)
    page.say("/meeting start Growth sync")
    expect(_message(page, "is on since")).to_contain_text("Since it was held the last time, 2 outcomes moved.")
    expect(_message(page, "Moved since")).to_contain_text("2 outcomes")
    page.at("tab-canvas").click()
    expect(page.at("canvas").get_by_role("row").last).to_contain_text("2 outcomes")
    assert page.problems == []


def _message(page: SandboxPage, says: str) -> Locator:
    """The newest message that says so."""
    return page.messages().filter(has_text=says).last
