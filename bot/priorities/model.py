"""The tables of the priorities room."""

from datetime import datetime

from sqlalchemy import Integer, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from bot.db.base import Base, InWorkspace, Key, SlackId
from bot.db.types import UtcDateTime


class Priority(InWorkspace, Base):
    """A strategic objective of the company for a period. Retired ones stay, with the outcomes that served them."""

    __tablename__ = "priority"

    id: Mapped[int] = mapped_column(Key, primary_key=True, autoincrement=True)
    name: Mapped[str] = mapped_column(String(120))
    period: Mapped[str] = mapped_column(String(40))
    """For when, as people say it: `Q1 2027`."""
    position: Mapped[int] = mapped_column(Integer)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    created_by: Mapped[str] = mapped_column(SlackId)
    retired_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    __table_args__ = (UniqueConstraint("id", "workspace_id"),)
