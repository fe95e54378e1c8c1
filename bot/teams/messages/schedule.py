"""The words of a team's schedule, and the ids of its form."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from zoneinfo import ZoneInfo

from bot.people.messages import Reader
from bot.slack.blocks import (
    Button,
    button,
    choice_field,
    context,
    date_field,
    form,
    radio_field,
    section,
    text_field,
    time_field,
)
from bot.slack.message import Block, Form, Message
from bot.slack.mrkdwn import Markup, joined, lines, md
from bot.teams.messages import whose_time
from bot.teams.model import Team
from bot.teams.rules.countries import write_country
from bot.teams.rules.days_off import write_typed
from bot.teams.rules.recurrence import WEEKDAYS, Often, Recurrence
from bot.teams.rules.rhythm import OnHoliday, Rhythm, Telling
from bot.teams.rules.workdays import Workdays

SCHEDULE = "teams.schedule"
MEETINGS = "teams.meetings"
OWN_TIME = "own"
NO_DIGEST = "none"

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
            section(
                md(
                    "When owners in *{team}* are asked what moved, and when this channel gets a digest. "
                    "Meetings have a list of their own.",
                    team=team.name,
                ),
                button=meetings_button(team),
            ),
            *day_fields("Check-ins", rhythm.recurrence, reader.today),
            time_field("time", "At", initial=f"{rhythm.at:%H:%M}"),
            radio_field(
                "zone",
                "Whose time",
                {OWN_TIME: "Each owner's own", zone: f"Everybody at the same moment: {zone}"},
                initial=rhythm.zone or OWN_TIME,
                hint="Those for whom that moment is outside of working hours are asked when the next ones begin.",
            ),
            radio_field("answers", "The channel hears of answers", _as_choices(_ANSWERS), initial=rhythm.answers),
            *_digest(team),
            *_off(rhythm, reader),
            time_field("starts", "The working day begins", initial=f"{rhythm.workdays.starts:%H:%M}"),
            time_field(
                "ends", "And ends", initial=f"{rhythm.workdays.ends:%H:%M}", hint="Outside of it Rhythm is quiet."
            ),
        ],
        carries=str(team.id),
    )


def meetings_button(team: Team) -> Button:
    """Shows the team's meetings, which have a list of their own."""
    return button("Meetings", MEETINGS, value=str(team.id), says=f"Meetings of {team.name}")


def day_fields(label: str, recurrence: Recurrence, today: date) -> list[Block]:
    """Asks on which days something comes round."""
    return [
        choice_field("often", label, _as_choices(_OFTEN), initial=recurrence.often),
        choice_field("weekday", "On", {str(n): day for n, day in enumerate(WEEKDAYS)}, initial=str(recurrence.weekday)),
        date_field(
            "first",
            "Counted from the week of",
            initial=recurrence.counted_from if recurrence.often.is_counted_in_weeks else today,
            hint="For every second, third or fourth week: one of the weeks that count.",
            optional=True,
        ),
    ]


def _digest(team: Team) -> list[Block]:
    digest = team.digest
    choices = {NO_DIGEST: "None", **{str(n): f"Every {day}" for n, day in enumerate(WEEKDAYS)}}
    return [
        choice_field(
            "digest",
            "Weekly digest",
            choices,
            initial=str(digest.recurrence.weekday) if digest else NO_DIGEST,
            hint="What needs somebody, said in this channel. A week in which nothing does has none.",
        ),
        time_field("digest_time", "At", initial=f"{digest.at if digest else team.work_starts:%H:%M}"),
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
        radio_field("on_holiday", "What falls on such a day", _as_choices(_ON_HOLIDAY), initial=rhythm.on_holiday),
    ]


def _as_choices(words: Mapping[Often, str] | Mapping[OnHoliday, str] | Mapping[Telling, str]) -> dict[str, str]:
    return {str(value): shown for value, shown in words.items()}


@dataclass(frozen=True)
class Ahead:
    """What comes next by a schedule that was saved.

    Args:
        check_ins, digests: the next ones.
        moved: the check-in that would have been the next, before.
        beside: what other rooms have on the schedule, in their words.
    """

    check_ins: Sequence[datetime]
    digests: Sequence[datetime] = ()
    moved: datetime | None = None
    beside: Message = field(default_factory=lambda: Message("", []))


def schedule_saved(team: Team, ahead: Ahead, *, reader: Reader) -> Message:
    """What was saved, in words, with the next dates for whoever saved it, and what moved."""
    check_ins = lines(
        _said_of_check_ins(team),
        next_said(ahead.check_ins, reader.zone),
        _moved(ahead.moved, ahead.check_ins, reader.zone),
    )
    digests = joined([_said_of_digest(team), next_said(ahead.digests, reader.zone) if team.digest else ""], " ")
    text = lines(check_ins, digests)
    return Message(lines(text, ahead.beside.text), [section(text), *ahead.beside.blocks])


def schedule_changed(team: Team, *, by: str) -> Message:
    """Tells the team's channel, quietly, that its check-ins come at another time."""
    text = md("{by} changed the schedule. {said}", by=by, said=said_of(team))
    return Message(text, [context(text)])


def said_of(team: Team) -> Markup:
    """A team's check-ins and digest in words."""
    return joined([_said_of_check_ins(team), _said_of_digest(team) if team.digest else ""], " ")


def _said_of_digest(team: Team) -> Markup:
    if team.digest is None:
        return md("This channel gets no weekly digest.")
    whose = team.rhythm.zone or "the lead's time"
    return md("Its digest comes to this channel {when}, {whose}.", when=str(team.digest), whose=whose)


def _said_of_check_ins(team: Team) -> Markup:
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


def next_said(ahead: Sequence[datetime], zone: ZoneInfo) -> Markup:
    """The next times that something comes round, in somebody's zone."""
    if not ahead:
        return md("There is none in the year ahead.")
    days = "; ".join(_said(at, zone) for at in ahead)
    return md("For you the next one is {days}." if len(ahead) == 1 else "For you the next ones are {days}.", days=days)


def outside_of(workdays: Workdays) -> str:
    """The answer to a time at which Rhythm is quiet."""
    return f"Choose a time from {workdays.starts:%H:%M} to {workdays.ends:%H:%M}: outside of it Rhythm is quiet."


def _moved(before: datetime | None, ahead: Sequence[datetime], zone: ZoneInfo) -> Markup:
    if before is None or before in ahead:
        return md("")
    return md("The one that was planned for {before} has moved.", before=_said(before, zone))


def _said(at: datetime, zone: ZoneInfo) -> str:
    return f"{at.astimezone(zone):%A %-d %B at %H:%M}"
