"""The journey of an outcome, lived in a browser: written down, asked about, answered, seen by the team."""

import pytest
from playwright.sync_api import Locator, expect

from tests.browser.chromium import find_chromium
from tests.browser.sandbox_page import SandboxPage

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(find_chromium() is None, reason="there is no Chromium on this machine"),
]


def test_an_outcome_is_written_down_asked_about_answered_and_seen_by_the_team(page: SandboxPage) -> None:
    page.become("Grace Whitfield")
    page.open_channel("growth")

    page.say("/rhythm setup")
    page.fill("name", "Growth")
    page.submit()
    expect(page.messages().filter(has_text="set up Rhythm for Growth")).to_have_count(1)

    page.say("/outcome new Trial users reach their first report within a day")
    expect(page.field("statement")).to_have_value("Trial users reach their first report within a day")
    page.fill("measure", "Trials with a report on day one")
    page.fill("baseline", "22%")
    page.fill("target", "twice that")
    page.fill("due", "end of Q2")
    page.at("modal-submit").click()
    expect(page.at("modal")).to_contain_text("twice that")
    expect(page.field("measure")).to_have_value("Trials with a report on day one")
    page.fill("target", "40%")
    page.submit()
    expect(page.messages().last).to_contain_text("is written down")
    expect(page.messages().last).to_contain_text("from 22% to 40%")

    page.at("clock-monday").click()
    page.open_rhythm()
    expect(page.messages().last).to_contain_text("What moved since the last check-in?")

    page.press("checkins.update")
    page.fill("value", "25.5%")
    page.fill("note", "The sample data set <!channel> & more")
    page.submit()
    expect(page.messages().last).to_contain_text("You answered: 25.5%")

    page.open_channel("growth")
    line = _newest_answer(page)
    expect(line).to_contain_text("22% → 25.5%")
    expect(line).to_contain_text("“The sample data set <!channel> & more”")
    expect(line).to_contain_text("Grace Whitfield")

    page.become("Marcus Bell")
    page.open_channel("growth")
    expect(_newest_answer(page)).to_contain_text("22% → 25.5%")
    page.say("/outcome list team")
    expect(page.page.get_by_text("Growth: 1 outcome")).to_be_visible()
    assert page.problems == []


def _newest_answer(page: SandboxPage) -> Locator:
    """The last line in the thread of the newest check-in."""
    page.page.get_by_test_id("thread-link").last.click()
    return page.page.locator("#thread").get_by_test_id("message").last
