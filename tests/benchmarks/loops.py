"""The two bare loops that a sender is held against: they post the same messages, and remember nothing."""

import json
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import urllib3
from slack_sdk import WebClient
from sqlalchemy import select

from bot.db.database import Database
from bot.outbox.model import Delivery, DirectChannel
from bot.outbox.rules import Rate
from tests.benchmarks.sink import Sink

Loop = Callable[[Sink, Sequence["Letter"], Rate | None], float]
"""Posts letters one after the other, at a pace if one is given. Answers the seconds it took."""


@dataclass(frozen=True)
class Letter:
    """One message, as it goes over the wire."""

    body: dict[str, Any]


def letters(database: Database) -> list[Letter]:
    """Every message that the database has."""
    query = select(Delivery.uid, Delivery.text, Delivery.blocks, DirectChannel.channel).join(
        DirectChannel,
        (DirectChannel.workspace_id == Delivery.workspace_id) & (DirectChannel.person_id == Delivery.place),
    )
    with database.read() as tx:
        return [Letter(_body(*row)) for row in tx.execute(query)]


def kept_alive(sink: Sink, to_post: Sequence[Letter], rate: Rate | None) -> float:
    """The limit: one connection that stays open."""
    pool = urllib3.PoolManager(retries=False)
    headers = {"Authorization": "Bearer xoxb-benchmark", "Content-Type": "application/json; charset=utf-8"}

    def post(letter: Letter) -> bool:
        data = json.dumps(letter.body, ensure_ascii=False).encode()
        answer = pool.request("POST", f"{sink.url}chat.postMessage", body=data, headers=headers)
        return bool(json.loads(answer.data)["ok"])

    return _took(post, to_post, rate)


def slack_sdk(sink: Sink, to_post: Sequence[Letter], rate: Rate | None) -> float:
    """What most bots do: the SDK's client, which opens a connection for every call."""
    client = WebClient(token="xoxb-benchmark", base_url=sink.url)
    return _took(lambda letter: bool(client.chat_postMessage(**letter.body)["ok"]), to_post, rate)


def _took(post: Callable[[Letter], bool], to_post: Sequence[Letter], rate: Rate | None) -> float:
    started = time.monotonic()
    opens = started
    for letter in to_post:
        if rate is not None:
            time.sleep(max(0.0, opens - _seconds(rate.tolerance) - time.monotonic()))
            opens = max(opens, time.monotonic()) + _seconds(rate.interval)
        assert post(letter)
    return time.monotonic() - started


def _seconds(span: timedelta) -> float:
    return span.total_seconds()


def _body(uid: str, text: str, blocks: list[dict[str, Any]], channel: str) -> dict[str, Any]:
    metadata = {"event_type": "rhythm_delivery", "event_payload": {"delivery": uid}}
    unfurls = {"unfurl_links": False, "unfurl_media": False}
    return {"channel": channel, "text": text, "blocks": blocks, "metadata": metadata, **unfurls}
