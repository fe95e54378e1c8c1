"""The words of check-ins, and the ids of their buttons."""

from collections.abc import Sequence, Set
from datetime import datetime, timedelta

from bot.absences.messages import GO_AWAY
from bot.checkins.model import CheckInItem
from bot.checkins.queries import Asked, given_result
from bot.checkins.rules import Answer
from bot.checkins.rules.reminders import Snooze
from bot.execution.messages import actions_line
from bot.execution.queries import Step
from bot.handovers.messages import offer_button
from bot.language.words import counted, join_words, shorten
from bot.outcomes.messages import health_sentence, outcome_title, value_or_unknown
from bot.outcomes.queries import View
from bot.people.messages import Reader
from bot.people.model import Person
from bot.slack.blocks import Button, Select, button, buttons, context, divider, header, section, select_menu
from bot.slack.message import Block, Message
from bot.slack.mrkdwn import Markup, joined, lines, md

UPDATE = "checkins.update"
NO_CHANGE = "checkins.no_change"

SNOOZE = "checkins.snooze"

_SNOOZES = {Snooze.AFTERNOON: "This afternoon", Snooze.TOMORROW: "Tomorrow morning"}
_TITLE = "Check-in"
_MOST_SHOWN = 15
"""Three blocks each, of the fifty that a message may have."""

_MOST_HANDED_OVER = 5
"""Outcomes of an owner who left that have their own button."""


def check_in(asked: Asked, *, reader: Reader, snoozed_until: datetime | None = None) -> Message:
    """The ask to one owner, over everything that is due; rewritten in place as it is answered or snoozed."""
    shown, rest = fitting(asked)
    opening = joined([instead_of(asked), _opening(asked)], " ")
    parts = [item_lines(item, view, reader, asked.steps.get(item.outcome_id, ())) for item, view in shown]
    blocks: list[Block] = [header(_TITLE), section(opening)]
    for (item, view), said in zip(shown, parts, strict=True):
        blocks += [divider(), section(said), item_buttons(item, view)]
    if asked.open_items:
        blocks.append(buttons(snooze_menu(asked), *away_button(asked)))
    closing = lines(
        _snoozed(snoozed_until, reader) if snoozed_until and asked.open_items else "",
        how_to_reply(asked),
        joined([rest, _until(asked, reader)], " "),
    )
    blocks += [context(closing)] if closing else []
    return Message(lines(_TITLE, opening, *parts, closing), blocks)


def item_lines(item: CheckInItem, view: View, reader: Reader, steps: Sequence[Step] = ()) -> Markup:
    """One outcome of a check-in: what it is, and either how it stands, with the actions due, or what was answered."""
    outcome = view.outcome
    title = outcome_title(outcome, 200)
    if item.answer is None:
        stands = health_sentence(view.standing(reader.today))
        return lines(title, last_value(view, reader), stands, actions_line(steps, reader=reader))
    said = "No change" if item.answer == Answer.NO_CHANGE else "You answered"
    given = given_result(item, view)
    return lines(
        title,
        md(
            "{said}: *{value}* (target {target}).",
            said=said,
            value=value_or_unknown(given.value if given else view.latest_value, outcome, reader),
            target=reader.value(outcome.target, outcome.unit),
        ),
        md("“{note}”", note=shorten(given.note, 300)) if given and given.note else "",
    )


def item_buttons(item: CheckInItem, view: View) -> Block:
    """What an owner can do about one outcome of a check-in."""
    ids, key = f"{item.checkin_id} {item.outcome_id}", view.outcome.key
    if item.answer is not None:
        return buttons(button("Edit", UPDATE, value=ids, says=f"Edit the answer for {key}"))
    return buttons(
        button("Update", UPDATE, value=ids, style="primary", says=f"Update {key}"),
        button("No change", NO_CHANGE, value=ids, says=f"No change for {key}"),
    )


def snooze_menu(asked: Asked) -> Select:
    """Puts what is still open off for a while."""
    return select_menu("Snooze", SNOOZE, {f"{snooze} {asked.checkin.id}": words for snooze, words in _SNOOZES.items()})


def away_button(asked: Asked) -> list[Button]:
    """Opens the form in which an owner says that they are away; whoever stands in for them has none."""
    return [] if asked.instead_of else [button("Away", GO_AWAY, says="Say when you are away")]


def owner_left(person: Person, views: Sequence[View]) -> Message:
    """Tells a lead that the owner of some of the team's outcomes is gone."""
    keys = join_words([view.outcome.key for view in views])
    text = lines(
        md("{name}'s account was deactivated. They own {keys}.", name=person.name, keys=keys),
        "Nobody is asked about these until they have a new owner. Please choose who takes over.",
    )
    return _to_hand_over(text, person, views)


def owner_is_guest(person: Person, views: Sequence[View], hidden: Set[int]) -> Message:
    """Tells a lead that an owner sees only the channels they are in now; `hidden`: what they do not see any more."""
    keys = join_words([view.outcome.key for view in views])
    unseen = [view.outcome.key for view in views if view.outcome.id in hidden]
    if not unseen:
        what_next = "They can go on as owner while they are in the channel. If not, please choose who takes over."
    else:
        what_next = (
            f"They cannot see {join_words(unseen)} any more, so nobody is asked about "
            f"{'it' if len(unseen) == 1 else 'them'}. "
            "Invite them to the channel if they are to go on, or choose who takes over."
        )
    text = lines(
        md("{name} is a guest in this workspace now. They own {keys}.", name=person.name, keys=keys), what_next
    )
    return _to_hand_over(text, person, views)


def _to_hand_over(text: Markup, person: Person, views: Sequence[View]) -> Message:
    """What is said of somebody's outcomes, with a button to hand over each."""
    if len(views) > _MOST_HANDED_OVER:
        where = md("`/outcome list @{name}` shows them all, and `/outcome handover` hands one over.", name=person.name)
        return Message(lines(text, where), [section(text), section(where)])
    titles = [outcome_title(view.outcome, 140) for view in views]
    each = [section(title, button=offer_button(view.outcome)) for title, view in zip(titles, views, strict=True)]
    return Message(lines(text, *titles), [section(text), *each])


def fitting(asked: Asked) -> tuple[Sequence[tuple[CheckInItem, View]], str]:
    """What fits into one message, and a sentence about what does not; what is unanswered is shown first."""
    if len(asked.items) <= _MOST_SHOWN:
        return asked.items, ""
    waiting_first = sorted(asked.items, key=lambda pair: pair[0].answered_at is not None)
    left = len(asked.items) - _MOST_SHOWN
    are = "is not shown here" if left == 1 else "are not shown here"
    return waiting_first[:_MOST_SHOWN], f"{counted(left, 'outcome')} {are}; /outcome lists them all."


def how_to_reply(asked: Asked) -> Markup:
    """How to answer in the thread instead, while there is something to answer."""
    if not asked.open_items:
        return md("")
    _, view = asked.open_items[0]
    if len(asked.items) == 1:
        return md("Or reply here, such as `42 because the email shipped` or `no change`.")
    return md("Or reply here, one line for each, such as `{key} 42 because the email shipped`.", key=view.outcome.key)


def instead_of(asked: Asked) -> Markup:
    """For whom somebody answers, when they are not the owner themselves."""
    return md("You stand in for {name}.", name=asked.instead_of) if asked.instead_of else Markup("")


def _snoozed(until: datetime, reader: Reader) -> Markup:
    local = until.astimezone(reader.zone)
    return md("Snoozed until {day} at {time}.", day=reader.day(local.date()), time=f"{local:%H:%M}")


def _opening(asked: Asked) -> Markup:
    left = len(asked.open_items)
    if left == 0:
        return all_said(asked)
    if left < len(asked.items):
        return md("Thank you. {left} left.", left=counted(left, "outcome"))
    if left == 1:
        return md("What moved since the last check-in?")
    return md("What moved since the last check-in? {left} to look at.", left=counted(left, "outcome"))


def all_said(asked: Asked) -> Markup:
    """That nothing is open any more: everything is answered, or what was asked about is closed or handed over."""
    return md("All answered, thank you.") if asked.items else md("Nothing of this is open any more.")


def last_value(view: View, reader: Reader) -> Markup:
    """Where an outcome's measure stands, since when, and where it is to go."""
    outcome, latest = view.outcome, view.latest
    target = reader.value(outcome.target, outcome.unit)
    if latest is None:
        started = value_or_unknown(outcome.baseline, outcome, reader)
        return md(
            "{measure}: *{started}* at the start. Target {target} by {due}.",
            measure=outcome.measure,
            started=started,
            target=target,
            due=reader.day(outcome.due_on),
        )
    return md(
        "{measure}: *{value}* ({age}){trend}. Target {target} by {due}.",
        measure=outcome.measure,
        value=reader.value(latest.value, outcome.unit),
        age=reader.age(latest.measured_at),
        trend=_trend(view, reader),
        target=target,
        due=reader.day(outcome.due_on),
    )


def _trend(view: View, reader: Reader) -> str:
    if len(view.results) < 2:
        return ""
    before, now = view.results[-2].value, view.results[-1].value
    if before == now:
        return ", the same as the time before"
    return f", {'up' if now > before else 'down'} from {reader.value(before, view.outcome.unit)}"


def _until(asked: Asked, reader: Reader) -> str:
    if not asked.items:
        return ""
    last_day = reader.day_of(asked.checkin.closes_at - timedelta(seconds=1))
    return f"You can change an answer until {reader.day(last_day)}. A late answer still counts."
