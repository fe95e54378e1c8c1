"""The words of a team's schedule, and the ids of its form."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from zoneinfo import ZoneInfo

from bot.people.messages import Reader
from bot.slack.blocks import choice_field, context, date_field, form, radio_field, section, text_field, time_field
from bot.slack.message import Block, Form, Message
from bot.slack.mrkdwn import Markup, lines, md
from bot.teams.messages import whose_time
from bot.teams.model import Team
from bot.teams.rules.countries import write_country
from bot.teams.rules.days_off import write_typed
from bot.teams.rules.recurrence import WEEKDAYS, Often
from bot.teams.rules.rhythm import OnHoliday, Rhythm, Telling

SCHEDULE = "teams.schedule"
OWN_TIME = "own"

_OFTEN = {
    Often.WEEKLY: "Every week",
    Often.SECOND_WEEK: "Every second week",
    Often.THIRD_WEEK: "Every third week",
    Often.FOURTH_WEEK: "Every fourth week",
    Often.FIRST_OF_MONTH: "Monthly, on the first such day",
    Often.SECOND_OF_MONTH: "Monthly, on the second such day",
    Often.THIRD_OF_MONTH: "Monthly, on the third such day",
    Often.FOURTH_OF_MONTH: "Monthly, on the fourth such day",
    Often.LAST_OF_MONTH: "Monthly, on the last such day",
    Often.MONTH_ENDS: "Monthly, on the last working day",
    Often.FIRST_OF_QUARTER: "Quarterly, on the first such day",
    Often.QUARTER_ENDS: "Quarterly, on the last working day",
}
_ANSWERS = {
    Telling.THREAD: "Each as a line, in one thread a period",
    Telling.COLLECTED: "All in one post, when the period ends",
}
_ON_HOLIDAY = {OnHoliday.MOVE: "Moves to the next working day", OnHoliday.SKIP: "Is left out"}


def schedule_form(team: Team, *, reader: Reader) -> Form:
    """When a team's owners are asked, and when the team does not work."""
    rhythm, zone = team.rhythm, team.rhythm.zone or str(reader.zone)
    return form(
        SCHEDULE,
        "Schedule",
        [
            section(md("When owners in *{team}* are asked what moved.", team=team.name)),
            *_days(rhythm, reader.today),
            time_field("time", "At", initial=f"{rhythm.at:%H:%M}"),
            radio_field(
                "zone",
                "Whose time",
                {OWN_TIME: "Each owner's own", zone: f"Everybody at the same moment: {zone}"},
                initial=rhythm.zone or OWN_TIME,
                hint="Those for whom that moment is outside of working hours are asked when the next ones begin.",
            ),
            radio_field("answers", "The channel hears of answers", _as_choices(_ANSWERS), initial=rhythm.answers),
            *_off(rhythm, reader),
            time_field("starts", "The working day begins", initial=f"{rhythm.workdays.starts:%H:%M}"),
            time_field(
                "ends", "And ends", initial=f"{rhythm.workdays.ends:%H:%M}", hint="Outside of it Rhythm is quiet."
            ),
        ],
        carries=str(team.id),
    )


def _days(rhythm: Rhythm, today: date) -> list[Block]:
    recurrence = rhythm.recurrence
    return [
        choice_field("often", "Check-ins", _as_choices(_OFTEN), initial=recurrence.often),
        choice_field("weekday", "On", {str(n): day for n, day in enumerate(WEEKDAYS)}, initial=str(recurrence.weekday)),
        date_field(
            "first",
            "Counted from the week of",
            initial=recurrence.counted_from if recurrence.often.is_counted_in_weeks else today,
            hint="For every second, third or fourth week: one of the weeks that have a check-in.",
            optional=True,
        ),
    ]


def _off(rhythm: Rhythm, reader: Reader) -> list[Block]:
    workdays = rhythm.workdays
    return [
        text_field(
            "country",
            "Public holidays of",
            initial=write_country(workdays.country),
            placeholder="Germany, or a part of it: Germany, Bayern",
            limit=60,
            optional=True,
        ),
        text_field(
            "days_off",
            "The team's own days off",
            initial=write_typed(workdays.days_off, today=reader.today, locale=reader.locale),
            placeholder="24 Dec to 1 Jan: company holidays",
            hint="One a line.",
            limit=2_000,
            many_lines=True,
            optional=True,
        ),
        radio_field("on_holiday", "A check-in on such a day", _as_choices(_ON_HOLIDAY), initial=rhythm.on_holiday),
    ]


def _as_choices(words: Mapping[Often, str] | Mapping[OnHoliday, str] | Mapping[Telling, str]) -> dict[str, str]:
    return {str(value): shown for value, shown in words.items()}


def schedule_saved(team: Team, ahead: Sequence[datetime], *, before: datetime | None, reader: Reader) -> Message:
    """What was saved, in words, with the next dates for whoever saved it, and what moved."""
    text = lines(
        said_of(team),
        _next(ahead, reader.zone),
        _moved(before, ahead, reader.zone),
    )
    return Message(text, [section(text)])


def schedule_changed(team: Team, *, by: str) -> Message:
    """Tells the team's channel, quietly, that its check-ins come at another time."""
    text = md("{by} changed the schedule. {said}", by=by, said=said_of(team))
    return Message(text, [context(text)])


def said_of(team: Team) -> Markup:
    """A team's schedule in words."""
    rhythm, workdays = team.rhythm, team.rhythm.workdays
    when = md(
        "*{team}* has its check-ins {rhythm}, {zone}.{answers}",
        team=team.name,
        rhythm=str(rhythm),
        zone=whose_time(rhythm),
        answers=" The channel reads all answers in one post." if rhythm.answers == Telling.COLLECTED else "",
    )
    off = []
    if workdays.country:
        off.append(f"a public holiday in {write_country(workdays.country)}")
    if workdays.days_off:
        off.append("one of its own days off")
    if not off:
        return when
    verb = "moves to the next working day" if rhythm.on_holiday == OnHoliday.MOVE else "is left out"
    return md("{when} One that falls on {off} {verb}.", when=when, off=" or ".join(off), verb=verb)


def _next(ahead: Sequence[datetime], zone: ZoneInfo) -> Markup:
    if not ahead:
        return md("There is none in the year ahead.")
    days = "; ".join(_said(at, zone) for at in ahead)
    return md("For you the next one is {days}." if len(ahead) == 1 else "For you the next ones are {days}.", days=days)


def _moved(before: datetime | None, ahead: Sequence[datetime], zone: ZoneInfo) -> Markup:
    if before is None or before in ahead:
        return md("")
    return md("The one that was planned for {before} has moved.", before=_said(before, zone))


def _said(at: datetime, zone: ZoneInfo) -> str:
    return f"{at.astimezone(zone):%A %-d %B at %H:%M}"
