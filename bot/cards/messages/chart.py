"""The chart of an outcome's results against its path, and the same in words."""

from decimal import Decimal
from typing import NamedTuple

from bot.language.units import SECONDS, Unit
from bot.outcomes.queries import View
from bot.people.messages import Reader
from bot.slack.blocks import line_chart
from bot.slack.message import Block
from bot.slack.mrkdwn import Markup, lines, md


def chart(view: View, reader: Reader) -> Block | None:
    """Results against the steady path to the target: the last ten days on which there was one."""
    points = _points(view, reader)
    if not points:
        return None
    series = {
        "Result": [(point.label, float(point.value)) for point in points],
        "Expected": [(point.label, float(point.expected)) for point in points],
    }
    return line_chart(f"{view.outcome.key}: results against the path", series, y_label=view.outcome.measure)


def chart_told(view: View, reader: Reader) -> Markup:
    """The chart in words, for those who do not see it."""
    unit, scale = view.outcome.unit, _scale(view.outcome.unit)
    told = [
        md(
            "{label}: {value}, expected {expected}",
            label=point.label,
            value=reader.value(point.value * scale, unit),
            expected=reader.value(point.expected * scale, unit),
        )
        for point in _points(view, reader)
    ]
    title = md("{key}: results against the path", key=view.outcome.key) if told else ""
    return lines(title, *told)


class _Point(NamedTuple):
    """One day of the chart, in the unit's own span."""

    label: str
    value: Decimal
    expected: Decimal


def _points(view: View, reader: Reader) -> list[_Point]:
    by_day = {reader.day_of(result.measured_at): result.value for result in view.results}
    if len(by_day) < 2:
        return []
    scale, path = _scale(view.outcome.unit), view.path
    return [
        _Point(
            f"{day:%-d %b}" if day.year == reader.today.year else f"{day:%-d %b %y}",
            by_day[day] / scale,
            round(path.expected_value(day) / scale, 2),
        )
        for day in sorted(by_day)[-10:]
    ]


def _scale(unit: Unit) -> Decimal:
    return SECONDS[unit.span] if unit.span else Decimal(1)
