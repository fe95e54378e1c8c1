"""Writing an outcome down, and changing what it says."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete

from bot.db.database import Tx, insert
from bot.errors import FormRefused
from bot.measuring.paths import Milestone as PathMilestone
from bot.outcomes.actions.history import ask_afresh, make_found, record, refresh
from bot.outcomes.model import Dismissal, Milestone, Outcome
from bot.outcomes.queries import View, described, find_outcome_by_id
from bot.outcomes.queries.allowed import check_is_live, check_may_change, owner_trouble
from bot.outcomes.rules.drafts import Draft
from bot.people.model import Person
from bot.people.rules import Viewer
from bot.teams.model import Team
from bot.workspaces.actions import next_number


def log_outcome(tx: Tx, viewer: Viewer, *, draft: Draft, team: Team, owner: Person, now: datetime) -> View:
    """Writes an outcome down and gives it its key.

    Raises FormRefused when that person cannot own it: a bot, somebody deactivated, or somebody outside a private team.
    """
    check_owner(tx, team, owner)
    outcome = Outcome(
        workspace_id=viewer.workspace_id,
        number=next_number(tx, workspace_id=viewer.workspace_id, kind="outcome"),
        team_id=team.id,
        owner_id=owner.id,
        created_at=now,
        created_by=viewer.person_id,
        version=1,
        closing_note="",
        is_achieved=False,
    )
    _fill(outcome, draft)
    tx.add(outcome)
    tx.flush()
    _keep_milestones(tx, outcome, draft.milestones)
    record(tx, viewer, outcome, "created", now=now)
    make_found(tx, outcome)
    ask_afresh(tx, outcome, now=now)
    return find_outcome_by_id(tx, viewer, outcome.id)


def edit_outcome(tx: Tx, viewer: Viewer, before: View, *, draft: Draft, team: Team, now: datetime) -> View:
    """Changes what an outcome says, with a line of history for each field that differs. Answers it as it then stands.

    The caller has compared `before` with what the person had in front of them. Raises NotAllowed with who may,
    Refused when it is closed, FormRefused when its owner cannot be in that team.
    """
    check_may_change(tx, viewer, before, "edit it")
    check_is_live(before)
    _check_unit(before, draft)
    if team.id != before.team.id:
        check_owner(tx, team, before.owner, field="team")
    was = described(tx, before)
    outcome = before.outcome
    outcome.team_id = team.id
    _fill(outcome, draft)
    tx.flush()
    _keep_milestones(tx, outcome, draft.milestones)
    becomes = described(tx, find_outcome_by_id(tx, viewer, outcome.id))
    differing = [name for name in becomes if was[name] != becomes[name]]
    if differing:
        outcome.version += 1
    for name in differing:
        record(tx, viewer, outcome, name, before=was[name], after=becomes[name], now=now)
    make_found(tx, outcome)
    refresh(tx, outcome, now=now)
    ask_afresh(tx, outcome, now=now)
    return find_outcome_by_id(tx, viewer, outcome.id)


def change_owner(tx: Tx, viewer: Viewer, before: View, *, owner: Person, now: datetime) -> View:
    """Gives an outcome to another owner. Raises FormRefused when that person cannot own it.

    Whether it may pass is the handovers room's to decide; this only does it.
    """
    check_is_live(before)
    check_owner(tx, before.team, owner)
    outcome = before.outcome
    outcome.owner_id, outcome.version = owner.id, outcome.version + 1
    record(tx, viewer, outcome, "owner", before=before.owner.name, after=owner.name, now=now)
    refresh(tx, outcome, now=now)
    ask_afresh(tx, outcome, now=now)
    return find_outcome_by_id(tx, viewer, outcome.id)


@dataclass(frozen=True)
class Dismissed:
    """A finding that somebody does not follow, by its id and the words it saw, and why."""

    finding: str
    words: str
    reason: str


def dismiss_findings(
    tx: Tx, viewer: Viewer, outcome: Outcome, dismissed: Sequence[Dismissed], *, now: datetime
) -> None:
    """Keeps which findings of the linter were looked at and not followed; on other words they are found anew."""
    for one in dismissed:
        row = insert(tx, Dismissal).values(
            workspace_id=outcome.workspace_id,
            outcome_id=outcome.id,
            finding=one.finding,
            words=one.words[:300],
            reason=one.reason,
            dismissed_at=now,
            dismissed_by=viewer.person_id,
        )
        tx.execute(row.on_conflict_do_nothing())


def check_owner(tx: Tx, team: Team, owner: Person, *, field: str = "owner") -> None:
    """Raises FormRefused, at `field`, when that person cannot own an outcome of that team."""
    if trouble := owner_trouble(tx, team, owner):
        raise FormRefused({field: f"{owner.name} {trouble}. Choose somebody who can answer for it."})


def _check_unit(before: View, draft: Draft) -> None:
    """What was measured keeps its unit. Days may become hours, which is the same measure written otherwise."""
    was, unit = before.outcome.unit, draft.unit
    is_same = unit == was or (unit.span is not None and was.span is not None)
    if before.results and not is_same:
        raise FormRefused(
            {
                "unit": f"{before.outcome.key} has results in {was.words or 'plain numbers'}, which stay as they are. "
                "Close it as re-scoped and write down a new one to measure in another unit."
            }
        )


def _fill(outcome: Outcome, draft: Draft) -> None:
    outcome.statement, outcome.why, outcome.measure = draft.statement, draft.why, draft.measure
    outcome.unit_text = str(draft.unit)
    outcome.baseline, outcome.target = draft.baseline, draft.target
    outcome.starts_on, outcome.due_on = draft.starts_on, draft.due_on
    outcome.priority_id, outcome.parent_id = draft.priority_id, draft.parent_id


def _keep_milestones(tx: Tx, outcome: Outcome, milestones: Sequence[PathMilestone]) -> None:
    of_this = (Milestone.workspace_id == outcome.workspace_id, Milestone.outcome_id == outcome.id)
    tx.execute(delete(Milestone).where(*of_this))
    tx.add_all(
        Milestone(workspace_id=outcome.workspace_id, outcome_id=outcome.id, due_on=one.on, value=one.value)
        for one in milestones
    )
    tx.flush()
