"""The words of an outcome's card."""

from datetime import date, datetime
from decimal import Decimal
from typing import NamedTuple
from zoneinfo import ZoneInfo

from bot.language.units import SECONDS, Unit
from bot.language.words import shorten
from bot.outcomes.messages import health_sentence, outcome_title, value_or_unknown
from bot.outcomes.queries import View
from bot.people.messages import Reader
from bot.results.messages import LOG_RESULT
from bot.slack.blocks import button, buttons, divider, fields, line_chart, section
from bot.slack.message import Block, Message
from bot.slack.mrkdwn import Markup, joined, lines, md


def outcome_card(view: View, *, reader: Reader, may_log: bool) -> Message:
    """Everything about one outcome."""
    outcome = view.outcome
    at = view.standing(reader.today)
    facts = {
        "Measure": outcome.measure,
        "Now": joined([value_or_unknown(view.latest_value, outcome, reader), _age(view, reader)]),
        "From": value_or_unknown(outcome.baseline, outcome, reader),
        "To": reader.value(outcome.target, outcome.unit),
        "Owner": view.owner.name,
        "Team": view.team.name,
        "Due": reader.day(outcome.due_on),
        "Started": reader.day(outcome.starts_on),
    }
    title = outcome_title(outcome)
    why = md("Why: {why}", why=outcome.why) if outcome.why else ""
    said = health_sentence(at)
    notes = _last_notes(view, reader)
    blocks = [section(lines(title, why)), section(said), fields(facts)]
    if chart := _chart(view, reader):
        blocks.append(chart)
    if notes:
        blocks += [divider(), section(lines(md("*Latest results*"), *notes))]
    if may_log:
        says = f"Log a result for {outcome.key}"
        blocks.append(buttons(button("Log result", LOG_RESULT, value=str(outcome.id), style="primary", says=says)))
    told = [md("{name}: {value}", name=name, value=value) for name, value in facts.items()]
    latest = md("*Latest results*") if notes else ""
    return Message(lines(title, why, said, *told, _chart_told(view, reader), latest, *notes), blocks)


def _age(view: View, reader: Reader) -> str:
    return reader.age(view.latest.measured_at) if view.latest else "no result yet"


def _last_notes(view: View, reader: Reader) -> list[Markup]:
    return [
        joined(
            [
                md(
                    "{day}: *{value}*",
                    day=reader.day(_day(result.measured_at, reader.zone)),
                    value=reader.value(result.value, view.outcome.unit),
                ),
                shorten(result.note, 200),
            ],
            " – ",
        )
        for result in reversed(view.results[-5:])
    ]


def _chart(view: View, reader: Reader) -> Block | None:
    """Results against the steady path to the target: the last ten days on which there was one."""
    points = _points(view, reader)
    if not points:
        return None
    series = {
        "Result": [(point.label, float(point.value)) for point in points],
        "Expected": [(point.label, float(point.expected)) for point in points],
    }
    return line_chart(f"{view.outcome.key}: results against the path", series, y_label=view.outcome.measure)


def _chart_told(view: View, reader: Reader) -> Markup:
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
    by_day = {_day(result.measured_at, reader.zone): result.value for result in view.results}
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


def _day(instant: datetime, zone: ZoneInfo) -> date:
    return instant.astimezone(zone).date()
