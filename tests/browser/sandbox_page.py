"""The sandbox's page, as a person uses it."""

from playwright.sync_api import Locator, Page, expect


class SandboxPage:
    """One browser tab in the sandbox. `problems` gathers what the browser's console complains of."""

    def __init__(self, page: Page, url: str) -> None:
        self.page = page
        self.problems: list[str] = []
        page.on("console", lambda line: self.problems.append(line.text) if line.type in ("error", "warning") else None)
        page.on("pageerror", lambda error: self.problems.append(str(error)))
        page.goto(url)
        page.wait_for_selector("body[data-ready]")
        expect(self.at("composer")).to_be_visible()

    def at(self, test_id: str) -> Locator:
        """The element with that test id."""
        return self.page.get_by_test_id(test_id)

    def become(self, name: str) -> None:
        """Switches to another person, by full name."""
        self.at("person").click()
        self.page.get_by_role("menuitemradio", name=name).click()
        expect(self.at("person")).to_contain_text(name)

    def open_channel(self, name: str) -> None:
        """Opens a channel, and waits until it is the one that is written to."""
        self.at(f"channel-{name}").click()
        expect(self.at("composer")).to_have_attribute("placeholder", f"Message #{name}")

    def open_rhythm(self, tab: str = "messages") -> None:
        """Opens the conversation with Rhythm, at `messages` or `home`."""
        self.at("dm-rhythm").click()
        self.at(f"tab-{tab}").click()

    def say(self, text: str) -> None:
        """Types into the composer and sends it."""
        self.at("composer").fill(text)
        self.at("send").click()

    def fill(self, block_id: str, text: str) -> None:
        """Types into a field of the open form."""
        self.field(block_id).fill(text)

    def choose(self, block_id: str, label: str) -> None:
        """Chooses from a list in the open form."""
        self.field(block_id).select_option(label=label)

    def field(self, block_id: str) -> Locator:
        """A field of the open form."""
        return self.at("modal").locator(f'[data-block-id="{block_id}"] [data-action-id="value"]')

    def submit(self) -> None:
        """Sends the form, and waits until it has closed."""
        self.at("modal-submit").click()
        expect(self.at("modal")).to_have_count(0)

    def press(self, action_id: str) -> None:
        """Presses the last such button of the conversation."""
        self.page.locator(f'button[data-action-id="{action_id}"]').last.click()

    def messages(self) -> Locator:
        """The messages of the open conversation."""
        return self.at("message")
