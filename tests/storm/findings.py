"""What is there when the storm is over: in the database, at the sandbox, in the replicas' log."""

import json
from collections import Counter
from pathlib import Path

import httpx
from sqlalchemy import select

from bot.db.database import Database
from bot.outbox.model import Delivery
from bot.outcomes.model import Outcome, Result
from tests.storm.company import NEWS
from tests.storm.counting import Found, Row

_FORESEEN = ("MemoryAway", "CannotStart", "SlackApiError", "Internal Server Error")
"""Errors that the weather makes."""


def found(db: Database, sandbox: str) -> Found:
    """Everything that is counted."""
    with db.read() as tx:
        rows = [
            Row(one.key, one.uid, one.kind, one.state, one.reason, (one.channel, one.ts))
            for one in tx.scalars(select(Delivery))
        ]
        corrected = select(Result.replaces_id).where(Result.replaces_id.is_not(None))
        standing = (
            select(Outcome.number, Result.value)
            .join(Result, Result.outcome_id == Outcome.id)
            .where(Result.id.not_in(corrected))
        )
        results = Counter((number, int(value)) for number, value in tx.execute(standing))
    with httpx.Client(base_url=sandbox, timeout=60) as http:
        posts = http.get("/_sandbox/state").json()["posts"]["by_metadata"]
        seen = http.get("/_sandbox/messages", params={"user": "@owner1", "channel": NEWS}).json()["messages"]
    by_uid = {json.loads(name)["event_payload"]["delivery"]: times for name, times in posts.items()}
    return Found(rows, by_uid, {(NEWS, one["ts"]): one["text"] for one in seen}, results)


def oddities(log: Path) -> Counter[str]:
    """The lines of the replicas' log that tell of what nobody foresaw, by what they say."""
    odd: Counter[str] = Counter()
    for line in log.read_text(errors="replace").splitlines():
        try:
            told = json.loads(line)
        except ValueError:
            odd["a line that is no JSON"] += bool(line.strip())
            continue
        trace = str(told.get("exception", ""))
        if trace and not any(name in trace for name in _FORESEEN):
            odd[f"{told.get('event')}: {trace.strip().splitlines()[-1][:120]}"] += 1
    return +odd
