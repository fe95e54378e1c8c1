"""what happened to decisions lately is found by its time"""

from collections.abc import Sequence

from alembic import op

revision: str = "0014"
down_revision: str | None = "0013"
branch_labels: Sequence[str] | None = None
depends_on: Sequence[str] | None = None


def upgrade() -> None:
    with op.batch_alter_table("decision_event", schema=None) as batch_op:
        batch_op.create_index("ix_decision_event_lately", ["workspace_id", "made_at", "decision_id"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("decision_event", schema=None) as batch_op:
        batch_op.drop_index("ix_decision_event_lately")
