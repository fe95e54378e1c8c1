"""check-ins are snoozed, nudged and closed"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

import bot.db.types

revision: str = "0005"
down_revision: str | None = "0004"
branch_labels: Sequence[str] | None = None
depends_on: Sequence[str] | None = None


def upgrade() -> None:
    with op.batch_alter_table("checkin", schema=None) as batch_op:
        batch_op.add_column(sa.Column("snoozes", sa.Integer(), nullable=False, server_default="0"))
        batch_op.add_column(sa.Column("snoozed_until", bot.db.types.UtcDateTime(), nullable=True))
        batch_op.add_column(sa.Column("nudges", sa.Integer(), nullable=False, server_default="0"))
        batch_op.add_column(sa.Column("next_nudge_at", bot.db.types.UtcDateTime(), nullable=True))
        batch_op.add_column(sa.Column("next_close_at", bot.db.types.UtcDateTime(), nullable=True))
        batch_op.create_index(batch_op.f("ix_checkin_next_nudge_at"), ["next_nudge_at"], unique=False)
        batch_op.create_index(batch_op.f("ix_checkin_next_close_at"), ["next_close_at"], unique=False)

    # What the rows had to be given when the columns came; new rows bring their own.
    with op.batch_alter_table("checkin", schema=None) as batch_op:
        batch_op.alter_column("snoozes", server_default=None)
        batch_op.alter_column("nudges", server_default=None)


def downgrade() -> None:
    op.execute("UPDATE checkin SET state = 'asked' WHERE state = 'unanswered'")
    with op.batch_alter_table("checkin", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_checkin_next_close_at"))
        batch_op.drop_index(batch_op.f("ix_checkin_next_nudge_at"))
        batch_op.drop_column("next_close_at")
        batch_op.drop_column("next_nudge_at")
        batch_op.drop_column("nudges")
        batch_op.drop_column("snoozed_until")
        batch_op.drop_column("snoozes")
