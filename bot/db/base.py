"""What every table shares."""

from sqlalchemy import BigInteger, ForeignKey, Integer, MetaData, String
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

Key = BigInteger().with_variant(Integer(), "sqlite")
"""A row's own number. SQLite counts up by itself only for INTEGER keys."""

SlackId = String(32)
"""An id given by Slack: T…, U…, C…, D…."""


class Base(DeclarativeBase):
    """The parent of every table; the naming convention lets migrations name what they alter."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
            "pk": "pk_%(table_name)s",
        }
    )


class InWorkspace:
    """Every row belongs to one workspace; nothing crosses."""

    workspace_id: Mapped[str] = mapped_column(SlackId, ForeignKey("workspace.id"), sort_order=-10)


class KeyedInWorkspace:
    """The same, for rows whose own key is Slack's: the workspace is its first part."""

    workspace_id: Mapped[str] = mapped_column(SlackId, ForeignKey("workspace.id"), primary_key=True, sort_order=-10)
