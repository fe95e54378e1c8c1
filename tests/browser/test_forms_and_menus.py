"""In a browser: a form that changes under somebody's hands, and the menus and threads of messages."""

from collections.abc import Iterator
from threading import Event

import pytest
from playwright.sync_api import Browser, Locator, expect

from tests.browser.chromium import find_chromium, open_browser
from tests.browser.sandbox_page import SandboxPage
from tests.sandbox.driver import Driver, buttons, option, plain, until
from tests.sandbox.tiny_app import TinyApp, lived_in_by_socket
from tests.slack.live_form import SHORTER, Pace, listening

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(find_chromium() is None, reason="there is no Chromium on this machine"),
]

GROWTH = "C05GR0WTH3"
CARET = "[document.activeElement.closest('[data-block-id]').dataset.blockId, document.activeElement.selectionStart]"


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with open_browser() as browser:
        yield browser


@pytest.fixture(scope="module")
def live(browser: Browser) -> Iterator[tuple[SandboxPage, Pace]]:
    with listening() as (sandbox, pace):
        page = SandboxPage(browser.new_page(), sandbox.url)
        page.become("Grace Whitfield")
        page.open_channel("growth")
        yield page, pace
        assert page.problems == []


@pytest.fixture
def page(live: tuple[SandboxPage, Pace]) -> SandboxPage:
    page, pace = live
    pace.heard.clear()
    if page.at("modal").count():
        page.at("modal-close").click()
        expect(page.at("modal")).to_have_count(0)
    page.say("/form")
    expect(page.field("statement")).to_be_focused()
    return page


@pytest.fixture
def pace(live: tuple[SandboxPage, Pace]) -> Pace:
    return live[1]


def test_what_is_typed_while_the_form_is_drawn_anew_stays_with_the_caret(page: SandboxPage, pace: Pace) -> None:
    pace.waits_for |= {"Trials": (on_its_way := Event()), "Trials stay long": (seen := Event())}
    page.page.keyboard.type("Trials")
    until(pace.heard["Trials"].is_set)
    page.page.keyboard.type(" stay long")
    for _ in "long":
        page.page.keyboard.press("ArrowLeft")
    on_its_way.set()
    expect(page.at("modal")).to_contain_text("Trials because")
    seen.set()
    page.page.keyboard.type("for ")
    expect(page.at("modal")).to_contain_text("Trials stay for long because")
    expect(page.field("statement")).to_have_value("Trials stay for long")
    assert page.page.evaluate(CARET) == ["statement", len("Trials stay for ")]


def test_what_stands_in_other_fields_is_told_along_and_stays(page: SandboxPage) -> None:
    page.fill("why", "They are many")
    page.field("statement").press_sequentially("Trials stay")
    expect(page.at("modal")).to_contain_text("Trials stay because They are many")
    expect(page.field("why")).to_have_value("They are many")


def test_a_press_gives_one_field_a_new_value_and_leaves_the_other(page: SandboxPage) -> None:
    page.fill("why", "They are many")
    page.field("statement").press_sequentially("Launch the page")
    page.at("modal").get_by_role("button", name="Take it").click()
    expect(page.field("statement~1")).to_have_value(SHORTER)
    expect(page.field("why")).to_have_value("They are many")
    page.field("statement~1").press("End")
    page.field("statement~1").press_sequentially(" sooner")
    expect(page.at("modal")).to_contain_text(f"{SHORTER} sooner because They are many")


def test_a_form_on_top_gives_the_one_below_back_as_it_was(page: SandboxPage) -> None:
    page.fill("why", "They are many")
    page.at("modal").get_by_role("button", name="Ask").click()
    expect(page.at("modal")).to_contain_text("On top")
    expect(page.field("why")).to_have_value("")
    page.at("modal-close").click()
    expect(page.at("modal")).to_contain_text("Nothing yet")
    expect(page.field("why")).to_have_value("They are many")


def test_a_submission_is_asked_about_before_it_is_saved(page: SandboxPage) -> None:
    page.fill("statement", "risky")
    page.at("modal-submit").click()
    expect(page.at("modal")).to_contain_text("It moves tenfold.")


@pytest.fixture(scope="module")
def tiny(browser: Browser) -> Iterator[tuple[SandboxPage, Driver, TinyApp]]:
    with lived_in_by_socket() as (driver, app):
        page = SandboxPage(browser.new_page(), driver.sandbox.url)
        page.become("Grace Whitfield")
        yield page, driver, app
        assert page.problems == []


def _menu_of(message: Locator) -> None:
    message.hover()
    message.get_by_test_id("message-menu").click()


def test_every_message_offers_the_apps_shortcuts(tiny: tuple[SandboxPage, Driver, TinyApp]) -> None:
    page, _, app = tiny
    page.open_channel("growth")
    _menu_of(page.messages().first)
    page.page.get_by_role("menuitem", name="Open it here").click()
    expect(page.at("modal")).to_be_visible()
    assert app.last("shortcut")["message"]["text"] in page.messages().first.inner_text()
    page.at("modal-close").click()


def test_a_message_of_the_bots_is_answered_in_its_thread(tiny: tuple[SandboxPage, Driver, TinyApp]) -> None:
    page, driver, app = tiny
    posted = driver.api("chat.postMessage", channel="U05GR4CE22", text="What moved?")
    page.open_rhythm()
    asked = page.messages().filter(has_text="What moved?")
    asked.hover()
    asked.get_by_test_id("reply").click()
    page.at("thread-composer").fill("8.5% because of the mail")
    page.at("thread-send").click()
    thread = page.page.locator("#thread").get_by_test_id("message")
    expect(thread).to_have_count(3)
    assert app.last("message")["event"]["thread_ts"] == posted["ts"]
    driver.api(
        "chat.postEphemeral", channel=posted["channel"], user="U05GR4CE22", text="Only you", thread_ts=posted["ts"]
    )
    expect(thread.last).to_contain_text("Only visible to you")
    _menu_of(thread.nth(1))
    expect(page.page.get_by_role("menuitem", name="Open it here")).to_be_visible()
    page.page.keyboard.press("Escape")
    page.at("thread-close").click()


def test_a_menu_beside_words_and_a_question_before_a_press(tiny: tuple[SandboxPage, Driver, TinyApp]) -> None:
    page, driver, app = tiny
    more = {"type": "overflow", "action_id": "more", "options": [option("swap"), option("gone")]}
    [press] = buttons("press")["elements"]
    words = {
        "title": plain("Sure?"),
        "text": plain("It stays."),
        "confirm": plain("Close it"),
        "deny": plain("Not yet"),
    }
    blocks = [
        {"type": "section", "text": plain("An outcome"), "accessory": more},
        {"type": "actions", "elements": [{**press, "confirm": words}]},
    ]
    driver.api("chat.postMessage", channel=GROWTH, text="An outcome", blocks=blocks)
    page.open_channel("growth")
    expect(page.messages().filter(has_text="An outcome")).to_have_count(1)
    before = app.count("action")
    page.press("press")
    page.at("confirm-no").click()
    page.press("press")
    expect(page.at("confirm")).to_contain_text("It stays.")
    page.at("confirm-yes").click()
    until(lambda: app.count("action") == before + 1)
    page.press("more")
    page.page.get_by_role("menuitem", name="Swap").click()
    expect(page.messages().filter(has_text="Another")).to_have_count(1)
    assert app.count("action") == before + 2


def test_who_one_is_can_say_that_they_are_away(live: tuple[SandboxPage, Pace]) -> None:
    page, _ = live
    if page.at("modal").count():
        page.at("modal-close").click()
    person = page.at("person")
    for item, shown in (("status-away", "Vacationing"), ("dnd", "Vacationing"), ("status-clear", "New York")):
        person.click()
        page.at(item).click()
        expect(person).to_contain_text(shown)
    expect(person).not_to_contain_text("Vacationing")
