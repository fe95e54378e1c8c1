"""foundation"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

import bot.db.types

revision: str = "0001"
down_revision: str | None = None
branch_labels: Sequence[str] | None = None
depends_on: Sequence[str] | None = None


def upgrade() -> None:
    op.create_table(
        "workspace",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("bot_user_id", sa.String(length=32), nullable=False),
        sa.Column("created_at", bot.db.types.UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_workspace")),
    )
    op.create_table(
        "channel",
        sa.Column("workspace_id", sa.String(length=32), nullable=False),
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("name", sa.String(length=100), nullable=False),
        sa.Column("is_private", sa.Boolean(), nullable=False),
        sa.Column("is_archived", sa.Boolean(), nullable=False),
        sa.Column("has_bot", sa.Boolean(), nullable=False),
        sa.Column("refreshed_at", bot.db.types.UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspace.id"], name=op.f("fk_channel_workspace_id_workspace")),
        sa.PrimaryKeyConstraint("workspace_id", "id", name=op.f("pk_channel")),
    )
    op.create_table(
        "counter",
        sa.Column("workspace_id", sa.String(length=32), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("last", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspace.id"], name=op.f("fk_counter_workspace_id_workspace")),
        sa.PrimaryKeyConstraint("workspace_id", "kind", name=op.f("pk_counter")),
    )
    op.create_table(
        "delivery",
        sa.Column("workspace_id", sa.String(length=32), nullable=False),
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("key", sa.String(length=220), nullable=False),
        sa.Column("uid", sa.String(length=32), nullable=False),
        sa.Column("kind", sa.Enum("post", "update", name="kind", native_enum=False, length=8), nullable=False),
        sa.Column("place", sa.String(length=32), nullable=False),
        sa.Column("follows_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("blocks", sa.JSON(), nullable=False),
        sa.Column("plain", sa.Boolean(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "owed",
                "leased",
                "posting",
                "sent",
                "failed",
                "expired",
                "withheld",
                "cancelled",
                name="state",
                native_enum=False,
                length=12,
            ),
            nullable=False,
        ),
        sa.Column("due_at", bot.db.types.UtcDateTime(), nullable=False),
        sa.Column("expires_at", bot.db.types.UtcDateTime(), nullable=False),
        sa.Column("created_at", bot.db.types.UtcDateTime(), nullable=False),
        sa.Column("next_try_at", bot.db.types.UtcDateTime(), nullable=False),
        sa.Column("lease_token", sa.String(length=32), nullable=True),
        sa.Column("leased_until", bot.db.types.UtcDateTime(), nullable=True),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("intent_at", bot.db.types.UtcDateTime(), nullable=True),
        sa.Column("looks", sa.Integer(), nullable=False),
        sa.Column("last_look_at", bot.db.types.UtcDateTime(), nullable=True),
        sa.Column(
            "end_as",
            sa.Enum(
                "owed",
                "leased",
                "posting",
                "sent",
                "failed",
                "expired",
                "withheld",
                "cancelled",
                name="state",
                native_enum=False,
                length=12,
            ),
            nullable=True,
        ),
        sa.Column("channel", sa.String(length=32), nullable=True),
        sa.Column("ts", sa.String(length=20), nullable=True),
        sa.Column("sent_at", bot.db.types.UtcDateTime(), nullable=True),
        sa.Column("ended_at", bot.db.types.UtcDateTime(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["workspace_id", "follows_id"],
            ["delivery.workspace_id", "delivery.id"],
            name=op.f("fk_delivery_workspace_id_follows_id_delivery"),
        ),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspace.id"], name=op.f("fk_delivery_workspace_id_workspace")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_delivery")),
        sa.UniqueConstraint("uid", name=op.f("uq_delivery_uid")),
        sa.UniqueConstraint("id", "workspace_id", name=op.f("uq_delivery_id_workspace_id")),
        sa.UniqueConstraint("workspace_id", "key", name=op.f("uq_delivery_workspace_id_key")),
    )
    with op.batch_alter_table("delivery", schema=None) as batch_op:
        batch_op.create_index("ix_delivery_claim", ["workspace_id", "kind", "state", "next_try_at"], unique=False)
        batch_op.create_index("ix_delivery_expiry", ["state", "expires_at"], unique=False)
        batch_op.create_index("ix_delivery_follows", ["workspace_id", "follows_id"], unique=False)
        batch_op.create_index("ix_delivery_message", ["workspace_id", "channel", "ts"], unique=False)
        batch_op.create_index("ix_delivery_place", ["workspace_id", "place", "id"], unique=False)
        batch_op.create_index("ix_delivery_state", ["state", "next_try_at"], unique=False)

    op.create_table(
        "direct_channel",
        sa.Column("workspace_id", sa.String(length=32), nullable=False),
        sa.Column("person_id", sa.String(length=32), nullable=False),
        sa.Column("channel", sa.String(length=32), nullable=False),
        sa.ForeignKeyConstraint(
            ["workspace_id"], ["workspace.id"], name=op.f("fk_direct_channel_workspace_id_workspace")
        ),
        sa.PrimaryKeyConstraint("workspace_id", "person_id", name=op.f("pk_direct_channel")),
    )
    op.create_table(
        "gesture",
        sa.Column("workspace_id", sa.String(length=32), nullable=False),
        sa.Column("gesture", sa.String(length=255), nullable=False),
        sa.Column("heard_at", bot.db.types.UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspace.id"], name=op.f("fk_gesture_workspace_id_workspace")),
        sa.PrimaryKeyConstraint("workspace_id", "gesture", name=op.f("pk_gesture")),
    )
    with op.batch_alter_table("gesture", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_gesture_heard_at"), ["heard_at"], unique=False)

    op.create_table(
        "lane",
        sa.Column("workspace_id", sa.String(length=32), nullable=False),
        sa.Column("name", sa.String(length=48), nullable=False),
        sa.Column("next_at", bot.db.types.UtcDateTime(), nullable=False),
        sa.Column("blocked_until", bot.db.types.UtcDateTime(), nullable=True),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspace.id"], name=op.f("fk_lane_workspace_id_workspace")),
        sa.PrimaryKeyConstraint("workspace_id", "name", name=op.f("pk_lane")),
    )
    with op.batch_alter_table("lane", schema=None) as batch_op:
        batch_op.create_index("ix_lane_next", ["name", "next_at"], unique=False)

    op.create_table(
        "person",
        sa.Column("workspace_id", sa.String(length=32), nullable=False),
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("time_zone", sa.String(length=64), nullable=False),
        sa.Column("locale", sa.String(length=16), nullable=False),
        sa.Column("is_active", sa.Boolean(), nullable=False),
        sa.Column("is_bot", sa.Boolean(), nullable=False),
        sa.Column("is_guest", sa.Boolean(), nullable=False),
        sa.Column("is_admin", sa.Boolean(), nullable=False),
        sa.Column("refreshed_at", bot.db.types.UtcDateTime(), nullable=False),
        sa.Column("next_checkin_at", bot.db.types.UtcDateTime(), nullable=True),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspace.id"], name=op.f("fk_person_workspace_id_workspace")),
        sa.PrimaryKeyConstraint("workspace_id", "id", name=op.f("pk_person")),
    )
    with op.batch_alter_table("person", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_person_next_checkin_at"), ["next_checkin_at"], unique=False)

    op.create_table(
        "channel_member",
        sa.Column("workspace_id", sa.String(length=32), nullable=False),
        sa.Column("channel_id", sa.String(length=32), nullable=False),
        sa.Column("person_id", sa.String(length=32), nullable=False),
        sa.ForeignKeyConstraint(
            ["workspace_id", "channel_id"],
            ["channel.workspace_id", "channel.id"],
            name=op.f("fk_channel_member_workspace_id_channel_id_channel"),
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id"], ["workspace.id"], name=op.f("fk_channel_member_workspace_id_workspace")
        ),
        sa.PrimaryKeyConstraint("workspace_id", "channel_id", "person_id", name=op.f("pk_channel_member")),
    )
    with op.batch_alter_table("channel_member", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_channel_member_workspace_id_person_id"), ["workspace_id", "person_id"], unique=False
        )

    op.create_table(
        "checkin",
        sa.Column("workspace_id", sa.String(length=32), nullable=False),
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.Column("person_id", sa.String(length=32), nullable=False),
        sa.Column("period", sa.String(length=8), nullable=False),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("due_at", bot.db.types.UtcDateTime(), nullable=False),
        sa.Column("decided_at", bot.db.types.UtcDateTime(), nullable=False),
        sa.Column("closes_at", bot.db.types.UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["workspace_id", "person_id"],
            ["person.workspace_id", "person.id"],
            name=op.f("fk_checkin_workspace_id_person_id_person"),
        ),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspace.id"], name=op.f("fk_checkin_workspace_id_workspace")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_checkin")),
        sa.UniqueConstraint("id", "workspace_id", name=op.f("uq_checkin_id_workspace_id")),
        sa.UniqueConstraint(
            "workspace_id", "person_id", "period", name=op.f("uq_checkin_workspace_id_person_id_period")
        ),
    )
    with op.batch_alter_table("checkin", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_checkin_closes_at"), ["closes_at"], unique=False)

    op.create_table(
        "team",
        sa.Column("workspace_id", sa.String(length=32), nullable=False),
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("channel_id", sa.String(length=32), nullable=False),
        sa.Column("lead_id", sa.String(length=32), nullable=False),
        sa.Column("checkin_weekday", sa.Integer(), nullable=False),
        sa.Column("checkin_time", sa.Time(), nullable=False),
        sa.Column("created_at", bot.db.types.UtcDateTime(), nullable=False),
        sa.Column("created_by", sa.String(length=32), nullable=False),
        sa.ForeignKeyConstraint(
            ["workspace_id", "channel_id"],
            ["channel.workspace_id", "channel.id"],
            name=op.f("fk_team_workspace_id_channel_id_channel"),
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id", "lead_id"],
            ["person.workspace_id", "person.id"],
            name=op.f("fk_team_workspace_id_lead_id_person"),
        ),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspace.id"], name=op.f("fk_team_workspace_id_workspace")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_team")),
        sa.UniqueConstraint("workspace_id", "channel_id", name=op.f("uq_team_workspace_id_channel_id")),
        sa.UniqueConstraint("id", "workspace_id", name=op.f("uq_team_id_workspace_id")),
    )
    op.create_table(
        "outcome",
        sa.Column("workspace_id", sa.String(length=32), nullable=False),
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("team_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("owner_id", sa.String(length=32), nullable=False),
        sa.Column("statement", sa.Text(), nullable=False),
        sa.Column("why", sa.Text(), nullable=False),
        sa.Column("measure", sa.String(length=100), nullable=False),
        sa.Column("unit", sa.String(length=80), nullable=False),
        sa.Column("baseline", bot.db.types.ExactDecimal(), nullable=False),
        sa.Column("target", bot.db.types.ExactDecimal(), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("created_at", bot.db.types.UtcDateTime(), nullable=False),
        sa.Column("created_by", sa.String(length=32), nullable=False),
        sa.ForeignKeyConstraint(
            ["workspace_id", "owner_id"],
            ["person.workspace_id", "person.id"],
            name=op.f("fk_outcome_workspace_id_owner_id_person"),
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id", "team_id"],
            ["team.workspace_id", "team.id"],
            name=op.f("fk_outcome_workspace_id_team_id_team"),
        ),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspace.id"], name=op.f("fk_outcome_workspace_id_workspace")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_outcome")),
        sa.UniqueConstraint("id", "workspace_id", name=op.f("uq_outcome_id_workspace_id")),
        sa.UniqueConstraint("workspace_id", "number", name=op.f("uq_outcome_workspace_id_number")),
    )
    with op.batch_alter_table("outcome", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_outcome_workspace_id_owner_id"), ["workspace_id", "owner_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_outcome_workspace_id_team_id"), ["workspace_id", "team_id"], unique=False)

    op.create_table(
        "result",
        sa.Column("workspace_id", sa.String(length=32), nullable=False),
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.Column("outcome_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("value", bot.db.types.ExactDecimal(), nullable=False),
        sa.Column("measured_at", bot.db.types.UtcDateTime(), nullable=False),
        sa.Column("recorded_at", bot.db.types.UtcDateTime(), nullable=False),
        sa.Column("author_id", sa.String(length=32), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("confidence", sa.Integer(), nullable=True),
        sa.Column("source", sa.String(length=20), nullable=False),
        sa.Column("replaces_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.ForeignKeyConstraint(
            ["workspace_id", "outcome_id"],
            ["outcome.workspace_id", "outcome.id"],
            name=op.f("fk_result_workspace_id_outcome_id_outcome"),
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id", "replaces_id"],
            ["result.workspace_id", "result.id"],
            name=op.f("fk_result_workspace_id_replaces_id_result"),
        ),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspace.id"], name=op.f("fk_result_workspace_id_workspace")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_result")),
        sa.UniqueConstraint("id", "workspace_id", name=op.f("uq_result_id_workspace_id")),
        sa.UniqueConstraint("workspace_id", "replaces_id", name=op.f("uq_result_workspace_id_replaces_id")),
    )
    with op.batch_alter_table("result", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_result_workspace_id_outcome_id_measured_at"),
            ["workspace_id", "outcome_id", "measured_at"],
            unique=False,
        )

    op.create_table(
        "checkin_item",
        sa.Column("workspace_id", sa.String(length=32), nullable=False),
        sa.Column("checkin_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("outcome_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("answer", sa.String(length=12), nullable=True),
        sa.Column("result_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("answered_at", bot.db.types.UtcDateTime(), nullable=True),
        sa.ForeignKeyConstraint(
            ["workspace_id", "checkin_id"],
            ["checkin.workspace_id", "checkin.id"],
            name=op.f("fk_checkin_item_workspace_id_checkin_id_checkin"),
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id", "outcome_id"],
            ["outcome.workspace_id", "outcome.id"],
            name=op.f("fk_checkin_item_workspace_id_outcome_id_outcome"),
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id", "result_id"],
            ["result.workspace_id", "result.id"],
            name=op.f("fk_checkin_item_workspace_id_result_id_result"),
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id"], ["workspace.id"], name=op.f("fk_checkin_item_workspace_id_workspace")
        ),
        sa.PrimaryKeyConstraint("workspace_id", "checkin_id", "outcome_id", name=op.f("pk_checkin_item")),
    )
    with op.batch_alter_table("checkin_item", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_checkin_item_workspace_id_outcome_id"), ["workspace_id", "outcome_id"], unique=False
        )


def downgrade() -> None:
    with op.batch_alter_table("checkin_item", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_checkin_item_workspace_id_outcome_id"))

    op.drop_table("checkin_item")
    with op.batch_alter_table("result", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_result_workspace_id_outcome_id_measured_at"))

    op.drop_table("result")
    with op.batch_alter_table("outcome", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_outcome_workspace_id_team_id"))
        batch_op.drop_index(batch_op.f("ix_outcome_workspace_id_owner_id"))

    op.drop_table("outcome")
    op.drop_table("team")
    with op.batch_alter_table("checkin", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_checkin_closes_at"))

    op.drop_table("checkin")
    with op.batch_alter_table("channel_member", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_channel_member_workspace_id_person_id"))

    op.drop_table("channel_member")
    with op.batch_alter_table("person", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_person_next_checkin_at"))

    op.drop_table("person")
    with op.batch_alter_table("lane", schema=None) as batch_op:
        batch_op.drop_index("ix_lane_next")

    op.drop_table("lane")
    with op.batch_alter_table("gesture", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_gesture_heard_at"))

    op.drop_table("gesture")
    op.drop_table("direct_channel")
    with op.batch_alter_table("delivery", schema=None) as batch_op:
        batch_op.drop_index("ix_delivery_state")
        batch_op.drop_index("ix_delivery_place")
        batch_op.drop_index("ix_delivery_message")
        batch_op.drop_index("ix_delivery_follows")
        batch_op.drop_index("ix_delivery_expiry")
        batch_op.drop_index("ix_delivery_claim")

    op.drop_table("delivery")
    op.drop_table("counter")
    op.drop_table("channel")
    op.drop_table("workspace")
