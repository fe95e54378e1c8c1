"""The words for what meetings did over time, and for what people think of one."""

from collections.abc import Sequence

from bot.language.words import counted, join_words, shorten
from bot.meetings.model import Meeting
from bot.meetings.queries.history import Past
from bot.meetings.rules.held import write_hours
from bot.meetings.rules.history import COMMENT_LIMIT, Card, Trend
from bot.people.messages import Reader
from bot.slack.blocks import button, buttons, context, form, section, text_field
from bot.slack.message import Block, Form, Message
from bot.slack.mrkdwn import Markup, lines, md
from bot.teams.model import Team

RATE_1 = "meetings.rate.1"
RATE_2 = "meetings.rate.2"
RATE_3 = "meetings.rate.3"
RATE_4 = "meetings.rate.4"
RATE_5 = "meetings.rate.5"
COMMENT = "meetings.comment"
COMMENT_BUTTON = "meetings.comment_button"

ASKS = md("Was it worth the time? From 1, not at all, to 5, very much. Nobody is told who said what.")

_COMMENTS = 10


def rating_blocks(meeting: Meeting) -> list[Block]:
    """Asks what a meeting was worth, in one tap."""
    value = str(meeting.id)
    return [
        context(ASKS),
        buttons(
            button("1", RATE_1, value=value, says="1 of 5"),
            button("2", RATE_2, value=value, says="2 of 5"),
            button("3", RATE_3, value=value, says="3 of 5"),
            button("4", RATE_4, value=value, says="4 of 5"),
            button("5", RATE_5, value=value, says="5 of 5"),
        ),
    ]


def rated(meeting: Meeting, score: int) -> Message:
    """That a rating is kept, to whoever gave it."""
    text = md("You gave *{name}* {score} of 5. Another tap changes it.", name=meeting.name, score=score)
    return Message(text, [section(text), buttons(button("Add a line", COMMENT_BUTTON, value=str(meeting.id)))])


def comment_form(meeting: Meeting) -> Form:
    """A line beside a rating."""
    asked = section(md("What would make *{name}* better? The lead reads it without your name.", name=meeting.name))
    return form(
        COMMENT, "Add a line", [asked, text_field("comment", "In a line", limit=COMMENT_LIMIT)], carries=str(meeting.id)
    )


def history(team: Team, past: Sequence[Past], trend: Trend, comments: Sequence[str], *, reader: Reader) -> Message:
    """A team's newest meetings with their scorecards, what they did together, and what people wrote of them."""
    if not past:
        text = md("*{team}* has not held a meeting with Rhythm yet. `/meeting start` begins one.", team=team.name)
        return Message(text, [section(text)])
    title = md("Meetings of *{team}*, the newest first", team=team.name)
    entries = [_entry(one, reader) for one in past]
    wrote = [md("“{text}”", text=shorten(comment, COMMENT_LIMIT)) for comment in comments[:_COMMENTS]]
    said = lines(md("*What people wrote*"), *wrote) if wrote else Markup("")
    told = [title, *entries, _together(trend), said]
    return Message(lines(*told), [section(one) for one in told if one])


def _entry(past: Past, reader: Reader) -> Markup:
    meeting, card = past.meeting, past.card
    day = reader.day(reader.day_of(meeting.started_at or meeting.starts_at))
    return md("*{name}*, {day}: {said}.", name=meeting.name, day=day, said=join_words(_said(card)))


def _said(card: Card) -> list[str]:
    did = {
        "decision": card.decisions,
        "obstacle cleared": card.obstacles_cleared,
        "action agreed": card.actions_agreed,
    }
    said = [_counted(count, what) for what, count in did.items() if count] or ["nothing on record"]
    if card.attendee_minutes is not None:
        said.append(f"{write_hours(card.attendee_minutes)} attendee-hours")
    if card.outcomes_moved is not None:
        said.append(f"{_counted(card.outcomes_moved, 'outcome moved')} until the next one")
    return [*said, f"rated {card.rating:.1f}"] if card.rating is not None else said


def _together(trend: Trend) -> Markup:
    each = trend.minutes_per_outcome
    return md(
        "*Together:* {nothing} of {meetings} changed nothing; {often} of the lines came back three times; {each}.",
        nothing=trend.changed_nothing,
        meetings=counted(trend.meetings, "meeting"),
        often=f"{round(trend.came_often * 100)}%",
        each=f"{write_hours(round(each))} attendee-hours for each outcome that moved"
        if each
        else "no outcome moved yet",
    )


def _counted(count: int, what: str) -> str:
    first, _, rest = what.partition(" ")
    return f"{counted(count, first)} {rest}".rstrip()
