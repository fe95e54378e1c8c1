"""The one visibility rule, asked of every query that has a viewer: a matrix of places and people."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

import pytest

from bot.checkins.queries import find_check_in, item_of, open_check_in
from bot.db.database import Database, Tx
from bot.errors import NotFound
from bot.outcomes.queries import find_outcome, find_outcome_by_id, list_outcomes, outcomes_owned_by
from bot.people.rules import Viewer
from bot.teams.actions import Membership, note_left
from bot.teams.queries import find_team, team_in_channel, visible_teams
from tests.workspaces.firm import Firm, profile

PLACES = {"public": False, "private": True}


@dataclass(frozen=True)
class There:
    """An outcome of a team that is there, in one place."""

    team_id: int
    channel_id: str
    outcome_id: int
    number: int
    owner_id: str


Sees = Callable[[Tx, Viewer, There], bool]


def found(ask: Callable[[], object]) -> bool:
    try:
        return ask() is not None
    except NotFound:
        return False


def listed(tx: Tx, who: Viewer, it: There, **narrowed: object) -> bool:
    page = list_outcomes(tx, who, today=date(2026, 3, 2), **narrowed)  # type: ignore[arg-type]
    assert page.total == len(page.views)
    return it.outcome_id in {view.outcome.id for view in page.views}


QUERIES: dict[str, Sees] = {
    "find_team": lambda tx, who, it: find_team(tx, who, it.team_id) is not None,
    "team_in_channel": lambda tx, who, it: team_in_channel(tx, who, it.channel_id) is not None,
    "visible_teams": lambda tx, who, it: it.team_id in {team.id for team in visible_teams(tx, who)},
    "find_outcome": lambda tx, who, it: found(lambda: find_outcome(tx, who, it.number)),
    "find_outcome_by_id": lambda tx, who, it: found(lambda: find_outcome_by_id(tx, who, it.outcome_id)),
    "list all": listed,
    "list of the owner": lambda tx, who, it: listed(tx, who, it, owner_id=it.owner_id),
    "list of the team": lambda tx, who, it: listed(tx, who, it, team_ids=[it.team_id]),
}


@dataclass(frozen=True)
class Case:
    """Somebody, and what they may see of a public and of a private team."""

    person_id: str
    workspace_id: str
    public: bool
    private: bool


CASES = {
    "a member": Case("UOLGA", "T1", True, True),
    "somebody else": Case("UMAX", "T1", True, False),
    "an admin outside": Case("UANN", "T1", True, False),
    "somebody who left": Case("ULEFT", "T1", True, False),
    "a guest in the channel": Case("UGUEST", "T1", True, True),
    "a guest outside": Case("UOTHERGUEST", "T1", False, False),
    "somebody Rhythm never met": Case("USTRANGER", "T1", False, False),
    "a member's namesake in another workspace": Case("UOLGA", "T2", False, False),
}


@pytest.fixture
def there(firm: Firm) -> dict[str, There]:
    """A public and a private team with an outcome each; another workspace has the same ids."""
    firm.meet(profile("UGUEST", is_guest=True))
    firm.meet(profile("UOTHERGUEST", is_guest=True))
    firm.meet(profile("ULEFT"))
    other = Firm(firm.db, firm.clock, "T2").open()
    other.meet(profile("UOLGA"))
    return {place: _made(firm, other, place, private) for place, private in PLACES.items()}


def _made(firm: Firm, other: Firm, place: str, private: bool) -> There:
    channel_id = f"C{place.upper()}"
    firm.channel(channel_id, ["UOLGA", "UGUEST", "ULEFT"], is_private=private)
    team = firm.team(channel_id, lead="UOLGA")
    view = firm.outcome(team, "UOLGA")
    with firm.db.begin() as tx:
        note_left(tx, Membership("T1", channel_id, "ULEFT", False))
    # The namesake is in a channel of the same id: membership alone must not open another workspace's door.
    other.channel(channel_id, ["UOLGA"], is_private=private)
    return There(team.id, channel_id, view.outcome.id, view.outcome.number, "UOLGA")


def test_every_query_shows_each_person_exactly_what_they_may_see(database: Database, there: dict[str, There]) -> None:
    wrong = []
    with database.read() as tx:
        for who, case in CASES.items():
            for place, it in there.items():
                for name, sees in QUERIES.items():
                    may = getattr(case, place)
                    if sees(tx, Viewer(case.workspace_id, case.person_id), it) is not may:
                        wrong.append(f"{name}: {who} should {'' if may else 'not '}see the {place} one")
    assert wrong == []


def test_what_is_hidden_and_what_is_not_there_read_alike(firm: Firm, there: dict[str, There]) -> None:
    said = []
    with firm.db.read() as tx:
        for number in (there["private"].number, 99):
            with pytest.raises(NotFound) as refused:
                find_outcome(tx, firm.viewer("UMAX"), number)
            said.append(refused.value.sentence.replace(str(number), "N"))
    assert said[0] == said[1]


def test_a_list_counts_only_what_it_may_show(firm: Firm, there: dict[str, There]) -> None:
    with firm.db.read() as tx:
        assert [
            list_outcomes(tx, firm.viewer(who), today=firm.now.date()).total for who in ("UOLGA", "UMAX", "UOTHERGUEST")
        ] == [2, 1, 0]


def test_a_check_in_is_its_owners_alone(firm: Firm, there: dict[str, There]) -> None:
    firm.live(firm.now + timedelta(hours=2))
    with firm.db.read() as tx:
        asked = open_check_in(tx, firm.viewer("UOLGA"), now=firm.now)
        assert asked is not None
        assert len(asked.items) == 2
        for who in ("UMAX", "UANN", "UGUEST"):
            assert open_check_in(tx, firm.viewer(who), now=firm.now) is None
            with pytest.raises(NotFound):
                find_check_in(tx, firm.viewer(who), asked.checkin.id)
        with pytest.raises(NotFound):
            find_check_in(tx, Viewer("T2", "UOLGA"), asked.checkin.id)


def test_an_owner_who_left_the_private_channel_is_shown_the_public_outcome_alone(
    firm: Firm, there: dict[str, There]
) -> None:
    firm.live(firm.now + timedelta(hours=2))
    with firm.db.begin() as tx:
        note_left(tx, Membership("T1", there["private"].channel_id, "UOLGA", False))
    with firm.db.read() as tx:
        owner = firm.viewer("UOLGA")
        assert [view.outcome.id for view in outcomes_owned_by(tx, owner)] == [there["public"].outcome_id]
        asked = open_check_in(tx, owner, now=firm.now)
        assert asked is not None
        assert [item.outcome_id for item, _ in asked.items] == [there["public"].outcome_id]
        with pytest.raises(NotFound, match="not in this check-in"):
            item_of(asked, there["private"].outcome_id)
