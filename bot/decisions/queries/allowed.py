"""Who may do what with a decision, and when; each check says so in the words of whoever asks."""

from bot.db.database import Tx
from bot.decisions.queries import DecisionBrief
from bot.decisions.rules import DecisionState
from bot.errors import NotAllowed, Refused
from bot.people.model import Person
from bot.people.rules import Viewer


def may_decide(viewer: Viewer, brief: DecisionBrief) -> bool:
    """Whether the viewer may choose, and change what was chosen: the decider and the team's lead may."""
    return viewer.person_id in (brief.decision.decider_id, brief.team.lead_id)


def may_change(tx: Tx, viewer: Viewer, brief: DecisionBrief) -> bool:
    """Whether the viewer may edit, reopen and withdraw: whoever opened it and the admins may, too."""
    if may_decide(viewer, brief) or viewer.person_id == brief.decision.created_by:
        return True
    person = tx.get(Person, (viewer.workspace_id, viewer.person_id))
    return person is not None and person.is_admin


def check_may_decide(viewer: Viewer, brief: DecisionBrief, doing: str = "decide it") -> None:
    """Raises NotAllowed, saying who may, unless the viewer may decide. `doing`: `decide it`."""
    if not may_decide(viewer, brief):
        key = brief.decision.key
        whose = f"{key} is {brief.decider.name}'s to decide. They" if brief.decider else f"Nobody decides {key} yet. "
        rest = (
            f" or the lead of {brief.team.name} can {doing}."
            if brief.decider
            else (f"The lead of {brief.team.name} can {doing}, or name somebody with /decision edit {key}.")
        )
        raise NotAllowed(f"{whose}{rest}")


def check_may_change(tx: Tx, viewer: Viewer, brief: DecisionBrief, doing: str) -> None:
    """Raises NotAllowed, saying who may, unless the viewer may change it. `doing`: `edit it`."""
    if not may_change(tx, viewer, brief):
        decider = f"{brief.decider.name}, who decides it, " if brief.decider else ""
        raise NotAllowed(
            f"Whoever opened {brief.decision.key}, {decider}the lead of {brief.team.name} or an admin can {doing}."
        )


def check_is_open(brief: DecisionBrief) -> None:
    """Raises Refused, saying what became of it, unless it waits for a choice."""
    key = brief.decision.key
    if brief.state == DecisionState.DECIDED:
        raise Refused(f"{key} is decided. /decision reopen {key} opens it again; /decision decide {key} changes it.")
    _check_has_not_ended(brief)


def check_is_decided(brief: DecisionBrief) -> None:
    """Raises Refused, saying where it stands, unless its choice stands."""
    if brief.is_open:
        key = brief.decision.key
        raise Refused(f"{key} is not decided yet. /decision decide {key} does that.")
    _check_has_not_ended(brief)


def check_can_choose(brief: DecisionBrief) -> None:
    """Raises Refused unless it is open, or its choice stands and can be changed."""
    _check_has_not_ended(brief)


def _check_has_not_ended(brief: DecisionBrief) -> None:
    if brief.state == DecisionState.SUPERSEDED:
        raise Refused(f"Another decision took the place of {brief.decision.key}. /decision show says which.")
    if brief.state == DecisionState.WITHDRAWN:
        raise Refused(f"{brief.decision.key} was withdrawn. /decision need asks a new question.")
