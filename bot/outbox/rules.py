"""What is true of deliveries, pace and Slack's answers. Pure: no database, no clock, no Slack."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

LEASE = timedelta(seconds=60)
"""How long a sender holds a row before others may take it over."""

LOOK_AFTER = timedelta(seconds=90)
"""How long to wait before looking whether a message of unknown outcome arrived: history lags."""

LOOK_AGAIN_AFTER = timedelta(seconds=30)
LOOKS_NEEDED = 2
"""A message is posted again only after this many looks, so far apart, that did not find it."""

LOOK_BACK = timedelta(days=1)
"""How far before the attempt a look begins, so that no difference between clocks can hide the message."""

LONGEST_WAIT = timedelta(hours=2)
"""No row waits longer between two attempts; a later time comes from a clock that was wrong."""

LONGEST_LANE_WAIT = timedelta(minutes=5)
LONGEST_RETRY_AFTER = 3600.0
LEAST_RETRY_AFTER = 1.0


class Kind(StrEnum):
    """What a delivery does in Slack; also the name of its workspace's lane."""

    POST = "post"
    UPDATE = "update"


class State(StrEnum):
    """Where a delivery stands. `UNKNOWN` is `POSTING` past its answer."""

    OWED = "owed"
    LEASED = "leased"
    POSTING = "posting"
    SENT = "sent"
    FAILED = "failed"
    EXPIRED = "expired"
    WITHHELD = "withheld"
    CANCELLED = "cancelled"


UNKNOWN = "unknown"
"""What a posting is called whose answer never came."""
STANDINGS = (*State, UNKNOWN)
"""What operators are told: the states, and *unknown*."""

PENDING = frozenset({State.OWED, State.LEASED, State.POSTING})
ENDED_UNSENT = frozenset({State.FAILED, State.EXPIRED, State.WITHHELD, State.CANCELLED})
TERMINAL = ENDED_UNSENT | {State.SENT}
REVIVABLE = frozenset({State.FAILED, State.EXPIRED})
"""The only last states that do not bind an operator: the message is still true, and somebody may still want it."""

_NEXT: dict[State, frozenset[State]] = {
    State.OWED: frozenset({State.LEASED, State.EXPIRED, State.WITHHELD, State.CANCELLED}),
    State.LEASED: frozenset({State.OWED, State.POSTING, State.FAILED, State.WITHHELD, State.CANCELLED}),
    State.POSTING: frozenset({State.OWED, State.SENT, State.FAILED, State.WITHHELD, State.CANCELLED}),
}


def may_become(before: State, after: State) -> bool:
    """Whether a sender may take a delivery from one state to the other. Nothing follows a terminal state."""
    return after in _NEXT.get(before, frozenset())


OPEN_LANE = "open"
HISTORY_LANE = "history"


def lane_of_place(place: str) -> str:
    """The name of the lane that paces posts to one channel or person."""
    return f"{Kind.POST}:{place}"


def is_person(place: str) -> bool:
    """Whether a place is a person (U…, W…), who gets a direct message, rather than a channel."""
    return place.startswith(("U", "W"))


# Pace


@dataclass(frozen=True)
class Rate:
    """A pace: one call each `interval`, and calls up to `tolerance` ahead of it (a small burst)."""

    interval: timedelta
    tolerance: timedelta


@dataclass(frozen=True)
class Pace:
    """How fast Slack may be called. Slack allows about one post a second in a channel, several hundred a minute in a
    workspace, and 50 a minute of `chat.update`, `conversations.open` and `conversations.history` each."""

    posts: Rate
    channel_posts: Rate
    updates: Rate
    opens: Rate
    history: Rate

    @classmethod
    def of(
        cls, *, workspace_posts_per_second: float, channel_posts_per_second: float, history_calls_per_minute: float
    ) -> "Pace":
        """The pace for the rates people choose; what they do not choose follows Slack's published tiers."""
        tier_3 = Rate(timedelta(minutes=1) / 50, timedelta(seconds=5))
        return cls(
            posts=Rate(timedelta(seconds=1) / workspace_posts_per_second, timedelta(seconds=1)),
            channel_posts=Rate(timedelta(seconds=1) / channel_posts_per_second, timedelta(seconds=0.5)),
            updates=tier_3,
            opens=tier_3,
            history=Rate(timedelta(minutes=1) / history_calls_per_minute, timedelta(0)),
        )

    def of_kind(self, kind: Kind) -> Rate:
        """The pace of a workspace's lane for one kind of delivery."""
        return self.posts if kind == Kind.POST else self.updates


def opens_at(next_at: datetime, blocked_until: datetime | None, rate: Rate) -> datetime:
    """The first instant at which a lane lets a call through.

    GCRA (ITU-T I.371): `next_at` is the theoretical arrival time. Slack's Retry-After, kept in `blocked_until`, wins.
    """
    opening = next_at - rate.tolerance
    return opening if blocked_until is None else max(opening, blocked_until)


def after_a_call(next_at: datetime, now: datetime, rate: Rate) -> datetime:
    """The lane's theoretical arrival time once a call went through at `now`."""
    return max(next_at, now) + rate.interval


def backoff(attempts: int, chance: float) -> timedelta:
    """How long to wait after `attempts` failed ones: full jitter between 1 s and a bound that doubles, 300 s at most.

    `chance` is a random number in [0, 1).
    """
    bound = min(300.0, 2.0 ** min(attempts, 9))
    return timedelta(seconds=1.0 + chance * (bound - 1.0))


def bounded_retry_after(seconds: float) -> timedelta:
    """Slack's Retry-After, to the second, within what is plausible: at least one second, at most an hour."""
    return timedelta(seconds=min(max(seconds, LEAST_RETRY_AFTER), LONGEST_RETRY_AFTER))


def lease_has_run_out(leased_until: datetime | None, now: datetime) -> bool:
    """Whether others may take the row over. No lease, or one implausibly far ahead, has run out too."""
    return leased_until is None or leased_until <= now or leased_until > now + 2 * LEASE


def lease_suffices(seconds_left: float, http_timeout: float) -> bool:
    """Whether a call may still begin: it must end, at the very latest, well before others take the row over."""
    return seconds_left >= 2 * http_timeout


# Slack's answers

OUTCOME_UNKNOWN = frozenset(
    {
        "internal_error",
        "fatal_error",
        "request_timeout",
        "service_unavailable",
        "duplicate_message_not_found",
        "duplicate_channel_not_found",
    }
)
"""Errors after which the message may have been posted all the same."""

RATE_LIMITED = frozenset({"ratelimited", "rate_limited", "message_limit_exceeded"})
"""Errors that close the whole lane for a while."""

TRY_LATER = RATE_LIMITED | {"team_added_to_org", "org_login_required", "accesslimited"}
"""Errors that mean: not posted, and worth another attempt."""

BLOCKS_REFUSED = frozenset(
    {"invalid_blocks", "invalid_blocks_format", "msg_blocks_too_long", "unsupported_block_type", "blocks_too_long"}
)
"""Errors about the blocks alone: the complete text can still be posted."""

_REASONS = {
    "not_in_channel": "Rhythm is not in that channel: invite it with /invite @rhythm.",
    "channel_not_found": "Slack does not know that channel, or it is private and Rhythm is not in it: "
    "invite it with /invite @rhythm.",
    "is_archived": "That channel is archived: unarchive it, or choose another channel.",
    "restricted_action": "This workspace lets only some people post there: ask a Slack admin to allow Rhythm.",
    "restricted_action_read_only_channel": "That channel is read-only: ask a Slack admin to allow Rhythm to post.",
    "restricted_action_thread_only_channel": "That channel takes only replies in threads: choose another channel.",
    "restricted_action_non_threadable_channel": "That channel takes no threads: choose another channel.",
    "restricted_action_thread_locked": "That thread is locked: ask a Slack admin to unlock it.",
    "ekm_access_denied": "An administrator has suspended posting in this workspace: ask a Slack admin.",
    "account_inactive": "Rhythm's account in this workspace is switched off: ask a Slack admin to install it again.",
    "invalid_auth": "Slack does not accept Rhythm's token: ask a Slack admin to install Rhythm again.",
    "not_authed": "Rhythm has no token for this workspace: ask a Slack admin to install Rhythm again.",
    "token_revoked": "Rhythm was removed from this workspace: ask a Slack admin to install it again.",
    "token_expired": "Rhythm's token has expired: ask a Slack admin to install Rhythm again.",
    "missing_scope": "Rhythm lacks a permission it needs: ask a Slack admin to install it again.",
    "no_permission": "Rhythm may not post there: ask a Slack admin to allow it.",
    "team_access_not_granted": "Rhythm has no access to that workspace: ask a Slack admin to grant it.",
    "user_disabled": "That person's account is switched off: hand their outcomes over.",
    "user_not_found": "Slack does not know that person: hand their outcomes over.",
    "users_not_found": "Slack does not know that person: hand their outcomes over.",
    "user_not_visible": "Rhythm cannot see that person: they may be in another workspace.",
    "cannot_dm_bot": "That is a bot, and bots take no messages: choose a person.",
    "messages_tab_disabled": "Messages to Rhythm are switched off: turn on the Messages tab in the app's settings.",
    "msg_too_long": "The message is longer than Slack allows.",
    "no_text": "The message has no words.",
    "metadata_too_large": "The message carries more hidden data than Slack allows.",
    "thread_not_found": "The thread this belongs to was deleted.",
    "message_not_found": "The message to be updated was deleted.",
    "cant_update_message": "Slack does not let Rhythm change that message.",
    "edit_window_closed": "This workspace no longer lets that message be changed.",
    "is_inactive": "That conversation is closed.",
}


def reason_for(code: str) -> str:
    """One sentence a person can act on, for an error that Slack answered."""
    return _REASONS.get(code, f"Slack refused this message ({code[:60]}).")


REFUSED_PERSON = frozenset(
    reason_for(code)
    for code in (
        "user_disabled",
        "user_not_found",
        "users_not_found",
        "user_not_visible",
        "cannot_dm_bot",
        # What a direct channel answers that was opened while they were there.
        "channel_not_found",
        "is_archived",
        "is_inactive",
    )
)
"""Why a message to a person failed, where it may be that they are not there any more."""

NO_ANSWER = "Slack did not say whether it took the message."
SLOW_DOWN = "Slack asked Rhythm to slow down."
NOT_REACHED = "Slack could not be reached."
REPLACED = "Replaced by a newer version."
ORPHANED = "The message it goes with was not sent."


def reason_to_wait(code: str) -> str:
    """Why a message is not out yet, after an error that passes."""
    if code in RATE_LIMITED:
        return SLOW_DOWN
    return NOT_REACHED if code == "unreachable" else f"Slack could not take it yet ({code[:60]})."


def reason_expired(last: str | None) -> str:
    """Why a message was not sent before it stopped being of use: what stood in the way last."""
    return last or "Rhythm was not running, or other messages went first."


def reason_unclear(cause: str) -> str:
    """Why nobody can say whether a message arrived: it is not tried again, since it may be there."""
    return f"It may or may not have arrived: Slack did not say, and Rhythm could not look. {cause}"


RETRIED = "Tried again at the request of "
"""How the reason of a message begins that an operator revived; it is kept once the message is sent."""


WAITED = "It waited until "
"""How the reason of a message begins that somebody had to be left alone before; it is kept once the message is sent."""


def reason_late(what: str) -> str:
    """Why a message is owed later than it was due. `what` had to happen first: `Do Not Disturb ended`."""
    return f"{WAITED}{what}."


def reason_retried(by: str, was: State, before: str | None) -> str:
    """Why a message that had ended is tried again: who asked, and what had become of it."""
    return f"{RETRIED}{by}. Before, it had {was}. {before or ''}".rstrip()


def reason_called_off(by: str) -> str:
    """Why a message is not sent that an operator cancelled."""
    return f"Called off by {by}, at the command line."
