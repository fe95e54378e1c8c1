"""The words of signals that other rooms show too, the list of them, and the ids of its buttons."""

from collections.abc import Mapping

from bot.execution.messages import add_button
from bot.handovers.messages import offer_button
from bot.language.words import counted
from bot.outcomes.messages import health_sentence, outcome_title, show_button
from bot.outcomes.messages.form import EDIT_BUTTON
from bot.outcomes.queries import MOST_COUNTED
from bot.outcomes.rules.lists import Asked
from bot.people.messages import Reader
from bot.results.messages import LOG_RESULT
from bot.signals.messages.findings import cause_words, effort_words
from bot.signals.queries import PAGE_SIZE, SignalPage, Signals
from bot.signals.rules import Cause
from bot.slack.blocks import Button, button, buttons, context, header, section
from bot.slack.message import Block, Message
from bot.slack.mrkdwn import Markup, joined, lines, md

TURN_BACK = "signals.turn_back"
TURN_ON = "signals.turn_on"

_EXPLAINED = "`/rhythm help signals` explains each rule."


def why_stalled(found: Signals | None, reader: Reader) -> Markup:
    """What was found about an outcome that has stalled, a line for each finding; empty when it has not."""
    return lines(*_findings(found, reader).values()) if found else Markup("")


def signal_list(page: SignalPage, *, title: str, asked: Asked, reader: Reader) -> Message:
    """Outcomes that have stalled, each with what was found about it, its numbers, and an action beside it."""
    if not page.signals:
        nothing = md("{title}: nothing has stalled.", title=title)
        return Message(lines(nothing, md(_EXPLAINED)), [section(nothing), context(md(_EXPLAINED))])
    count = f"{MOST_COUNTED:,} or more" if page.total >= MOST_COUNTED else counted(page.total, "outcome")
    heading = f"{title}: {count} stalled"
    entries = [_entry(found, reader) for found in page.signals]
    foot = joined([_place(page), md(_EXPLAINED)], " ")
    blocks = [header(heading), *(block for entry in entries for block in entry.blocks), context(foot)]
    if turns := _turns(page, asked):
        blocks.append(buttons(*turns))
    return Message(lines(heading, *(entry.text for entry in entries), foot), blocks)


def _entry(found: Signals, reader: Reader) -> Message:
    view, told = found.view, _findings(found, reader)
    head = lines(
        outcome_title(view.outcome, 140),
        health_sentence(view.standing(reader.today)),
        joined([view.owner.name, view.team.name, md("due {due}", due=reader.day(view.outcome.due_on))]),
        "" if told else "None of the four causes is seen here.",
    )
    blocks: list[Block] = [section(head, button=show_button(view.outcome))]
    blocks += [section(words, button=_action(about, found)) for about, words in told.items()]
    return Message(lines(head, *told.values()), blocks)


def _findings(found: Signals, reader: Reader) -> Mapping[Cause | None, Markup]:
    """The sentences of what was found; that of effort without movement under None."""
    told: dict[Cause | None, Markup] = {}
    if found.effort:
        told[None] = effort_words(found.effort, found.view, reader)
    return told | {cause: cause_words(cause, found, reader) for cause in found.causes}


def _action(about: Cause | None, found: Signals) -> Button | None:
    """What the viewer can do about a finding; None where only the owner, the lead or an admin can do anything."""
    outcome = found.view.outcome
    value, key = str(outcome.id), outcome.key
    if about is None:
        return add_button(outcome.id, may_change=found.may_change)
    if not found.may_change:
        return None
    if about == Cause.NO_END:
        return button("Edit", EDIT_BUTTON, value=value, says=f"Edit {key}")
    if about == Cause.NO_FEEDBACK:
        return button("Log result", LOG_RESULT, value=value, says=f"Log a result for {key}")
    return offer_button(outcome)


def _place(page: SignalPage) -> str:
    if page.total <= len(page.signals) and not page.offset:
        return ""
    total = "many" if page.total >= MOST_COUNTED else f"{page.total:,}"
    return f"{page.offset + 1:,}–{page.offset + len(page.signals):,} of {total}."


def _turns(page: SignalPage, asked: Asked) -> list[Button]:
    turns = []
    if page.offset:
        turns.append(button("Previous", TURN_BACK, value=str(asked.at(max(0, page.offset - PAGE_SIZE)))))
    if page.offset + len(page.signals) < page.total:
        turns.append(button("Next", TURN_ON, value=str(asked.at(page.offset + PAGE_SIZE))))
    return turns
