"""what is due is found by workspace, too, so that a large one does not hold up the small ones"""

from collections.abc import Sequence

from alembic import op

revision: str = "0013"
down_revision: str | None = "0012"
branch_labels: Sequence[str] | None = None
depends_on: Sequence[str] | None = None

_PLANNED = (("person", "next_checkin_at"), ("checkin", "next_nudge_at"), ("checkin", "next_close_at"))


def upgrade() -> None:
    for table, column in _PLANNED:
        op.create_index(op.f(f"ix_{table}_workspace_id_{column}"), table, ["workspace_id", column], unique=False)


def downgrade() -> None:
    for table, column in reversed(_PLANNED):
        op.drop_index(op.f(f"ix_{table}_workspace_id_{column}"), table_name=table)
