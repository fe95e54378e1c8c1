"""A sandbox that is killed comes back with everything that was in it."""

from datetime import timedelta
from pathlib import Path

from bot.clock import MovableClock
from bot.sandbox import Sandbox
from bot.sandbox.journal import Journal, Table
from tests.sandbox.driver import MANIFEST, MONDAY, Driver, buttons

GRACE = "U05GR4CE22"


def test_everything_said_and_shown_is_still_there(tmp_path: Path) -> None:
    path = tmp_path / "var" / "sandbox.jsonl"
    with Sandbox(clock=MovableClock(MONDAY), journal=path, manifest=MANIFEST) as sandbox:
        driver = Driver(sandbox)
        metadata = {"event_type": "delivery", "event_payload": {"id": "x"}}
        driver.api("chat.postMessage", channel=GRACE, text="kept", metadata=metadata, blocks=[buttons("go")])
        driver.api("views.publish", user_id=GRACE, view={"type": "home", "blocks": [{"type": "divider"}]})
        driver.post("user", user="@tyler", deleted=True)
        driver.post("membership", user="@zofia", channel="#growth", joined=True)
        driver.post("clock", advance="P30D")
        before = {
            "dm": driver.messages("@grace", "bot"),
            "growth": driver.messages("@grace", "#growth"),
            "home": driver.get("home", user="@grace"),
            "posts": driver.get("state")["posts"],
        }
        driver.close()
    with path.open("a") as file:
        file.write('["users", "U0TORN')  # the line a kill tore
    with Sandbox(clock=MovableClock(MONDAY), journal=path, manifest=MANIFEST) as sandbox:
        driver = Driver(sandbox)
        after = {
            "dm": driver.messages("@grace", "bot"),
            "growth": driver.messages("@grace", "#growth"),
            "home": driver.get("home", user="@grace"),
            "posts": driver.get("state")["posts"],
        }
        assert after == before
        assert driver.api("users.info", user="U05TYL3R6W")["user"]["deleted"]
        assert sandbox.clock.now() >= MONDAY + timedelta(days=30)
        new = driver.api("chat.postMessage", channel=GRACE, text="later")["ts"]
        assert new > before["dm"][-1]["ts"]
        driver.close()


def test_a_journal_keeps_the_last_of_each_row_and_is_compacted(tmp_path: Path) -> None:
    path = tmp_path / "journal.jsonl"
    journal = Journal(path)
    journal.rewrite([])
    table = Table("rows", journal)
    for number in range(10):
        table["a"] = {"number": number}
    table["b"] = {}
    del table["b"]
    journal.close()
    assert len(path.read_text().splitlines()) == 12
    assert Journal(path).read() == {"rows": {"a": {"number": 9}}}
    journal.rewrite([("rows", "a", {"number": 9})])
    journal.close()
    assert len(path.read_text().splitlines()) == 1
