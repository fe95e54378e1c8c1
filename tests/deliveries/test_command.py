"""`python -m bot deliveries`, as operators run it, on both databases."""

import getpass
import json
from datetime import timedelta

import pytest
from typer.testing import CliRunner, Result

from bot.__main__ import cli
from bot.errors import CannotStart, NotFound, Refused
from bot.outbox.model import Delivery
from bot.outbox.queries import delivery_with_key
from bot.outbox.queue import enqueue
from bot.outbox.rules import State
from bot.slack.message import Message
from tests.outcomes.samples import NASTY
from tests.workspaces.firm import Firm


def run(monkeypatch: pytest.MonkeyPatch, url: str, *arguments: str) -> Result:
    monkeypatch.setenv("DATABASE_URL", url)
    return CliRunner().invoke(cli, ["deliveries", *arguments])


def owe(firm: Firm, key: str, *, state: State = State.OWED, minutes: int = 0, workspace_id: str = "T1") -> None:
    """A delivery in that state, due so many minutes from now."""
    with firm.db.begin() as tx:
        due_at = firm.now + timedelta(minutes=minutes)
        about = {"due_at": due_at, "expires_at": due_at, "now": firm.now}
        made = enqueue(tx, workspace_id=workspace_id, key=key, place="U1", message=Message(NASTY, []), **about)  # type: ignore[arg-type]
        made.state, made.reason = state, "Slack could not be reached." if state == State.FAILED else None


def row(firm: Firm, key: str) -> Delivery:
    with firm.db.read() as tx:
        found = delivery_with_key(tx, workspace_id="T1", key=key)
    assert found is not None
    return found


@pytest.fixture
def owed(firm: Firm) -> Firm:
    """Two messages owed, and one that failed."""
    owe(firm, "checkin:U2:2026-W10", minutes=30)
    owe(firm, "checkin:U1:2026-W10")
    owe(firm, "handover:1:offered", state=State.FAILED, minutes=-30)
    return firm


def test_it_lists_what_is_owed_and_what_ended(owed: Firm, database_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    ran = run(monkeypatch, database_url)
    assert (ran.exit_code, ran.stderr) == (0, "")
    assert ran.stdout.splitlines() == [
        "owed       2026-03-02 08:00Z  T1  checkin:U1:2026-W10  U1",
        "owed       2026-03-02 08:30Z  T1  checkin:U2:2026-W10  U1",
        "failed     2026-03-02 07:30Z  T1  handover:1:offered  U1  Slack could not be reached.",
        "3 deliveries.",
    ]


def test_a_list_is_narrowed(owed: Firm, database_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def count(*options: str) -> str:
        return run(monkeypatch, database_url, *options).stdout.splitlines()[-1]

    assert count("--state", "failed") == "1 delivery."
    assert count("--state", "failed", "--state", "owed") == "3 deliveries."
    assert count("--prefix", "checkin:U1") == "1 delivery."
    assert count("--workspace", "T2") == "0 deliveries."
    assert count("--limit", "2") == "The first 2; --limit shows more."
    assert count("--limit", "3") == "3 deliveries."


def test_a_program_reads_a_line_of_json_for_each_without_its_text(
    owed: Firm, database_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    ran = run(monkeypatch, database_url, "--json", "--limit", "1")
    [line] = ran.stdout.splitlines()
    told = json.loads(line)
    assert told["key"] == "checkin:U1:2026-W10"
    assert told["state"] == "owed"
    assert told["due_at"] == "2026-03-02T08:00:00+00:00"
    assert told["sent_at"] is None
    assert "<!channel>" not in ran.stdout


def test_retry_owes_it_again_and_says_who_asked(owed: Firm, database_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    ran = run(monkeypatch, database_url, "retry", "handover:1:offered", "--by", "ana\n lopez", "--hours", "2")
    again = row(owed, "handover:1:offered")
    assert (ran.exit_code, again.state) == (0, State.OWED)
    assert ran.stdout == f"handover:1:offered is owed again, until {again.expires_at:%Y-%m-%d %H:%M} UTC.\n"
    assert again.reason == (
        "Tried again at the request of ana lopez. Before, it had failed. Slack could not be reached."
    )


def test_cancel_ends_it_and_keeps_the_name_of_whoever_is_logged_in(
    owed: Firm, database_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    ran = run(monkeypatch, database_url, "cancel", "checkin:U1:2026-W10")
    assert (ran.exit_code, ran.stdout) == (0, "checkin:U1:2026-W10 is cancelled.\n")
    assert row(owed, "checkin:U1:2026-W10").reason == f"Called off by {getpass.getuser()}, at the command line."


def test_what_may_be_out_is_said_to_be(owed: Firm, database_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    owe(owed, "hint:U1:1", state=State.POSTING)
    assert "may be out already" in run(monkeypatch, database_url, "cancel", "hint:U1:1").stdout
    assert row(owed, "hint:U1:1").state == State.POSTING


@pytest.mark.parametrize(
    ("arguments", "trouble", "sentence"),
    [
        (["--state", "faild"], Refused, "No delivery is “faild”. Did you mean failed? There are owed, leased"),
        (["retry", "checkin:U9"], NotFound, "No delivery has the key checkin:U9."),
        (["retry", "checkin:U1:2026-W10"], Refused, "is owed, and is tried by itself"),
        (["retry", "handover:1:offered", "--by", " "], Refused, "Say who you are with --by"),
        (["cancel", "handover:1:offered"], Refused, "is failed already"),
        (["cancel", "checkin:U1:2026-W10", "--workspace", "T2"], NotFound, "No delivery of T2 has the key"),
    ],
)
def test_trouble_is_one_sentence_and_changes_nothing(
    owed: Firm,
    database_url: str,
    monkeypatch: pytest.MonkeyPatch,
    arguments: list[str],
    trouble: type[Exception],
    sentence: str,
) -> None:
    ran = run(monkeypatch, database_url, *arguments)
    assert isinstance(ran.exception, trouble)
    assert sentence in str(ran.exception)
    assert row(owed, "checkin:U1:2026-W10").state == State.OWED
    assert row(owed, "handover:1:offered").state == State.FAILED


def test_a_database_that_is_not_there_yet_is_said_to_be(
    blank_database_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    ran = run(monkeypatch, blank_database_url)
    assert isinstance(ran.exception, CannotStart)
    assert "Run `python -m bot migrate` first" in ran.exception.sentence
