"""The words of check-ins, and the ids of their buttons and form."""

from collections.abc import Sequence
from datetime import date, timedelta

from bot.checkins.model import CheckInItem
from bot.checkins.queries import Asked, given_result
from bot.checkins.rules import Answer
from bot.execution.messages import actions_line
from bot.execution.queries import Step
from bot.handovers.messages import offer_button
from bot.language.words import counted, join_words, shorten
from bot.outcomes.messages import health_sentence, outcome_title, stands, value_or_unknown
from bot.outcomes.queries import View
from bot.people.messages import Reader
from bot.people.model import Person
from bot.results.messages import Typed, jump_question, result_fields
from bot.results.rules import Jump
from bot.slack.blocks import button, buttons, context, divider, form, header, section
from bot.slack.message import Block, Form, Message
from bot.slack.mrkdwn import Markup, joined, lines, md

UPDATE = "checkins.update"
NO_CHANGE = "checkins.no_change"
ANSWER = "checkins.answer"

_TITLE = "Weekly check-in"
_MOST_SHOWN = 15
"""Three blocks each, of the fifty that a message may have."""

_MOST_HANDED_OVER = 5
"""Outcomes of an owner who left that have their own button."""


def check_in(asked: Asked, *, reader: Reader) -> Message:
    """The ask to one owner, over everything that is due; rewritten in place as it is answered."""
    shown, rest = _fitting(asked)
    opening = joined([_instead_of(asked), _opening(asked)], " ")
    parts = [item_lines(item, view, reader, asked.steps.get(item.outcome_id, ())) for item, view in shown]
    blocks: list[Block] = [header(_TITLE), section(opening)]
    for (item, view), said in zip(shown, parts, strict=True):
        blocks += [divider(), section(said), item_buttons(item, view)]
    closing = lines(
        _how_to_reply(asked),
        joined(
            [
                rest,
                f"You can change an answer until {reader.day(_last_day(asked, reader))}. A late answer still counts.",
            ],
            " ",
        ),
    )
    blocks.append(context(closing))
    return Message(lines(_TITLE, opening, *parts, closing), blocks)


def item_lines(item: CheckInItem, view: View, reader: Reader, steps: Sequence[Step] = ()) -> Markup:
    """One outcome of a check-in: what it is, and either how it stands, with the actions due, or what was answered."""
    outcome = view.outcome
    title = outcome_title(outcome, 200)
    if item.answer is None:
        stands = health_sentence(view.standing(reader.today))
        return lines(title, _last_value(view, reader), stands, actions_line(steps, reader=reader))
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


def answer_form(
    item: CheckInItem, view: View, *, reader: Reader, typed: Typed | None = None, jump: Jump | None = None
) -> Form:
    """Asks where one outcome's measure stands; an answer given before is there to be changed.

    Args:
        typed: what stands in its fields instead.
        jump: what that would be; it is then asked whether it is meant.
    """
    outcome = view.outcome
    title = outcome_title(outcome)
    return form(
        ANSWER,
        f"Update {outcome.key}",
        [
            *jump_question(jump, view, reader),
            section(lines(title, _last_value(view, reader))),
            *result_fields(outcome.measure, typed or _as_typed(item, view, reader)),
        ],
        carries=f"{item.checkin_id} {item.outcome_id} {int(jump is not None)}",
    )


def answer_line(item: CheckInItem, view: View, *, by: str, reader: Reader) -> Message:
    """One answer, as the team's channel reads it. Nobody is pinged by it."""
    outcome, given = view.outcome, given_result(item, view)
    earlier = view.results[: view.results.index(given)] if given else view.results
    before = earlier[-1].value if earlier else outcome.baseline
    answered = given.value if given else before
    value, target = value_or_unknown(answered, outcome, reader), reader.value(outcome.target, outcome.unit)
    if answered == before:
        moved = md("no change, still *{value}* (target {target})", value=value, target=target)
    else:
        was = value_or_unknown(before, outcome, reader)
        moved = md("{was} → *{value}* (target {target})", was=was, value=value, target=target)
    text = lines(
        outcome_title(outcome, 140),
        joined(
            [
                md("{measure}: {moved}", measure=outcome.measure, moved=moved),
                md("*{stands}*", stands=stands(view, reader)),
                by,
            ]
        ),
        md("“{note}”", note=shorten(given.note, 500)) if given and given.note else "",
    )
    return Message(text, [section(text)])


def owner_left(person: Person, views: list[View]) -> Message:
    """Tells a lead that the owner of some of the team's outcomes is gone."""
    keys = join_words([view.outcome.key for view in views])
    text = lines(
        md("{name}'s account was deactivated. They own {keys}.", name=person.name, keys=keys),
        "Nobody is asked about these until they have a new owner. Please choose who takes over.",
    )
    if len(views) > _MOST_HANDED_OVER:
        where = md("`/outcome list @{name}` shows them all, and `/outcome handover` hands one over.", name=person.name)
        return Message(lines(text, where), [section(text), section(where)])
    titles = [outcome_title(view.outcome, 140) for view in views]
    each = [section(title, button=offer_button(view.outcome)) for title, view in zip(titles, views, strict=True)]
    return Message(lines(text, *titles), [section(text), *each])


def _as_typed(item: CheckInItem, view: View, reader: Reader) -> Typed:
    """The answer given before, in the fields of the form."""
    given = given_result(item, view)
    if given is None:
        return Typed()
    confidence = "" if given.confidence is None else str(given.confidence)
    return Typed(reader.value(given.value, view.outcome.unit), given.note, confidence)


def _fitting(asked: Asked) -> tuple[Sequence[tuple[CheckInItem, View]], str]:
    """What fits into one message, and a sentence about what does not; what is unanswered is shown first."""
    if len(asked.items) <= _MOST_SHOWN:
        return asked.items, ""
    waiting_first = sorted(asked.items, key=lambda pair: pair[0].answered_at is not None)
    left = len(asked.items) - _MOST_SHOWN
    are = "is not shown here" if left == 1 else "are not shown here"
    return waiting_first[:_MOST_SHOWN], f"{counted(left, 'outcome')} {are}; /outcome lists them all."


def _how_to_reply(asked: Asked) -> Markup:
    """How to answer in the thread instead, while there is something to answer."""
    if not asked.open_items:
        return md("")
    _, view = asked.open_items[0]
    if len(asked.items) == 1:
        return md("Or reply here, such as `42 because the email shipped` or `no change`.")
    return md("Or reply here, one line for each, such as `{key} 42 because the email shipped`.", key=view.outcome.key)


def _instead_of(asked: Asked) -> Markup:
    return md("You stand in for {name}.", name=asked.instead_of) if asked.instead_of else Markup("")


def _opening(asked: Asked) -> Markup:
    left = len(asked.open_items)
    if left == 0:
        return md("All answered, thank you.")
    if left < len(asked.items):
        return md("Thank you. {left} left.", left=counted(left, "outcome"))
    if left == 1:
        return md("What moved since last week?")
    return md("What moved since last week? {left} to look at.", left=counted(left, "outcome"))


def _last_value(view: View, reader: Reader) -> Markup:
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


def _last_day(asked: Asked, reader: Reader) -> date:
    return (asked.checkin.closes_at - timedelta(seconds=1)).astimezone(reader.zone).date()
