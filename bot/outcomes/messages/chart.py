"""The chart of an outcome's results against what was expected of them, and the same in words."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from bot.language.units import SECONDS, Unit
from bot.outcomes.model import Outcome
from bot.outcomes.queries import View
from bot.people.messages import Reader
from bot.slack.blocks import line_chart
from bot.slack.message import Block
from bot.slack.mrkdwn import Markup, lines, md

_MOST_DAYS = 10


class _Point(NamedTuple):
    """One day of a chart, in the unit's own span."""

    label: str
    value: Decimal
    expected: Decimal


@dataclass(frozen=True)
class Chart:
    """Values day by day beside what was expected on each; none without two days to draw a line between."""

    outcome: Outcome
    against: str
    """What the results are held against, as in `the path`."""
    points: Sequence[_Point]

    @property
    def title(self) -> str:
        """What it shows."""
        return f"{self.outcome.key}: results against {self.against}"

    def drawn(self) -> Block | None:
        """The chart; None when there is none."""
        if not self.points:
            return None
        series = {
            "Result": [(point.label, float(point.value)) for point in self.points],
            "Expected": [(point.label, float(point.expected)) for point in self.points],
        }
        return line_chart(self.title, series, y_label=self.outcome.measure)

    def told(self, reader: Reader) -> Markup:
        """The chart in words, for those who do not see it; empty when there is none."""
        unit, scale = self.outcome.unit, _scale(self.outcome.unit)
        told = [
            md(
                "{label}: {value}, expected {expected}",
                label=point.label,
                value=reader.value(point.value * scale, unit),
                expected=reader.value(point.expected * scale, unit),
            )
            for point in self.points
        ]
        return lines(md("{title}", title=self.title) if told else "", *told)


def path_chart(view: View, reader: Reader) -> Chart:
    """Results against the steady path to the target: the last ten days on which there was one."""
    by_day = {reader.day_of(result.measured_at): result.value for result in view.results}
    return chart_of(view.outcome, by_day, view.path.expected_value, against="the path", reader=reader)


def chart_of(
    outcome: Outcome,
    by_day: Mapping[date, Decimal],
    expected: Callable[[date], Decimal],
    *,
    against: str,
    reader: Reader,
    marks: Mapping[date, str] | None = None,
) -> Chart:
    """Values by their days against what was expected on each, the last ten days.

    `marks`: days to be told apart, each with a short word for what was on it, `decided`; they are always shown.
    """
    marked = {day: word for day, word in (marks or {}).items() if day in by_day}
    others = [day for day in sorted(by_day) if day not in marked]
    shown = sorted([*marked, *others[-(_MOST_DAYS - len(marked)) :]]) if len(by_day) > 1 else []
    scale = _scale(outcome.unit)
    points = [
        _Point(
            f"{_label(day, reader)} {marked.get(day, '')}".rstrip(),
            by_day[day] / scale,
            round(expected(day) / scale, 2),
        )
        for day in shown
    ]
    return Chart(outcome, against, points)


def _label(day: date, reader: Reader) -> str:
    return f"{day:%-d %b}" if day.year == reader.today.year else f"{day:%-d %b %y}"


def _scale(unit: Unit) -> Decimal:
    return SECONDS[unit.span] if unit.span else Decimal(1)
