"""What somebody is answered who typed something about a meeting; the channel reads the rest."""

from collections.abc import Sequence

from bot.meetings.messages.agenda import day_of
from bot.meetings.messages.live import end_button
from bot.meetings.model import Meeting
from bot.slack.blocks import buttons, section
from bot.slack.message import Message
from bot.slack.mrkdwn import lines, md
from bot.teams.messages.schedule import meetings_button
from bot.teams.model import Team


def begun(meeting: Meeting) -> Message:
    """That a meeting is on."""
    return _said(md("*{name}* is on. What it has to talk about is in this channel.", name=meeting.name))


def ended(meeting: Meeting) -> Message:
    """That a meeting is over."""
    return _said(
        md(
            "*{name}* is over; its summary comes to this channel. What you write down within the hour is added to it.",
            name=meeting.name,
        )
    )


def skipped(meeting: Meeting) -> Message:
    """That a meeting does not take place."""
    return _said(
        md(
            "*{name}* on {day} is skipped, and the channel reads so. `/meeting start` holds it anyway.",
            name=meeting.name,
            day=day_of(meeting),
        )
    )


def nothing_planned(team: Team) -> Message:
    """That no meeting is on the schedule."""
    text = lines(
        md("*{team}* has no meeting ahead.", team=team.name),
        md("`/meeting start` begins one at once; with a schedule the channel gets an agenda before each."),
    )
    return Message(text, [section(text), buttons(meetings_button(team))])


def which_to_end(running: Sequence[Meeting]) -> Message:
    """Asks which of several meetings that are on is over."""
    text = md("Several meetings are on here. Which one is over?")
    named = [md("*{name}*", name=meeting.name) for meeting in running]
    return Message(
        lines(text, *named),
        [section(text), *(section(said, button=end_button(one)) for one, said in zip(running, named, strict=True))],
    )


def _said(text: str) -> Message:
    return Message(text, [section(text)])
