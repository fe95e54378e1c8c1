"""a look through history goes on where it stopped"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0008"
down_revision: str | None = "0007"
branch_labels: Sequence[str] | None = None
depends_on: Sequence[str] | None = None


def upgrade() -> None:
    with op.batch_alter_table("delivery", schema=None) as batch_op:
        batch_op.add_column(sa.Column("look_page", sa.String(length=200), nullable=False, server_default=""))

    # What the rows had to be given when the column came; new rows bring their own.
    with op.batch_alter_table("delivery", schema=None) as batch_op:
        batch_op.alter_column("look_page", server_default=None)


def downgrade() -> None:
    with op.batch_alter_table("delivery", schema=None) as batch_op:
        batch_op.drop_column("look_page")
