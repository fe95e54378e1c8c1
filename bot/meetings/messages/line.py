"""A line of an agenda: its words, and the buttons that do something about it, of whichever room they are."""

from collections.abc import Callable, Mapping
from functools import partial

from bot.decisions.messages import DECIDE_BUTTON, WITHDRAW_BUTTON
from bot.decisions.messages import EDIT_BUTTON as EDIT_DECISION
from bot.decisions.messages.review import REVIEW_BUTTON
from bot.dependencies.messages import OPEN as OPEN_NEED
from bot.execution.messages import ADD_BUTTON, DECLINE_BUTTON, DONE_BUTTON
from bot.execution.messages import CHANGE_BUTTON as CHANGE_ACTION
from bot.language.words import counted, shorten
from bot.meetings.queries.lines import LineView
from bot.meetings.rules.agenda import Became, LineKind
from bot.obstacles.messages import CHANGE_BUTTON as CHANGE_OBSTACLE
from bot.obstacles.messages import RAISE_BUTTON, RESOLVE_BUTTON
from bot.outcomes.messages.closing import CLOSE_BUTTON
from bot.outcomes.messages.form import EDIT_BUTTON as EDIT_OUTCOME
from bot.results.messages import LOG_RESULT
from bot.slack.blocks import Button, button
from bot.slack.mrkdwn import Markup, joined, lines, md

TALK = "meetings.talk"
PARK = "meetings.park"
DECIDED = "meetings.decided"
DROP = "meetings.drop"
NAME_OUTCOME = "meetings.name_outcome"

_WHAT, _WHO = 120, 40
"""How many characters of a text and of a name a line shows."""

_TIMES = {1: "once", 2: "twice"}
_SAID = {
    Became.DECIDED: "decided",
    Became.REVIEWED: "reviewed",
    Became.ACTION: "an action is agreed",
    Became.OBSTACLE: "an obstacle is raised",
    Became.RESULT: "a result is logged",
    Became.DONE: "done",
    Became.ANSWERED: "agreed",
    Became.RESCOPED: "re-scoped",
    Became.PARKED: "parked for the next time",
    Became.DROPPED: "dropped",
}


def line_words(view: LineView) -> Markup:
    """A line: what it is about and who sees to it; below, why it is there, how often it came, and what became of it."""
    line = view.line
    what = joined([md("*{key}*", key=view.key) if view.key else "", shorten(view.what, _WHAT)], " ")
    who = md(" ({who})", who=shorten(view.who, _WHO)) if view.who else ""
    said = joined([line.why, _carried(view), _became(view)], "; ")
    return lines(md("{what}{who}", what=what, who=who), said)


def one_click(view: LineView) -> Button | None:
    """What does something about a line at once; None for one of somebody's own that names no outcome."""
    if at_once := _AT_ONCE.get(view.line.kind):
        return at_once(view)
    return _measure("Log result", view) if view.line.outcome_id else None


def choices(view: LineView) -> list[Button]:
    """For a line that was carried too often: do it, re-scope it, or drop it."""
    line = view.line
    if line.decision_id is not None:
        return _choices_of_decision(view)
    if line.kind == LineKind.OBSTACLE:
        value = str(line.obstacle_id)
        change = button("Re-scope it", CHANGE_OBSTACLE, value=value, says=_says("Re-scope", view))
        return [_resolve("Do it", view), change, _drop(view)]
    if line.kind == LineKind.ACTION:
        value = str(line.action_id)
        return [
            _done("Do it", view),
            button("Re-scope it", CHANGE_ACTION, value=value, says=_says("Re-scope", view)),
            button("Drop it", DECLINE_BUTTON, value=value, says=_says("Drop", view)),
        ]
    if line.kind in (LineKind.NEED, LineKind.ASKED):
        return [_see("Do it, or change its day", view), _drop(view)]
    if line.outcome_id is None:
        return [_name("Do it: name its outcome", view), _drop(view)]
    value = str(line.outcome_id)
    close = button("Drop it", CLOSE_BUTTON, value=value, says=_says("Drop", view))
    return [
        _act("Do it", view),
        button("Re-scope it", EDIT_OUTCOME, value=value, says=_says("Re-scope", view)),
        _drop(view) if line.kind == LineKind.OWN else close,
    ]


def _choices_of_decision(view: LineView) -> list[Button]:
    if view.line.kind == LineKind.REVIEW:
        return [_review("Review it", view), _decide("Another day", view), _drop(view)]
    value = str(view.line.decision_id)
    return [
        _decide("Do it", view),
        button("Re-scope it", EDIT_DECISION, value=value, says=_says("Re-scope", view)),
        button("Drop it", WITHDRAW_BUTTON, value=value, says=_says("Drop", view)),
    ]


def while_talked_about(view: LineView) -> list[Button]:
    """What can be done about the line that is talked about; whatever comes of it is read from the records."""
    line = view.line
    if view.asks_for_a_choice:
        return choices(view)
    offered = []
    match line.kind:
        case LineKind.DECISION:
            offered.append(_decide("Decided", view))
        case LineKind.REVIEW:
            offered += [_review("Review", view), _decide("Decide anew", view)]
        case LineKind.ACTION:
            offered.append(_done("Done", view))
        case LineKind.NEED | LineKind.ASKED:
            offered.append(_see("See and answer", view))
        case LineKind.OBSTACLE:
            offered.append(_resolve("Resolved", view))
        case LineKind.OWN if line.outcome_id is None:
            offered.append(_name("Name its outcome", view))
    if line.decision_id is None:
        offered.append(button("Decided", DECIDED, value=str(line.id), says=_says("Decided", view)))
    if line.outcome_id is not None:
        hinder = button("Obstacle", RAISE_BUTTON, value=str(line.outcome_id), says=_says("Obstacle", view))
        offered += [_act("Action", view), hinder, _measure("Result", view)]
    return [*offered, button("Parked", PARK, value=str(line.id), says=_says("Parked", view))]


def talk_button(view: LineView) -> Button:
    """Makes a line the one that is talked about."""
    return button("Talk about it", TALK, value=str(view.line.id), says=_says("Talk about", view))


def _decide(label: str, view: LineView) -> Button:
    return button(label, DECIDE_BUTTON, value=str(view.line.decision_id), says=_says(label, view))


def _review(label: str, view: LineView) -> Button:
    return button(label, REVIEW_BUTTON, value=str(view.line.decision_id), says=_says(label, view))


def _resolve(label: str, view: LineView) -> Button:
    return button(label, RESOLVE_BUTTON, value=str(view.line.obstacle_id), says=_says(label, view))


def _see(label: str, view: LineView) -> Button:
    return button(label, OPEN_NEED, value=str(view.line.dependency_id), says=_says(label, view))


def _done(label: str, view: LineView) -> Button:
    return button(label, DONE_BUTTON, value=str(view.line.action_id), says=_says(label, view))


def _act(label: str, view: LineView) -> Button:
    return button(label, ADD_BUTTON, value=str(view.line.outcome_id), says=_says(label, view))


def _measure(label: str, view: LineView) -> Button:
    return button(label, LOG_RESULT, value=str(view.line.outcome_id), says=_says(label, view))


def _name(label: str, view: LineView) -> Button:
    return button(label, NAME_OUTCOME, value=str(view.line.id), says=_says(label, view))


def _drop(view: LineView) -> Button:
    return button("Drop it", DROP, value=str(view.line.id), says=_says("Drop", view))


def _says(label: str, view: LineView) -> str:
    """What a screen reader says."""
    return f"{label}: {view.key or 'this line'}"


def _carried(view: LineView) -> Markup:
    if not view.line.carried:
        return Markup("")
    times = _TIMES.get(view.line.carried) or counted(view.line.carried, "time")
    if view.asks_for_a_choice:
        do = "review it, name another day" if view.line.kind == LineKind.REVIEW else "do it, re-scope it"
        return md("*carried {times}: {do} or drop it*", times=times, do=do)
    return md("carried {times}", times=times)


def _became(view: LineView) -> Markup:
    if view.became is None:
        return Markup("")
    is_gone = view.became == Became.OBSTACLE and view.line.kind == LineKind.OBSTACLE
    return md("*{said}*", said="resolved" if is_gone else _SAID[view.became])


_AT_ONCE: Mapping[LineKind, Callable[[LineView], Button]] = {
    LineKind.EFFORT: partial(_act, "Agree an action"),
    LineKind.DECISION: partial(_decide, "Decide"),
    LineKind.REVIEW: partial(_review, "Review"),
    LineKind.OBSTACLE: partial(_resolve, "Resolve"),
    LineKind.NEED: partial(_see, "See"),
    LineKind.ASKED: partial(_see, "Answer"),
    LineKind.ACTION: partial(_done, "Done"),
}
