"""The tables of the workspaces room."""

from datetime import datetime

from sqlalchemy import Index, Integer, String
from sqlalchemy.orm import Mapped, mapped_column

from bot.db.base import Base, KeyedInWorkspace, SlackId
from bot.db.types import UtcDateTime


class Workspace(Base):
    """One Slack workspace. Every other row belongs to one."""

    __tablename__ = "workspace"

    id: Mapped[str] = mapped_column(SlackId, primary_key=True)
    name: Mapped[str] = mapped_column(String(200))
    bot_user_id: Mapped[str] = mapped_column(SlackId)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)


class Counter(KeyedInWorkspace, Base):
    """The last number given to a kind of thing: the 12 of OUT-12."""

    __tablename__ = "counter"

    kind: Mapped[str] = mapped_column(String(20), primary_key=True)
    last: Mapped[int] = mapped_column(Integer)


class Gesture(KeyedInWorkspace, Base):
    """Something a person did that has been acted upon, so that its repetition is not."""

    __tablename__ = "gesture"

    gesture: Mapped[str] = mapped_column(String(255), primary_key=True)
    heard_at: Mapped[datetime] = mapped_column(UtcDateTime)

    __table_args__ = (Index(None, "heard_at"),)
