"""What was decided in a conversation is logged from its message, in a browser."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.chromium import find_chromium
from tests.browser.sandbox_page import SandboxPage

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(find_chromium() is None, reason="there is no Chromium on this machine"),
]


def test_a_message_is_logged_as_a_decision_and_remembered_by_the_next_one(page: SandboxPage) -> None:
    page.become("Grace Whitfield")
    page.open_channel("growth")
    page.say("/rhythm setup")
    page.fill("name", "Growth")
    page.submit()
    expect(page.messages().filter(has_text="set up Rhythm for Growth")).to_have_count(1)

    page.become("Marcus Bell")
    page.say("OK, @grace: annual plans get <two> months free & no discount")
    said = page.messages().filter(has_text="annual plans get")
    ts = (said.get_attribute("data-ts") or "").replace(".", "")
    said.hover()
    said.get_by_test_id("message-menu").click()
    page.page.get_by_role("menuitem", name="Log decision").click()
    expect(page.field("choice")).to_have_value("OK, @Grace Whitfield: annual plans get <two> months free & no discount")
    page.fill("choice", "Annual plans get two months free, and no discount")
    page.at("modal-submit").click()
    expect(page.at("modal")).to_be_visible()
    expect(page.field("choice")).to_have_value("Annual plans get two months free, and no discount")
    page.fill("why", "Discounts taught people to wait")
    page.submit()
    for said_of_it in ("DEC-1 is decided", "Marcus Bell decided DEC-1"):
        expect(page.messages().filter(has_text=said_of_it)).to_have_count(1)

    page.say("/decision show DEC-1")
    card = page.messages().last
    expect(card).to_contain_text("Discounts taught people to wait")
    expect(card.get_by_role("link", name="from this message")).to_have_attribute("href", re.compile(f"p{ts}"))

    page.become("Sofia Alvarez")
    page.say("/decision need Do annual plans get a discount in spring?")
    expect(page.at("modal")).to_contain_text("Annual plans get two months free, and no discount")
    page.fill("question", "Do we paint the fence?")
    expect(page.at("modal")).not_to_contain_text("Annual plans get two months free")
    expect(page.field("question")).to_have_value("Do we paint the fence?")
    page.at("modal-close").click()
    assert page.problems == []
