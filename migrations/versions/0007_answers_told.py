"""a team chooses how its channel hears of answers"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0007"
down_revision: str | None = "0006"
branch_labels: Sequence[str] | None = None
depends_on: Sequence[str] | None = None


def upgrade() -> None:
    with op.batch_alter_table("team", schema=None) as batch_op:
        batch_op.add_column(sa.Column("answers", sa.String(length=10), nullable=False, server_default="thread"))

    # What the rows had to be given when the column came; new rows bring their own.
    with op.batch_alter_table("team", schema=None) as batch_op:
        batch_op.alter_column("answers", server_default=None)


def downgrade() -> None:
    with op.batch_alter_table("team", schema=None) as batch_op:
        batch_op.drop_column("answers")
