"""The Slack of the simulated world: it keeps what people see, and answers well, badly, late or not at all."""

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar

from bot.outbox.posting import HTTP_TIMEOUT, BlocksRefused, NotSent, Page, Posted, Refused, Unknown
from bot.slack.message import Message
from tests.simulation.points import COMING, GOING
from tests.simulation.world import Mistake, World

ARCHIVED, GONE = "C9", "U9"
REFUSALS = {ARCHIVED: "is_archived", GONE: "user_disabled"}
"""Places that Slack refuses, from the first call to the last."""

_FAULTS = {
    "post": [
        "unreachable",
        "429",
        "blocks refused",
        "mistake before",
        "mistake after",
        "http_500 before",
        "http_500 after",
        "reset before",
        "reset after",
        "timeout before",
        "timeout after",
        "timeout late",
    ],
    "update": ["unreachable", "429", "mistake after", "http_500 before", "http_500 after", "timeout after"],
    "open_dm": ["unreachable", "429", "mistake after", "http_500 before", "timeout after"],
    "look": ["unreachable", "429", "mistake after", "http_500 before", "timeout before"],
}
"""What may go wrong with a call: its cause, and whether that strikes before Slack carried it out, after, or whether
Slack carries it out later still, when the caller has given up."""

T = TypeVar("T")


_PAGE_SIZE = 1
"""Messages on a page of history: so few that a look may take several calls."""

_OTHERS_WROTE = 0.5
"""How often the first page of history holds only what others wrote meanwhile."""


@dataclass
class Shown:
    """A message that people see. Times are true seconds."""

    workspace_id: str
    channel: str
    ts: str
    uid: str
    text: str
    thread_ts: str | None
    at: float
    judged_at: datetime
    in_history_at: float


class SimulatedSlack:
    """A Poster."""

    def __init__(self, world: World) -> None:
        self.shown: list[Shown] = []
        self._world = world
        self._history_opens_at: defaultdict[str, float] = defaultdict(float)

    def post(self, workspace_id: str, *, channel: str, message: Message, uid: str, thread_ts: str | None) -> Posted:
        def show() -> Posted:
            now, lag = self._world.seconds, self._world.weather.bounds.lag
            ts = f"{1_700_000_000 + len(self.shown)}.000100"
            seen_from = now + self._world.chance.uniform(0, lag)
            where = (workspace_id, channel, ts, uid, message.text, thread_ts)
            self.shown.append(Shown(*where, now, self._world.judged(), seen_from))
            self._world.note("shown", f"“{message.text}” in {workspace_id} {channel}")
            return Posted(channel, ts)

        return self._call("post", channel, show, has_blocks=bool(message.blocks))

    def update(self, workspace_id: str, *, channel: str, ts: str, message: Message, uid: str) -> Posted:
        def rewrite() -> Posted:
            (shown,) = (one for one in self.shown if (one.channel, one.ts, one.uid) == (channel, ts, uid))
            shown.text = message.text
            self._world.note("rewritten", f"“{message.text}” in {workspace_id} {channel}")
            return Posted(channel, ts)

        return self._call("update", channel, rewrite)

    def open_dm(self, workspace_id: str, *, person_id: str) -> str:
        return self._call("open_dm", person_id, lambda: f"D{workspace_id}{person_id}")

    def look(
        self, workspace_id: str, *, channel: str, since: datetime, uid: str, thread_ts: str | None, page: str
    ) -> Page:
        def read() -> Page:
            self._spend_a_look(workspace_id)
            if not page and self._world.chance.random() < _OTHERS_WROTE:
                self._world.note("more to read")
                return Page(None, "0")
            where = (workspace_id, channel, thread_ts)
            oldest = since.timestamp() - self._world.instant().timestamp() + self._world.seconds
            there = [
                one
                for one in reversed(self.shown)
                if oldest <= one.at and (one.workspace_id, one.channel, one.thread_ts) == where
            ]
            seen = [one for one in there if one.in_history_at <= self._world.seconds][int(page or 0) :]
            found = next((one.ts for one in seen[:_PAGE_SIZE] if one.uid == uid), None)
            following = str(int(page or 0) + _PAGE_SIZE) if len(seen) > _PAGE_SIZE else ""
            self._world.note("found" if found else "more to read" if following else "not found")
            return Page(found, following)

        return self._call("look", channel, read)

    def _call(self, method: str, place: str, carry_out: Callable[[], T], *, has_blocks: bool = False) -> T:
        world = self._world
        world.point(f"{method}:{GOING}", longest=world.weather.bounds.going)
        if place in REFUSALS:
            raise Refused(REFUSALS[place])
        fault = self._fault(method, has_blocks)
        cause, _, when = fault.partition(" ")
        if not when:
            self._refuse_for_now(cause)
        if when == "refused":
            raise BlocksRefused("invalid_blocks")
        answer = carry_out() if when == "after" or not fault else None
        if cause == "timeout":
            if when == "late":
                world.later(HTTP_TIMEOUT + world.chance.uniform(0, world.weather.bounds.late), carry_out)
            world.sleep(HTTP_TIMEOUT)
        world.point(f"{method}:{COMING}")
        if cause == "mistake":
            raise Mistake
        if fault:
            raise Unknown(fault)
        return answer  # type: ignore[return-value]

    def _fault(self, method: str, has_blocks: bool) -> str:
        weather = self._world.weather
        odds = weather.look_faults if method == "look" else weather.slack_faults
        if not self._world.is_stormy or self._world.chance.random() >= odds:
            return ""
        fault = self._world.chance.choice(_FAULTS[method])
        if method == "post" and weather.usual_fault and self._world.chance.random() < 0.8:
            fault = weather.usual_fault
        if fault == "blocks refused" and not has_blocks:
            return ""
        self._world.note(f"{method}: {fault}")
        return fault

    def _refuse_for_now(self, cause: str) -> None:
        if cause == "unreachable":
            raise NotSent(cause)
        if cause == "429":
            raise NotSent("ratelimited", self._world.chance.choice([1.0, 5.0, 30.0]))

    def _spend_a_look(self, workspace_id: str) -> None:
        """Where the workspace gets one look a minute, a second one is refused until the minute is over."""
        now, opens_at = self._world.seconds, self._history_opens_at[workspace_id]
        if opens_at > now:
            self._world.note("look: too soon")
            raise NotSent("ratelimited", opens_at - now)
        if self._world.weather.history_per_minute == 1:
            self._history_opens_at[workspace_id] = now + 60.0


FAULTS = [f"{method}: {fault}" for method, faults in _FAULTS.items() for fault in faults]
"""Every fault, as the trace counts it."""
