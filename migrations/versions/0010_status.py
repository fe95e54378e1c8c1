"""a Slack status, Do Not Disturb and being made a guest say when somebody is asked"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

import bot.db.types

revision: str = "0010"
down_revision: str | None = "0009"
branch_labels: Sequence[str] | None = None
depends_on: Sequence[str] | None = None

_INSTANTS = ("status_away_at", "status_until", "status_back_at", "quiet_until", "turned_guest_at")


def upgrade() -> None:
    with op.batch_alter_table("person", schema=None) as batch_op:
        batch_op.add_column(sa.Column("says_away", sa.Boolean(), nullable=False, server_default=sa.false()))
        for name in _INSTANTS:
            batch_op.add_column(sa.Column(name, bot.db.types.UtcDateTime(), nullable=True))
    with op.batch_alter_table("person", schema=None) as batch_op:
        batch_op.alter_column("says_away", server_default=None)


def downgrade() -> None:
    with op.batch_alter_table("person", schema=None) as batch_op:
        for name in reversed(_INSTANTS):
            batch_op.drop_column(name)
        batch_op.drop_column("says_away")
