"""Everything about one decision, on one page."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from bot.decisions.messages import (
    change_button,
    decide_button,
    decision_title,
    edit_button,
    history_button,
    object_button,
    open_word,
    reopen_button,
    supersede_button,
    withdraw_button,
)
from bot.decisions.messages.choices import choice_lines, effect_lines, logged_line, option_lines
from bot.decisions.messages.review import review_button, review_lines
from bot.decisions.model import Decision, DecisionChoice, DecisionObjection
from bot.decisions.queries import DecisionView
from bot.decisions.rules import DecisionState
from bot.decisions.rules.debt import is_over
from bot.language.words import join_words, one_line, shorten
from bot.people.messages import Reader
from bot.slack.blocks import Button, buttons, context, divider, section
from bot.slack.drawing import LONGEST_TEXT, cut
from bot.slack.message import Block, Message
from bot.slack.mrkdwn import Markup, joined, lines, link, md

_VERSIONS = 5
_EARLIER = 200
"""How many changes are shown, and how much of each earlier choice and reason."""
_WAITING = 10
_OBJECTIONS = 10


@dataclass(frozen=True)
class May:
    """What the viewer of a decision may do with it now."""

    decide: bool = False
    change: bool = False
    object: bool = False


def decision_card(view: DecisionView, may: May, *, reader: Reader) -> Message:
    """The question and where it stands, the options, the choice and what it is expected to do, and what came of it."""
    head = [lines(decision_title(view.decision), *_stands(view, reader)), _context(view)]
    options = [option_lines(place, option) for place, option in enumerate(view.options, 1)]
    chosen = _chosen(view, reader)
    around = [_waiting(view), *_objections(view, reader), _versions(view, reader)]
    tail = _tail(view, reader)
    blocks: list[Block] = [section(part) for part in head if part]
    for group in (options, chosen, around):
        said = [section(part) for part in group if part]
        blocks += [divider(), *said] if said else []
    blocks += [context(tail), buttons(*_buttons(view, may))]
    return Message(cut(lines(*head, *options, *chosen, *around, tail), LONGEST_TEXT), blocks)


def may_object(view: DecisionView, person_id: str, *, now: datetime) -> bool:
    """Whether somebody is heard on this decision, and its window is open."""
    ends = view.chosen.objections_until_at if view.chosen else None
    is_heard = any(one.id == person_id for one in view.heard)
    return view.state == DecisionState.DECIDED and is_heard and ends is not None and now < ends


def _stands(view: DecisionView, reader: Reader) -> list[Markup]:
    decision = view.decision
    if view.is_open:
        return [_open(view, reader), _reopened(view, reader)]
    if view.state == DecisionState.DECIDED and view.chosen:
        return [_decided("Decided", view, view.chosen, reader), _heard(view, reader)]
    ended_on = reader.day(reader.day_of(decision.ended_at)) if decision.ended_at else ""
    note = md(" “{note}”", note=decision.ending_note) if decision.ending_note else md("")
    if view.state == DecisionState.WITHDRAWN:
        return [md("*Withdrawn* on {day}.{note}", day=ended_on, note=note)]
    place = md("In its place: {title}", title=decision_title(view.superseded_by)) if view.superseded_by else md("")
    return [md("*Superseded* on {day}.{note}", day=ended_on, note=note), place]


def _open(view: DecisionView, reader: Reader) -> Markup:
    day = view.decision.needed_by_on
    verb = "was" if is_over(day, reader.today) else "is"
    by = md(" It {verb} needed by {day}.", verb=verb, day=reader.day(day)) if day else md("")
    who = md("{name} decides.", name=view.decider.name) if view.decider else md("Nobody is named to decide it.")
    return md("*{word}.* {who}{by}", word=open_word(view, reader), who=who, by=by)


def _reopened(view: DecisionView, reader: Reader) -> Markup:
    decision = view.decision
    if decision.reopened_at is None:
        return md("")
    day = reader.day(reader.day_of(decision.reopened_at))
    if not decision.evidence:
        return md("It was reopened on {day} without new evidence.", day=day)
    return md("It was reopened on {day}. What is new: “{evidence}”", day=day, evidence=decision.evidence)


def _decided(word: str, view: DecisionView, choice: DecisionChoice, reader: Reader) -> Markup:
    day, by = reader.day(reader.day_of(choice.made_at)), view.name_of(choice.made_by)
    return joined([md("*{word}* on {day} by {by}.", word=word, day=day, by=by), logged_line(view, choice)], " ")


def _heard(view: DecisionView, reader: Reader) -> Markup:
    """Who is heard, and until when they may object."""
    if not view.heard:
        return md("")
    names = join_words([one.name for one in view.heard])
    ends = view.chosen.objections_until_at if view.chosen else None
    verb = "could" if ends and is_over(reader.day_of(ends), reader.today) else "may"
    until = md(" They {verb} object until {at}.", verb=verb, at=instant_said(ends, reader)) if ends else md("")
    return md("Heard: {names}.{until}", names=names, until=until)


def instant_said(at: datetime, reader: Reader) -> str:
    """A day and a time in the reader's zone."""
    return f"{reader.day(reader.day_of(at))} at {at.astimezone(reader.zone):%H:%M}"


def _context(view: DecisionView) -> Markup:
    return md("{context}", context=view.decision.context)


def _chosen(view: DecisionView, reader: Reader) -> list[Markup]:
    choice = view.chosen
    if choice is None:
        return []
    before = md("_The choice before it was reopened:_") if view.is_open else ""
    return [lines(before, choice_lines(view.decision, choice)), effect_lines(view, choice, reader), review_lines(view)]


def _waiting(view: DecisionView) -> Markup:
    if not view.waits:
        return md("")
    more = len(view.waits) - _WAITING
    return lines(
        md("*What waits for it*"),
        *(md("• {words}", words=shorten(one.words, 200)) for one in view.waits[:_WAITING]),
        f"And {more} more." if more > 0 else "",
    )


def _objections(view: DecisionView, reader: Reader) -> list[Markup]:
    """The newest objections in full, the oldest of them first."""
    shown = view.objections[-_OBJECTIONS:]
    more = len(view.objections) - len(shown)
    heading = lines(md("*Objections*"), f"{more} earlier ones are not shown." if more else "")
    return [heading, *(_objection(view, one, reader) for one in shown)] if shown else []


def _objection(view: DecisionView, one: DecisionObjection, reader: Reader) -> Markup:
    to = md(", to version {version}", version=one.version) if len(view.choices) > 1 else md("")
    day, name = reader.day(reader.day_of(one.objected_at)), view.name_of(one.person_id)
    return md("{name}, {day}{to}: “{said}”", name=name, day=day, to=to, said=one.objection)


def _versions(view: DecisionView, reader: Reader) -> Markup:
    """Each change of the choice, the newest first: what it was, and why it changed."""
    pairs = list(zip(view.choices, view.choices[1:], strict=False))[-_VERSIONS:]
    if not pairs:
        return md("")
    return lines(md("*Earlier*"), *(_changed(view, was, now, reader) for was, now in reversed(pairs)))


def _changed(view: DecisionView, was: DecisionChoice, now: DecisionChoice, reader: Reader) -> Markup:
    because = md(", because “{reason}”", reason=shorten(now.reason, _EARLIER)) if now.reason else md("")
    return md(
        "Changed on {day} by {by}: it was “{was}”{because}",
        day=reader.day(reader.day_of(now.made_at)),
        by=view.name_of(now.made_by),
        was=shorten(was.choice, _EARLIER),
        because=because,
    )


def _tail(view: DecisionView, reader: Reader) -> Markup:
    decision = view.decision
    places = [decision_title(one, 100) for one in view.takes_place_of[:3]]
    return lines(
        joined(
            [
                view.team.name,
                md("opened by {name} {age}", name=view.opened_by.name, age=reader.age(decision.created_at)),
                link(decision.link, "from this message") if decision.link else "",
            ]
        ),
        _because_of(view),
        md("In the place of {places}", places=joined([*places], ", ")) if places else "",
    )


def _because_of(view: DecisionView) -> Markup:
    if view.obstacle is None or view.obstacle_to is None:
        return md("")
    what = shorten(one_line(view.obstacle.text), _EARLIER)
    return md("Because of an obstacle to *{key}*: {what}", key=view.obstacle_to.key, what=what)


def _buttons(view: DecisionView, may: May) -> list[Button]:
    """What this viewer may do with it now, and how it came here."""
    decision, is_decided = view.decision, view.state == DecisionState.DECIDED
    offered: list[tuple[bool, Callable[[Decision], Button]]] = [
        (view.is_open and may.decide, decide_button),
        (view.is_open and may.change, edit_button),
        (view.is_open and may.change, withdraw_button),
        (may.object, object_button),
        (is_decided and may.decide, review_button),
        (is_decided and may.decide, change_button),
        (is_decided and may.decide, supersede_button),
        (is_decided and may.change, reopen_button),
    ]
    return [*(button(decision) for is_offered, button in offered if is_offered), history_button(decision)]
