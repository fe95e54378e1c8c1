"""a team's meetings and its digest"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

import bot.db.types

revision: str = "0009"
down_revision: str | None = "0008"
branch_labels: Sequence[str] | None = None
depends_on: Sequence[str] | None = None


def upgrade() -> None:
    op.create_table(
        "team_meeting",
        sa.Column("workspace_id", sa.String(length=32), nullable=False),
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.Column("team_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("rule", sa.String(length=80), nullable=False),
        sa.Column("counted_from_on", sa.Date(), nullable=False),
        sa.Column("begins", sa.Time(), nullable=False),
        sa.Column("zone", sa.String(length=64), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.Column("lead_minutes", sa.Integer(), nullable=False),
        sa.Column("next_notice_at", bot.db.types.UtcDateTime(), nullable=True),
        sa.Column("created_at", bot.db.types.UtcDateTime(), nullable=False),
        sa.Column("created_by", sa.String(length=32), nullable=False),
        sa.Column("ended_at", bot.db.types.UtcDateTime(), nullable=True),
        sa.Column("ended_by", sa.String(length=32), nullable=True),
        sa.ForeignKeyConstraint(
            ["workspace_id", "team_id"],
            ["team.workspace_id", "team.id"],
            name=op.f("fk_team_meeting_workspace_id_team_id_team"),
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id"], ["workspace.id"], name=op.f("fk_team_meeting_workspace_id_workspace")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_team_meeting")),
        sa.UniqueConstraint("id", "workspace_id", name=op.f("uq_team_meeting_id_workspace_id")),
    )
    with op.batch_alter_table("team_meeting", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_team_meeting_next_notice_at"), ["next_notice_at"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_team_meeting_workspace_id_team_id_ended_at"),
            ["workspace_id", "team_id", "ended_at"],
            unique=False,
        )
    with op.batch_alter_table("team", schema=None) as batch_op:
        batch_op.add_column(sa.Column("digest_rule", sa.String(length=80), nullable=True))
        batch_op.add_column(sa.Column("digest_time", sa.Time(), nullable=True))
        batch_op.add_column(sa.Column("next_digest_at", bot.db.types.UtcDateTime(), nullable=True))
        batch_op.create_index(batch_op.f("ix_team_next_digest_at"), ["next_digest_at"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("team", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_team_next_digest_at"))
        batch_op.drop_column("next_digest_at")
        batch_op.drop_column("digest_time")
        batch_op.drop_column("digest_rule")

    with op.batch_alter_table("team_meeting", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_team_meeting_workspace_id_team_id_ended_at"))
        batch_op.drop_index(batch_op.f("ix_team_meeting_next_notice_at"))

    op.drop_table("team_meeting")
