"""Opening a decision that is to be made, and changing what is asked while it is open."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, or_

from bot.db.database import Tx
from bot.decisions.actions.history import make_found, record, refresh
from bot.decisions.actions.telling import ask_decider, ask_key, take_back_ask
from bot.decisions.model import Decision, DecisionHeard, DecisionOption, DecisionWait
from bot.decisions.queries import DecisionView, decision_unseen, find_decision_by_id
from bot.decisions.queries.allowed import check_is_open, check_may_change
from bot.decisions.queries.waiting import Wait
from bot.decisions.rules import MOST_HEARD, DecisionState
from bot.decisions.rules.drafts import Question
from bot.decisions.rules.options import write_options
from bot.errors import FormRefused
from bot.language.words import join_words
from bot.outcomes.queries.allowed import owner_trouble
from bot.people.model import Person
from bot.people.rules import Viewer
from bot.teams.model import Team
from bot.workspaces.actions import next_number


@dataclass(frozen=True)
class Around:
    """Who and what a decision concerns: who decides it, who is heard, what waits for it."""

    decider: Person | None = None
    heard: Sequence[Person] = ()
    waits: Sequence[Wait] = ()


NOBODY = Around()


@dataclass(frozen=True)
class Source:
    """Where a decision comes from: the address of a message, an obstacle's id; or nowhere in particular."""

    link: str = ""
    obstacle_id: int | None = None


NO_SOURCE = Source()


def open_decision(
    tx: Tx,
    viewer: Viewer,
    *,
    team: Team,
    question: Question,
    around: Around = NOBODY,
    source: Source = NO_SOURCE,
    now: datetime,
) -> DecisionView:
    """Opens a decision that is to be made and gives it its key; its decider is told, once.

    The caller has found the team and what `around` names with the viewer's eyes. Raises FormRefused for people who
    cannot decide or be heard: a bot, somebody deactivated, or somebody who cannot see the team.
    """
    check_people(tx, team, around)
    decision = add_decision(tx, viewer, team=team, question=question, decider=around.decider, source=source, now=now)
    _keep_parts(tx, decision, question, around)
    record(tx, viewer, decision, "opened", now=now)
    refresh(tx, decision, now=now)
    view = find_decision_by_id(tx, viewer, decision.id)
    make_found(tx, view)
    ask_decider(tx, viewer, view, now=now)
    return view


def edit_decision(
    tx: Tx, viewer: Viewer, before: DecisionView, *, team: Team, question: Question, around: Around, now: datetime
) -> DecisionView:
    """Changes what an open decision asks, with a line of history for each field that differs.

    What waits for it and the viewer cannot see stays. A new decider is told. The caller has compared `before` with what
    the person had in front of them. Raises NotAllowed with who may, Refused when it is not open, FormRefused as
    `open_decision` does.
    """
    check_may_change(tx, viewer, before, "edit it")
    check_is_open(before)
    check_people(tx, team, around, before if team.id == before.team.id else None)
    was, asked_under, old_decider = described(tx, before), ask_key(before), before.decision.decider_id
    decision = before.decision
    decision.team_id, decision.question, decision.context = team.id, question.question, question.context
    decision.needed_by_on = question.needed_by_on
    decision.decider_id = around.decider.id if around.decider else None
    tx.flush()
    _keep_parts(tx, decision, question, around, seen_before=before.waits)
    after = find_decision_by_id(tx, viewer, decision.id)
    becomes = described(tx, after)
    differing = [name for name in becomes if was[name] != becomes[name]]
    if _waits(before) != _waits(after) and "waits" not in differing:
        differing.append("waits")  # of teams that the history may not name
    if differing:
        decision.version += 1
    for name in differing:
        record(tx, viewer, decision, name, before=was[name], after=becomes[name], now=now)
    refresh(tx, decision, now=now)
    make_found(tx, after)
    if old_decider != decision.decider_id:
        take_back_ask(tx, after, asked_under, now=now)
        ask_decider(tx, viewer, after, now=now)
    return after


def add_decision(
    tx: Tx, viewer: Viewer, *, team: Team, question: Question, decider: Person | None, source: Source, now: datetime
) -> Decision:
    """The row of a new decision, open and with its key."""
    decision = Decision(
        workspace_id=viewer.workspace_id,
        number=next_number(tx, workspace_id=viewer.workspace_id, kind="decision"),
        team_id=team.id,
        state=DecisionState.OPEN,
        question=question.question,
        context=question.context,
        decider_id=decider.id if decider else None,
        needed_by_on=question.needed_by_on,
        link=source.link,
        obstacle_id=source.obstacle_id,
        created_at=now,
        created_by=viewer.person_id,
        version=1,
        asked_version=0,
        choice_version=0,
        evidence="",
        ending_note="",
        next_on=now.date(),
    )
    tx.add(decision)
    tx.flush()
    return decision


def check_people(tx: Tx, team: Team, around: Around, before: DecisionView | None = None) -> None:
    """Raises FormRefused for people who cannot decide or be heard; who it was `before` may have left meanwhile."""
    known = {one.id for one in before.heard} if before else set()
    if around.decider and not (before and before.decision.decider_id == around.decider.id):
        _check_decider(tx, team, around.decider)
    if len(around.heard) > MOST_HEARD:
        raise FormRefused({"heard": f"Name at most {MOST_HEARD} people; more than that is a meeting."})
    for person in around.heard:
        if person.id not in known and (trouble := owner_trouble(tx, team, person)):
            raise FormRefused({"heard": f"{person.name} {trouble}. Choose people who can see it."})


def keep_heard(tx: Tx, decision: Decision, heard: Sequence[Person]) -> None:
    """Adds those who are heard on a decision that has none yet."""
    ids = {person.id for person in heard}
    tx.add_all(DecisionHeard(workspace_id=decision.workspace_id, decision_id=decision.id, person_id=one) for one in ids)


def described(tx: Tx, view: DecisionView) -> dict[str, str]:
    """What an open decision says, field by field, as its history writes it: nothing of teams it may not name."""
    decision = view.decision
    seen = decision_unseen(tx, Viewer(decision.workspace_id, decision.created_by), decision.id)
    named = [one.words for one in seen.waits]
    hidden = len(_waits(view) - _waits(seen))
    unnamed = [] if not hidden else ["something of another team" if hidden == 1 else f"{hidden} things of other teams"]
    return {
        "question": decision.question,
        "context": decision.context,
        "options": write_options(view.options),
        "decider": view.decider.name if view.decider else "",
        "heard": join_words([one.name for one in view.heard]),
        "needed_by": decision.needed_by_on.isoformat() if decision.needed_by_on else "",
        "waits": "; ".join([*named, *unnamed]),
        "team": view.team.name,
    }


def _waits(view: DecisionView) -> set[str]:
    return {one.value for one in view.waits}


def _check_decider(tx: Tx, team: Team, decider: Person) -> None:
    if trouble := owner_trouble(tx, team, decider):
        raise FormRefused({"decider": f"{decider.name} {trouble}. Choose somebody who can decide it."})


def _keep_parts(
    tx: Tx, decision: Decision, question: Question, around: Around, seen_before: Sequence[Wait] = ()
) -> None:
    """Replaces what belongs to a decision; of what waits for it only what its viewer saw before."""
    for kind in (DecisionOption, DecisionHeard):
        tx.execute(delete(kind).where(kind.workspace_id == decision.workspace_id, kind.decision_id == decision.id))
    of_this = {"workspace_id": decision.workspace_id, "decision_id": decision.id}
    tx.add_all(
        DecisionOption(**of_this, position=place, text=one.text, pro=one.pro, con=one.con)
        for place, one in enumerate(question.options, 1)
    )
    keep_heard(tx, decision, around.heard)
    outcomes = [one.brief.outcome.id for one in seen_before if one.action is None]
    actions = [one.action.id for one in seen_before if one.action]
    its = (DecisionWait.workspace_id == decision.workspace_id, DecisionWait.decision_id == decision.id)
    is_seen = or_(DecisionWait.outcome_id.in_(outcomes), DecisionWait.action_id.in_(actions))
    tx.execute(delete(DecisionWait).where(*its, is_seen))
    tx.add_all(
        DecisionWait(
            **of_this,
            outcome_id=None if one.action else one.brief.outcome.id,
            action_id=one.action.id if one.action else None,
        )
        for one in around.waits
    )
    tx.flush()
