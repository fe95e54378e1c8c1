"""In a browser: the canvas of a channel, which the bot and the people in it write."""

import pytest
from playwright.sync_api import expect

from bot.clock import MovableClock
from bot.sandbox import Sandbox
from tests.browser.chromium import find_chromium, open_browser
from tests.browser.sandbox_page import SandboxPage
from tests.sandbox.driver import MANIFEST, MONDAY, Driver

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(find_chromium() is None, reason="there is no Chromium on this machine"),
]

GROWTH = "C05GR0WTH3"
TEXT = r"""## On course

| Outcome | Owner |
|---|---|
| A \| B \*c\* | ![](@U05GR4CE22) |

<b>plain</b> <@U05GR4CE22>"""


def test_a_canvas_is_shown_written_and_deleted_in_the_channel() -> None:
    with Sandbox(clock=MovableClock(MONDAY), rates="off", manifest=MANIFEST) as sandbox, open_browser() as browser:
        driver = Driver(sandbox)
        content = {"type": "markdown", "markdown": TEXT}
        driver.api("conversations.canvases.create", channel_id=GROWTH, title="Rhythm", document_content=content)
        page = SandboxPage(browser.new_page(), sandbox.url)
        page.become("Grace Whitfield")
        page.open_channel("random")
        expect(page.at("tab-canvas")).to_be_hidden()
        page.open_channel("growth")
        page.at("tab-canvas").click()
        shown = page.at("canvas")
        expect(shown.get_by_role("heading", name="On course")).to_be_visible()
        expect(shown.get_by_role("row").last).to_have_text("A | B *c*@Grace Whitfield")
        expect(shown).to_contain_text("<b>plain</b> <@U05GR4CE22>")

        page.at("canvas-edit").click()
        page.at("canvas-markdown").fill("#### Ours")
        driver.write_canvas("@tyler", "#growth", "Theirs")
        page.at("canvas-save").click()
        expect(shown.get_by_role("alert")).to_contain_text("Unsupported heading depth (4)")
        page.at("canvas-markdown").fill("### Ours")
        page.at("canvas-save").click()
        expect(shown.get_by_role("heading", name="Ours")).to_be_visible()

        page.at("canvas-delete").click()
        page.at("confirm-yes").click()
        expect(shown).to_contain_text("#growth has no canvas yet.")
        assert driver.canvas("@grace", "#growth") is None
        assert [problem for problem in page.problems if "400" not in problem] == []
        driver.close()
