"""One line an event; no token, no password, no local variable."""

import json
import logging
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from io import StringIO
from typing import Any

import pytest
import structlog
from sqlalchemy import create_engine, insert
from sqlalchemy.exc import IntegrityError

from bot import log as logging_floor
from bot.db.database import Database
from bot.workspaces.model import Workspace

Logged = Callable[[], str]
TOKENS = ["xoxb-1234-hunter2", "xapp-1-A-hunter2", "xoxe.xoxb-1-hunter2", "xoxe-1-hunter2"]


@pytest.fixture(params=["console", "json"])
def logged(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[Logged]:
    """Everything that was logged."""
    root, lines = logging.getLogger(), StringIO()
    handlers, level = root.handlers, root.level
    monkeypatch.setattr("sys.stderr", lines)
    logging_floor.set_up(form=request.param, level="info")
    yield lines.getvalue
    root.handlers, root.level = handlers, level
    structlog.reset_defaults()


@pytest.mark.parametrize("token", TOKENS)
def test_a_token_never_appears(token: str, logged: Logged) -> None:
    log = structlog.get_logger("rhythm")
    log.info(f"started with {token}", token=token, headers={"Authorization": f"Bearer {token}"}, also=[(token,)])
    logging.getLogger("library").error("answered %s", token, extra={"sent": token})
    lines = logged()
    assert "hunter2" not in lines
    assert lines.count("•••") == 6


def test_a_password_in_an_address_never_appears(logged: Logged) -> None:
    log = structlog.get_logger("rhythm")
    for address in ("postgresql://u:hunter2@h/d", "redis://:hunter2@h", "http://u:hun@hunter2@h/x"):
        log.info("using", address=address, engine=ValueError(address))
    lines = logged()
    assert "hunter2" not in lines
    assert "•••@h" in lines


def test_an_address_without_a_password_is_left_alone(logged: Logged) -> None:
    structlog.get_logger("rhythm").info("door", at="http://127.0.0.1:3000/x", by="a@b.c")
    assert "http://127.0.0.1:3000/x" in logged()


def test_a_traceback_has_no_local_variables(logged: Logged) -> None:
    def fails() -> None:
        typed = "what a person " + "typed"
        raise RuntimeError(f"no {len(typed)}")

    try:
        fails()
    except RuntimeError:
        structlog.get_logger("rhythm").exception("failed")
        logging.getLogger("library").exception("failed too")
    lines = logged()
    assert lines.count("RuntimeError: no 19") == 2
    assert "what a person typed" not in lines


def test_a_database_error_does_not_repeat_what_a_person_typed(logged: Logged, database: Database) -> None:
    typed = "".join(["what a person ", "typed"])
    row = {"id": "T1", "name": typed, "bot_user_id": "U1", "created_at": datetime(2026, 3, 2, tzinfo=UTC)}
    with pytest.raises(IntegrityError) as failed, database.begin() as tx:
        tx.execute(insert(Workspace), [row, row])
    structlog.get_logger("rhythm").error("failed", exc_info=failed.value)
    assert "IntegrityError" in logged()
    assert typed not in logged()


@pytest.mark.parametrize("logged", ["json"], indirect=True)
def test_json_lines_stay_json_and_readable(logged: Logged) -> None:
    structlog.get_logger("rhythm").info("gesagt “ja”", url="http://u:p@h", n=3, yes=True, none=None)
    assert "gesagt “ja”" in logged()
    line: dict[str, Any] = json.loads(logged())
    assert (line["url"], line["n"], line["yes"], line["none"]) == ("http://•••@h", 3, True, None)
    assert (line["level"], line["logger"]) == ("info", "rhythm")


def test_lines_below_the_level_are_not_shown(logged: Logged) -> None:
    structlog.get_logger("rhythm").debug("quiet")
    logging.getLogger("slack_sdk").info("chatty")
    logging.getLogger("apscheduler").warning("passed over")
    assert logged() == ""


def test_what_is_bound_is_on_every_line(logged: Logged) -> None:
    with structlog.contextvars.bound_contextvars(workspace="TACME"):
        structlog.get_logger("rhythm").info("one")
        logging.getLogger("library").warning("two")
    assert logged().count("TACME") == 2


def test_an_engine_says_nothing_of_its_password() -> None:
    assert "hunter2" not in repr(create_engine("postgresql+psycopg://u:hunter2@h/d"))
