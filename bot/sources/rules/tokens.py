"""Tokens: their form, what is kept of them, and how often one may be used. Pure."""

import re
from datetime import datetime, timedelta
from hashlib import sha256

from bot.outbox.rules import Rate, after_a_call, opens_at

NAME_LIMIT = 60
"""How long the name of a token may be, in characters."""

MOST_TOKENS = 20
"""How many tokens a team may have at once."""

PER_MINUTE, BURST = 60, 20
"""How many requests a minute each token is good for, and how many at once after a rest."""

PACE = Rate(interval=timedelta(minutes=1) / PER_MINUTE, tolerance=timedelta(minutes=1) / PER_MINUTE * (BURST - 1))

_PREFIX = "rhythm_"
_TOKEN = re.compile(r"rhythm_[A-Za-z0-9_-]{43}")


def token_of(secret: str) -> str:
    """The token as people paste it: the prefix tells it apart from others, and lets scanners find one that leaked."""
    return f"{_PREFIX}{secret}"


def token_in(authorization: str | None) -> str | None:
    """The token in an `Authorization: Bearer …` header; None for anything else."""
    scheme, _, token = (authorization or "").partition(" ")
    return token.strip() if scheme.lower() == "bearer" and _TOKEN.fullmatch(token.strip()) else None


def hash_of(token: str) -> str:
    """What is kept of a token. Its 256 random bits cannot be guessed, so one round of SHA-256 hides it."""
    return sha256(token.encode()).hexdigest()


def wait_of(next_request_at: datetime, now: datetime) -> timedelta:
    """How long until the next request is let through; nothing when it may come now."""
    return max(opens_at(_plausible(next_request_at, now), None, PACE) - now, timedelta(0))


def after_request(next_request_at: datetime, now: datetime) -> datetime:
    """GCRA's theoretical arrival time of the next request, once one was let through."""
    return after_a_call(_plausible(next_request_at, now), now, PACE)


def _plausible(next_request_at: datetime, now: datetime) -> datetime:
    """A time further ahead than the pace ever puts it comes from a clock that was wrong."""
    return min(next_request_at, now + PACE.tolerance + PACE.interval)
