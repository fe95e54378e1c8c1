"""Each of many rows is dealt with in a transaction of its own."""

from datetime import datetime, timedelta

from structlog.testing import capture_logs

from bot.clock import MovableClock
from bot.db.database import Database, Tx
from bot.db.each import each_on_its_own
from bot.workspaces.actions import remember_workspace
from bot.workspaces.model import Workspace

FOUND = [("T1",), ("T2",), ("T3",)]


def remember(tx: Tx, workspace_id: str, *, now: datetime) -> bool:
    remember_workspace(tx, workspace_id=workspace_id, name=workspace_id, bot_user_id="UBOT", now=now)
    if workspace_id == "T2":
        raise RuntimeError("trouble")
    return workspace_id != "T3"


def known(database: Database) -> list[str]:
    with database.read() as tx:
        return [one for one in ("T1", "T2", "T3") if tx.get(Workspace, one) is not None]


def test_ones_trouble_undoes_what_it_did_and_is_logged_and_the_others_are_dealt_with(database: Database) -> None:
    with capture_logs() as lines:
        assert each_on_its_own(database, FOUND, remember, trouble="not remembered") == 1
    assert known(database) == ["T1", "T3"]
    assert [(line["event"], line["about"]) for line in lines] == [("not remembered", ("T2",))]


def test_the_one_with_trouble_is_put_off_and_counts_as_dealt_with(database: Database, clock: MovableClock) -> None:
    put_off: list[tuple[str, datetime]] = []

    def later(_tx: Tx, workspace_id: str, *, now: datetime) -> None:
        put_off.append((workspace_id, now + timedelta(minutes=5)))

    assert each_on_its_own(database, FOUND, remember, later, trouble="put off") == 2
    assert put_off == [("T2", clock.now() + timedelta(minutes=5))]
