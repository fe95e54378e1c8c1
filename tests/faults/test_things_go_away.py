"""The database goes away and returns; Slack refuses or does not answer. Nothing that was typed is lost."""

import sqlite3
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from datetime import timedelta

import httpx
import pytest
from sqlalchemy import make_url, text

from bot.people.model import Person
from bot.ticker import Tick, Ticker
from tests.conftest import connected
from tests.living import Slack, set_up, until, words

GIVEN = {"statement": "Kept", "measure": "m", "baseline": "1", "target": "2", "due": "2026-06-30"}
AWAY = "Rhythm cannot reach its database right now"
REFUSED = "Slack would not let Rhythm do that just now"


@contextmanager
def away(url: str, postgres: str | None) -> Iterator[None]:
    """The database cannot be used while the block runs: stopped, on PostgreSQL; locked, on SQLite."""
    address = make_url(url)
    if postgres is None:
        with closing(sqlite3.connect(address.database or "", isolation_level=None)) as other:
            other.execute("BEGIN EXCLUSIVE")
            yield
        return
    with connected(postgres) as server:
        server.execute(text(f"ALTER DATABASE {address.database} ALLOW_CONNECTIONS false"))
        server.execute(
            text("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = :name"),
            {"name": address.database},
        )
        try:
            yield
        finally:
            server.execute(text(f"ALTER DATABASE {address.database} ALLOW_CONNECTIONS true"))


@pytest.fixture
def server(request: pytest.FixtureRequest, database_url: str) -> str | None:
    """The PostgreSQL server, or None on SQLite."""
    return None if database_url.startswith("sqlite") else str(request.getfixturevalue("postgres_url"))


def test_a_form_survives_the_database(company: Slack, database_url: str, server: str | None) -> None:
    new = company.command("grace", "#growth", "/outcome new").form
    with away(database_url, server):
        refused = company.submit("grace", new, **GIVEN)
        assert AWAY in " ".join(refused.errors.values())
        assert refused.form["state"]["values"]["statement"]["value"]["value"] == "Kept"
    assert company.submit("grace", refused.form).views == []
    assert "Kept" in company.command("grace", "#growth", "/outcome").text


def test_a_check_in_survives_the_database(company: Slack, database_url: str, server: str | None) -> None:
    [asked] = company.posts("grace", "bot")
    form = company.click("grace", ("bot", asked), "checkins.update").form
    with away(database_url, server):
        refused = company.submit("grace", form, value="9%", note="kept")
        assert AWAY in " ".join(refused.errors.values())
        if server is not None:  # a locked SQLite file takes seconds to say no
            company.click("grace", ("bot", asked), "checkins.no_change")
            until(lambda: AWAY in words(company.messages("grace", "bot")))
    assert company.submit("grace", refused.form).views == []
    company.settle()
    assert company.results() == ["9"]
    assert "kept" in words(company.posts("grace", "#growth"))


def test_readiness_follows_the_database(company: Slack, database_url: str, server: str | None) -> None:
    assert httpx.get(f"{company.door}/readyz").json() == {"ready": True, "missing": []}
    with away(database_url, server):
        if server is not None:  # a locked SQLite file can still be read
            gone = httpx.get(f"{company.door}/readyz", timeout=20)
            assert gone.status_code == 503
            assert "The database cannot be reached" in gone.json()["missing"][0]
            assert "://" not in gone.text
        assert httpx.get(f"{company.door}/healthz").text == "ok\n"
        metrics = httpx.get(f"{company.door}/metrics", timeout=20)
        assert metrics.status_code == (200 if server is None else 503)
    assert httpx.get(f"{company.door}/readyz", timeout=20).status_code == 200
    assert "rhythm_" in httpx.get(f"{company.door}/metrics").text


@pytest.mark.parametrize(
    "fault",
    [
        {"kind": "error", "error": "expired_trigger_id", "times": None},
        {"kind": "status_500", "times": None},
        {"kind": "drop_before", "times": None},
    ],
    ids=lambda fault: str(fault["kind"]),
)
def test_a_form_that_slack_does_not_open_is_told(slack: Slack, fault: dict[str, object]) -> None:
    with slack.faults({**fault, "method": "views.open"}):
        assert REFUSED in slack.command("grace", "#growth", "/outcome new").text


@pytest.mark.parametrize("kind", ["error", "status_500", "drop_before"])
def test_a_stranger_whom_slack_does_not_describe_is_told(slack: Slack, kind: str) -> None:
    with slack.faults({"kind": kind, "method": "users.info", "times": None}):
        assert REFUSED in slack.command("claire", "#platform", "/outcome").text


def test_an_owner_whom_slack_does_not_describe_keeps_the_form(slack: Slack) -> None:
    form = slack.command("grace", "#growth", "/outcome new").form
    with slack.faults({"kind": "error", "method": "users.info", "times": None}):
        refused = slack.submit("grace", form, **GIVEN, owner="@rahim")
    assert REFUSED in " ".join(refused.errors.values())
    assert slack.submit("grace", refused.form).views == []


def test_a_confirmation_that_cannot_be_shown_loses_nothing(slack: Slack) -> None:
    form = slack.command("grace", "#growth", "/outcome new").form
    with slack.faults({"kind": "error", "method": "chat.postEphemeral", "times": None}):
        assert slack.submit("grace", form, **{**GIVEN, "statement": "Saved all the same"}).views == []
    assert "Saved all the same" in slack.command("grace", "#growth", "/outcome").text


def test_a_channel_that_slack_does_not_describe_is_told(slack: Slack) -> None:
    with slack.faults({"kind": "error", "method": "conversations.info", "times": None}):
        slack.command("lena", "#platform", "/rhythm setup")
        until(lambda: REFUSED in words(slack.messages("lena", "#platform")))


def test_no_secret_is_in_any_line(slack: Slack) -> None:
    sandbox = slack.rehearsal.sandbox
    assert not any(secret in str(slack.lines) for secret in (sandbox.bot_token, sandbox.signing_secret))


def test_an_event_that_comes_twice_is_heard_once(slack: Slack) -> None:
    with slack.faults({"kind": "duplicate_event", "method": "app_home_opened"}):
        assert slack.open_home("grace")
    with slack.faults({"kind": "duplicate_event", "method": "user_change"}):
        slack.post("user", user="@grace", tz="Europe/Berlin")
    until(lambda: zone_of(slack, "grace") == "Europe/Berlin")


def zone_of(slack: Slack, handle: str) -> str:
    """Somebody's zone, as the bot knows it."""
    with slack.bot.db.read() as tx:
        return tx.get_one(Person, (slack.workspace, slack.person(handle))).time_zone


def test_what_is_in_hand_when_the_bot_stops_is_answered(alone: Slack) -> None:
    set_up(alone, "grace", "#growth", name="Growth")
    form = alone.command("grace", "#growth", "/outcome new").form
    known = alone.calls("users.info")
    slow = {"kind": "delay", "method": "users.info", "seconds": 1}
    with alone.faults(slow), ThreadPoolExecutor(1) as meanwhile:
        submitting = meanwhile.submit(alone.submit, "grace", form, **GIVEN, owner="@rahim")
        until(lambda: alone.calls("users.info") > known)
        alone.bot.stop()
        assert submitting.result().views == []
    assert alone.statements() == ["Kept"]


def test_a_lost_socket_is_opened_again(alone: Slack) -> None:
    alone.post("faults", faults=[{"kind": "lose_socket"}])
    until(lambda: alone.get("state")["connections"] > 0, seconds=20)
    until(lambda: alone.try_post("command", user="@grace", channel="bot", text="/outcome").status_code == 200)


def test_a_tick_that_fails_for_ever_stops_the_clock_and_says_so(alone: Slack) -> None:
    def fail() -> int:
        raise RuntimeError("broken")

    now = alone.bot.clock.now()
    alone.bot.ticker = Ticker([Tick("reminders", timedelta(minutes=1), fail, lambda: now)], alone.bot.clock)
    refused = alone.try_post("clock", advance="P1D")
    assert refused.status_code == 500
    assert "stands still at 2026-03-02 01:00 UTC: the tick “reminders” fails there" in refused.json()["error"]
    assert alone.bot.clock.now() == now
