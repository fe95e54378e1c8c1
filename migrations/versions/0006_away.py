"""people go away, others are asked instead, and teams pause"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

import bot.db.types

revision: str = "0006"
down_revision: str | None = "0005"
branch_labels: Sequence[str] | None = None
depends_on: Sequence[str] | None = None


def upgrade() -> None:
    op.create_table(
        "absence",
        sa.Column("workspace_id", sa.String(length=32), nullable=False),
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.Column("person_id", sa.String(length=32), nullable=False),
        sa.Column("first_on", sa.Date(), nullable=False),
        sa.Column("last_on", sa.Date(), nullable=False),
        sa.Column("delegate_id", sa.String(length=32), nullable=True),
        sa.Column("created_at", bot.db.types.UtcDateTime(), nullable=False),
        sa.Column("cancelled_at", bot.db.types.UtcDateTime(), nullable=True),
        sa.ForeignKeyConstraint(
            ["workspace_id", "delegate_id"],
            ["person.workspace_id", "person.id"],
            name=op.f("fk_absence_workspace_id_delegate_id_person"),
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id", "person_id"],
            ["person.workspace_id", "person.id"],
            name=op.f("fk_absence_workspace_id_person_id_person"),
        ),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspace.id"], name=op.f("fk_absence_workspace_id_workspace")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_absence")),
        sa.UniqueConstraint("id", "workspace_id", name=op.f("uq_absence_id_workspace_id")),
    )
    with op.batch_alter_table("absence", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_absence_workspace_id_delegate_id_last_on"),
            ["workspace_id", "delegate_id", "last_on"],
            unique=False,
        )
        batch_op.create_index(
            batch_op.f("ix_absence_workspace_id_person_id_last_on"),
            ["workspace_id", "person_id", "last_on"],
            unique=False,
        )
    with op.batch_alter_table("team", schema=None) as batch_op:
        batch_op.add_column(sa.Column("paused_from_on", sa.Date(), nullable=True))
        batch_op.add_column(sa.Column("paused_to_on", sa.Date(), nullable=True))
    with op.batch_alter_table("checkin", schema=None) as batch_op:
        batch_op.add_column(sa.Column("asked_id", sa.String(length=32), nullable=True))
    op.execute("UPDATE checkin SET asked_id = person_id")
    with op.batch_alter_table("checkin", schema=None) as batch_op:
        batch_op.alter_column("asked_id", existing_type=sa.String(length=32), nullable=False)
        batch_op.create_foreign_key(
            batch_op.f("fk_checkin_workspace_id_asked_id_person"),
            "person",
            ["workspace_id", "asked_id"],
            ["workspace_id", "id"],
        )
        batch_op.create_index(
            batch_op.f("ix_checkin_workspace_id_asked_id_closes_at"),
            ["workspace_id", "asked_id", "closes_at"],
            unique=False,
        )
        batch_op.create_index(batch_op.f("ix_checkin_state_closes_at"), ["state", "closes_at"], unique=False)
    with op.batch_alter_table("checkin_item", schema=None) as batch_op:
        batch_op.add_column(sa.Column("is_gone", sa.Boolean(), nullable=False, server_default=sa.false()))
    with op.batch_alter_table("checkin_item", schema=None) as batch_op:
        batch_op.alter_column("is_gone", server_default=None)


def downgrade() -> None:
    op.execute("UPDATE checkin SET state = 'missed' WHERE state IN ('away', 'paused')")
    with op.batch_alter_table("checkin_item", schema=None) as batch_op:
        batch_op.drop_column("is_gone")
    with op.batch_alter_table("checkin", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_checkin_state_closes_at"))
        batch_op.drop_index(batch_op.f("ix_checkin_workspace_id_asked_id_closes_at"))
        batch_op.drop_constraint(batch_op.f("fk_checkin_workspace_id_asked_id_person"), type_="foreignkey")
        batch_op.drop_column("asked_id")
    with op.batch_alter_table("team", schema=None) as batch_op:
        batch_op.drop_column("paused_to_on")
        batch_op.drop_column("paused_from_on")

    with op.batch_alter_table("absence", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_absence_workspace_id_person_id_last_on"))
        batch_op.drop_index(batch_op.f("ix_absence_workspace_id_delegate_id_last_on"))

    op.drop_table("absence")
