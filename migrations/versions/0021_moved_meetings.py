"""a meeting that its calendar moves to another day is told of there as well"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0021"
down_revision: str | None = "0020"
branch_labels: Sequence[str] | None = None
depends_on: Sequence[str] | None = None


def upgrade() -> None:
    with op.batch_alter_table("meeting", schema=None) as batch_op:
        batch_op.add_column(sa.Column("first_on", sa.Date(), nullable=True))
        batch_op.add_column(sa.Column("is_told_again", sa.Boolean(), nullable=True))
    # What their channels were told so far was told once, whatever the day.
    op.execute("UPDATE meeting SET first_on = held_on, is_told_again = false")
    with op.batch_alter_table("meeting", schema=None) as batch_op:
        batch_op.alter_column("first_on", existing_type=sa.Date(), nullable=False)
        batch_op.alter_column("is_told_again", existing_type=sa.Boolean(), nullable=False)


def downgrade() -> None:
    with op.batch_alter_table("meeting", schema=None) as batch_op:
        batch_op.drop_column("is_told_again")
        batch_op.drop_column("first_on")
