"""Values come back as they went in, on both databases."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta, timezone
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Column, Integer, MetaData, Table, insert, select
from sqlalchemy.exc import StatementError

from bot.db.database import Database
from bot.db.types import ExactDecimal, UtcDateTime

KEPT = Table(
    "kept",
    MetaData(),
    Column("id", Integer, primary_key=True),
    Column("value", ExactDecimal),
    Column("at", UtcDateTime),
)
on_both = settings(deadline=None, max_examples=10, suppress_health_check=[HealthCheck.function_scoped_fixture])


@pytest.fixture(autouse=True)
def _table(database: Database) -> Iterator[None]:
    KEPT.create(database.engine)
    yield
    KEPT.drop(database.engine)


def kept(database: Database, column: str, values: list[object]) -> list[object]:
    """The values after they were stored and read back."""
    with database.begin() as tx:
        tx.execute(KEPT.delete())
        tx.execute(insert(KEPT), [{"id": n, column: value} for n, value in enumerate(values)])
    with database.read() as tx:
        return list(tx.scalars(select(KEPT.c[column]).order_by(KEPT.c.id)))


nines = st.decimals(-(10**29) + 1, 10**29 - 1, places=9, allow_nan=False, allow_infinity=False)


@given(values=st.lists(nines, min_size=1, max_size=20))
@on_both
def test_any_value_of_nine_places_comes_back_to_the_digit(database: Database, values: list[Decimal]) -> None:
    assert kept(database, "value", list(values)) == values


def test_a_value_comes_back_without_zeros_nobody_typed(database: Database) -> None:
    values: list[object] = [Decimal("8.10"), Decimal("1E+3"), Decimal("-0.000000001"), Decimal(0), None]
    assert [str(value) for value in kept(database, "value", values)] == ["8.1", "1000", "-1E-9", "0", "None"]


instants = st.datetimes(
    datetime.fromisoformat("1990-01-01"),
    datetime.fromisoformat("2100-01-01"),
    timezones=st.integers(-14 * 60, 14 * 60).map(lambda m: timezone(timedelta(minutes=m))),
)


@given(values=st.lists(instants, min_size=1, max_size=20))
@on_both
def test_an_instant_comes_back_aware_in_utc(database: Database, values: list[datetime]) -> None:
    read = kept(database, "at", list(values))
    assert read == values
    assert all(isinstance(value, datetime) and value.tzinfo is UTC for value in read)


def test_a_naive_datetime_is_refused(database: Database) -> None:
    with pytest.raises(StatementError, match="needs a zone"):
        kept(database, "at", [datetime.combine(date(2026, 3, 2), time())])


def test_instants_are_compared_as_instants_whatever_their_zone(database: Database) -> None:
    noon = datetime(2026, 3, 2, 12, tzinfo=UTC)
    kept(database, "at", [noon, noon + timedelta(hours=1)])
    in_tokyo = noon.astimezone(timezone(timedelta(hours=9)))
    with database.read() as tx:
        assert list(tx.scalars(select(KEPT.c.id).where(KEPT.c.at <= in_tokyo))) == [0]
