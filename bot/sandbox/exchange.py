"""One gesture's exchange with the bot: the payload goes out, the acknowledgement and the first answer come back.

It is over once the bot has acknowledged and visibly answered, or `PATIENCE` seconds after it acknowledged, or as soon
as it is known to have nothing more in hand. An answer is taken as whole when nothing has been added to it for `QUIET`
seconds.
"""

import asyncio
from collections.abc import Callable
from contextlib import suppress

from bot.sandbox.delivery import ACK_SECONDS, Kind, NotAcknowledged
from bot.sandbox.hints import Hint
from bot.sandbox.refusals import Json, Refused
from bot.sandbox.slack import Slack
from bot.sandbox.world import SLACKBOT

PATIENCE = 0.8
QUIET = 0.05
_GLANCE = 0.01
TIMED_OUT = "operation_timeout"
FAILED = "dispatch_failed"

Wanted = Callable[[Hint], bool]


class Exchange:
    """Exchanges with the bot of one sandbox."""

    def __init__(self, slack: Slack) -> None:
        self._slack = slack
        self._world = slack.world

    async def interact(
        self,
        user: str,
        kind: Kind,
        payload: Json,
        wanted: Wanted,
        answered: Callable[[Json], bool] = lambda ack: False,
    ) -> Json:
        """Delivers a payload, lets `answered` carry out its acknowledgement, awaits what follows. Raises Refused."""
        before = self._world.next_ts()
        with self._slack.hints.awaited(wanted) as followed:
            ack = await self.acked(kind, payload)
            if not answered(ack):
                await self._settled(followed)
        return self.report(user, ack, before)

    async def tell(self, user: str, happen: Callable[[], asyncio.Task[None] | None], wanted: Wanted) -> Json:
        """Lets something `happen` that the bot is told of as an event, and waits for what follows."""
        before = self._world.next_ts()
        with self._slack.hints.awaited(wanted) as followed:
            told = happen()
            if told is not None and self._slack.delivery.connections:
                await asyncio.wait({told}, timeout=ACK_SECONDS)
                await self._settled(followed)
        return self.report(user, {}, before)

    async def acked(self, kind: Kind, payload: Json) -> Json:
        """Delivers a payload and returns its acknowledgement. Raises Refused with 504 or 502 when there is none."""
        try:
            return await self._slack.delivery.send(kind, payload)
        except NotAcknowledged as failure:
            if failure.reason == "http_timeout":
                raise Refused(f"{TIMED_OUT}: the app did not answer within 3 seconds.", 504) from None
            raise Refused(f"{FAILED}: the app could not be reached ({failure.reason}).", 502) from None

    def concerns(self, user: str, channel: str | None = None) -> Wanted:
        """What counts as an answer: something of the bot's that this person alone sees, or that is in `channel`."""

        def wanted(hint: Hint) -> bool:
            return hint.by_bot and (hint.user == user or (hint.user is None and hint.channel == channel is not None))

        return wanted

    def report(self, user: str, ack: Json, since: str) -> Json:
        """What a gesture returns: the acknowledgement, the open forms, and the whispers since a timestamp."""
        rows = [row for ts, row in self._world.ephemerals.items() if since and ts > since and row["to"] == user]
        whispers = [{**row["message"], "channel": row["channel"]} for row in rows]
        views = self._slack.forms.open_views(user)
        return {"ok": True, "ack": ack, "views": views, "ephemerals": whispers}

    async def _settled(self, answer: asyncio.Event) -> None:
        """Waits for the first answer, then until none comes for a moment: forms open empty and are filled at once."""
        loop = asyncio.get_running_loop()
        until = loop.time() + PATIENCE
        wait = PATIENCE
        while wait > 0 and await self._comes(answer, within=wait):
            answer.clear()
            wait = min(QUIET, until - loop.time())

    async def _comes(self, answer: asyncio.Event, *, within: float) -> bool:
        loop = asyncio.get_running_loop()
        give_up = loop.time() + within
        while not answer.is_set() and loop.time() < give_up and not self._slack.is_at_rest():
            with suppress(TimeoutError):
                await asyncio.wait_for(answer.wait(), min(_GLANCE, max(give_up - loop.time(), 0)))
        return answer.is_set()

    def notice(self, channel: str, user: str, text: str) -> None:
        """Shows the person a sentence of Slack's own."""
        self._world.whisper(channel, user, {"user": SLACKBOT, "text": text})


def reason(refusal: Refused) -> str:
    """The refusal in one word of Slack's."""
    return refusal.sentence.partition(":")[0]
