"""The words of the outcomes room, its forms, and the ids of their buttons."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import NamedTuple, Self
from zoneinfo import ZoneInfo

from bot.language.dates import write_age, write_date
from bot.language.units import SECONDS, Unit
from bot.language.values import write_value
from bot.language.words import counted, shorten
from bot.measuring.health import Health, Standing
from bot.outcomes.model import Outcome
from bot.outcomes.queries import Page, View
from bot.outcomes.rules import MEASURE_LIMIT, NOTE_LIMIT, STATEMENT_LIMIT, TYPED_LIMIT, WHY_LIMIT
from bot.people.model import Person
from bot.slack.blocks import (
    Button,
    button,
    buttons,
    choice_field,
    context,
    divider,
    fields,
    form,
    header,
    line_chart,
    person_field,
    section,
    text_field,
)
from bot.slack.message import Block, Form, Message
from bot.slack.mrkdwn import Markup, escape, joined, lines, md

NEW = "outcomes.new"
RESULT = "outcomes.result"
SHOW = "outcomes.show"
LOG_RESULT = "outcomes.log_result"

NEW_BUTTON = "outcomes.new_button"
NEW_SHORTCUT = "outcomes.new_shortcut"

CONFIDENCE = {str(n): words for n, words in enumerate(f"{n} of 10" for n in range(11))}


@dataclass(frozen=True)
class Reader:
    """Who reads a message: their words for values and dates, and what day it is for them."""

    locale: str
    zone: ZoneInfo
    today: date

    @classmethod
    def of(cls, person: Person, now: datetime) -> Self:
        """One person."""
        return cls(person.locale, person.zone, now.astimezone(person.zone).date())

    @classmethod
    def for_channel(cls, now: datetime, zone: ZoneInfo) -> Self:
        """Everybody in a channel; `zone` says what day it is."""
        return cls("en-US", zone, now.astimezone(zone).date())

    def value(self, value: Decimal, unit: Unit) -> str:
        """A value as this reader writes it."""
        return write_value(value, unit, locale=self.locale)

    def day(self, day: date) -> str:
        """A date as this reader writes it."""
        return write_date(day, today=self.today, locale=self.locale)

    def age(self, instant: datetime) -> str:
        """How long ago that was, in days of this reader's calendar."""
        return write_age((self.today - instant.astimezone(self.zone).date()).days)


# Forms


def new_form(*, statement: str, teams: dict[int, str], team_id: int | None, owner_id: str, channel_id: str) -> Form:
    """Writes down a new outcome."""
    choices = {str(key): name for key, name in teams.items()}
    return form(
        NEW,
        "New outcome",
        [
            text_field(
                "statement",
                "What should be different in the end?",
                hint="The change itself, not the work: “Trial users reach their first report within a day”.",
                initial=statement,
                limit=STATEMENT_LIMIT,
                many_lines=True,
                focus=True,
            ),
            text_field("measure", "What will you measure?", placeholder="Trial conversion", limit=MEASURE_LIMIT),
            text_field("baseline", "Where does it stand today?", placeholder="8%", limit=TYPED_LIMIT),
            text_field("target", "Where should it be?", placeholder="12%", limit=TYPED_LIMIT),
            text_field(
                "unit",
                "Unit",
                hint="%, USD, days, signups … Leave it empty to take it from the target.",
                limit=TYPED_LIMIT,
                optional=True,
            ),
            text_field(
                "due",
                "By when?",
                placeholder="end of Q1",
                hint="A date, or words such as next Friday, in 6 weeks, end of quarter.",
                limit=TYPED_LIMIT,
            ),
            person_field("owner", "Who owns it?", initial=owner_id, hint="One person, who answers for it."),
            choice_field("team", "Team", choices, initial=str(team_id or "")),
            text_field(
                "why", "Why does it matter?", limit=WHY_LIMIT, many_lines=True, optional=True, hint="One or two lines."
            ),
        ],
        carries=channel_id,
    )


def result_form(view: View, *, reader: Reader, channel_id: str, value: str = "") -> Form:
    """Logs where the measure stands."""
    outcome = view.outcome
    latest = view.latest
    last = (
        md("Last: *{value}*, {age}.", value=reader.value(latest.value, outcome.unit), age=_age(view, reader))
        if latest
        else md("No result yet. It started from *{value}*.", value=reader.value(outcome.baseline, outcome.unit))
    )
    return form(
        RESULT,
        f"Result for {outcome.key}",
        [
            section(lines(md("*{key}* {statement}", key=outcome.key, statement=outcome.statement), last)),
            *result_fields(outcome.measure, value),
        ],
        carries=f"{outcome.id} {channel_id}",
    )


def result_fields(measure: str, value: str = "", note: str = "", confidence: int | None = None) -> list[Block]:
    """The fields in which a result is given, here and in a check-in."""
    return [
        text_field("value", f"{shorten(measure, 60)} now", initial=value, limit=TYPED_LIMIT, focus=True),
        choice_field(
            "confidence",
            "How sure are you that the target will be met?",
            CONFIDENCE,
            initial=None if confidence is None else str(confidence),
            hint="0 is not at all, 10 is certain.",
            optional=True,
        ),
        text_field(
            "note", "What moved it, or held it back?", initial=note, limit=NOTE_LIMIT, many_lines=True, optional=True
        ),
    ]


# Messages


def outcome_logged(view: View, *, reader: Reader) -> Message:
    """What was saved, read back to the person who saved it."""
    outcome = view.outcome
    text = lines(
        md("*{key}* is written down: {statement}", key=outcome.key, statement=outcome.statement),
        md(
            "{measure} from *{baseline}* to *{target}* by *{due}*, owned by {owner} in {team}.",
            measure=outcome.measure,
            baseline=reader.value(outcome.baseline, outcome.unit),
            target=reader.value(outcome.target, outcome.unit),
            due=reader.day(outcome.due_on),
            owner=view.owner.name,
            team=view.team.name,
        ),
        md("Check-ins will ask {owner} once a week what moved.", owner=view.owner.name),
    )
    return Message(text, [section(text, button=_show(outcome))])


def result_logged(view: View, *, before: Decimal, reader: Reader) -> Message:
    """A result, read back with what it changed. `view` is the outcome after it."""
    outcome = view.outcome
    text = lines(
        md(
            "*{key}* now stands at *{value}* (before: {before}).",
            key=outcome.key,
            value=reader.value(view.latest_value, outcome.unit),
            before=reader.value(before, outcome.unit),
        ),
        health_sentence(view.standing(reader.today, reader.zone)),
    )
    return Message(text, [section(text, button=_show(outcome))])


def outcome_list(page: Page, *, title: str, empty: str, reader: Reader) -> Message:
    """Outcomes, one below the other, the soonest due first."""
    if not page.views:
        return Message(escape(empty), [section(empty)])
    entries = [outcome_entry(view, reader) for view in page.views]
    heading = f"{title}: {counted(page.total, 'outcome')}"
    more = page.total - len(page.views)
    rest = f"{_more(more)} due later. Narrow the list with a person or a channel." if more else ""
    blocks = [header(heading)]
    blocks += [section(entry, button=_show(view.outcome)) for view, entry in zip(page.views, entries, strict=True)]
    if rest:
        blocks.append(context(rest))
    return Message(lines(heading, *entries, rest), blocks)


def _more(count: int) -> str:
    return "1 more is" if count == 1 else f"{count:,} more are"


def outcome_entry(view: View, reader: Reader) -> Markup:
    """An outcome in two lines: what it is, and how it stands."""
    outcome = view.outcome
    return lines(
        md("*{key}* {statement}", key=outcome.key, statement=shorten(outcome.statement, 140)),
        joined(
            [
                md("*{health}*", health=view.standing(reader.today, reader.zone).health),
                md(
                    "{value}, target {target}",
                    value=reader.value(view.latest_value, outcome.unit),
                    target=reader.value(outcome.target, outcome.unit),
                ),
                escape(view.owner.name),
                md("due {due}", due=reader.day(outcome.due_on)),
                md("updated {age}", age=reader.age(view.latest.measured_at)) if view.latest else "",
            ]
        ),
    )


def outcome_card(view: View, *, reader: Reader, may_log: bool) -> Message:
    """Everything about one outcome."""
    outcome = view.outcome
    at = view.standing(reader.today, reader.zone)
    facts = {
        "Measure": outcome.measure,
        "Now": joined([reader.value(view.latest_value, outcome.unit), _age(view, reader)]),
        "From": reader.value(outcome.baseline, outcome.unit),
        "To": reader.value(outcome.target, outcome.unit),
        "Owner": view.owner.name,
        "Team": view.team.name,
        "Due": reader.day(outcome.due_on),
        "Started": reader.day(outcome.starts_on),
    }
    title = md("*{key}* {statement}", key=outcome.key, statement=outcome.statement)
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


def health_sentence(at: Standing) -> Markup:
    """How an outcome stands, with the numbers that say so."""
    if at.health == Health.NO_DATA:
        return md("*No result yet.* {expected} of the time has passed.", expected=percent(at.expected))
    numbers = md(
        "{progress} of the way, {expected} expected by now.",
        progress=percent(at.progress),
        expected=percent(at.expected),
    )
    if at.health == Health.STALE:
        return md("*Stale:* no result for {age}. {numbers}", age=counted(at.age_days or 0, "day"), numbers=numbers)
    return md("*{health}:* {numbers}", health=at.health, numbers=numbers)


def percent(share: Decimal) -> str:
    """A share as a whole percentage; extreme ones are said as such."""
    rounded = round(share * 100)
    return f"{rounded:,}%" if abs(rounded) < 1_000 else ("over 999%" if rounded > 0 else "below -999%")


def no_team_yet() -> Message:
    """The answer to `/outcome new` where there is no team to have it."""
    text = md("There is no team to own an outcome yet. Type `/rhythm setup` in a team's channel first.")
    return Message(text, [section(text)])


def not_a_team_channel(channel: Markup) -> Message:
    """The answer to a list of a channel that is no team's home."""
    text = md("{channel} is no team's home that you can see. `/rhythm setup` there makes it one.", channel=channel)
    return Message(text, [section(text)])


def _show(outcome: Outcome) -> Button:
    return button("Show", SHOW, value=str(outcome.id), says=f"Show {outcome.key}")


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
    scale, path = _scale(view.outcome.unit), view.outcome.path
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
