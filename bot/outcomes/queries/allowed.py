"""Reading who may change an outcome, and whom it can be given to."""

from bot.db.database import Tx
from bot.errors import NotAllowed, Refused
from bot.outcomes.queries import Brief
from bot.people.model import Person
from bot.people.rules import Viewer
from bot.teams.model import Channel, Team
from bot.teams.queries import is_member


def owner_trouble(tx: Tx, team: Team, owner: Person) -> str:
    """Why somebody cannot own an outcome of a team, as in `is a bot`; empty when they can."""
    if owner.is_bot:
        return "is a bot"
    if not owner.is_active:
        return "is deactivated"
    channel = tx.get(Channel, (team.workspace_id, team.channel_id))
    hidden = owner.is_guest or (channel is not None and channel.is_private)
    if hidden and not is_member(tx, team.workspace_id, team.channel_id, owner.id):
        return f"is not in the channel of {team.name} and could not see this"
    return ""


def may_change(tx: Tx, viewer: Viewer, view: Brief) -> bool:
    """Whether the viewer may log results, edit and close: the owner, the team's lead and the admins may."""
    if viewer.person_id in (view.outcome.owner_id, view.team.lead_id):
        return True
    person = tx.get(Person, (viewer.workspace_id, viewer.person_id))
    return person is not None and person.is_admin


def check_may_change(tx: Tx, viewer: Viewer, view: Brief, doing: str) -> None:
    """Raises NotAllowed, saying who may, unless the viewer may change this outcome. `doing`: `log its results`."""
    if not may_change(tx, viewer, view):
        raise NotAllowed(
            f"{view.outcome.key} is {view.owner.name}'s. They, the lead of {view.team.name} or an admin can {doing}."
        )


def check_is_live(view: Brief) -> None:
    """Raises Refused when the outcome is closed."""
    if view.outcome.closed_at is not None:
        raise Refused(f"{view.outcome.key} is closed. /outcome reopen {view.outcome.key} makes it live again.")
