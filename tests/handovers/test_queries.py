"""Who sees an offer: whoever sees its outcome."""

import pytest

from bot.errors import NotFound
from bot.handovers.actions.offering import offer_outcome
from bot.handovers.queries import find_offer, offers_to, open_offer, times_handed_over
from bot.outcomes.actions.closing import Closing, close_outcome
from bot.outcomes.queries import View, find_outcome_by_id
from bot.outcomes.rules import Ending
from bot.teams.actions import Membership, note_joined, note_left
from tests.workspaces.firm import Firm, profile


@pytest.fixture
def hidden(firm: Firm) -> View:
    """An outcome in a private channel that Max has just been handed, and Lea is offered."""
    firm.channel("C2", ["UOLGA", "ULEAD", "UMAX"], is_private=True)
    view = firm.outcome(firm.team("C2"), "UOLGA")
    with firm.db.begin() as tx:
        for by, to in (("ULEAD", "ULEAD"), ("ULEAD", "UMAX")):
            offer_outcome(tx, firm.viewer(by), view.outcome.id, to=firm.people[to], note="", now=firm.now)
    return view


@pytest.mark.parametrize(("who", "sees"), [("UOLGA", True), ("ULEAD", True), ("UMAX", True), ("UANN", False)])
def test_an_offer_is_as_private_as_its_outcome(firm: Firm, hidden: View, who: str, sees: bool) -> None:
    viewer, outcome_id = firm.viewer(who), hidden.outcome.id
    with firm.db.read() as tx:
        assert (open_offer(tx, viewer, outcome_id) is not None) is sees
        if sees:
            assert find_offer(tx, viewer, 2).to.id == "UMAX"
        else:
            with pytest.raises(NotFound):
                find_offer(tx, viewer, 2)


def test_a_namesake_in_another_workspace_sees_nothing(firm: Firm, hidden: View) -> None:
    other = Firm(firm.db, firm.clock, "T2").open()
    other.meet(profile("UMAX"))
    with firm.db.read() as tx:
        assert open_offer(tx, other.viewer("UMAX"), hidden.outcome.id) is None
        assert offers_to(tx, other.viewer("UMAX")) == []
        assert times_handed_over(tx, other.viewer("UMAX"), [hidden.outcome.id]) == {}


def test_what_waits_for_somebody_is_theirs_alone_and_only_while_they_see_it(firm: Firm, hidden: View) -> None:
    def waiting(who: str) -> list[int]:
        with firm.db.read() as tx:
            return [offer.handover.id for offer in offers_to(tx, firm.viewer(who))]

    assert [waiting("UMAX"), waiting("ULEAD")] == [[2], []]
    with firm.db.begin() as tx:
        note_left(tx, Membership("T1", "C2", "UMAX", False))
    assert waiting("UMAX") == []
    with firm.db.begin() as tx:
        note_joined(tx, Membership("T1", "C2", "UMAX", False))
    assert waiting("UMAX") == [2]


def test_a_closed_outcome_waits_for_nobody(firm: Firm, hidden: View) -> None:
    with firm.db.begin() as tx:
        lead = firm.viewer("ULEAD")
        close_outcome(tx, lead, find_outcome_by_id(tx, lead, hidden.outcome.id), Closing(Ending.MISSED), now=firm.now)
    with firm.db.read() as tx:
        assert offers_to(tx, firm.viewer("UMAX")) == []
        assert open_offer(tx, firm.viewer("UMAX"), hidden.outcome.id) is None
