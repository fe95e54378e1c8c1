"""A bot in a sandbox, in one process, on one clock that can be moved: `make run` without tokens, and the journeys.

The bot itself is the unmodified one, and reaches the sandbox as it reaches Slack. Only the clock is shared, so that a
quarter can be lived in a minute.
"""

import socket
import threading
from collections.abc import Sequence
from datetime import datetime, timedelta
from pathlib import Path

from pydantic import SecretStr

from bot.clock import MovableClock, SystemClock
from bot.demo.company import COMPANY
from bot.demo.seed import Seeding, first_morning
from bot.errors import CannotListen, CannotStart
from bot.main import Bot
from bot.sandbox.refusals import Refused
from bot.sandbox.server import Sandbox
from bot.settings import Settings

_LONGEST_STEP = timedelta(days=1)
_PATIENCE = timedelta(minutes=30)
"""How far past its target the clock may run while messages wait for their pace or for an answer from Slack."""
IN_CHANNELS = ("message.channels", "message.groups")
"""What the app of an installation subscribes to that lets huddles end meetings; see docs/operations.md."""
_TRIES = 3
"""How often a tick that fails is tried before the clock gives up moving past what it leaves undone."""


class Rehearsal:
    """A sandbox with a bot in it.

    Args:
        settings: those of the bot; what concerns Slack is replaced by the sandbox's.
        journal: where the sandbox remembers; None to forget everything at the end.
        clock: the time both live by.
        rates: whether the sandbox holds the bot to Slack's rate limits, `slack` or `off`.
        with_bot: whether to run one; without, the sandbox waits for bots from elsewhere.
        ticking: whether the bot works as real time passes, or only when the clock is moved.
    """

    def __init__(
        self,
        settings: Settings,
        *,
        journal: Path | None = None,
        clock: MovableClock | None = None,
        rates: str = "slack",
        with_bot: bool = True,
        ticking: bool = True,
    ) -> None:
        self.clock = clock or MovableClock()
        in_http_mode = settings.slack_mode == "http"
        if in_http_mode and not settings.port:
            # The sandbox has to know the bot's address before there is a bot.
            settings = settings.model_copy(update={"port": _free_port(settings.host)})
        self.sandbox = Sandbox(
            clock=self.clock,
            port=settings.sandbox_port,
            journal=journal,
            rates=rates,
            also_hears=IN_CHANNELS if settings.huddle_ends_meeting else (),
            request_url=f"http://{settings.host}:{settings.port}/slack/events" if in_http_mode else None,
        )
        self._settings = settings
        self._with_bot, self._ticking = with_bot, ticking
        self._living = threading.Lock()
        self.bot: Bot | None = None

    def start(self) -> None:
        """Starts the sandbox, then the bot in it. Raises CannotStart for a port that is taken."""
        try:
            self.sandbox.start()
        except OSError as error:
            raise CannotListen("SANDBOX_PORT", "127.0.0.1", self._settings.sandbox_port, error) from None
        if not self._with_bot:
            return
        try:
            self.bot = Bot(self._in_sandbox(), self.clock)
            self.bot.start(ticking=self._ticking)
        except BaseException:
            self.sandbox.stop()
            raise
        self.sandbox.on_clock = self.live_until
        self.sandbox.is_at_rest = self.bot.is_at_rest

    def stop(self) -> None:
        """Stops the bot, then the sandbox."""
        if self.bot is not None:
            self.bot.stop()
        self.sandbox.stop()

    def live_until(self, target: datetime) -> None:
        """Moves the clock to `target` and a little further if need be: until all that was due by then is settled.

        It stops wherever something falls due on the way, so that a jump of a month is a month lived. Raises Refused
        when what is due there cannot be done, because a tick fails again and again.
        """
        if self.bot is None:
            raise RuntimeError("there is nobody to live yet")
        with self._living:
            ticker, tries = self.bot.ticker, 0
            while True:
                ticker.drain()
                now, due = self.clock.now(), ticker.next_at()
                if now >= target and (not self._is_owing(target) or now > target + _PATIENCE):
                    return
                tries = tries + 1 if ticker.failing and due is not None and due <= now else 0
                if tries == _TRIES:
                    raise Refused(_stands_still(now, ticker.failing), 500)
                step = min(filter(None, (due, now + _LONGEST_STEP, target if now < target else None)))
                self.clock.move_to(max(step, self.clock.now()))

    def _is_owing(self, target: datetime) -> bool:
        if self.bot is None:
            return False
        return self.bot.owes(target)

    def _in_sandbox(self) -> Settings:
        return self._settings.model_copy(
            update={
                "slack_bot_token": SecretStr(self.sandbox.bot_token),
                "slack_app_token": SecretStr(self.sandbox.app_token),
                "slack_signing_secret": SecretStr(self.sandbox.signing_secret),
                "slack_api_url": self.sandbox.api_url,
            }
        )


def _stands_still(now: datetime, failing: Sequence[str]) -> str:
    ticks = " and ".join(f"“{name}”" for name in failing)
    return f"The clock stands still at {now:%Y-%m-%d %H:%M} UTC: the tick {ticks} fails there. The log says why."


def _free_port(host: str) -> int:
    with socket.create_server((host, 0)) as listening:
        return int(listening.getsockname()[1])


def seed(settings: Settings, *, journal: Path | None, until: datetime | None = None) -> None:
    """Lives the demo company's quarter from its first morning until now, and leaves database and journal so.

    The journal appears under its name when all is done, so that a seeding which was broken off is begun again.
    Raises CannotStart when the database holds a demo company already.
    """
    until = until or SystemClock().now()
    unfinished = None if journal is None else journal.with_suffix(".new")
    if unfinished is not None:
        unfinished.unlink(missing_ok=True)
    brisk = {"workspace_posts_per_second": 100.0, "channel_posts_per_second": 100.0}
    alone = settings.model_copy(update={"port": 0, "sandbox_port": 0, "slack_mode": "socket", **brisk})
    clock = MovableClock(first_morning(until))
    past = Rehearsal(alone, journal=unfinished, clock=clock, rates="off", ticking=False)
    past.start()
    try:
        if past.bot is None:
            raise RuntimeError("the rehearsal has no bot")
        Seeding(past.bot.db, past.clock, COMPANY, past.live_until).run(until=until)
    except Refused as stuck:
        raise CannotStart(stuck.sentence) from None
    finally:
        past.stop()
    if journal is not None and unfinished is not None:
        unfinished.replace(journal)
