"""What can be asked of the outbox. Reads only."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import case, func, not_, or_, select

from bot.db.database import Tx
from bot.db.types import UtcDateTime
from bot.outbox.conditions import another_update_in_hand, at, is_unknown, parent_is
from bot.outbox.model import Delivery, Lane
from bot.outbox.rules import HISTORY_LANE, PENDING, STANDINGS, UNKNOWN, Kind, State, lane_of_place
from bot.slack.message import Message


@dataclass(frozen=True)
class Counts:
    """How many deliveries stand where, and since when the oldest one that is due has been waiting."""

    by_state: dict[str, int]
    """By state, and *unknown* apart from what is being posted; 0 where there is none."""
    oldest_due_at: datetime | None


def delivery_with_key(tx: Tx, *, workspace_id: str, key: str) -> Delivery | None:
    """The delivery under a key."""
    return tx.execute(
        select(Delivery).where(Delivery.workspace_id == workspace_id, Delivery.key == key)
    ).scalar_one_or_none()


def count_for(tx: Tx, *, workspace_id: str, place: str, keys: Collection[str], since: datetime) -> int:
    """How many messages whose keys read so, % being anything, a place was sent or is owed, due since then."""
    told = select(func.count()).where(
        Delivery.workspace_id == workspace_id,
        Delivery.place == place,
        Delivery.kind == Kind.POST,
        Delivery.state.in_(PENDING | {State.SENT}),
        Delivery.due_at >= since,
        or_(*(Delivery.key.like(key) for key in keys)),
    )
    return tx.execute(told).scalar_one()


def delivery_at(tx: Tx, *, workspace_id: str, channel: str, ts: str) -> Delivery | None:
    """The delivery that posted a message, for an answer in its thread."""
    here = (Delivery.workspace_id == workspace_id, Delivery.channel == channel, Delivery.ts == ts)
    first = select(Delivery).where(*here).order_by(Delivery.id).limit(1)
    return tx.execute(first).scalar_one_or_none()


def is_on_its_way(tx: Tx, *, workspace_id: str, place: str) -> bool:
    """Whether something may be out at this place that nobody has noted yet: it is being posted, or of unknown fate."""
    posting = (Delivery.workspace_id == workspace_id, Delivery.place == place, Delivery.state == State.POSTING)
    return tx.scalar(select(Delivery.id).where(*posting).limit(1)) is not None


def next_send_at(tx: Tx, *, now: datetime) -> datetime | None:
    """The earliest instant, not before `now`, at which a sender could next do something; None when nothing is owed.

    For whoever moves a clock: move it there, let the ticks run, ask again.
    """
    instants = [*_attempts(tx), *_looks(tx), *_ends(tx)]
    return max(now, min(instants)) if instants else None


def owed_by(tx: Tx, *, instant: datetime) -> int:
    """How many deliveries due by an instant have not ended."""
    due = select(func.count()).select_from(Delivery).where(Delivery.state.in_(PENDING), Delivery.due_at <= instant)
    return tx.execute(due).scalar_one()


def counts(tx: Tx, *, now: datetime) -> Counts:
    """How the outbox is doing, for the metrics."""
    by_state: dict[str, int] = dict.fromkeys(STANDINGS, 0)
    for state, number in tx.execute(select(Delivery.state, func.count()).group_by(Delivery.state)):
        by_state[state] = number
    unknown = select(func.count()).select_from(Delivery).where(is_unknown())
    by_state[UNKNOWN] = tx.execute(unknown, at(now)).scalar_one()
    by_state[State.POSTING] -= by_state[UNKNOWN]
    due = (Delivery.state.in_(PENDING), Delivery.due_at <= now)
    return Counts(by_state, tx.execute(select(func.min(Delivery.due_at)).where(*due)).scalar_one())


def _attempts(tx: Tx) -> list[datetime]:
    """For each place with something owed, when the next attempt may be made, as its lanes have it."""
    owed = tx.execute(_OWED).all()
    openings = _openings(tx) if owed else {}
    return [
        max(soonest, openings[workspace_id, kind.value], openings[workspace_id, lane_of_place(place)])
        for workspace_id, kind, place, soonest in owed
    ]


def _looks(tx: Tx) -> list[datetime]:
    """For each workspace with messages of unknown fate, when the next look may be taken."""
    posting = tx.execute(_POSTING).all()
    openings = _openings(tx) if posting else {}
    return [max(soonest, openings[workspace_id, HISTORY_LANE]) for workspace_id, soonest in posting]


def _ends(tx: Tx) -> list[datetime]:
    """When the first message expires, and when the first lease ends."""
    found = (tx.execute(_FIRST_EXPIRY).scalar_one(), tx.execute(_FIRST_LEASE_END).scalar_one())
    return [instant for instant in found if instant is not None]


def _openings(tx: Tx) -> defaultdict[tuple[str, str], datetime]:
    """When each lane is open for certain, whatever burst its pace allows. A lane without a row is open."""
    return defaultdict(
        lambda: datetime.min.replace(tzinfo=UTC),
        {
            (workspace_id, name): max(next_at, blocked or next_at)
            for workspace_id, name, next_at, blocked in tx.execute(_LANES)
        },
    )


# Built once: building one takes longer than answering it.
_OWED = (
    select(Delivery.workspace_id, Delivery.kind, Delivery.place, func.min(Delivery.next_try_at))
    .where(Delivery.state == State.OWED, not_(or_(parent_is(*PENDING), another_update_in_hand())))
    .group_by(Delivery.workspace_id, Delivery.kind, Delivery.place)
)
_POSTING = (
    select(
        Delivery.workspace_id,
        func.min(
            case((Delivery.leased_until > Delivery.next_try_at, Delivery.leased_until), else_=Delivery.next_try_at),
            type_=UtcDateTime(),
        ),
    )
    .where(Delivery.state == State.POSTING)
    .group_by(Delivery.workspace_id)
)
_FIRST_EXPIRY = select(func.min(Delivery.expires_at)).where(Delivery.state == State.OWED)
_FIRST_LEASE_END = select(func.min(Delivery.leased_until)).where(Delivery.state == State.LEASED)
_LANES = select(Lane.workspace_id, Lane.name, Lane.next_at, Lane.blocked_until)


def content_under(tx: Tx, *, workspace_id: str, key: str) -> Message | None:
    """What the message under a key says, or will say once its newest rewriting is sent; None without such a message."""
    original = delivery_with_key(tx, workspace_id=workspace_id, key=key)
    if original is None:
        return None
    rewritten = select(Delivery).where(
        Delivery.workspace_id == workspace_id,
        Delivery.follows_id == original.id,
        Delivery.kind == Kind.UPDATE,
        Delivery.state.in_(PENDING | {State.SENT}),
    )
    newest = tx.scalars(rewritten.order_by(Delivery.id.desc()).limit(1)).one_or_none() or original
    return Message(newest.text, newest.blocks)
