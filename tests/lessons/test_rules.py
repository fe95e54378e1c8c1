"""What can be kept as a lesson."""

import pytest

from bot.errors import FormRefused
from bot.lessons.rules import MEASURE_LIMIT, TEXT_LIMIT, check_written


@pytest.mark.parametrize(
    ("text", "measure", "field"),
    [("", "", "text"), ("x" * (TEXT_LIMIT + 1), "", "text"), ("Fine", "x" * (MEASURE_LIMIT + 1), "measure")],
)
def test_what_cannot_be_kept_is_said_at_its_field(text: str, measure: str, field: str) -> None:
    with pytest.raises(FormRefused) as refused:
        check_written(text, measure)
    assert set(refused.value.errors) == {field}


def test_a_lesson_at_its_limits_can_be_kept() -> None:
    check_written("x" * TEXT_LIMIT, "x" * MEASURE_LIMIT)
