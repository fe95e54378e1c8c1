"""outcomes whole"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

import bot.db.types

revision: str = "0003"
down_revision: str | None = "0002"
branch_labels: Sequence[str] | None = None
depends_on: Sequence[str] | None = None


def upgrade() -> None:
    op.create_table(
        "priority",
        sa.Column("workspace_id", sa.String(length=32), nullable=False),
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("period", sa.String(length=40), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("created_at", bot.db.types.UtcDateTime(), nullable=False),
        sa.Column("created_by", sa.String(length=32), nullable=False),
        sa.Column("retired_at", bot.db.types.UtcDateTime(), nullable=True),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspace.id"], name=op.f("fk_priority_workspace_id_workspace")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_priority")),
        sa.UniqueConstraint("id", "workspace_id", name=op.f("uq_priority_id_workspace_id")),
    )
    op.create_table(
        "token",
        sa.Column("workspace_id", sa.String(length=32), nullable=False),
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.Column("team_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("name", sa.String(length=60), nullable=False),
        sa.Column("secret_hash", sa.String(length=64), nullable=False),
        sa.Column("ending", sa.String(length=4), nullable=False),
        sa.Column("created_at", bot.db.types.UtcDateTime(), nullable=False),
        sa.Column("created_by", sa.String(length=32), nullable=False),
        sa.Column("last_used_at", bot.db.types.UtcDateTime(), nullable=True),
        sa.Column("revoked_at", bot.db.types.UtcDateTime(), nullable=True),
        sa.Column("next_request_at", bot.db.types.UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["workspace_id", "created_by"],
            ["person.workspace_id", "person.id"],
            name=op.f("fk_token_workspace_id_created_by_person"),
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id", "team_id"],
            ["team.workspace_id", "team.id"],
            name=op.f("fk_token_workspace_id_team_id_team"),
        ),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspace.id"], name=op.f("fk_token_workspace_id_workspace")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_token")),
        sa.UniqueConstraint("id", "workspace_id", name=op.f("uq_token_id_workspace_id")),
    )
    with op.batch_alter_table("token", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_token_secret_hash"), ["secret_hash"], unique=False)
        batch_op.create_index(batch_op.f("ix_token_workspace_id_team_id"), ["workspace_id", "team_id"], unique=False)

    op.create_table(
        "action",
        sa.Column("workspace_id", sa.String(length=32), nullable=False),
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.Column("outcome_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("owner_id", sa.String(length=32), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("expected_effect", sa.Text(), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("effect_seen", sa.String(length=8), nullable=True),
        sa.Column("created_at", bot.db.types.UtcDateTime(), nullable=False),
        sa.Column("created_by", sa.String(length=32), nullable=False),
        sa.Column("ended_at", bot.db.types.UtcDateTime(), nullable=True),
        sa.Column("ended_by", sa.String(length=32), nullable=True),
        sa.ForeignKeyConstraint(
            ["workspace_id", "outcome_id"],
            ["outcome.workspace_id", "outcome.id"],
            name=op.f("fk_action_workspace_id_outcome_id_outcome"),
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id", "owner_id"],
            ["person.workspace_id", "person.id"],
            name=op.f("fk_action_workspace_id_owner_id_person"),
        ),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspace.id"], name=op.f("fk_action_workspace_id_workspace")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_action")),
        sa.UniqueConstraint("id", "workspace_id", name=op.f("uq_action_id_workspace_id")),
    )
    with op.batch_alter_table("action", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_action_workspace_id_outcome_id_state"), ["workspace_id", "outcome_id", "state"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_action_workspace_id_owner_id_state_due_on"),
            ["workspace_id", "owner_id", "state", "due_on"],
            unique=False,
        )

    op.create_table(
        "change",
        sa.Column("workspace_id", sa.String(length=32), nullable=False),
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.Column("outcome_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("made_at", bot.db.types.UtcDateTime(), nullable=False),
        sa.Column("actor_id", sa.String(length=32), nullable=False),
        sa.Column("what", sa.String(length=20), nullable=False),
        sa.Column("before", sa.Text(), nullable=False),
        sa.Column("after", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False, server_default="1"),
        sa.ForeignKeyConstraint(
            ["workspace_id", "actor_id"],
            ["person.workspace_id", "person.id"],
            name=op.f("fk_change_workspace_id_actor_id_person"),
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id", "outcome_id"],
            ["outcome.workspace_id", "outcome.id"],
            name=op.f("fk_change_workspace_id_outcome_id_outcome"),
        ),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspace.id"], name=op.f("fk_change_workspace_id_workspace")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_change")),
        sa.UniqueConstraint("id", "workspace_id", name=op.f("uq_change_id_workspace_id")),
    )
    with op.batch_alter_table("change", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_change_workspace_id_outcome_id_id"), ["workspace_id", "outcome_id", "id"], unique=False
        )

    op.create_table(
        "dependency",
        sa.Column("workspace_id", sa.String(length=32), nullable=False),
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.Column("outcome_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("team_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("wanted_on", sa.Date(), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("promised_on", sa.Date(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("asked_at", bot.db.types.UtcDateTime(), nullable=False),
        sa.Column("asked_by", sa.String(length=32), nullable=False),
        sa.Column("answered_at", bot.db.types.UtcDateTime(), nullable=True),
        sa.Column("answered_by", sa.String(length=32), nullable=True),
        sa.Column("delivered_at", bot.db.types.UtcDateTime(), nullable=True),
        sa.ForeignKeyConstraint(
            ["workspace_id", "outcome_id"],
            ["outcome.workspace_id", "outcome.id"],
            name=op.f("fk_dependency_workspace_id_outcome_id_outcome"),
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id", "team_id"],
            ["team.workspace_id", "team.id"],
            name=op.f("fk_dependency_workspace_id_team_id_team"),
        ),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspace.id"], name=op.f("fk_dependency_workspace_id_workspace")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_dependency")),
        sa.UniqueConstraint("id", "workspace_id", name=op.f("uq_dependency_id_workspace_id")),
    )
    with op.batch_alter_table("dependency", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_dependency_workspace_id_outcome_id_state"),
            ["workspace_id", "outcome_id", "state"],
            unique=False,
        )
        batch_op.create_index(
            batch_op.f("ix_dependency_workspace_id_team_id_state"), ["workspace_id", "team_id", "state"], unique=False
        )

    op.create_table(
        "dismissal",
        sa.Column("workspace_id", sa.String(length=32), nullable=False),
        sa.Column("outcome_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("finding", sa.String(length=4), nullable=False),
        sa.Column("words", sa.String(length=300), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("dismissed_at", bot.db.types.UtcDateTime(), nullable=False),
        sa.Column("dismissed_by", sa.String(length=32), nullable=False),
        sa.ForeignKeyConstraint(
            ["workspace_id", "outcome_id"],
            ["outcome.workspace_id", "outcome.id"],
            name=op.f("fk_dismissal_workspace_id_outcome_id_outcome"),
        ),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspace.id"], name=op.f("fk_dismissal_workspace_id_workspace")),
        sa.PrimaryKeyConstraint("workspace_id", "outcome_id", "finding", "words", name=op.f("pk_dismissal")),
    )
    op.create_table(
        "handover",
        sa.Column("workspace_id", sa.String(length=32), nullable=False),
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.Column("outcome_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("from_id", sa.String(length=32), nullable=False),
        sa.Column("to_id", sa.String(length=32), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("offered_at", bot.db.types.UtcDateTime(), nullable=False),
        sa.Column("offered_by", sa.String(length=32), nullable=False),
        sa.Column("answered_at", bot.db.types.UtcDateTime(), nullable=True),
        sa.Column("next_return_at", bot.db.types.UtcDateTime(), nullable=True),
        sa.ForeignKeyConstraint(
            ["workspace_id", "outcome_id"],
            ["outcome.workspace_id", "outcome.id"],
            name=op.f("fk_handover_workspace_id_outcome_id_outcome"),
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id", "to_id"],
            ["person.workspace_id", "person.id"],
            name=op.f("fk_handover_workspace_id_to_id_person"),
        ),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspace.id"], name=op.f("fk_handover_workspace_id_workspace")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_handover")),
        sa.UniqueConstraint("id", "workspace_id", name=op.f("uq_handover_id_workspace_id")),
    )
    with op.batch_alter_table("handover", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_handover_next_return_at"), ["next_return_at"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_handover_workspace_id_outcome_id_state"),
            ["workspace_id", "outcome_id", "state"],
            unique=False,
        )
        batch_op.create_index(
            batch_op.f("ix_handover_workspace_id_to_id_state"), ["workspace_id", "to_id", "state"], unique=False
        )

    op.create_table(
        "lesson",
        sa.Column("workspace_id", sa.String(length=32), nullable=False),
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.Column("team_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("measure", sa.String(length=100), nullable=False),
        sa.Column("priority_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("outcome_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("outcome_key", sa.String(length=20), nullable=False),
        sa.Column("created_at", bot.db.types.UtcDateTime(), nullable=False),
        sa.Column("created_by", sa.String(length=32), nullable=False),
        sa.ForeignKeyConstraint(
            ["workspace_id", "created_by"],
            ["person.workspace_id", "person.id"],
            name=op.f("fk_lesson_workspace_id_created_by_person"),
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id", "outcome_id"],
            ["outcome.workspace_id", "outcome.id"],
            name=op.f("fk_lesson_workspace_id_outcome_id_outcome"),
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id", "priority_id"],
            ["priority.workspace_id", "priority.id"],
            name=op.f("fk_lesson_workspace_id_priority_id_priority"),
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id", "team_id"],
            ["team.workspace_id", "team.id"],
            name=op.f("fk_lesson_workspace_id_team_id_team"),
        ),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspace.id"], name=op.f("fk_lesson_workspace_id_workspace")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_lesson")),
        sa.UniqueConstraint("id", "workspace_id", name=op.f("uq_lesson_id_workspace_id")),
    )
    with op.batch_alter_table("lesson", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_lesson_workspace_id_outcome_id"), ["workspace_id", "outcome_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_lesson_workspace_id_team_id"), ["workspace_id", "team_id"], unique=False)

    op.create_table(
        "milestone",
        sa.Column("workspace_id", sa.String(length=32), nullable=False),
        sa.Column("outcome_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("value", bot.db.types.ExactDecimal(), nullable=False),
        sa.ForeignKeyConstraint(
            ["workspace_id", "outcome_id"],
            ["outcome.workspace_id", "outcome.id"],
            name=op.f("fk_milestone_workspace_id_outcome_id_outcome"),
        ),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspace.id"], name=op.f("fk_milestone_workspace_id_workspace")),
        sa.PrimaryKeyConstraint("workspace_id", "outcome_id", "due_on", name=op.f("pk_milestone")),
    )
    op.create_table(
        "not_doing",
        sa.Column("workspace_id", sa.String(length=32), nullable=False),
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.Column("outcome_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("created_at", bot.db.types.UtcDateTime(), nullable=False),
        sa.Column("created_by", sa.String(length=32), nullable=False),
        sa.ForeignKeyConstraint(
            ["workspace_id", "outcome_id"],
            ["outcome.workspace_id", "outcome.id"],
            name=op.f("fk_not_doing_workspace_id_outcome_id_outcome"),
        ),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspace.id"], name=op.f("fk_not_doing_workspace_id_workspace")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_not_doing")),
        sa.UniqueConstraint("id", "workspace_id", name=op.f("uq_not_doing_id_workspace_id")),
    )
    with op.batch_alter_table("not_doing", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_not_doing_workspace_id_outcome_id"), ["workspace_id", "outcome_id"], unique=False
        )

    op.create_table(
        "obstacle",
        sa.Column("workspace_id", sa.String(length=32), nullable=False),
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.Column("outcome_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("owner_id", sa.String(length=32), nullable=False),
        sa.Column("needs_decision", sa.Boolean(), nullable=False),
        sa.Column("link", sa.String(length=500), nullable=False, server_default=""),
        sa.Column("raised_at", bot.db.types.UtcDateTime(), nullable=False),
        sa.Column("raised_by", sa.String(length=32), nullable=False),
        sa.Column("resolved_at", bot.db.types.UtcDateTime(), nullable=True),
        sa.Column("resolved_by", sa.String(length=32), nullable=True),
        sa.Column("resolution", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["workspace_id", "outcome_id"],
            ["outcome.workspace_id", "outcome.id"],
            name=op.f("fk_obstacle_workspace_id_outcome_id_outcome"),
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id", "owner_id"],
            ["person.workspace_id", "person.id"],
            name=op.f("fk_obstacle_workspace_id_owner_id_person"),
        ),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspace.id"], name=op.f("fk_obstacle_workspace_id_workspace")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_obstacle")),
        sa.UniqueConstraint("id", "workspace_id", name=op.f("uq_obstacle_id_workspace_id")),
    )
    with op.batch_alter_table("obstacle", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_obstacle_workspace_id_outcome_id_resolved_at"),
            ["workspace_id", "outcome_id", "resolved_at"],
            unique=False,
        )
        batch_op.create_index(
            batch_op.f("ix_obstacle_workspace_id_owner_id_resolved_at"),
            ["workspace_id", "owner_id", "resolved_at"],
            unique=False,
        )

    with op.batch_alter_table("outcome", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column("priority_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True)
        )
        batch_op.add_column(sa.Column("parent_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True))
        batch_op.add_column(sa.Column("version", sa.Integer(), nullable=False, server_default="1"))
        batch_op.add_column(sa.Column("closed_at", bot.db.types.UtcDateTime(), nullable=True))
        batch_op.add_column(sa.Column("closed_as", sa.String(length=10), nullable=True))
        batch_op.add_column(sa.Column("closing_note", sa.Text(), nullable=False, server_default=""))
        batch_op.add_column(
            sa.Column("rescoped_to_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True)
        )
        batch_op.add_column(sa.Column("latest_value", bot.db.types.ExactDecimal(), nullable=True))
        batch_op.add_column(sa.Column("latest_at", bot.db.types.UtcDateTime(), nullable=True))
        batch_op.add_column(sa.Column("latest_on", sa.Date(), nullable=True))
        batch_op.add_column(sa.Column("is_achieved", sa.Boolean(), nullable=False, server_default=sa.false()))
        batch_op.add_column(sa.Column("at_risk_on", sa.Date(), nullable=True))
        batch_op.add_column(sa.Column("off_track_on", sa.Date(), nullable=True))
        batch_op.add_column(sa.Column("stale_on", sa.Date(), nullable=True))
        batch_op.add_column(sa.Column("busy_from_on", sa.Date(), nullable=True))
        batch_op.add_column(sa.Column("busy_to_on", sa.Date(), nullable=True))
        batch_op.add_column(sa.Column("next_refresh_at", bot.db.types.UtcDateTime(), nullable=True))
        batch_op.alter_column("baseline", existing_type=sa.VARCHAR(length=48), nullable=True)
        batch_op.drop_index(batch_op.f("ix_outcome_workspace_id_owner_id"))
        batch_op.drop_index(batch_op.f("ix_outcome_workspace_id_team_id"))
        batch_op.create_index(batch_op.f("ix_outcome_next_refresh_at"), ["next_refresh_at"], unique=False)
        batch_op.create_index(
            "ix_outcome_due", ["workspace_id", "due_on", "number", "id", "team_id", "closed_at"], unique=False
        )
        batch_op.create_index(
            "ix_outcome_live",
            [
                "workspace_id",
                "due_on",
                "number",
                "id",
                "team_id",
                "latest_on",
                "is_achieved",
                "stale_on",
                "off_track_on",
                "at_risk_on",
                "busy_from_on",
                "busy_to_on",
            ],
            unique=False,
            sqlite_where=sa.text("closed_at IS NULL"),
            postgresql_where=sa.text("closed_at IS NULL"),
        )
        batch_op.create_index(
            batch_op.f("ix_outcome_workspace_id_owner_id_due_on_number"),
            ["workspace_id", "owner_id", "due_on", "number"],
            unique=False,
        )
        batch_op.create_index(
            batch_op.f("ix_outcome_workspace_id_parent_id_due_on_number"),
            ["workspace_id", "parent_id", "due_on", "number"],
            unique=False,
        )
        batch_op.create_index(
            batch_op.f("ix_outcome_workspace_id_team_id_due_on_number"),
            ["workspace_id", "team_id", "due_on", "number"],
            unique=False,
        )
        batch_op.create_foreign_key(
            batch_op.f("fk_outcome_workspace_id_rescoped_to_id_outcome"),
            "outcome",
            ["workspace_id", "rescoped_to_id"],
            ["workspace_id", "id"],
        )
        batch_op.create_foreign_key(
            batch_op.f("fk_outcome_workspace_id_parent_id_outcome"),
            "outcome",
            ["workspace_id", "parent_id"],
            ["workspace_id", "id"],
        )
        batch_op.create_foreign_key(
            batch_op.f("fk_outcome_workspace_id_priority_id_priority"),
            "priority",
            ["workspace_id", "priority_id"],
            ["workspace_id", "id"],
        )

    with op.batch_alter_table("result", schema=None) as batch_op:
        batch_op.add_column(sa.Column("link", sa.String(length=500), nullable=False, server_default=""))
        batch_op.add_column(sa.Column("idempotency_key", sa.String(length=160), nullable=True))
        batch_op.create_unique_constraint(
            batch_op.f("uq_result_workspace_id_idempotency_key"), ["workspace_id", "idempotency_key"]
        )

    # What the rows had to be given when the columns came; new rows bring their own.
    with op.batch_alter_table("outcome", schema=None) as batch_op:
        for name in ("version", "closing_note", "is_achieved"):
            batch_op.alter_column(name, server_default=None)
    with op.batch_alter_table("result", schema=None) as batch_op:
        batch_op.alter_column("link", server_default=None)
    # Outcomes that were there are looked at once, which derives what their rows say and makes them found by search.
    op.execute("UPDATE outcome SET next_refresh_at = created_at")


def downgrade() -> None:
    op.execute("UPDATE outcome SET baseline = target WHERE baseline IS NULL")
    with op.batch_alter_table("result", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("uq_result_workspace_id_idempotency_key"), type_="unique")
        batch_op.drop_column("idempotency_key")
        batch_op.drop_column("link")

    with op.batch_alter_table("outcome", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("fk_outcome_workspace_id_priority_id_priority"), type_="foreignkey")
        batch_op.drop_constraint(batch_op.f("fk_outcome_workspace_id_parent_id_outcome"), type_="foreignkey")
        batch_op.drop_constraint(batch_op.f("fk_outcome_workspace_id_rescoped_to_id_outcome"), type_="foreignkey")
        batch_op.drop_index(batch_op.f("ix_outcome_workspace_id_team_id_due_on_number"))
        batch_op.drop_index(batch_op.f("ix_outcome_workspace_id_parent_id_due_on_number"))
        batch_op.drop_index(batch_op.f("ix_outcome_workspace_id_owner_id_due_on_number"))
        batch_op.drop_index("ix_outcome_live")
        batch_op.drop_index("ix_outcome_due")
        batch_op.drop_index(batch_op.f("ix_outcome_next_refresh_at"))
        batch_op.create_index(batch_op.f("ix_outcome_workspace_id_team_id"), ["workspace_id", "team_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_outcome_workspace_id_owner_id"), ["workspace_id", "owner_id"], unique=False
        )
        batch_op.alter_column("baseline", existing_type=sa.VARCHAR(length=48), nullable=False)
        batch_op.drop_column("next_refresh_at")
        batch_op.drop_column("busy_to_on")
        batch_op.drop_column("busy_from_on")
        batch_op.drop_column("stale_on")
        batch_op.drop_column("off_track_on")
        batch_op.drop_column("at_risk_on")
        batch_op.drop_column("is_achieved")
        batch_op.drop_column("latest_on")
        batch_op.drop_column("latest_at")
        batch_op.drop_column("latest_value")
        batch_op.drop_column("rescoped_to_id")
        batch_op.drop_column("closing_note")
        batch_op.drop_column("closed_as")
        batch_op.drop_column("closed_at")
        batch_op.drop_column("version")
        batch_op.drop_column("parent_id")
        batch_op.drop_column("priority_id")

    with op.batch_alter_table("obstacle", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_obstacle_workspace_id_owner_id_resolved_at"))
        batch_op.drop_index(batch_op.f("ix_obstacle_workspace_id_outcome_id_resolved_at"))

    op.drop_table("obstacle")
    with op.batch_alter_table("not_doing", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_not_doing_workspace_id_outcome_id"))

    op.drop_table("not_doing")
    op.drop_table("milestone")
    with op.batch_alter_table("lesson", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_lesson_workspace_id_team_id"))
        batch_op.drop_index(batch_op.f("ix_lesson_workspace_id_outcome_id"))

    op.drop_table("lesson")
    with op.batch_alter_table("handover", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_handover_workspace_id_to_id_state"))
        batch_op.drop_index(batch_op.f("ix_handover_workspace_id_outcome_id_state"))
        batch_op.drop_index(batch_op.f("ix_handover_next_return_at"))

    op.drop_table("handover")
    op.drop_table("dismissal")
    with op.batch_alter_table("dependency", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_dependency_workspace_id_team_id_state"))
        batch_op.drop_index(batch_op.f("ix_dependency_workspace_id_outcome_id_state"))

    op.drop_table("dependency")
    with op.batch_alter_table("change", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_change_workspace_id_outcome_id_id"))

    op.drop_table("change")
    with op.batch_alter_table("action", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_action_workspace_id_owner_id_state_due_on"))
        batch_op.drop_index(batch_op.f("ix_action_workspace_id_outcome_id_state"))

    op.drop_table("action")
    with op.batch_alter_table("token", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_token_workspace_id_team_id"))
        batch_op.drop_index(batch_op.f("ix_token_secret_hash"))

    op.drop_table("token")
    op.drop_table("priority")
