"""What changes in the execution room. Each change is a line of the outcome's history."""

from dataclasses import dataclass
from datetime import datetime

from bot.db.database import Tx
from bot.errors import NotAllowed, Refused
from bot.execution.model import Action, NotDoing
from bot.execution.queries import ExecutionPath, Step, find_action, path_of_outcome
from bot.execution.rules import ActionDraft, ActionState, Ending, check_not_doing
from bot.outcomes.actions.history import record
from bot.outcomes.actions.writing import check_owner
from bot.outcomes.queries import Brief
from bot.outcomes.queries.allowed import check_is_live, check_may_change, may_change
from bot.people.model import Person
from bot.people.rules import Viewer


@dataclass(frozen=True)
class GivesWay:
    """Which open action makes room for another one, and how it ends."""

    action_id: int
    ending: Ending


def held_path(tx: Tx, viewer: Viewer, view: Brief) -> ExecutionPath:
    """The execution path of an outcome, which nobody else changes until this transaction ends."""
    tx.refresh(view.outcome, with_for_update=True)
    return path_of_outcome(tx, viewer, view.outcome.id)


def add_action(
    tx: Tx,
    viewer: Viewer,
    view: Brief,
    draft: ActionDraft,
    owner: Person,
    *,
    limit: int,
    now: datetime,
    gives_way: GivesWay | None = None,
) -> Step:
    """Adds an action to an outcome's path: open where the viewer may change the outcome, else as a proposal.

    Args:
        limit: how many may be open; from there on, another one has to give way.

    Raises Refused when the outcome is closed or its path full, FormRefused when that person cannot own the action.
    """
    path = held_path(tx, viewer, view)
    check_is_live(view)
    check_owner(tx, view.team, owner)
    is_proposal = not may_change(tx, viewer, view)
    if not is_proposal:
        _make_room(tx, viewer, path, view, limit=limit, now=now, gives_way=gives_way)
    action = Action(
        workspace_id=viewer.workspace_id,
        outcome_id=view.outcome.id,
        owner_id=owner.id,
        text=draft.text,
        due_on=draft.due_on,
        expected_effect=draft.expected_effect,
        state=ActionState.PROPOSED if is_proposal else ActionState.OPEN,
        created_at=now,
        created_by=viewer.person_id,
    )
    tx.add(action)
    tx.flush()
    what = "action proposed" if is_proposal else "action added"
    record(tx, viewer, view.outcome, what, after=action.text, now=now)
    return find_action(tx, viewer, action.id)


def accept_action(
    tx: Tx, viewer: Viewer, action_id: int, *, limit: int, now: datetime, gives_way: GivesWay | None = None
) -> Step:
    """Makes a proposed action an open one; accepting it again changes nothing.

    Raises NotAllowed with who may; Refused when it was declined, the outcome is closed or its path full.
    """
    step = find_action(tx, viewer, action_id)
    path = held_path(tx, viewer, step.brief)
    tx.refresh(step.action)
    check_may_change(tx, viewer, step.brief, "accept what was proposed")
    if step.action.state in (ActionState.OPEN, ActionState.DONE):
        return step
    if step.action.state == ActionState.DROPPED:
        raise Refused("That was declined in the meantime. /outcome action adds it anew.")
    check_is_live(step.brief)
    _make_room(tx, viewer, path, step.brief, limit=limit, now=now, gives_way=gives_way)
    step.action.state = ActionState.OPEN
    record(tx, viewer, step.brief.outcome, "proposal accepted", after=step.action.text, now=now)
    return step


def end_action(tx: Tx, viewer: Viewer, action_id: int, ending: Ending, *, now: datetime) -> Step:
    """Marks an action done, drops it or declines the proposal of it. Done again or dropped again, it stays as it is.

    Whoever may change the outcome may do all of it, the action's own owner may mark it done. Raises NotAllowed with
    who may; Refused when it ended in another way meanwhile, or is only proposed and to be done.
    """
    step = _held(tx, viewer, action_id)
    action, outcome = step.action, step.brief.outcome
    is_done = ending.effect_seen is not None
    check_may_end(tx, viewer, step, is_done=is_done)
    if action.state in (ActionState.DONE, ActionState.DROPPED):
        if ending.is_not_doing or is_done is not (action.state == ActionState.DONE):
            raise Refused(f"That action is {action.state} already.")
        return step
    was_proposed = action.state == ActionState.PROPOSED
    action.ended_at, action.ended_by, action.effect_seen = now, viewer.person_id, ending.effect_seen
    if ending.effect_seen is not None:
        action.state = ActionState.DONE
        seen = _with(action.text, f"effect seen: {ending.effect_seen}")
        record(tx, viewer, outcome, "action done", after=seen, now=now)
        return step
    action.state = ActionState.DROPPED
    what = "proposal declined" if was_proposed else "action dropped"
    record(tx, viewer, outcome, what, after=_with(action.text, ending.reason), now=now)
    if ending.is_not_doing:
        add_not_doing(tx, viewer, step.brief, action.text, ending.reason, now=now)
    return step


def change_action(tx: Tx, viewer: Viewer, action_id: int, draft: ActionDraft, owner: Person, *, now: datetime) -> Step:
    """Changes what an open or proposed action says, who owns it, when it is due and what it should change.

    Raises NotAllowed with who may, Refused when the action has ended or its outcome is closed, FormRefused when that
    person cannot own it.
    """
    step = _held(tx, viewer, action_id)
    action, brief = step.action, step.brief
    check_may_change(tx, viewer, brief, "change its actions")
    check_is_live(brief)
    if action.state in (ActionState.DONE, ActionState.DROPPED):
        raise Refused(f"That action is {action.state} already, so it stays as it was.")
    if owner.id != action.owner_id:
        check_owner(tx, brief.team, owner)
    was = _described(action, step.owner)
    action.text, action.owner_id = draft.text, owner.id
    action.due_on, action.expected_effect = draft.due_on, draft.expected_effect
    becomes = _described(action, owner)
    if becomes != was:
        record(tx, viewer, brief.outcome, "action changed", before=was, after=becomes, now=now)
    return find_action(tx, viewer, action_id)


def add_not_doing(tx: Tx, viewer: Viewer, view: Brief, text: str, reason: str, *, now: datetime) -> NotDoing:
    """Writes down what is chosen not to be done for an outcome, and why.

    Raises NotAllowed with who may, Refused when the outcome is closed, FormRefused without a text or a reason.
    """
    check_may_change(tx, viewer, view, "say what is not done for it")
    check_is_live(view)
    check_not_doing(text, reason)
    line = NotDoing(
        workspace_id=viewer.workspace_id,
        outcome_id=view.outcome.id,
        text=text,
        reason=reason,
        created_at=now,
        created_by=viewer.person_id,
    )
    tx.add(line)
    record(tx, viewer, view.outcome, "not doing", after=_with(text, reason), now=now)
    return line


def check_may_end(tx: Tx, viewer: Viewer, step: Step, *, is_done: bool) -> None:
    """Raises NotAllowed, saying who may mark an action done or drop it; Refused for a proposal that is to be done."""
    is_proposal = step.action.state == ActionState.PROPOSED
    if not is_done:
        check_may_change(tx, viewer, step.brief, "decline what was proposed" if is_proposal else "drop its actions")
    elif is_proposal:
        raise Refused("That is only proposed so far. Once it is accepted, it can be done.")
    elif step.action.owner_id != viewer.person_id and not may_change(tx, viewer, step.brief):
        raise NotAllowed(
            f"This action is {step.owner.name}'s. They, {step.brief.owner.name}, the lead of {step.brief.team.name} "
            "or an admin can mark it done."
        )


def _make_room(
    tx: Tx,
    viewer: Viewer,
    path: ExecutionPath,
    view: Brief,
    *,
    limit: int,
    now: datetime,
    gives_way: GivesWay | None,
) -> None:
    if len(path.open) < limit:
        return
    if gives_way is None or gives_way.action_id not in {step.action.id for step in path.open}:
        raise Refused(f"{view.outcome.key} has {len(path.open)} open actions. One of them has to give way first.")
    end_action(tx, viewer, gives_way.action_id, gives_way.ending, now=now)


def _held(tx: Tx, viewer: Viewer, action_id: int) -> Step:
    """An action as it stands now, whose path nobody else changes until this transaction ends."""
    step = find_action(tx, viewer, action_id)
    tx.refresh(step.brief.outcome, with_for_update=True)
    tx.refresh(step.action)
    return step


def _described(action: Action, owner: Person) -> str:
    due = f"due {action.due_on.isoformat()}" if action.due_on else "no due date"
    return "; ".join(filter(None, [action.text, owner.name, due, action.expected_effect]))


def _with(text: str, more: str) -> str:
    return f"{text} – {more}" if more else text
