"""What changes in the outcomes room."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from bot.db.database import Tx
from bot.errors import FormRefused, NotAllowed, Refused
from bot.outcomes.model import Outcome, Result
from bot.outcomes.queries import View, find_outcome_by_id, may_change
from bot.outcomes.rules import NOTE_LIMIT, Draft
from bot.people.actions import plan_afresh
from bot.people.model import Person
from bot.people.rules import Viewer
from bot.teams.model import Channel, Team
from bot.teams.queries import is_member
from bot.workspaces.actions import next_number


def log_outcome(
    tx: Tx, viewer: Viewer, *, draft: Draft, team: Team, owner: Person, starts_on: date, now: datetime
) -> View:
    """Writes an outcome down and gives it its key.

    Raises FormRefused when that person cannot own it: a bot, somebody deactivated, or somebody outside a private team.
    """
    _check_owner(tx, team, owner)
    outcome = Outcome(
        workspace_id=viewer.workspace_id,
        number=next_number(tx, workspace_id=viewer.workspace_id, kind="outcome"),
        team_id=team.id,
        owner_id=owner.id,
        statement=draft.statement,
        why=draft.why,
        measure=draft.measure,
        unit_text=str(draft.unit),
        baseline=draft.baseline,
        target=draft.target,
        starts_on=starts_on,
        due_on=draft.due_on,
        created_at=now,
        created_by=viewer.person_id,
    )
    tx.add(outcome)
    tx.flush()
    plan_afresh(_kept(tx, owner), now=now)
    return find_outcome_by_id(tx, viewer, outcome.id)


@dataclass(frozen=True)
class Measured:
    """A result as a person gave it."""

    value: Decimal
    note: str = ""
    confidence: int | None = None
    source: str = "command"


def log_result(
    tx: Tx, viewer: Viewer, view: View, measured: Measured, *, now: datetime, replaces: Result | None = None
) -> Result:
    """Adds a result; with `replaces`, as the correction of an earlier one, at that one's time.

    Raises NotAllowed with who may, Refused for a note that is too long or a result that was corrected already.
    """
    check_may_log(tx, viewer, view)
    if len(measured.note) > NOTE_LIMIT:
        raise Refused(f"The note is {len(measured.note):,} characters; please stay within {NOTE_LIMIT:,}.")
    if replaces is not None and replaces.id not in {result.id for result in view.results}:
        raise Refused("That answer was corrected in the meantime. Open it again to see what it says now.")
    result = Result(
        workspace_id=viewer.workspace_id,
        outcome_id=view.outcome.id,
        value=measured.value,
        measured_at=replaces.measured_at if replaces else now,
        recorded_at=now,
        author_id=viewer.person_id,
        note=measured.note,
        confidence=measured.confidence,
        source=measured.source,
        replaces_id=replaces.id if replaces else None,
    )
    tx.add(result)
    tx.flush()
    return result


def check_may_log(tx: Tx, viewer: Viewer, view: View) -> None:
    """Raises NotAllowed, saying who may, unless the viewer may log results of this outcome."""
    if not may_change(tx, viewer, view):
        raise NotAllowed(
            f"{view.outcome.key} is {view.owner.name}'s. "
            f"They, the lead of {view.team.name} or an admin can log its results."
        )


def _check_owner(tx: Tx, team: Team, owner: Person) -> None:
    if owner.is_bot:
        raise FormRefused({"owner": f"{owner.name} is a bot. Choose the one person who will answer for this."})
    if not owner.is_active:
        raise FormRefused({"owner": f"{owner.name} is deactivated. Choose somebody who is still here."})
    channel = tx.get(Channel, (team.workspace_id, team.channel_id))
    hidden = owner.is_guest or (channel is not None and channel.is_private)
    if hidden and not is_member(tx, team.workspace_id, team.channel_id, owner.id):
        raise FormRefused({"owner": f"{owner.name} is not in the channel of {team.name} and could not see this."})


def _kept(tx: Tx, person: Person) -> Person:
    """The person's row in this transaction."""
    kept = tx.get(Person, (person.workspace_id, person.id))
    if kept is None:
        raise Refused("Rhythm does not know the owner yet. Please try again.")
    return kept
