"""The tables of the sources room."""

from datetime import datetime

from sqlalchemy import ForeignKeyConstraint, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from bot.db.base import Base, InWorkspace, Key, SlackId
from bot.db.types import UtcDateTime


class Token(InWorkspace, Base):
    """What lets a program log results for one team's outcomes. Only a hash of it is kept."""

    __tablename__ = "token"

    id: Mapped[int] = mapped_column(Key, primary_key=True, autoincrement=True)
    team_id: Mapped[int] = mapped_column(Key)
    name: Mapped[str] = mapped_column(String(60))
    """What uses it, in its maker's words."""
    secret_hash: Mapped[str] = mapped_column(String(64))
    """SHA-256 of the token, in hexadecimal. The token itself is 256 random bits, so no salt or slow hash is needed."""
    ending: Mapped[str] = mapped_column(String(4))
    """Its last four characters, by which people tell tokens apart."""
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    created_by: Mapped[str] = mapped_column(SlackId)
    last_used_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    revoked_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    next_request_at: Mapped[datetime] = mapped_column(UtcDateTime)
    """GCRA's theoretical arrival time of the next request."""

    __table_args__ = (
        UniqueConstraint("id", "workspace_id"),
        ForeignKeyConstraint(["workspace_id", "team_id"], ["team.workspace_id", "team.id"]),
        ForeignKeyConstraint(["workspace_id", "created_by"], ["person.workspace_id", "person.id"]),
        Index(None, "workspace_id", "team_id"),
        Index(None, "secret_hash"),
    )
