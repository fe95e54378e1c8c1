"""the addresses of calendars that say when teams meet"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

import bot.db.types

revision: str = "0017"
down_revision: str | None = "0016"
branch_labels: Sequence[str] | None = None
depends_on: Sequence[str] | None = None

_KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    with op.batch_alter_table("meeting", schema=None) as batch_op:
        batch_op.add_column(sa.Column("mark", sa.String(length=32), nullable=True))
        batch_op.drop_constraint(batch_op.f("uq_meeting_workspace_id_team_meeting_id_held_on"), type_="unique")
        batch_op.create_unique_constraint(
            batch_op.f("uq_meeting_workspace_id_team_meeting_id_mark"), ["workspace_id", "team_meeting_id", "mark"]
        )
    # Until now all of them were told apart by their day.
    op.execute("UPDATE meeting SET mark = CAST(held_on AS VARCHAR(32)) WHERE team_meeting_id IS NOT NULL")

    op.create_table(
        "meeting_calendar",
        sa.Column("workspace_id", sa.String(length=32), nullable=False),
        sa.Column("team_meeting_id", _KEY, nullable=False),
        sa.Column("address", sa.Text(), nullable=False),
        sa.Column("words", sa.String(length=200), nullable=False),
        sa.Column("counts_from_at", bot.db.types.UtcDateTime(), nullable=False),
        sa.Column("etag", sa.String(length=200), nullable=False),
        sa.Column("last_modified", sa.String(length=200), nullable=False),
        sa.Column("next_fetch_at", bot.db.types.UtcDateTime(), nullable=False),
        sa.Column("read_at", bot.db.types.UtcDateTime(), nullable=True),
        sa.Column("trouble", sa.String(length=12), nullable=True),
        sa.Column("fails", sa.Integer(), nullable=False),
        sa.Column("failing_since_at", bot.db.types.UtcDateTime(), nullable=True),
        sa.Column("told_at", bot.db.types.UtcDateTime(), nullable=True),
        sa.Column("set_at", bot.db.types.UtcDateTime(), nullable=False),
        sa.Column("set_by", sa.String(length=32), nullable=False),
        sa.ForeignKeyConstraint(
            ["workspace_id", "team_meeting_id"],
            ["team_meeting.workspace_id", "team_meeting.id"],
            name=op.f("fk_meeting_calendar_workspace_id_team_meeting_id_team_meeting"),
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id"], ["workspace.id"], name=op.f("fk_meeting_calendar_workspace_id_workspace")
        ),
        sa.PrimaryKeyConstraint("workspace_id", "team_meeting_id", name=op.f("pk_meeting_calendar")),
    )
    with op.batch_alter_table("meeting_calendar", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_meeting_calendar_next_fetch_at"), ["next_fetch_at"], unique=False)

    op.create_table(
        "calendar_entry",
        sa.Column("workspace_id", sa.String(length=32), nullable=False),
        sa.Column("team_meeting_id", _KEY, nullable=False),
        sa.Column("mark", sa.String(length=32), nullable=False),
        sa.Column("title", sa.String(length=80), nullable=False),
        sa.Column("zone", sa.String(length=64), nullable=False),
        sa.Column("starts_at", bot.db.types.UtcDateTime(), nullable=False),
        sa.Column("ends_at", bot.db.types.UtcDateTime(), nullable=False),
        sa.Column("is_off", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["workspace_id", "team_meeting_id"],
            ["team_meeting.workspace_id", "team_meeting.id"],
            name=op.f("fk_calendar_entry_workspace_id_team_meeting_id_team_meeting"),
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id"], ["workspace.id"], name=op.f("fk_calendar_entry_workspace_id_workspace")
        ),
        sa.PrimaryKeyConstraint("workspace_id", "team_meeting_id", "mark", name=op.f("pk_calendar_entry")),
    )


def downgrade() -> None:
    op.drop_table("calendar_entry")
    with op.batch_alter_table("meeting_calendar", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_meeting_calendar_next_fetch_at"))

    op.drop_table("meeting_calendar")
    # Without calendars a meeting is once a day at the most. What a calendar had becomes like those begun by hand.
    op.execute("UPDATE meeting SET team_meeting_id = NULL WHERE mark <> CAST(held_on AS VARCHAR(32))")
    with op.batch_alter_table("meeting", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("uq_meeting_workspace_id_team_meeting_id_mark"), type_="unique")
        batch_op.create_unique_constraint(
            batch_op.f("uq_meeting_workspace_id_team_meeting_id_held_on"),
            ["workspace_id", "team_meeting_id", "held_on"],
        )
        batch_op.drop_column("mark")
