"""Slack's rate limits: how often each method may be called, and each channel posted to.

Budgets are per method and workspace over one-minute windows (docs.slack.dev/apis/web-api/rate-limits); a whole window's
budget may be spent at once. Posting is about one message a second per channel and several hundred a minute overall.
Time is the sandbox's own, so that a jump of the clock refills every budget.
"""

import math
from dataclasses import dataclass

from bot.clock import Clock


@dataclass(frozen=True)
class Tier:
    """`per_minute` calls, of which `burst` may come at once."""

    per_minute: int
    burst: int


TIER_2 = Tier(20, 20)
TIER_3 = Tier(50, 50)
TIER_4 = Tier(100, 100)
SPECIAL = Tier(600, 300)
POSTING = Tier(300, 60)
ONE_CHANNEL = Tier(60, 5)


class Rates:
    """Generic cell rate algorithm, one lane per method and one per channel posted to."""

    def __init__(self, clock: Clock, *, on: bool) -> None:
        self.on = on
        self._clock = clock
        self._full_at: dict[str, float] = {}

    def take(self, lanes: dict[str, Tier]) -> int | None:
        """Takes one place in every lane, or none at all: then the whole seconds to wait, Slack's `Retry-After`."""
        if not self.on:
            return None
        now = self._clock.monotonic()
        waits = [self._wait(lane, tier, now) for lane, tier in lanes.items()]
        if max(waits, default=0.0) > 0:
            return max(1, math.ceil(max(waits)))
        for lane, tier in lanes.items():
            self._full_at[lane] = max(self._full_at.get(lane, now), now) + 60 / tier.per_minute
        return None

    def _wait(self, lane: str, tier: Tier, now: float) -> float:
        spacing = 60 / tier.per_minute
        return self._full_at.get(lane, now) + spacing - now - spacing * tier.burst
