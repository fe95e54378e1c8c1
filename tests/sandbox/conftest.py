"""Sandboxes for tests: one bare, and one with a small Bolt app connected in each of the two ways."""

from collections.abc import Iterator
from contextlib import ExitStack

import pytest

from bot.clock import MovableClock
from bot.sandbox import Sandbox, delivery, exchange
from tests.sandbox.driver import MANIFEST, MONDAY, Driver
from tests.sandbox.tiny_app import TinyApp, connected_by_http, connected_by_socket


@pytest.fixture(scope="module", autouse=True)
def hurry() -> Iterator[None]:
    """Gestures wait a shorter while for an answer that does not come."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(exchange, "PATIENCE", 0.1)
        patch.setattr(delivery, "ACK_SECONDS", 0.7)
        yield


@pytest.fixture(scope="module")
def sandbox(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Sandbox]:
    """A sandbox with no app connected and no rate limits, its clock standing at a Monday and ticking."""
    with Sandbox(clock=MovableClock(MONDAY), rates="off", manifest=MANIFEST) as sandbox:
        yield sandbox


@pytest.fixture(scope="module")
def driver(sandbox: Sandbox) -> Iterator[Driver]:
    driver = Driver(sandbox)
    yield driver
    driver.close()


@pytest.fixture(scope="module", params=["socket", "http"])
def lived_in(request: pytest.FixtureRequest) -> Iterator[tuple[Driver, TinyApp]]:
    """A sandbox with the small app connected: over Socket Mode, then by signed HTTP."""
    with ExitStack() as stack:
        if request.param == "socket":
            sandbox = stack.enter_context(Sandbox(clock=MovableClock(MONDAY), rates="off", manifest=MANIFEST))
            app = stack.enter_context(connected_by_socket(sandbox))
        else:
            started: list[Sandbox] = []

            def at(url: str) -> Sandbox:
                started.append(
                    stack.enter_context(
                        Sandbox(clock=MovableClock(MONDAY), rates="off", request_url=url, manifest=MANIFEST)
                    )
                )
                return started[0]

            app = stack.enter_context(connected_by_http(at))
            sandbox = started[0]
        driver = Driver(sandbox)
        stack.callback(driver.close)
        yield driver, app


@pytest.fixture
def people(lived_in: tuple[Driver, TinyApp]) -> Driver:
    """The people of the lived-in sandbox, with no form left open."""
    driver, _ = lived_in
    for view in reversed(driver.get("views", user="@grace")["views"]):
        driver.post("close", user="@grace", view_id=view["id"])
    return driver


@pytest.fixture
def app(lived_in: tuple[Driver, TinyApp]) -> TinyApp:
    """The app of the lived-in sandbox."""
    return lived_in[1]
