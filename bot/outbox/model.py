"""The tables of the outbox."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, Boolean, Enum, ForeignKeyConstraint, Index, Integer, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from bot.db.base import Base, InWorkspace, Key, KeyedInWorkspace, SlackId
from bot.db.types import UtcDateTime
from bot.outbox.rules import Kind, State
from bot.slack.message import Message

LONGEST_KEY = 200

_KIND = Enum(Kind, native_enum=False, length=8, values_callable=lambda kinds: [kind.value for kind in kinds])
_STATE = Enum(State, native_enum=False, length=12, values_callable=lambda states: [state.value for state in states])


class Delivery(InWorkspace, Base):
    """One message owed to one place, and what became of it."""

    __tablename__ = "delivery"
    __table_args__ = (
        UniqueConstraint("workspace_id", "key"),
        UniqueConstraint("id", "workspace_id"),
        ForeignKeyConstraint(["workspace_id", "follows_id"], ["delivery.workspace_id", "delivery.id"]),
        Index("ix_delivery_claim", "workspace_id", "kind", "state", "next_try_at"),
        Index("ix_delivery_state", "state", "next_try_at"),
        Index("ix_delivery_expiry", "state", "expires_at"),
        Index("ix_delivery_follows", "workspace_id", "follows_id"),
        Index("ix_delivery_place", "workspace_id", "place", "id"),
        Index("ix_delivery_message", "workspace_id", "channel", "ts"),
    )

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    key: Mapped[str] = mapped_column(String(LONGEST_KEY + 20))
    """Says what the message is, for ever: `checkin:U1:2026-W12`. An update adds `#r1`, `#r2`, …"""
    uid: Mapped[str] = mapped_column(String(32), unique=True)
    """The opaque name under which the message can be found again in Slack."""
    kind: Mapped[Kind] = mapped_column(_KIND)
    place: Mapped[str] = mapped_column(SlackId)
    """A channel (C…, G…, D…), or a person (U…, W…) for a direct message."""
    follows_id: Mapped[int | None] = mapped_column(Key)
    """The delivery that must be sent first: in whose thread a post goes, or which an update rewrites."""

    text: Mapped[str] = mapped_column(Text)
    blocks: Mapped[list[dict[str, Any]]] = mapped_column(JSON)
    plain: Mapped[bool] = mapped_column(Boolean, default=False)
    """Slack refused the blocks: only the text is sent."""

    state: Mapped[State] = mapped_column(_STATE)
    due_at: Mapped[datetime] = mapped_column(UtcDateTime)
    expires_at: Mapped[datetime] = mapped_column(UtcDateTime)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    next_try_at: Mapped[datetime] = mapped_column(UtcDateTime)
    """When the next step may be taken: an attempt while owed, a look while posting."""
    lease_token: Mapped[str | None] = mapped_column(String(32))
    leased_until: Mapped[datetime | None] = mapped_column(UtcDateTime)
    attempts: Mapped[int] = mapped_column(Integer, default=0)
    intent_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    looks: Mapped[int] = mapped_column(Integer, default=0)
    """How many looks, since the last attempt, did not find the message."""
    last_look_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    look_page: Mapped[str] = mapped_column(String(200), default="")
    """Where a look that is under way goes on; empty where it begins."""
    end_as: Mapped[State | None] = mapped_column(_STATE)
    """Cancelled or withheld while it may already be out: what it becomes if it turns out not to be."""

    channel: Mapped[str | None] = mapped_column(SlackId)
    """Where it goes or went: for a person, their direct channel."""
    ts: Mapped[str | None] = mapped_column(String(20))
    sent_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    ended_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    """When it reached its last state, whichever that is."""
    reason: Mapped[str | None] = mapped_column(Text)
    """Why it is not out (yet), in words a person can read; of one that is out, who had it tried again, if anybody."""

    @property
    def message(self) -> Message:
        """What is sent: the text alone when Slack refused the blocks."""
        return Message(self.text, [] if self.plain else self.blocks)


class Lane(KeyedInWorkspace, Base):
    """The pace of one kind of call in one workspace, shared by every replica.

    Names: `post`, `update`, `open`, `history`, and `post:C123` for one place.
    """

    __tablename__ = "lane"
    __table_args__ = (Index("ix_lane_next", "name", "next_at"),)

    name: Mapped[str] = mapped_column(String(48), primary_key=True)
    next_at: Mapped[datetime] = mapped_column(UtcDateTime)
    """GCRA's theoretical arrival time of the next call."""
    blocked_until: Mapped[datetime | None] = mapped_column(UtcDateTime)
    """Slack answered 429: no call before this."""


class DirectChannel(KeyedInWorkspace, Base):
    """The channel in which Rhythm speaks with one person, as `conversations.open` gave it."""

    __tablename__ = "direct_channel"

    person_id: Mapped[str] = mapped_column(SlackId, primary_key=True)
    channel: Mapped[str] = mapped_column(SlackId)
