"""the last working day of a quarter is in its last month"""

from collections.abc import Sequence

from alembic import op

revision: str = "0011"
down_revision: str | None = "0010"
branch_labels: Sequence[str] | None = None
depends_on: Sequence[str] | None = None

_IN_ITS_FIRST = "FREQ=MONTHLY;INTERVAL=3;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1"
_IN_ITS_LAST = "FREQ=MONTHLY;BYMONTH=3,6,9,12;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1"


def upgrade() -> None:
    op.execute(f"UPDATE team SET checkin_rule = '{_IN_ITS_LAST}' WHERE checkin_rule = '{_IN_ITS_FIRST}'")  # noqa: S608


def downgrade() -> None:
    op.execute(f"UPDATE team SET checkin_rule = '{_IN_ITS_FIRST}' WHERE checkin_rule = '{_IN_ITS_LAST}'")  # noqa: S608
