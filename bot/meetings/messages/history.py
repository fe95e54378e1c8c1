"""The words for what meetings did over time, and for what people think of one."""

from collections.abc import Sequence

from bot.language.words import counted, join_words, shorten
from bot.meetings.model import Meeting
from bot.meetings.queries.history import Past
from bot.meetings.rules.advice import COMES_BACK, OFTEN, Advice, Advised, is_dear
from bot.meetings.rules.held import write_hours
from bot.meetings.rules.history import COMMENT_LIMIT, Card, Trend
from bot.people.messages import Reader
from bot.slack.blocks import button, buttons, context, form, section, text_field
from bot.slack.message import Block, Form, Message
from bot.slack.mrkdwn import Markup, joined, lines, md
from bot.teams.model import Team

RATE_1 = "meetings.rate.1"
RATE_2 = "meetings.rate.2"
RATE_3 = "meetings.rate.3"
RATE_4 = "meetings.rate.4"
RATE_5 = "meetings.rate.5"
COMMENT = "meetings.comment"
COMMENT_BUTTON = "meetings.comment_button"

ASKS = md("Was it worth the time? From 1, not at all, to 5, very much. Nobody is told who said what.")

_COMMENTS, _ADVISED, _MERGED = 10, 10, 5


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


def history(
    team: Team,
    past: Sequence[Past],
    trend: Trend,
    comments: Sequence[str] = (),
    advised: Sequence[Advised] = (),
    *,
    reader: Reader,
) -> Message:
    """A team's newest meetings with their scorecards, and what they did together.

    Args:
        comments: what people wrote of them, for the lead and the admins.
        advised: what to do about some, for them as well.
    """
    if not past:
        text = md("*{team}* has not held a meeting with Rhythm yet. `/meeting start` begins one.", team=team.name)
        return Message(text, [section(text)])
    title = md("Meetings of *{team}*, the newest first", team=team.name)
    entries = [_entry(one, reader) for one in past]
    wrote = [md("“{text}”", text=shorten(comment, COMMENT_LIMIT)) for comment in comments[:_COMMENTS]]
    said = lines(md("*What people wrote*"), *wrote) if wrote else Markup("")
    advice = [_advice(one) for one in advised[:_ADVISED]]
    suggested = lines(md("*What the numbers suggest*"), *advice) if advice else Markup("")
    told = [title, *entries, _together(trend), suggested, said]
    return Message(lines(*told), [section(one) for one in told if one])


def _entry(past: Past, reader: Reader) -> Markup:
    meeting, card = past.meeting, past.card
    day = reader.day(reader.day_of(meeting.started_at or meeting.starts_at))
    return md("*{name}*, {day} – {said}.", name=meeting.name, day=day, said="; ".join(_said(card)))


def _said(card: Card) -> list[str]:
    did = {
        "decision": card.decisions,
        "obstacle cleared": card.obstacles_cleared,
        "action agreed": card.actions_agreed,
    }
    others = f"{counted(card.others, 'other change')} on record" if card.others else "nothing on record"
    said = [join_words([_counted(count, what) for what, count in did.items() if count]) or others]
    if card.attendee_minutes is not None:
        said.append(f"{write_hours(card.attendee_minutes)} attendee-hours")
    if card.outcomes_moved is not None:
        said.append(f"{_moved(card.outcomes_moved)} until the next one")
    return [*said, f"rated {card.rating:.1f}"] if card.rating is not None else said


def _together(trend: Trend) -> Markup:
    often = md("{share} of the lines had come three times or more.", share=_percent(trend.came_often))
    cost = md("Each outcome that moved took {hours} attendee-hours.", hours=write_hours(_per_outcome(trend)))
    said = [
        _changed_nothing(trend),
        often if trend.came_often else "",
        cost if trend.minutes_per_outcome else "",
        "No outcome has moved between them yet." if trend.outcomes_moved == 0 else "",
    ]
    return md("*Together:* {said}", said=joined(said, " "))


def _changed_nothing(trend: Trend) -> str:
    nothing, all_ = trend.changed_nothing, trend.meetings
    if all_ == 1:
        return f"the one meeting so far changed {'nothing' if nothing else 'something'} on record."
    if nothing in (0, all_):
        every = "both" if all_ == 2 else f"all {all_}"
        return f"{every} meetings changed {'nothing' if nothing else 'something'} on record."
    return f"{nothing} of {all_} meetings changed nothing on record."


def _advice(advised: Advised) -> Markup:
    if advised.advice == Advice.MERGE:
        return _merge([(one.name, one.trend) for one in advised.about[:_MERGED]])
    [one] = advised.about
    if advised.advice == Advice.SHORTEN:
        return md("• Shorten *{name}*: {why}.", name=one.name, why="; ".join(_too_long(one.trend)))
    moved = ", and no outcome has moved" if one.trend.outcomes_moved == 0 else ""
    in_vain = md("{why}{moved}", why=_in_vain(one.trend), moved=moved)
    stop = "• Stop *{name}*, or hold it only when its agenda has something: {in_vain}."
    return md(stop, name=one.name, in_vain=in_vain)


def _merge(meetings: Sequence[tuple[str, Trend]]) -> Markup:
    names = joined([md("*{name}*", name=name) for name, _ in meetings], " and ")
    counts = " and ".join(f"{found.changed_nothing} of {found.meetings}" for _, found in meetings)
    return md("• Merge {names}: of the last, {counts} changed nothing on record.", names=names, counts=counts)


def _in_vain(found: Trend) -> str:
    return f"{found.changed_nothing} of the last {found.meetings} changed nothing on record"


def _too_long(found: Trend) -> list[str]:
    """The numbers for which it takes too long, each only where it is one of them."""
    said = [_in_vain(found)] if found.changed_nothing >= OFTEN * found.meetings else []
    if found.came_often >= COMES_BACK:
        said.append(f"{_percent(found.came_often)} of its lines had come three times or more")
    if is_dear(found) and found.outcomes_moved:
        said.append(f"each outcome that moved took {write_hours(_per_outcome(found))} attendee-hours")
    elif is_dear(found):
        said.append(f"{write_hours(found.minutes)} attendee-hours, and no outcome has moved")
    return said


def _per_outcome(trend: Trend) -> int:
    return round(trend.minutes_per_outcome or 0)


def _percent(share: float) -> str:
    return f"{round(share * 100)}%"


def _moved(count: int) -> str:
    return _counted(count, "outcome moved") if count else "no outcome moved"


def _counted(count: int, what: str) -> str:
    first, _, rest = what.partition(" ")
    return f"{counted(count, first)} {rest}".rstrip()
