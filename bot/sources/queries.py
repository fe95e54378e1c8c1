"""Reading what sources need: a team's tokens, and the outcomes that a file or a program names."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Any

from sqlalchemy import and_, select

from bot.db.database import Tx
from bot.errors import NotAllowed, NotFound
from bot.outcomes.model import Outcome, Result
from bot.outcomes.queries import Brief, View, milestones_of, outcomes_in, results_of
from bot.people.model import Person
from bot.people.queries import find_person
from bot.people.rules import Viewer
from bot.sources.model import Token
from bot.teams.model import Team
from bot.teams.queries import is_visible_to
from bot.workspaces.model import Workspace

_AT_ONCE = 500
"""How many keys one statement asks for."""


@dataclass(frozen=True)
class Held:
    """A token that a team holds, with who created it."""

    token: Token
    creator: Person


def tokens_of(tx: Tx, viewer: Viewer, team_id: int) -> list[Held]:
    """A team's tokens that are not revoked, the oldest first; none when the viewer may not see the team."""
    held = (
        select(Token, Person)
        .join(Team, and_(Team.workspace_id == Token.workspace_id, Team.id == Token.team_id))
        .join(Person, and_(Person.workspace_id == Token.workspace_id, Person.id == Token.created_by))
        .where(is_visible_to(viewer), Token.team_id == team_id, Token.revoked_at.is_(None))
        .order_by(Token.id)
    )
    return [Held(token, creator) for token, creator in tx.execute(held)]


def find_token(tx: Tx, viewer: Viewer, token_id: int) -> tuple[Token, Team]:
    """A token that is not revoked, with its team. Raises NotFound when there is none that the viewer may see."""
    found = tx.execute(
        select(Token, Team)
        .join(Team, and_(Team.workspace_id == Token.workspace_id, Team.id == Token.team_id))
        .where(is_visible_to(viewer), Token.id == token_id, Token.revoked_at.is_(None))
    ).one_or_none()
    if found is None:
        raise NotFound("That token is not there any more. /rhythm settings shows the ones there are.")
    return found[0], found[1]


def may_change_tokens(tx: Tx, viewer: Viewer, team: Team) -> bool:
    """Whether the viewer may create and revoke a team's tokens: its lead and the admins may."""
    person = find_person(tx, viewer, viewer.person_id)
    return team.lead_id == viewer.person_id or (person is not None and person.is_admin)


def check_may_change_tokens(tx: Tx, viewer: Viewer, team: Team) -> None:
    """Raises NotAllowed, saying who may, unless the viewer may create and revoke a team's tokens."""
    if not may_change_tokens(tx, viewer, team):
        lead = tx.get_one(Person, (team.workspace_id, team.lead_id))
        raise NotAllowed(f"{lead.name} leads {team.name} and can create and revoke its tokens; so can an admin.")


def token_by_hash(tx: Tx, secret_hash: str) -> Token | None:
    """The token that hashes so, unless it is revoked: how a program says who it is."""
    return tx.scalars(select(Token).where(Token.secret_hash == secret_hash, Token.revoked_at.is_(None))).one_or_none()


def outcome_for(tx: Tx, token: Token, number: int) -> View:
    """The outcome by that number, held until this transaction ends so that results come one after the other.

    Raises NotFound for one of another team just as for one that is not there.
    """
    whose = Viewer(token.workspace_id, token.created_by)
    chosen = outcomes_in(whose).where(Outcome.team_id == token.team_id, Outcome.number == number)
    found = tx.execute(chosen.with_for_update(key_share=True, of=Outcome)).one_or_none()
    if found is None:
        raise NotFound(f"This token's team has no OUT-{number}.")
    outcome, team, owner = found
    results, milestones = results_of(tx, [outcome.id]), milestones_of(tx, [outcome.id])
    return View(outcome, team, owner, tuple(results[outcome.id]), milestones.get(outcome.id, ()))


def author_for(tx: Tx, token: Token, view: View) -> Viewer:
    """Who a program's result is by: the token's creator; once they have left, the team's lead, or else the owner."""
    for person_id in (token.created_by, view.team.lead_id):
        person = tx.get(Person, (token.workspace_id, person_id))
        if person is not None and person.is_active:
            return Viewer(token.workspace_id, person.id)
    return Viewer(token.workspace_id, view.outcome.owner_id)


def workspaces(tx: Tx) -> list[Workspace]:
    """Every workspace there is: for whoever runs Rhythm."""
    return list(tx.scalars(select(Workspace).order_by(Workspace.id)))


def outcomes_numbered(tx: Tx, workspace_id: str, numbers: Collection[int]) -> dict[int, Brief]:
    """Those outcomes of a workspace: for whoever runs Rhythm, never for somebody's eyes."""
    found: dict[int, Brief] = {}
    for some in _portions(sorted(numbers)):
        chosen = outcomes_in(Viewer(workspace_id, "")).where(Outcome.number.in_(some))
        found |= {outcome.number: Brief(outcome, team, owner) for outcome, team, owner in tx.execute(chosen)}
    return found


def keys_there(tx: Tx, workspace_id: str, keys: Collection[str]) -> set[str]:
    """Those of the idempotency keys under which a result was logged before."""
    found: set[str] = set()
    for some in _portions(sorted(keys)):
        known = Result.workspace_id == workspace_id, Result.idempotency_key.in_(some)
        found.update(key for key in tx.scalars(select(Result.idempotency_key).where(*known)) if key)
    return found


def _portions(items: list[Any]) -> Iterator[list[Any]]:
    return (items[start : start + _AT_ONCE] for start in range(0, len(items), _AT_ONCE))
