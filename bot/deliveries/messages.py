"""The words of the deliveries room, and the ids of its buttons."""

import json
from dataclasses import asdict
from datetime import datetime

from bot.deliveries.queries import FatePage
from bot.deliveries.rules import LOOKS_BACK, PAGE_SIZE, About, Asked, kind_of
from bot.language.words import counted, join_words
from bot.outbox.fates import Fate
from bot.outbox.rules import Kind, State
from bot.people.messages import Reader
from bot.slack.blocks import Button, button, buttons, context, overflow, section
from bot.slack.message import Block, Message
from bot.slack.mrkdwn import Markup, joined, lines, md

NEWER = "deliveries.newer"
OLDER = "deliveries.older"
TEAM = "deliveries.team"

_MOST_TEAMS = 5
_WEEKS = LOOKS_BACK.days // 7
_STANDINGS = {
    State.OWED: "owed",
    State.LEASED: "owed",
    State.POSTING: "on the way",
    State.SENT: "sent",
    State.WITHHELD: "kept back",
    State.CANCELLED: "called off",
    State.EXPIRED: "expired",
    State.FAILED: "failed",
}


def fate_list(page: FatePage, *, reader: Reader, now: datetime) -> Message:
    """Deliveries with what became of each and why, the latest due first; `now` tells what is late."""
    if not page.total:
        return _nothing(page)
    title = f"{_whose(page)} in the last {_WEEKS} weeks: {counted(page.total, 'message')}"
    told, place, led = _standings(page), _place(page), _led(page)
    entries = [_entry(page, fate, reader, now) for fate in page.fates]
    shown = [section(md("*{title}*", title=title)), context(told), *map(section, entries)]
    shown += [context(place)] if place else []
    shown += [buttons(*turns)] if (turns := _turns(page)) else []
    return Message(lines(title, told, *entries, place, led), [*shown, *_teams(page, led)])


def _nothing(page: FatePage) -> Message:
    text = lines(
        md("{whose}: none in the last {weeks} weeks, and none is owed.", whose=_whose(page), weeks=_WEEKS),
        md("A check-in comes on the team's day to whoever owns a live outcome that was not updated in its period."),
    )
    led = _led(page)
    return Message(lines(text, led), [section(text), *_teams(page, led)])


def _whose(page: FatePage) -> str:
    if page.team is not None:
        return f"Messages to {page.team.name} and its owners"
    return "Messages to you" if page.is_own or page.person is None else f"Messages to {page.person.name}"


def _standings(page: FatePage) -> str:
    """How many stand where: `1 owed · 8 sent · 2 kept back`."""
    counts = dict.fromkeys(_STANDINGS.values(), 0)
    for state, number in page.standing.items():
        counts[_STANDINGS[state]] += number
    return joined([f"{number:,} {standing}" for standing, number in counts.items() if number])


def _entry(page: FatePage, fate: Fate, reader: Reader, now: datetime) -> Markup:
    kind = kind_of(fate.key)
    change = "Change of a message: " if fate.kind == Kind.UPDATE else ""
    what = md("*{change}{kind}*{whom}", change=change, kind=kind.name, whom=_whom(page, fate))
    due = joined([what, md("due {when}", when=_when(fate.due_at, reader))])
    return lines(due, _became(fate, reader, now), md("_{why}_", why=kind.why) if kind.why else "")


def _whom(page: FatePage, fate: Fate) -> str:
    """For whom it is, where a list is about several."""
    if page.team is None:
        return ""
    return " in the channel" if fate.place == page.team.channel_id else f" to {page.names.get(fate.place, 'somebody')}"


def _became(fate: Fate, reader: Reader, now: datetime) -> Markup:
    """What became of it, and why."""
    why = fate.reason or ""
    ended = _when(fate.ended_at, reader) if fate.ended_at else ""
    match fate.state:
        case State.SENT:
            said = f"Sent {_when(fate.sent_at or fate.due_at, reader)}."
        case State.OWED | State.LEASED if fate.due_at > now:
            said = "Owed: it goes out then."
        case State.OWED | State.LEASED:
            said = f"Owed: it is late, and is tried until {_when(fate.expires_at, reader)}."
        case State.POSTING if fate.is_unknown(now):
            said, why = "On the way: Slack has not said whether it took it. Rhythm looks before it sends it again.", ""
        case State.POSTING:
            said, why = "On the way: it is being sent.", ""
        case State.EXPIRED:
            said = f"Expired {ended}: it stopped being of use before it could be sent."
        case State.WITHHELD:
            said = f"Kept back {ended}."
        case State.CANCELLED:
            said = f"Called off {ended}."
        case State.FAILED:
            said = f"Failed {ended}."
    return joined([said, why], " ")


def _when(instant: datetime, reader: Reader) -> str:
    return f"{reader.day(reader.day_of(instant))} at {instant.astimezone(reader.zone):%H:%M}"


def _place(page: FatePage) -> str:
    if page.total <= len(page.fates):
        return ""
    first, last = page.asked.offset + 1, page.asked.offset + len(page.fates)
    return f"{first:,} to {last:,} of {page.total:,}, the latest due first"


def _led(page: FatePage) -> Markup:
    """To a lead: where their teams' messages are."""
    names = [team.name for team in page.leads[:_MOST_TEAMS]]
    said = "You lead {names}: the menu, or `/rhythm why #channel`, shows what goes to the channel and to the owners."
    return md(said, names=join_words(names)) if names else Markup("")


def _teams(page: FatePage, led: Markup) -> list[Block]:
    """The way from one's own list to those of the teams one leads."""
    if not led:
        return []
    choices = {str(Asked(About.TEAM, str(team.id))): team.name for team in page.leads[:_MOST_TEAMS]}
    return [section(led, menu=overflow(TEAM, choices))]


def _turns(page: FatePage) -> list[Button]:
    """To the newer and to the older ones."""
    newer, older = page.asked.at(page.asked.offset - PAGE_SIZE), page.asked.at(page.asked.offset + PAGE_SIZE)
    to_newer = button("Newer", NEWER, value=str(newer), says="Newer messages")
    to_older = button("Older", OLDER, value=str(older), says="Older messages")
    return [*([to_newer] if page.asked.offset else []), *([to_older] if older.offset < page.total else [])]


def fate_line(fate: Fate, *, now: datetime) -> str:
    """A delivery as an operator reads it in a terminal, on one line; times are UTC."""
    parts = (f"{fate.standing(now):<9}", f"{fate.due_at:%Y-%m-%d %H:%M}Z", fate.workspace_id, fate.key, fate.place)
    return "  ".join([*parts, *([fate.reason] if fate.reason else [])])


def fate_json(fate: Fate, *, now: datetime) -> str:
    """A delivery as programs read it: one line of JSON; times are ISO 8601, in UTC."""
    told = {name: _plain(value) for name, value in asdict(fate).items() if name != "leased_until"}
    return json.dumps({**told, "state": fate.standing(now)}, ensure_ascii=False)


def _plain(value: object) -> object:
    return value.isoformat() if isinstance(value, datetime) else value
