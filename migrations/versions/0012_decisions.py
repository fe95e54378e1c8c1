"""decisions, and where a team announces them"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

import bot.db.types

revision: str = "0012"
down_revision: str | None = "0011"
branch_labels: Sequence[str] | None = None
depends_on: Sequence[str] | None = None


def upgrade() -> None:
    op.create_table(
        "decision",
        sa.Column("workspace_id", sa.String(length=32), nullable=False),
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("team_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("question", sa.Text(), nullable=False),
        sa.Column("context", sa.Text(), nullable=False),
        sa.Column("decider_id", sa.String(length=32), nullable=True),
        sa.Column("needed_by_on", sa.Date(), nullable=True),
        sa.Column("link", sa.String(length=500), nullable=False),
        sa.Column("obstacle_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("created_at", bot.db.types.UtcDateTime(), nullable=False),
        sa.Column("created_by", sa.String(length=32), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("asked_version", sa.Integer(), nullable=False),
        sa.Column("choice_version", sa.Integer(), nullable=False),
        sa.Column("decided_at", bot.db.types.UtcDateTime(), nullable=True),
        sa.Column("review_on", sa.Date(), nullable=True),
        sa.Column("reviewed_at", bot.db.types.UtcDateTime(), nullable=True),
        sa.Column("reopened_at", bot.db.types.UtcDateTime(), nullable=True),
        sa.Column("evidence", sa.Text(), nullable=False),
        sa.Column("superseded_by_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("ended_at", bot.db.types.UtcDateTime(), nullable=True),
        sa.Column("ending_note", sa.Text(), nullable=False),
        sa.Column("next_on", sa.Date(), nullable=False),
        sa.Column("debt_from_on", sa.Date(), nullable=True),
        sa.Column("next_word_at", bot.db.types.UtcDateTime(), nullable=True),
        sa.ForeignKeyConstraint(
            ["workspace_id", "decider_id"],
            ["person.workspace_id", "person.id"],
            name=op.f("fk_decision_workspace_id_decider_id_person"),
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id", "obstacle_id"],
            ["obstacle.workspace_id", "obstacle.id"],
            name=op.f("fk_decision_workspace_id_obstacle_id_obstacle"),
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id", "superseded_by_id"],
            ["decision.workspace_id", "decision.id"],
            name=op.f("fk_decision_workspace_id_superseded_by_id_decision"),
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id", "team_id"],
            ["team.workspace_id", "team.id"],
            name=op.f("fk_decision_workspace_id_team_id_team"),
        ),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspace.id"], name=op.f("fk_decision_workspace_id_workspace")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_decision")),
        sa.UniqueConstraint("id", "workspace_id", name=op.f("uq_decision_id_workspace_id")),
        sa.UniqueConstraint("workspace_id", "number", name=op.f("uq_decision_workspace_id_number")),
    )
    with op.batch_alter_table("decision", schema=None) as batch_op:
        batch_op.create_index(
            "ix_decision_debt", ["workspace_id", "debt_from_on", "number", "id", "team_id", "decider_id"], unique=False
        )
        batch_op.create_index("ix_decision_newest", ["workspace_id", "number", "id", "team_id"], unique=False)
        batch_op.create_index(
            "ix_decision_next", ["workspace_id", "next_on", "number", "id", "team_id", "state"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_decision_next_word_at"), ["next_word_at"], unique=False)
        batch_op.create_index(
            "ix_decision_of_decider",
            ["workspace_id", "decider_id", "next_on", "number", "team_id", "state"],
            unique=False,
        )
        batch_op.create_index(
            "ix_decision_of_team", ["workspace_id", "team_id", "next_on", "number", "state"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_decision_workspace_id_obstacle_id"), ["workspace_id", "obstacle_id"], unique=False
        )

    op.create_table(
        "decision_choice",
        sa.Column("workspace_id", sa.String(length=32), nullable=False),
        sa.Column("decision_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("choice", sa.Text(), nullable=False),
        sa.Column("why", sa.Text(), nullable=False),
        sa.Column("effect", sa.Text(), nullable=False),
        sa.Column("effect_outcome_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("effect_from", bot.db.types.ExactDecimal(), nullable=True),
        sa.Column("effect_value", bot.db.types.ExactDecimal(), nullable=True),
        sa.Column("effect_on", sa.Date(), nullable=True),
        sa.Column("confidence", sa.Integer(), nullable=True),
        sa.Column("is_reversible", sa.Boolean(), nullable=False),
        sa.Column("review_on", sa.Date(), nullable=True),
        sa.Column("objections_until_at", bot.db.types.UtcDateTime(), nullable=True),
        sa.Column("made_at", bot.db.types.UtcDateTime(), nullable=False),
        sa.Column("made_by", sa.String(length=32), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["workspace_id", "decision_id"],
            ["decision.workspace_id", "decision.id"],
            name=op.f("fk_decision_choice_workspace_id_decision_id_decision"),
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id", "effect_outcome_id"],
            ["outcome.workspace_id", "outcome.id"],
            name=op.f("fk_decision_choice_workspace_id_effect_outcome_id_outcome"),
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id", "made_by"],
            ["person.workspace_id", "person.id"],
            name=op.f("fk_decision_choice_workspace_id_made_by_person"),
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id"], ["workspace.id"], name=op.f("fk_decision_choice_workspace_id_workspace")
        ),
        sa.PrimaryKeyConstraint("workspace_id", "decision_id", "version", name=op.f("pk_decision_choice")),
    )
    with op.batch_alter_table("decision_choice", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_decision_choice_workspace_id_effect_outcome_id"),
            ["workspace_id", "effect_outcome_id"],
            unique=False,
        )
        batch_op.create_index(
            batch_op.f("ix_decision_choice_workspace_id_made_by"), ["workspace_id", "made_by"], unique=False
        )

    op.create_table(
        "decision_event",
        sa.Column("workspace_id", sa.String(length=32), nullable=False),
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.Column("decision_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("made_at", bot.db.types.UtcDateTime(), nullable=False),
        sa.Column("actor_id", sa.String(length=32), nullable=False),
        sa.Column("what", sa.String(length=20), nullable=False),
        sa.Column("before", sa.Text(), nullable=False),
        sa.Column("after", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["workspace_id", "actor_id"],
            ["person.workspace_id", "person.id"],
            name=op.f("fk_decision_event_workspace_id_actor_id_person"),
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id", "decision_id"],
            ["decision.workspace_id", "decision.id"],
            name=op.f("fk_decision_event_workspace_id_decision_id_decision"),
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id"], ["workspace.id"], name=op.f("fk_decision_event_workspace_id_workspace")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_decision_event")),
        sa.UniqueConstraint("id", "workspace_id", name=op.f("uq_decision_event_id_workspace_id")),
    )
    with op.batch_alter_table("decision_event", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_decision_event_workspace_id_decision_id_id"),
            ["workspace_id", "decision_id", "id"],
            unique=False,
        )

    op.create_table(
        "decision_heard",
        sa.Column("workspace_id", sa.String(length=32), nullable=False),
        sa.Column("decision_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("person_id", sa.String(length=32), nullable=False),
        sa.ForeignKeyConstraint(
            ["workspace_id", "decision_id"],
            ["decision.workspace_id", "decision.id"],
            name=op.f("fk_decision_heard_workspace_id_decision_id_decision"),
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id", "person_id"],
            ["person.workspace_id", "person.id"],
            name=op.f("fk_decision_heard_workspace_id_person_id_person"),
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id"], ["workspace.id"], name=op.f("fk_decision_heard_workspace_id_workspace")
        ),
        sa.PrimaryKeyConstraint("workspace_id", "decision_id", "person_id", name=op.f("pk_decision_heard")),
    )
    with op.batch_alter_table("decision_heard", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_decision_heard_workspace_id_person_id"), ["workspace_id", "person_id"], unique=False
        )

    op.create_table(
        "decision_objection",
        sa.Column("workspace_id", sa.String(length=32), nullable=False),
        sa.Column("decision_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.String(length=32), nullable=False),
        sa.Column("objection", sa.Text(), nullable=False),
        sa.Column("objected_at", bot.db.types.UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["workspace_id", "decision_id"],
            ["decision.workspace_id", "decision.id"],
            name=op.f("fk_decision_objection_workspace_id_decision_id_decision"),
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id", "person_id"],
            ["person.workspace_id", "person.id"],
            name=op.f("fk_decision_objection_workspace_id_person_id_person"),
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id"], ["workspace.id"], name=op.f("fk_decision_objection_workspace_id_workspace")
        ),
        sa.PrimaryKeyConstraint(
            "workspace_id", "decision_id", "version", "person_id", name=op.f("pk_decision_objection")
        ),
    )
    op.create_table(
        "decision_option",
        sa.Column("workspace_id", sa.String(length=32), nullable=False),
        sa.Column("decision_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("pro", sa.Text(), nullable=False),
        sa.Column("con", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["workspace_id", "decision_id"],
            ["decision.workspace_id", "decision.id"],
            name=op.f("fk_decision_option_workspace_id_decision_id_decision"),
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id"], ["workspace.id"], name=op.f("fk_decision_option_workspace_id_workspace")
        ),
        sa.PrimaryKeyConstraint("workspace_id", "decision_id", "position", name=op.f("pk_decision_option")),
    )
    op.create_table(
        "decision_review",
        sa.Column("workspace_id", sa.String(length=32), nullable=False),
        sa.Column("decision_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("verdict", sa.String(length=12), nullable=False),
        sa.Column("learnt", sa.Text(), nullable=False),
        sa.Column("value", bot.db.types.ExactDecimal(), nullable=True),
        sa.Column("reviewed_at", bot.db.types.UtcDateTime(), nullable=False),
        sa.Column("reviewed_by", sa.String(length=32), nullable=False),
        sa.ForeignKeyConstraint(
            ["workspace_id", "decision_id"],
            ["decision.workspace_id", "decision.id"],
            name=op.f("fk_decision_review_workspace_id_decision_id_decision"),
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id", "reviewed_by"],
            ["person.workspace_id", "person.id"],
            name=op.f("fk_decision_review_workspace_id_reviewed_by_person"),
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id"], ["workspace.id"], name=op.f("fk_decision_review_workspace_id_workspace")
        ),
        sa.PrimaryKeyConstraint("workspace_id", "decision_id", "version", name=op.f("pk_decision_review")),
    )
    op.create_table(
        "decision_wait",
        sa.Column("workspace_id", sa.String(length=32), nullable=False),
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.Column("decision_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("outcome_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("action_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.ForeignKeyConstraint(
            ["workspace_id", "action_id"],
            ["action.workspace_id", "action.id"],
            name=op.f("fk_decision_wait_workspace_id_action_id_action"),
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id", "decision_id"],
            ["decision.workspace_id", "decision.id"],
            name=op.f("fk_decision_wait_workspace_id_decision_id_decision"),
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id", "outcome_id"],
            ["outcome.workspace_id", "outcome.id"],
            name=op.f("fk_decision_wait_workspace_id_outcome_id_outcome"),
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id"], ["workspace.id"], name=op.f("fk_decision_wait_workspace_id_workspace")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_decision_wait")),
        sa.UniqueConstraint("id", "workspace_id", name=op.f("uq_decision_wait_id_workspace_id")),
    )
    with op.batch_alter_table("decision_wait", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_decision_wait_workspace_id_action_id"), ["workspace_id", "action_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_decision_wait_workspace_id_decision_id"), ["workspace_id", "decision_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_decision_wait_workspace_id_outcome_id"), ["workspace_id", "outcome_id"], unique=False
        )

    with op.batch_alter_table("lesson", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column("decision_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True)
        )
        batch_op.add_column(sa.Column("decision_key", sa.String(length=20), nullable=False, server_default=""))
        batch_op.create_index(
            batch_op.f("ix_lesson_workspace_id_decision_id"), ["workspace_id", "decision_id"], unique=False
        )
        batch_op.create_foreign_key(
            batch_op.f("fk_lesson_workspace_id_decision_id_decision"),
            "decision",
            ["workspace_id", "decision_id"],
            ["workspace_id", "id"],
        )

    with op.batch_alter_table("team", schema=None) as batch_op:
        batch_op.add_column(sa.Column("decisions_channel_id", sa.String(length=32), nullable=True))
    op.execute("UPDATE team SET decisions_channel_id = channel_id")

    # What the rows had to be given when the column came; new rows bring their own.
    with op.batch_alter_table("lesson", schema=None) as batch_op:
        batch_op.alter_column("decision_key", server_default=None)


def downgrade() -> None:
    with op.batch_alter_table("team", schema=None) as batch_op:
        batch_op.drop_column("decisions_channel_id")

    with op.batch_alter_table("lesson", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("fk_lesson_workspace_id_decision_id_decision"), type_="foreignkey")
        batch_op.drop_index(batch_op.f("ix_lesson_workspace_id_decision_id"))
        batch_op.drop_column("decision_key")
        batch_op.drop_column("decision_id")

    with op.batch_alter_table("decision_wait", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_decision_wait_workspace_id_outcome_id"))
        batch_op.drop_index(batch_op.f("ix_decision_wait_workspace_id_decision_id"))
        batch_op.drop_index(batch_op.f("ix_decision_wait_workspace_id_action_id"))

    op.drop_table("decision_wait")
    op.drop_table("decision_review")
    op.drop_table("decision_option")
    op.drop_table("decision_objection")
    with op.batch_alter_table("decision_heard", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_decision_heard_workspace_id_person_id"))

    op.drop_table("decision_heard")
    with op.batch_alter_table("decision_event", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_decision_event_workspace_id_decision_id_id"))

    op.drop_table("decision_event")
    with op.batch_alter_table("decision_choice", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_decision_choice_workspace_id_made_by"))
        batch_op.drop_index(batch_op.f("ix_decision_choice_workspace_id_effect_outcome_id"))

    op.drop_table("decision_choice")
    with op.batch_alter_table("decision", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_decision_workspace_id_obstacle_id"))
        batch_op.drop_index("ix_decision_of_team")
        batch_op.drop_index("ix_decision_of_decider")
        batch_op.drop_index(batch_op.f("ix_decision_next_word_at"))
        batch_op.drop_index("ix_decision_next")
        batch_op.drop_index("ix_decision_newest")
        batch_op.drop_index("ix_decision_debt")

    op.drop_table("decision")
