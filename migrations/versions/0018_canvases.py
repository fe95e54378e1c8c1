"""canvases that channels keep"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

import bot.db.types

revision: str = "0018"
down_revision: str | None = "0017"
branch_labels: Sequence[str] | None = None
depends_on: Sequence[str] | None = None


def upgrade() -> None:
    op.create_table(
        "channel_canvas",
        sa.Column("workspace_id", sa.String(length=32), nullable=False),
        sa.Column("channel_id", sa.String(length=32), nullable=False),
        sa.Column("title", sa.String(length=100), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.Column("canvas_id", sa.String(length=32), nullable=True),
        sa.Column("begun_at", bot.db.types.UtcDateTime(), nullable=True),
        sa.Column("next_write_at", bot.db.types.UtcDateTime(), nullable=True),
        sa.Column("fails", sa.Integer(), nullable=False),
        sa.Column("asked_by", sa.String(length=32), nullable=False),
        sa.Column("asked_at", bot.db.types.UtcDateTime(), nullable=False),
        sa.Column("stopped_at", bot.db.types.UtcDateTime(), nullable=True),
        sa.Column("trouble", sa.String(length=8), nullable=True),
        sa.ForeignKeyConstraint(
            ["workspace_id", "asked_by"],
            ["person.workspace_id", "person.id"],
            name=op.f("fk_channel_canvas_workspace_id_asked_by_person"),
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id", "channel_id"],
            ["channel.workspace_id", "channel.id"],
            name=op.f("fk_channel_canvas_workspace_id_channel_id_channel"),
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id"], ["workspace.id"], name=op.f("fk_channel_canvas_workspace_id_workspace")
        ),
        sa.PrimaryKeyConstraint("workspace_id", "channel_id", name=op.f("pk_channel_canvas")),
    )
    with op.batch_alter_table("channel_canvas", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_channel_canvas_next_write_at"), ["next_write_at"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("channel_canvas", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_channel_canvas_next_write_at"))

    op.drop_table("channel_canvas")
