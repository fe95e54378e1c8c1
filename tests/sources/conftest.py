"""The firm that these tests live in, its outcome and token, and the bot's own door, on loopback."""

import threading
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import httpx
import pytest
from prometheus_client import CollectorRegistry
from sqlalchemy import select

from bot.outcomes.model import Result
from bot.outcomes.queries import View
from bot.sources.actions.tokens import create_token
from bot.sources.listeners import routes
from bot.teams.model import Team
from bot.web import Door
from tests.workspaces.firm import Firm, firm

__all__ = ["firm"]


@dataclass
class Growth:
    """A team of the firm, led by Lea, with Olga's outcome OUT-1: reports, from 0 to 100."""

    firm: Firm
    team: Team
    view: View

    def token(self, by: str = "ULEAD", name: str = "Warehouse", team: Team | None = None) -> str:
        """Creates a token."""
        with self.firm.db.begin() as tx:
            return create_token(tx, self.firm.viewer(by), team or self.team, name, now=self.firm.now)

    def results(self) -> list[Result]:
        """Every result there is, in the order they were logged."""
        with self.firm.db.read() as tx:
            return list(tx.scalars(select(Result).order_by(Result.id)))


@pytest.fixture
def growth(firm: Firm) -> Growth:
    firm.channel("C1", ["UOLGA", "ULEAD"])
    team = firm.team("C1")
    return Growth(firm, team, firm.outcome(team, "UOLGA"))


@dataclass
class Program:
    """A program with a token, at the bot's own door."""

    http: httpx.Client
    token: str

    def send(self, body: Any, *, key: str | None = None, token: str | None = None) -> httpx.Response:
        """Sends a result."""
        headers = {"Authorization": f"Bearer {self.token if token is None else token}"}
        if key is not None:
            headers["Idempotency-Key"] = key
        return self.http.post("/api/v1/results", json=body, headers=headers)

    def log(self, value: Any = 42, *, key: str | None = None, token: str | None = None, **more: Any) -> httpx.Response:
        """Sends a result for OUT-1."""
        return self.send({"outcome": "OUT-1", "value": value, **more}, key=key, token=token)

    def write(self, body: str | bytes, kind: str = "application/json") -> httpx.Response:
        """Sends a body as it is."""
        headers = {"Authorization": f"Bearer {self.token}", "Content-Type": kind}
        return self.http.post("/api/v1/results", content=body, headers=headers)


@pytest.fixture
def program(growth: Growth) -> Iterator[Program]:
    door = Door(
        host="127.0.0.1",
        port=0,
        bolt=None,
        what_is_missing=list,
        registry=CollectorRegistry(),
        routes=routes(growth.firm.db),
    )
    door.start()
    with httpx.Client(base_url=f"http://127.0.0.1:{door.port}", timeout=20, verify=False) as http:
        yield Program(http, growth.token())
    threading.Thread(target=door.stop).start()
