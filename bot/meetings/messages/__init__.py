"""The words of the meetings room, and the ids of its forms and buttons."""

from collections.abc import Sequence
from datetime import date

from bot.canvases.messages import why_not_kept
from bot.canvases.model import ChannelCanvas
from bot.meetings.messages.calendar import calendar_said, not_read_yet, trouble_said
from bot.meetings.queries import MeetingView
from bot.meetings.rules import LEADS, LENGTHS, NAME_LIMIT, ZONES, Plan, write_minutes
from bot.people.messages import Reader
from bot.slack.blocks import (
    Button,
    button,
    buttons,
    choice_field,
    context,
    form,
    overflow,
    section,
    text_field,
    time_field,
)
from bot.slack.message import Block, Form, Message
from bot.slack.mrkdwn import Markup, joined, lines, md
from bot.teams.messages.schedule import day_fields, meetings_button, next_said
from bot.teams.model import Team

ADD = "meetings.add"
ADD_CALENDAR_BUTTON = "meetings.add_calendar_button"
ADD_BUTTON = "meetings.add_button"
KEEP_CANVAS = "meetings.keep_canvas"
LEAVE_CANVAS = "meetings.leave_canvas"
CHANGE = "meetings.change"
MENU = "meetings.menu"
REMOVE = "meetings.remove"

TO_CALENDAR, TO_CHANGE, TO_REMOVE = "calendar", "change", "remove"


def meeting_list(
    team: Team,
    views: Sequence[MeetingView],
    canvas: ChannelCanvas | None = None,
    *,
    may_change: bool,
    reader: Reader,
) -> Message:
    """A team's meetings, each with its next dates for the reader; whoever may change them finds how."""
    if views:
        title = md("Meetings of *{team}*", team=team.name)
    else:
        title = md("*{team}* has no meetings on its schedule.", team=team.name)
    told = [_described(view, reader) for view in views]
    shown: list[Block] = [section(title)]
    for view, text in zip(views, told, strict=True):
        shown.append(section(text, menu=overflow(MENU, _choices(view)) if may_change else None))
    said = _said_of_canvas(canvas)
    shown += [context(said)] if said else []
    if may_change:
        from_calendar = button("Add from a calendar", ADD_CALENDAR_BUTTON, value=str(team.id))
        add = button("Add a meeting", ADD_BUTTON, value=str(team.id))
        shown.append(buttons(add, from_calendar, _canvas_button(team, canvas)))
    return Message(lines(title, *told, said), shown)


def on_schedule(team: Team, views: Sequence[MeetingView], *, reader: Reader) -> Message:
    """A team's meetings as part of its schedule: what is saved below the check-ins."""
    told = [_described(view, reader) for view in views]
    text = lines(*told) if told else md("No meetings are on the schedule.")
    return Message(text, [*map(section, told or [text]), buttons(meetings_button(team))])


def add_form(team: Team, suggested: Plan, zones: Sequence[str], *, today: date) -> Form:
    """Puts a meeting on a team's schedule. `zones` are offered first."""
    return form(ADD, "Add a meeting", _fields(suggested, zones, today), submit="Add", carries=f"{team.id} 0")


def change_form(view: MeetingView, zones: Sequence[str], *, today: date) -> Form:
    """Changes a meeting, or has one that follows a calendar go by the schedule. `zones` are offered first."""
    fields = _fields(view.meeting.plan, zones, today)
    if view.calendar is not None:
        at = f" at {view.calendar_at}" if view.calendar_at else ""
        fields.insert(0, section(md("The times are taken from here then, and the calendar{at} is erased.", at=at)))
    return form(CHANGE, "Change this meeting", fields, carries=_carried(view))


def _fields(plan: Plan, zones: Sequence[str], today: date) -> list[Block]:
    return [
        text_field("name", "Name", initial=plan.name, placeholder="Growth sync", limit=NAME_LIMIT),
        *day_fields("Meets", plan.recurrence, today),
        time_field("time", "At", initial=f"{plan.at:%H:%M}"),
        choice_field(
            "zone",
            "In the time of",
            {zone: zone for zone in [plan.zone, *zones, *ZONES]},
            initial=plan.zone,
            hint="A meeting is one moment for everybody, wherever they are.",
        ),
        choice_field("minutes", "For", _as_choices(LENGTHS), initial=str(plan.minutes)),
        choice_field(
            "lead",
            "The channel hears what needs talking about",
            {value: f"{words} before" for value, words in _as_choices(LEADS).items()},
            initial=str(plan.lead_minutes),
        ),
    ]


def remove_form(view: MeetingView) -> Form:
    """Asks before a meeting is taken off the schedule."""
    text = lines(
        md("Take *{name}* off the schedule of {team}?", name=view.meeting.name, team=view.team.name),
        md("The channel is not told before it any more. Calendars are not changed."),
    )
    return form(REMOVE, "Remove this meeting", [section(text)], submit="Remove", carries=_carried(view))


def meeting_saved(view: MeetingView, *, reader: Reader) -> Message:
    """What was saved, in words, with the next dates for whoever saved it."""
    text = lines(_described(view, reader), _told(view.meeting.plan))
    return Message(text, [section(text), buttons(meetings_button(view.team))])


def meeting_removed(view: MeetingView) -> Message:
    """That a meeting is off the schedule, to whoever took it off."""
    text = md("*{name}* is off the schedule of {team}.", name=view.meeting.name, team=view.team.name)
    return Message(text, [section(text), buttons(meetings_button(view.team))])


def meeting_announced(plan: Plan, *, by: str, is_new: bool) -> Message:
    """Tells the team's channel, quietly, when it meets."""
    what = "put a meeting on" if is_new else "changed a meeting on"
    text = md("{by} {what} the schedule. {said} {told}", by=by, what=what, said=_said(plan), told=_told(plan))
    return Message(text, [context(text)])


def meeting_ended(plan: Plan, *, by: str) -> Message:
    """Tells the team's channel, quietly, that there is no such meeting any more."""
    text = md("{by} took *{name}* off the schedule.", by=by, name=plan.name)
    return Message(text, [context(text)])


def _said_of_canvas(canvas: ChannelCanvas | None) -> Markup:
    if canvas is not None and canvas.is_kept:
        return md("Their summaries are kept in the channel's canvas as well.")
    if canvas is not None and canvas.trouble is not None:
        return md("Their summaries are not kept in the channel's canvas. {why}", why=why_not_kept(canvas.trouble))
    return Markup("")


def _canvas_button(team: Team, canvas: ChannelCanvas | None) -> Button:
    if canvas is not None and canvas.is_kept:
        return button("Leave the canvas", LEAVE_CANVAS, value=str(team.id))
    asks = (
        "Keep the summaries in a canvas?",
        "The channel gets a canvas with what its newest meetings did. Rhythm writes it anew after each of them.",
        "Keep them",
        "Not now",
    )
    says = "Keep the summaries in the channel's canvas"
    return button("Keep in a canvas", KEEP_CANVAS, value=str(team.id), says=says, confirm=asks)


def _described(view: MeetingView, reader: Reader) -> Markup:
    if view.calendar is None:
        return joined([_said(view.meeting.plan), next_said(view.ahead, reader.zone)], " ")
    ahead = next_said(view.ahead, reader.zone) if view.ahead else not_read_yet(view)
    return joined([calendar_said(view), ahead, trouble_said(view, reader)], " ")


def _said(plan: Plan) -> Markup:
    return md(
        "*{name}*: {recurrence} at {at} {zone} time, {minutes}.",
        name=plan.name,
        recurrence=str(plan.recurrence),
        at=f"{plan.at:%H:%M}",
        zone=_place(plan.zone),
        minutes=write_minutes(plan.minutes),
    )


def _told(plan: Plan) -> Markup:
    return md("This channel hears what needs talking about {lead} before.", lead=write_minutes(plan.lead_minutes))


def _place(zone: str) -> str:
    """A zone as people say it: `New York` of `America/New_York`."""
    return zone.rpartition("/")[2].replace("_", " ")


def _carried(view: MeetingView) -> str:
    return f"{view.team.id} {view.meeting.id}"


def _choices(view: MeetingView) -> dict[str, str]:
    follows = view.calendar is not None
    return {
        f"{TO_CHANGE} {view.meeting.id}": "Set a schedule instead" if follows else "Change",
        f"{TO_CALENDAR} {view.meeting.id}": "Change what is read" if follows else "Read from a calendar",
        f"{TO_REMOVE} {view.meeting.id}": "Remove",
    }


def _as_choices(minutes: Sequence[int]) -> dict[str, str]:
    return {str(one): write_minutes(one) for one in minutes}
