"""schedules"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0004"
down_revision: str | None = "0003"
branch_labels: Sequence[str] | None = None
depends_on: Sequence[str] | None = None

_DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
_TEAM = sa.table("team", sa.column("checkin_rule", sa.String), sa.column("checkin_weekday", sa.Integer))
_NEW = ("checkin_rule", "checkin_from_on", "work_starts", "work_ends", "country", "days_off", "on_holiday")


def upgrade() -> None:
    with op.batch_alter_table("team", schema=None) as batch_op:
        batch_op.add_column(sa.Column("checkin_rule", sa.String(length=80), nullable=True))
        batch_op.add_column(sa.Column("checkin_from_on", sa.Date(), nullable=True))
        batch_op.add_column(sa.Column("checkin_zone", sa.String(length=64), nullable=True))
        batch_op.add_column(sa.Column("work_starts", sa.Time(), nullable=True))
        batch_op.add_column(sa.Column("work_ends", sa.Time(), nullable=True))
        batch_op.add_column(sa.Column("country", sa.String(length=8), nullable=True))
        batch_op.add_column(sa.Column("days_off", sa.Text(), nullable=True))
        batch_op.add_column(sa.Column("on_holiday", sa.String(length=8), nullable=True))
    for weekday, day in enumerate(_DAYS):
        weekly = _TEAM.update().values(checkin_rule=f"FREQ=WEEKLY;BYDAY={day}")
        op.execute(weekly.where(_TEAM.c.checkin_weekday == weekday))
    op.execute("UPDATE team SET checkin_from_on = '2024-01-01', country = '', days_off = '', on_holiday = 'move'")
    op.execute("UPDATE team SET work_starts = '09:00:00.000000', work_ends = '18:00:00.000000'")
    with op.batch_alter_table("team", schema=None) as batch_op:
        for name in _NEW:
            batch_op.alter_column(name, nullable=False)
        batch_op.drop_column("checkin_weekday")


def downgrade() -> None:
    """What is not weekly becomes weekly on its weekday; the last working day becomes Friday."""
    with op.batch_alter_table("team", schema=None) as batch_op:
        batch_op.add_column(sa.Column("checkin_weekday", sa.Integer(), nullable=True))
    op.execute(_TEAM.update().values(checkin_weekday=4))
    for weekday, day in enumerate(_DAYS):
        on_that_day = _TEAM.update().values(checkin_weekday=weekday)
        op.execute(on_that_day.where(_TEAM.c.checkin_rule.endswith(day)))
    with op.batch_alter_table("team", schema=None) as batch_op:
        batch_op.alter_column("checkin_weekday", existing_type=sa.Integer(), nullable=False)
        for name in (*_NEW, "checkin_zone"):
            batch_op.drop_column(name)
