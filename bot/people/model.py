"""The tables of the people room."""

from datetime import datetime
from zoneinfo import ZoneInfo

from sqlalchemy import Boolean, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from bot.db.base import Base, KeyedInWorkspace, SlackId
from bot.db.types import UtcDateTime


class Person(KeyedInWorkspace, Base):
    """A Slack user: who they are, where their day is, and when Rhythm next looks whether to ask them something."""

    __tablename__ = "person"

    id: Mapped[str] = mapped_column(SlackId, primary_key=True)
    name: Mapped[str] = mapped_column(String(200))
    time_zone: Mapped[str] = mapped_column(String(64))
    locale: Mapped[str] = mapped_column(String(16))
    is_active: Mapped[bool] = mapped_column(Boolean)
    is_bot: Mapped[bool] = mapped_column(Boolean)
    is_guest: Mapped[bool] = mapped_column(Boolean)
    is_admin: Mapped[bool] = mapped_column(Boolean)
    refreshed_at: Mapped[datetime] = mapped_column(UtcDateTime)
    """When Slack was asked about them last, or told of them; STILL_TO_FOLLOW has them looked up at once."""
    next_checkin_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    """When to look next whether a check-in is due; null while there is nothing to ask. Now means: plan afresh."""

    says_away: Mapped[bool] = mapped_column(Boolean, default=False)
    """Whether their Slack status, as it was read last, says that they are not there."""
    status_away_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    """Since when the newest status of that kind said so; null when there was none yet."""
    status_until: Mapped[datetime | None] = mapped_column(UtcDateTime)
    """When it was to end by itself; null when it was not to."""
    status_back_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    """When it was taken down, or they said that they are back all the same; null before."""
    quiet_until: Mapped[datetime | None] = mapped_column(UtcDateTime)
    """When the Do Not Disturb ends, or ended, that they were in when that was looked up last; null when it was lifted
    before that, and before the first."""
    turned_guest_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    """Since when somebody who was a full member is a guest; null for anybody else."""

    __table_args__ = (
        Index(None, "next_checkin_at"),
        Index(None, "workspace_id", "next_checkin_at"),
        Index(None, "refreshed_at"),
    )

    @property
    def zone(self) -> ZoneInfo:
        """The person's own zone."""
        return ZoneInfo(self.time_zone)
