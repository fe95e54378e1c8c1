"""A result as it is typed in one line, and in the fields of a form."""

from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

import pytest

from bot.errors import FormRefused, Refused
from bot.language.units import NUMBER, PERCENT, Unit, duration, money
from bot.results.listeners.given import read_in_one_line, read_measured
from bot.slack.typed import Answers
from tests.outcomes.samples import NOW, person, view

OLGA = person()


def typed(said: str, zone: str = "UTC") -> tuple[Decimal, datetime | None, str]:
    olga = person()
    olga.time_zone = zone
    measured = read_in_one_line(said, view("9"), olga, now=NOW).measured
    return measured.value, measured.measured_at, measured.note


@pytest.mark.parametrize(
    ("said", "day", "note"),
    [
        ("42 on 3 March because the email shipped", 3, "the email shipped"),
        ("42 on 3 March", 3, ""),
        ("42 on March 3, 2026, because it shipped", 3, "it shipped"),
        ("42, on 3 March: the email shipped", 3, "the email shipped"),
        ("42 on Friday due to the email", 27, "the email"),
        ("42 on Mon, Mar 23 – shipped", 23, "shipped"),
        ("42 on 30 March because it is today", None, "it is today"),
    ],
)
def test_a_day_right_after_the_value_is_its_day(said: str, day: int | None, note: str) -> None:
    at = datetime(2026, 3, day, 12, tzinfo=UTC) if day else None
    assert typed(said) == (Decimal(42), at, note)


@pytest.mark.parametrize(
    ("said", "note"),
    [
        ("42 on mobile because the email shipped", "on mobile because the email shipped"),
        ("42 because the email shipped on 3 March", "the email shipped on 3 March"),
        ("42 on 3 March the email shipped", "on 3 March the email shipped"),
        ("42 on average", "on average"),
        ("42 once, on average", "once, on average"),
    ],
)
def test_anything_else_stays_in_the_note(said: str, note: str) -> None:
    assert typed(said) == (Decimal(42), None, note)


def test_a_day_is_noon_where_the_person_is() -> None:
    assert typed("42 on 3 March", "America/New_York")[1] == datetime(2026, 3, 3, 17, tzinfo=UTC)


def test_a_day_to_come_is_refused_in_one_line() -> None:
    with pytest.raises(Refused, match="has not come yet"):
        typed("42 on 1 April because it will ship")


@pytest.mark.parametrize(
    ("unit", "said", "sentence"),
    [
        (PERCENT, "$5", "This measure is in percent; $5 is in USD."),
        (PERCENT, "5 days", "This measure is in percent; 5 days is a duration."),
        (NUMBER, "5 days", "This measure is a plain number; 5 days is a duration."),
        (NUMBER, "5%", "This measure is a plain number; 5% is a percentage."),
        (Unit("number", label="tickets"), "5%", "This measure counts tickets; 5% is a percentage."),
        (money("USD"), "€5", "This measure is in USD; €5 is in EUR."),
        (duration("days"), "5%", "This measure is in days; 5% is a percentage."),
    ],
)
def test_a_result_in_another_unit_is_refused_with_both(unit: Unit, said: str, sentence: str) -> None:
    shown = view(unit=unit)
    with pytest.raises(Refused) as in_a_line:
        read_in_one_line(said, shown, OLGA, now=NOW)
    with pytest.raises(FormRefused) as in_a_form:
        read_measured(form(value=said), shown, OLGA, source="form", now=NOW)
    assert (str(in_a_line.value), in_a_form.value.errors) == (sentence, {"value": sentence})


@pytest.mark.parametrize("said", ["12", "12%", "12 %", "12 percent"])
def test_a_bare_number_is_in_the_units_of_the_measure(said: str) -> None:
    assert read_measured(form(value=said), view(), OLGA, source="form", now=NOW).value == 12


@pytest.mark.parametrize(
    ("day", "sentence"), [("tomorrow", "has not come yet"), ("2027-01-01", "has not come yet"), ("soon", "not a date")]
)
def test_a_day_that_cannot_be_is_refused_at_its_field(day: str, sentence: str) -> None:
    with pytest.raises(FormRefused) as refused:
        read_measured(form(value="9%", measured_on=day), view(), OLGA, source="form", now=NOW)
    assert sentence in refused.value.errors["measured_on"]


@pytest.mark.parametrize("day", ["", "today", "30 March"])
def test_today_means_now(day: str) -> None:
    assert read_measured(form(value="9%", measured_on=day), view(), OLGA, source="form", now=NOW).measured_at is None


def form(**fields: str) -> Answers:
    """The answers of a form."""
    values: dict[str, Any] = {
        name: {"value": {"type": "plain_text_input", "value": text}} for name, text in fields.items()
    }
    return Answers({"state": {"values": values}})
