"""Statuses that expire, and Do Not Disturb, as Slack tells of them."""

from collections.abc import Iterator

import pytest

from bot.clock import MovableClock
from bot.sandbox import Sandbox
from tests.sandbox.driver import MONDAY, Driver

GRACE, PRIYA = "U05GR4CE22", "U03L3FT0VR"
OFF = {"dnd_enabled": False, "next_dnd_start_ts": 1, "next_dnd_end_ts": 1}


@pytest.fixture
def asleep() -> Iterator[Driver]:
    """A sandbox of this test's own, with the bot's own manifest, whose clock stands still."""
    with Sandbox(clock=MovableClock(MONDAY, frozen=True), rates="off") as sandbox:
        driver = Driver(sandbox)
        yield driver
        driver.close()


def status(driver: Driver) -> tuple[str, str, int]:
    profile = driver.api("users.info", user=GRACE)["user"]["profile"]
    return profile["status_text"], profile["status_emoji"], profile["status_expiration"]


def test_a_status_expires_as_the_clock_moves(asleep: Driver) -> None:
    ends = int(MONDAY.timestamp()) + 3600
    asleep.post("user", user="@grace", status="Out sick", status_emoji=":face_with_thermometer:", status_until=_in(1))
    assert status(asleep) == ("Out sick", ":face_with_thermometer:", ends)
    asleep.post("clock", advance="PT1H")
    assert status(asleep) == ("", "", 0)


def test_a_new_status_does_not_inherit_the_end_of_the_old_one(asleep: Driver) -> None:
    asleep.post("user", user="@grace", status="Out sick", status_until=_in(1))
    asleep.post("user", user="@grace", status="In a meeting")
    assert status(asleep) == ("In a meeting", "", 0)


def test_do_not_disturb_is_on_until_it_ends(asleep: Driver) -> None:
    asleep.post("user", user="@grace", dnd_until=_in(1))
    now = int(MONDAY.timestamp())
    on = {"dnd_enabled": True, "next_dnd_start_ts": now, "next_dnd_end_ts": now + 3600}
    assert asleep.api("dnd.teamInfo", users=f"{GRACE},{PRIYA}")["users"] == {GRACE: on, PRIYA: OFF}
    assert asleep.api("dnd.info", user=GRACE) == {"ok": True, **on}
    asleep.post("user", user="@grace", dnd_until="")
    assert asleep.api("dnd.info", user=GRACE) == {"ok": True, **OFF}


def test_do_not_disturb_ends_as_the_clock_moves(asleep: Driver) -> None:
    asleep.post("user", user="@grace", dnd_until=_in(1))
    asleep.post("clock", advance="PT1H")
    assert asleep.api("dnd.info", user=GRACE) == {"ok": True, **OFF}


@pytest.mark.parametrize(
    ("users", "error"),
    [("", "no_users_provided"), ("U0NOBODY00", "user_not_visible"), (",".join([GRACE] * 51), "invalid_arguments")],
)
def test_what_team_info_refuses(asleep: Driver, users: str, error: str) -> None:
    assert asleep.api("dnd.teamInfo", users=users)["error"] == error


@pytest.mark.parametrize("name", ["status_until", "dnd_until"])
def test_an_instant_that_is_none_is_refused(asleep: Driver, name: str) -> None:
    refused, said = asleep.try_post("user", user="@grace", **{name: "soon"})
    assert (refused, f"`{name}` is an instant" in said["error"]) == (400, True)


def _in(hours: int) -> str:
    return MONDAY.replace(hour=MONDAY.hour + hours).isoformat()
