"""The words of My week and of the App Home."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.absences.messages import my_absences
from bot.absences.messages.pauses import pauses_said
from bot.absences.queries import Away
from bot.absences.rules import Days
from bot.checkins.messages import instead_of, item_buttons, item_lines
from bot.checkins.model import CheckInItem
from bot.checkins.queries import Asked
from bot.decisions.messages.debt import debt_of_teams
from bot.decisions.messages.mine import my_decisions
from bot.decisions.queries import DecisionBrief
from bot.decisions.queries.debt import InDebt
from bot.deliveries.rules import kind_of
from bot.dependencies.messages import my_dependencies
from bot.dependencies.queries import DependencyView
from bot.execution.messages import my_actions
from bot.execution.queries import Step
from bot.handovers.messages import my_offers
from bot.handovers.queries import Offer
from bot.language.words import counted, join_words
from bot.obstacles.messages import my_obstacles
from bot.obstacles.queries import ObstacleView
from bot.outbox.fates import Fate
from bot.outcomes.messages import outcome_entry, show_button
from bot.outcomes.messages.form import NEW_BUTTON
from bot.outcomes.queries import Page, View
from bot.people.messages import Reader
from bot.slack.blocks import button, buttons, context, divider, header, home, section
from bot.slack.drawing import LONGEST_TEXT, cut
from bot.slack.message import Block, HomeView, Message
from bot.slack.mrkdwn import Markup, joined, lines, md
from bot.teams.model import Team

REFRESH = "home.refresh"
WEEK_SHORTCUT = "home.week_shortcut"

_MOST_WAITING = 4
"""Two blocks each, of the fifty that a message may have."""
_CLOSING = 3
"""Blocks that come after them, whatever there is: a line, how many outcomes there are, when the next check-in is."""
_IN_MESSAGE, _AT_HOME = 50, 95
"""Blocks, of which the outcomes take what the rest leaves."""


@dataclass(frozen=True)
class Week:
    """What one person's week holds, and who reads it."""

    asked: Sequence[Asked]
    """The open check-ins: the person's own, and those of others they stand in for."""
    owned: Page
    actions: Sequence[Step]
    proposals: Sequence[Step]
    offers: Sequence[Offer]
    needs: Sequence[DependencyView]
    obstacles: Sequence[ObstacleView]
    decisions: Sequence[DecisionBrief]
    """What the person has to decide and to review."""
    led_debt: Sequence[tuple[Team, Sequence[InDebt]]]
    """Of the teams they lead, what is not decided or not reviewed."""
    absences: Sequence[Away]
    """The person's own that are not over."""
    standing_in: Sequence[Away]
    """Those of others, in which the person is asked instead."""
    kept_back: Sequence[Fate]
    """What this person was not sent this week, because they had as many messages as a week may have."""
    next_at: datetime | None
    reader: Reader
    by_status: Days | None = None
    """The days on which the person is away by their Slack status."""
    quiet_until: datetime | None = None
    """When the Do Not Disturb ends that they were in when that was looked up last."""


def my_week(week: Week, *, most_blocks: int = _IN_MESSAGE) -> Message:
    """What needs this person now, what they own, and when Rhythm asks them next."""
    reader, parts = week.reader, _parts(week)
    away, needed = _away(week), _needed(week)
    blocks: list[Block] = [header("My week"), *away.blocks, *_needed_blocks(week)]
    for fitting in _fitting(parts, most_blocks - len(blocks) - _CLOSING):
        blocks += fitting
    blocks += [divider(), section(title := _owned_title(week.owned))]
    shown = week.owned.views[: max(0, most_blocks - len(blocks) - 1)]
    entries = [outcome_entry(view, reader) for view in shown]
    blocks += [section(entry, button=show_button(view.outcome)) for view, entry in zip(shown, entries, strict=True)]
    rest = f"Only the {len(shown)} due soonest are shown." if week.owned.total > len(shown) else ""
    paused = pauses_said((view.team for view in week.owned.views), reader=reader)
    when = joined([rest, paused, _kept_back(week), _next_line(week)], " ")
    blocks.append(context(when))
    text = lines("My week", away.text, needed, *(part.text for part in parts), title, *entries, when)
    return Message(cut(text, LONGEST_TEXT), blocks)


def home_view(week: Week) -> HomeView:
    """My week, as the App Home shows it, with what can be begun from here."""
    shown = my_week(week, most_blocks=_AT_HOME).blocks
    begin = buttons(
        button("New outcome", NEW_BUTTON, style="primary"),
        button("Refresh", REFRESH),
    )
    help_line = context(md("`/outcome help` and `/rhythm help` list what you can type. Only you can see this page."))
    return home([shown[0], begin, *shown[1:], help_line])


def _fitting(parts: Sequence[Message], most: int) -> list[list[Block]]:
    """The blocks of the parts, at most so many: where they are more, the longest parts are said in one block each."""
    shown = [list(part.blocks) for part in parts]
    while sum(map(len, shown)) > most and max(map(len, shown)) > 1:
        longest = max(range(len(shown)), key=lambda place: len(shown[place]))
        shown[longest] = [section(parts[longest].text)]
    return shown


def _parts(week: Week) -> list[Message]:
    """What else needs this person, each as its room draws it."""
    reader = week.reader
    parts = [
        my_decisions(week.decisions, reader=reader),
        my_offers(week.offers, reader=reader),
        my_actions(week.actions, week.proposals, reader=reader),
        my_dependencies(week.needs, reader=reader),
        my_obstacles(week.obstacles, reader=reader),
        debt_of_teams(week.led_debt, reader=reader),
    ]
    return [part for part in parts if part.blocks]


def _away(week: Week) -> Message:
    return my_absences(week.absences, week.standing_in, by_status=week.by_status, reader=week.reader)


def _owned_title(owned: Page) -> Markup:
    return md("*Your outcomes:* {count}", count=f"{owned.total:,}" if owned.total else "none yet")


def what_i_read() -> Message:
    """The answer to a message that Rhythm does not understand, so that nobody waits for one."""
    text = lines(
        "I only understand commands, buttons and answers to a check-in, so I could not do anything with that message.",
        md("`/rhythm` shows your week, `/outcome result OUT-12 42` logs a result, and `/outcome help` lists the rest."),
    )
    return Message(text, [section(text)])


def _needed(week: Week) -> Markup:
    waiting = _waiting(week)
    if not waiting:
        return Markup("") if _parts(week) else md("Nothing needs you right now.")
    return lines(_waiting_title(waiting), *(_waiting_lines(one, week.reader) for one in waiting[:_MOST_WAITING]))


def _needed_blocks(week: Week) -> list[Block]:
    waiting = _waiting(week)
    if not waiting:
        said = _needed(week)
        return [section(said)] if said else []
    blocks = [section(_waiting_title(waiting))]
    for asked, item, view in waiting[:_MOST_WAITING]:
        blocks += [section(_waiting_lines((asked, item, view), week.reader)), item_buttons(item, view)]
    return blocks


_Waiting = tuple[Asked, CheckInItem, View]


def _waiting(week: Week) -> list[_Waiting]:
    return [(asked, item, view) for asked in week.asked for item, view in asked.open_items]


def _waiting_lines(waiting: _Waiting, reader: Reader) -> Markup:
    asked, item, view = waiting
    return lines(instead_of(asked), item_lines(item, view, reader))


def _waiting_title(waiting: Sequence[_Waiting]) -> Markup:
    if len(waiting) <= _MOST_WAITING:
        return md("*Waiting for your update*")
    return md("*Waiting for your update:* {most} of {all}", most=_MOST_WAITING, all=len(waiting))


def _kept_back(week: Week) -> str:
    if not week.kept_back:
        return ""
    kinds = Counter(kind_of(fate.key).name.lower() for fate in week.kept_back)
    said = join_words([counted(number, kind) for kind, number in sorted(kinds.items())])
    return f"Kept back this week, as you had enough messages: {said}."


def _next_line(week: Week) -> str:
    if week.next_at is None:
        why = ": you own no outcome yet" if not week.owned.total else " for now"
        return f"No check-in is planned for you{why}."
    local = week.next_at.astimezone(week.reader.zone)
    why = ", when your Do Not Disturb ends" if week.next_at == week.quiet_until else ""
    return f"Next check-in: {week.reader.day(local.date())} at {local:%H:%M}, your time{why}."
