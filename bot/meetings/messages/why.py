"""Why something is on an agenda: the numbers, in words, as everybody in the channel reads them."""

from bot.decisions.model import Decision
from bot.decisions.queries import DecisionBrief
from bot.dependencies.model import Dependency
from bot.dependencies.rules import DependencyState
from bot.execution.model import Action
from bot.language.dates import write_span
from bot.language.words import join_words
from bot.measuring.forecast import Forecast, Sureness
from bot.meetings.queries.agenda import Found
from bot.meetings.rules.agenda import LineKind
from bot.obstacles.model import Obstacle
from bot.outcomes.messages import percent
from bot.outcomes.queries import View
from bot.people.messages import Reader
from bot.signals.messages.findings import effort_said
from bot.signals.rules import Cause


def why(found: Found, reader: Reader) -> str:
    """Why it is there, as plain text."""
    if found.view:
        return _of_outcome(found, found.view, reader)
    if found.decision:
        return _decision(found.decision, reader)
    if found.review:
        return _review(found.review, reader)
    if found.obstacle:
        return _obstacle(found.obstacle, reader)
    if found.dependency:
        return _need(found.dependency, found.asker if found.kind == LineKind.ASKED else "", reader)
    return _action(found.action, reader) if found.action else ""


def _of_outcome(found: Found, view: View, reader: Reader) -> str:
    numbers, causes = _numbers(found, view, reader), _causes(found)
    return f"{numbers}; {causes}" if causes else numbers


def _numbers(found: Found, view: View, reader: Reader) -> str:
    match found.kind:
        case LineKind.EFFORT:
            effort = found.signals.effort if found.signals else None
            said = f": {effort_said(effort, view, reader)}" if effort else ""
            return f"effort without movement{said}"
        case LineKind.STALE:
            return f"stale: no result for {write_span(view.standing(reader.today).age_days or 0)}"
        case LineKind.UNANSWERED:
            return f"the check-in of {found.period} was not answered"
        case kind:
            return _behind(kind, view, found.forecast, reader)


def _obstacle(obstacle: Obstacle, reader: Reader) -> str:
    stands = f"an obstacle for {write_span((reader.today - reader.day_of(obstacle.raised_at)).days)}"
    return f"{stands}; needs a decision" if obstacle.needs_decision else stands


def _causes(found: Found) -> str:
    """Which of the four causes are seen; the fourth is not said of what is there for it."""
    seen = found.signals.causes if found.signals else ()
    told = [one.lower() for one in seen if (found.kind, one) != (LineKind.STALE, Cause.NO_FEEDBACK)]
    return f"{'causes' if len(told) > 1 else 'cause'}: {join_words(told)}" if told else ""


def _behind(kind: LineKind, view: View, forecast: Forecast | None, reader: Reader) -> str:
    at = view.standing(reader.today)
    numbers = f"{kind}: {percent(at.progress)} of the way, {percent(at.expected)} expected"
    if forecast is None or forecast.sureness == Sureness.TOO_EARLY:
        return numbers
    unit, due = view.outcome.unit, reader.day(view.outcome.due_on)
    leads = reader.value(round(forecast.at_due, 1 if abs(forecast.at_due) < 100 else 0), unit)
    return f"{numbers}; it leads to {leads} on {due}, target {reader.value(view.outcome.target, unit)}"


def _decision(brief: DecisionBrief, reader: Reader) -> str:
    decision, needed = brief.decision, brief.decision.needed_by_on
    said = []
    if needed is not None and needed < reader.today:
        said.append(f"overdue for {write_span((reader.today - needed).days)}")
    elif needed is not None:
        said.append(f"needed by {reader.day(needed)}")
    if decision.reopened_at is not None:
        said.append("reopened")
    if brief.decider is None:
        said.append("nobody is named to decide it")
    return join_words(said) or "waits for a choice"


def _review(decision: Decision, reader: Reader) -> str:
    due = decision.review_on
    return f"its review is overdue for {write_span((reader.today - due).days)}" if due else "its review is overdue"


def _need(need: Dependency, asker: str, reader: Reader) -> str:
    if asker:
        return f"{asker} waits for an answer, wanted by {reader.day(need.wanted_on)}"
    if need.state == DependencyState.PROPOSED and need.promised_on:
        proposed = f"another team proposes {reader.day(need.promised_on)}"
        return f"{proposed}, wanted by {reader.day(need.wanted_on)}"
    if need.state == DependencyState.ACCEPTED and need.promised_on:
        return f"promised by another team for {reader.day(need.promised_on)}, and not there"
    return f"asked of another team, not answered yet; wanted by {reader.day(need.wanted_on)}"


def _action(action: Action, reader: Reader) -> str:
    if action.due_on is None:
        return f"an action agreed {reader.age(action.created_at)}, without a day"
    return f"an action, overdue for {write_span((reader.today - action.due_on).days)}"
