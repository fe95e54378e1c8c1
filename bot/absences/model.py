"""The tables of the absences room."""

from datetime import date, datetime

from sqlalchemy import Date, ForeignKeyConstraint, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from bot.absences.rules import Days
from bot.db.base import Base, InWorkspace, Key, SlackId
from bot.db.types import UtcDateTime


class Absence(InWorkspace, Base):
    """Days of a person's own calendar on which they are away. Those of one person that stand never overlap."""

    __tablename__ = "absence"

    id: Mapped[int] = mapped_column(Key, primary_key=True, autoincrement=True)
    person_id: Mapped[str] = mapped_column(SlackId)
    first_on: Mapped[date] = mapped_column(Date)
    last_on: Mapped[date] = mapped_column(Date)
    """The last day away; who comes back early, moves it to the day before."""
    delegate_id: Mapped[str | None] = mapped_column(SlackId)
    """Who is asked instead; null when nobody is."""
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    cancelled_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    """When it was called off or another one took its place; null while it stands."""

    __table_args__ = (
        UniqueConstraint("id", "workspace_id"),
        ForeignKeyConstraint(["workspace_id", "person_id"], ["person.workspace_id", "person.id"]),
        ForeignKeyConstraint(["workspace_id", "delegate_id"], ["person.workspace_id", "person.id"]),
        Index(None, "workspace_id", "person_id", "last_on"),
        Index(None, "workspace_id", "delegate_id", "last_on"),
    )

    @property
    def days(self) -> Days:
        """From the first day to the last."""
        return Days(self.first_on, self.last_on)
