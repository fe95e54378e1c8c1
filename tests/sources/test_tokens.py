"""A team's tokens, on both databases."""

import pytest

from bot.errors import FormRefused, NotAllowed, NotFound
from bot.sources.actions.tokens import revoke_token
from bot.sources.model import Token
from bot.sources.queries import tokens_of
from bot.sources.rules.tokens import MOST_TOKENS, NAME_LIMIT, hash_of
from tests.sources.conftest import Growth


def names(growth: Growth, person_id: str) -> list[str]:
    """The tokens that somebody sees."""
    with growth.firm.db.read() as tx:
        return [held.token.name for held in tokens_of(tx, growth.firm.viewer(person_id), growth.team.id)]


def revoke(growth: Growth, person_id: str, token_id: int = 1) -> None:
    with growth.firm.db.begin() as tx:
        revoke_token(tx, growth.firm.viewer(person_id), token_id, now=growth.firm.now)


def test_the_lead_and_admins_create_and_revoke_tokens(growth: Growth) -> None:
    growth.token("ULEAD", "Warehouse")
    growth.token("UANN", "Billing")
    assert names(growth, "UMAX") == ["Warehouse", "Billing"]
    revoke(growth, "ULEAD", 2)
    assert names(growth, "UMAX") == ["Warehouse"]


def test_only_a_hash_and_the_ending_are_kept(growth: Growth) -> None:
    token = growth.token()
    assert len(token) == len("rhythm_") + 43
    with growth.firm.db.read() as tx:
        row = tx.get_one(Token, 1)
    assert (row.secret_hash, row.ending) == (hash_of(token), token[-4:])


def test_no_two_tokens_are_the_same(growth: Growth) -> None:
    assert len({growth.token() for _ in range(5)}) == 5


@pytest.mark.parametrize("person_id", ["UOLGA", "UMAX"])
def test_others_are_told_who_may(growth: Growth, person_id: str) -> None:
    growth.token()
    with pytest.raises(NotAllowed, match="Lea leads Team C1 and can create and revoke its tokens; so can an admin"):
        growth.token(person_id)
    with pytest.raises(NotAllowed, match="Lea leads Team C1"):
        revoke(growth, person_id)


@pytest.mark.parametrize("name", ["", "x" * (NAME_LIMIT + 1)])
def test_a_token_needs_a_short_name(growth: Growth, name: str) -> None:
    with pytest.raises(FormRefused, match="what will use it"):
        growth.token(name=name)


def test_a_team_has_so_many_tokens_and_no_more(growth: Growth) -> None:
    for _ in range(MOST_TOKENS):
        growth.token()
    with pytest.raises(FormRefused, match="Revoke one first"):
        growth.token()
    revoke(growth, "ULEAD")
    growth.token()


def test_a_revoked_token_cannot_be_revoked_again(growth: Growth) -> None:
    growth.token()
    revoke(growth, "ULEAD")
    with pytest.raises(NotFound):
        revoke(growth, "ULEAD")


def test_a_private_teams_tokens_are_its_members_alone(growth: Growth) -> None:
    firm = growth.firm
    growth.token()
    firm.channel("C1", ["UOLGA", "ULEAD"], is_private=True)
    assert names(growth, "UMAX") == names(growth, "UANN") == []
    assert names(growth, "UOLGA") == ["Warehouse"]
    with pytest.raises(NotFound):
        revoke(growth, "UANN")
