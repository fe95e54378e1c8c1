"""Choosing, changing what was chosen, logging what was decided elsewhere; and objecting to it."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from decimal import Decimal

from bot.db.database import Tx, insert
from bot.decisions.actions.history import make_found, record, refresh
from bot.decisions.actions.opening import NO_SOURCE, Around, Source, add_decision, check_people, keep_heard
from bot.decisions.actions.telling import (
    announce,
    ask_key,
    channel_reader,
    name_of,
    seen_by_channel,
    take_back_ask,
    tell_decider,
    tell_heard,
)
from bot.decisions.messages import news
from bot.decisions.messages.card import may_object
from bot.decisions.model import Decision, DecisionChoice, DecisionObjection
from bot.decisions.queries import DecisionView, find_decision_by_id
from bot.decisions.queries.allowed import check_can_choose, check_may_decide
from bot.decisions.rules import OBJECTION_LIMIT, DecisionState
from bot.decisions.rules.drafts import Choice, Question, question_of
from bot.errors import FormRefused, Refused
from bot.outcomes.queries import View, find_outcome_by_id
from bot.people.messages import Reader
from bot.people.model import Person
from bot.people.rules import Viewer
from bot.slack.message import Message
from bot.teams.model import Team


def decide(tx: Tx, viewer: Viewer, view: DecisionView, choice: Choice, *, now: datetime) -> DecisionView:
    """Makes the choice of an open decision; of a decided one, another version of it, which needs a reason.

    It is announced where the team chose, and those who are heard are told. Raises NotAllowed with who may, Refused when
    it has ended, FormRefused at `reason` for a change without one.
    """
    is_change = not view.is_open
    check_may_decide(viewer, view, "change it" if is_change else "decide it")
    check_can_choose(view)
    if is_change and not choice.reason:
        raise FormRefused({"reason": "Say what made you change it."})
    decision = view.decision
    if decision.decider_id is None:
        decision.decider_id = viewer.person_id
        record(tx, viewer, decision, "decider", after=name_of(tx, viewer), now=now)
    asked_under = ask_key(view)
    before = view.chosen.choice if view.chosen else ""
    what, me = "changed" if is_change else "decided", viewer.person_id
    after = _choose(tx, viewer, decision, choice, what=what, made_by=me, before=before, now=now)
    take_back_ask(tx, after, asked_under, now=now)
    tell_decider(tx, viewer, after, f"v{decision.choice_version}", news.decided_for_you, now=now)
    return after


def log_decision(
    tx: Tx,
    viewer: Viewer,
    *,
    team: Team,
    question: str,
    choice: Choice,
    decider: Person,
    heard: Sequence[Person] = (),
    source: Source = NO_SOURCE,
    made_at: datetime | None = None,
    now: datetime,
) -> DecisionView:
    """Writes down a decision that was made already, and gives it its key. Whoever sees the team may.

    The choice is the decider's, whoever writes it down: it counts in their calibration, not in the viewer's. Without a
    question the choice is its title. Who is named as the decider is told, unless they log it themselves; so are those
    who are heard. `made_at` is when it was made, before now. Raises FormRefused, at `decider` or at `heard`, for
    somebody who cannot decide or be heard.
    """
    check_people(tx, team, Around(decider, heard))
    asked = Question(question_of(question, choice.choice))
    decision = add_decision(tx, viewer, team=team, question=asked, decider=decider, source=source, now=now)
    keep_heard(tx, decision, heard)
    after = _choose(
        tx, viewer, decision, choice, what="logged", made_by=decider.id, before="", made_at=made_at, now=now
    )
    by = name_of(tx, viewer)

    def say(seen: DecisionView, reader: Reader) -> Message:
        return news.logged_for_you(seen, by=by, reader=reader)

    tell_decider(tx, viewer, after, "logged", say, now=now)
    return after


def object_to(tx: Tx, viewer: Viewer, view: DecisionView, objection: str, *, now: datetime) -> DecisionView:
    """Keeps what somebody who is heard has against the choice, and tells the decider. Said again, it is replaced.

    Raises Refused for anybody who is not heard and once the window is over, FormRefused without words or too many.
    """
    check_may_object(viewer, view, now=now)
    if not objection or len(objection) > OBJECTION_LIMIT:
        raise FormRefused({"objection": f"Say what speaks against it, in at most {OBJECTION_LIMIT:,} characters."})
    decision = view.decision
    said = {"objection": objection, "objected_at": now}
    row = insert(tx, DecisionObjection).values(
        workspace_id=decision.workspace_id,
        decision_id=decision.id,
        version=decision.choice_version,
        person_id=viewer.person_id,
        **said,
    )
    tx.execute(
        row.on_conflict_do_update(index_elements=["workspace_id", "decision_id", "version", "person_id"], set_=said)
    )
    event = record(tx, viewer, decision, "objected", after=objection, now=now)
    after = find_decision_by_id(tx, viewer, decision.id)
    by = name_of(tx, viewer)

    def say(seen: DecisionView, _reader: Reader) -> Message:
        return news.objected(seen, by=by, objection=objection)

    tell_decider(tx, viewer, after, f"objected:{event.id}", say, now=now)
    return after


def check_may_object(viewer: Viewer, view: DecisionView, *, now: datetime) -> None:
    """Raises Refused, saying why, for anybody who is not heard and once the window is over."""
    if not may_object(view, viewer.person_id, now=now):
        raise Refused(_why_not(view, viewer))


def _choose(
    tx: Tx,
    viewer: Viewer,
    decision: Decision,
    choice: Choice,
    *,
    what: str,
    made_by: str,
    before: str,
    made_at: datetime | None = None,
    now: datetime,
) -> DecisionView:
    made_at = made_at or now
    decision.choice_version += 1
    decision.version += 1
    decision.state, decision.decided_at, decision.review_on = DecisionState.DECIDED, made_at, choice.review_on
    decision.reviewed_at, decision.reopened_at, decision.evidence = None, None, ""
    tx.add(_row(tx, viewer, decision, choice, made_by=made_by, made_at=made_at, now=now))
    tx.flush()
    record(tx, viewer, decision, what, before=before, after=choice.choice, now=now)
    refresh(tx, decision, now=now)
    after = find_decision_by_id(tx, viewer, decision.id)
    make_found(tx, after)
    shown = seen_by_channel(tx, after)
    if shown.chosen:
        message = news.decision_announced(shown, shown.chosen, reader=channel_reader(tx, after.team, now))
        announce(tx, after, f"v{decision.choice_version}", message, now=now)
    tell_heard(tx, viewer, after, now=now)
    return after


def _row(
    tx: Tx, viewer: Viewer, decision: Decision, choice: Choice, *, made_by: str, made_at: datetime, now: datetime
) -> DecisionChoice:
    outcome_id = choice.effect_outcome_id
    stood = _value_at(find_outcome_by_id(tx, viewer, outcome_id), made_at) if outcome_id else None
    days = choice.objection_days
    return DecisionChoice(
        workspace_id=decision.workspace_id,
        decision_id=decision.id,
        version=decision.choice_version,
        choice=choice.choice,
        why=choice.why,
        effect=choice.effect,
        effect_outcome_id=outcome_id,
        effect_from=stood,
        effect_value=choice.effect_value,
        effect_on=choice.effect_on,
        confidence=choice.confidence,
        is_reversible=choice.is_reversible,
        review_on=choice.review_on,
        objections_until_at=now + timedelta(days=days) if days else None,
        made_at=made_at,
        made_by=made_by,
        reason=choice.reason,
    )


def _value_at(view: View, instant: datetime) -> Decimal | None:
    """Where an outcome's measure stood then; before its first result, its baseline."""
    until = [one.value for one in view.results if one.measured_at <= instant]
    return until[-1] if until else view.outcome.baseline


def _why_not(view: DecisionView, viewer: Viewer) -> str:
    key, names = view.decision.key, [one.name for one in view.heard]
    if view.state != DecisionState.DECIDED:
        return f"{key} is {view.state}, so there is no choice to object to."
    if all(one.id != viewer.person_id for one in view.heard):
        heard = (
            f"Those who are heard on {key} can object: {', '.join(names)}." if names else f"Nobody is heard on {key}."
        )
        return f"{heard} Speak with who decided it, or /decision reopen {key} with what is new."
    return f"The time to object to {key} is over. What is new since can reopen it: /decision reopen {key}"
