"""A team's tokens: created, revoked, used."""

import secrets
from datetime import datetime, timedelta

from sqlalchemy import select

from bot.db.database import Tx
from bot.errors import FormRefused
from bot.people.rules import Viewer
from bot.sources.model import Token
from bot.sources.queries import check_may_change_tokens, find_token, tokens_of
from bot.sources.rules.tokens import MOST_TOKENS, NAME_LIMIT, after_request, hash_of, token_of, wait_of
from bot.teams.model import Team


def create_token(tx: Tx, viewer: Viewer, team: Team, name: str, *, now: datetime) -> str:
    """Lets one more program log results for a team. Answers the token, which nothing can show again.

    Raises NotAllowed with who may, FormRefused for a name that is missing or too long, or when there are too many.
    """
    check_may_change_tokens(tx, viewer, team)
    if not name or len(name) > NAME_LIMIT:
        raise FormRefused({"name": f"Say in at most {NAME_LIMIT} characters what will use it."})
    if len(tokens_of(tx, viewer, team.id)) >= MOST_TOKENS:
        raise FormRefused({"name": f"{team.name} has {MOST_TOKENS} tokens, which is the most. Revoke one first."})
    token = token_of(secrets.token_urlsafe(32))
    tx.add(
        Token(
            workspace_id=team.workspace_id,
            team_id=team.id,
            name=name,
            secret_hash=hash_of(token),
            ending=token[-4:],
            created_at=now,
            created_by=viewer.person_id,
            next_request_at=now,
        )
    )
    tx.flush()
    return token


def revoke_token(tx: Tx, viewer: Viewer, token_id: int, *, now: datetime) -> Token:
    """Ends what a token lets do, from now on. Raises NotFound, or NotAllowed with who may."""
    token, team = find_token(tx, viewer, token_id)
    check_may_change_tokens(tx, viewer, team)
    token.revoked_at = now
    tx.flush()
    return token


def let_through(tx: Tx, token_id: int, *, now: datetime) -> timedelta:
    """Counts one request with a token. Answers how long it has to wait instead, or no time when it may go on.

    The count is the token's row, so that replicas share it; what the request comes to does not change it.
    """
    row = select(Token).where(Token.id == token_id).with_for_update().execution_options(populate_existing=True)
    token = tx.scalars(row).one()
    wait = wait_of(token.next_request_at, now)
    if not wait:
        token.next_request_at, token.last_used_at = after_request(token.next_request_at, now), now
        tx.flush()
    return wait
