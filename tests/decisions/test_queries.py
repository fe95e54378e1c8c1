"""Lists and search show what is asked for, in the order in which it needs somebody, to those who may see it."""

from datetime import date, timedelta

import pytest

from bot.decisions.actions.places import set_place
from bot.decisions.actions.telling import announced_in
from bot.decisions.queries.history import history_of
from bot.decisions.queries.lists import PAGE_SIZE, list_decisions, search_decisions
from bot.decisions.queries.waiting import waits_named, waits_to_choose
from bot.decisions.rules.drafts import Choice, Question
from bot.decisions.rules.lists import Filter
from bot.decisions.rules.options import Option
from bot.errors import NotAllowed, Refused
from bot.people.rules import Viewer
from bot.search.rules import terms
from bot.teams.model import Team
from tests.decisions.deciding import around, decided, edited, logged, opened, owed, reopened, withdrawn
from tests.workspaces.firm import Firm, profile


@pytest.fixture
def team(firm: Firm) -> Team:
    firm.channel(members=["UOLGA"])
    return firm.team()


def listed(firm: Firm, narrowed: Filter, who: str = "UMAX", **whose: object) -> list[int]:
    with firm.db.read() as tx:
        page = list_decisions(
            tx,
            firm.viewer(who),
            today=firm.now.date(),
            narrowed=narrowed,
            **whose,  # type: ignore[arg-type]
        )
        return [one.decision.number for one in page.decisions]


def found(firm: Firm, query: str, viewer: Viewer) -> list[int]:
    with firm.db.read() as tx:
        return [one.decision.number for one in search_decisions(tx, viewer, terms(query)).decisions]


def test_what_needs_somebody_soonest_comes_first(firm: Firm, team: Team) -> None:
    opened(firm, team)
    opened(firm, team, needed_by_on=date(2026, 3, 20))
    opened(firm, team, needed_by_on=date(2026, 3, 3))
    logged(firm, team, choice=Choice("Later", "x", review_on=date(2026, 5, 1)))
    logged(firm, team, choice=Choice("Sooner", "x", review_on=date(2026, 3, 10)))
    logged(firm, team, choice=Choice("Never", "x"))
    withdrawn(firm, 1)
    firm.clock.advance(timedelta(days=3))
    assert listed(firm, Filter.OPEN) == [3, 2]
    assert listed(firm, Filter.OVERDUE) == [3]
    assert listed(firm, Filter.REVIEW) == [5, 4]
    assert listed(firm, Filter.WAITING) == [3, 5, 2, 4]
    assert listed(firm, Filter.ALL) == [6, 5, 4, 3, 2, 1]


def test_a_list_is_narrowed_to_a_decider_or_a_team(firm: Firm, team: Team) -> None:
    firm.channel("C2")
    other = firm.team("C2")
    opened(firm, team)
    opened(firm, other, decider="UANN")
    opened(firm, other)
    assert listed(firm, Filter.WAITING, decider_id="UOLGA") == [1, 3]
    assert listed(firm, Filter.OPEN, team_ids=[other.id]) == [2, 3]


def test_a_list_comes_in_pages(firm: Firm, team: Team) -> None:
    for _ in range(PAGE_SIZE + 2):
        opened(firm, team, "UOLGA")
    assert len(listed(firm, Filter.OPEN)) == PAGE_SIZE
    assert listed(firm, Filter.OPEN, offset=PAGE_SIZE) == [PAGE_SIZE + 1, PAGE_SIZE + 2]


def test_it_is_found_by_its_question_its_options_and_every_choice_it_had(firm: Firm, team: Team) -> None:
    asked = Question("Do we raise prices?", "Because of the hosting bill", (Option("Lower them", "goodwill", "ruin"),))
    opened(firm, team, question=asked)
    decided(firm, 1, choice=Choice("Freeze everything", "Inflation"))
    decided(firm, 1, choice=Choice("Thaw", "Spring", reason="warm"))
    me = firm.viewer("UMAX")
    for query in ("raise price", "DEC-1", "hosting", "goodwill", "ruin", "freeze", "inflation", "thaw", "prices lower"):
        assert found(firm, query, me) == [1], query
    assert found(firm, "discount", me) == []


def test_what_an_edit_says_is_found_and_what_it_does_not_say_any_more_is_not(firm: Firm, team: Team) -> None:
    opened(firm, team)
    edited(firm, 1, "UMAX", Question("Do we sell abroad?"), team, around(firm))
    me = firm.viewer("UMAX")
    assert (found(firm, "abroad", me), found(firm, "prices", me)) == ([1], [])


def test_lists_search_and_history_keep_what_is_private(firm: Firm) -> None:
    firm.meet(profile("UGUEST", is_guest=True))
    firm.channel("C2", ["ULEAD", "UOLGA"], is_private=True)
    view = opened(firm, firm.team("C2"), "UOLGA", question="Do we close the secret plant?")
    other = Firm(firm.db, firm.clock, "T2").open()
    other.meet(profile("UOLGA"))
    for viewer in (*(firm.viewer(one) for one in ("UANN", "UMAX", "UGUEST")), other.viewer("UOLGA")):
        with firm.db.read() as tx:
            page = list_decisions(tx, viewer, today=firm.now.date(), narrowed=Filter.ALL)
            assert (page.decisions, page.total) == ([], 0)
            assert history_of(tx, viewer, view.decision.id, limit=9) == []
        assert found(firm, "secret", viewer) == []
    assert listed(firm, Filter.ALL, "ULEAD") == found(firm, "secret", firm.viewer("ULEAD")) == [1]


def test_only_live_outcomes_one_sees_can_be_said_to_wait(firm: Firm, team: Team) -> None:
    firm.channel("C2", ["ULEAD", "UOLGA"], is_private=True)
    hidden, shown = firm.outcome(firm.team("C2"), "UOLGA"), firm.outcome(team, "UOLGA")
    with firm.db.read() as tx:
        offered = [one.value for one in waits_to_choose(tx, firm.viewer("UMAX"), channel_id="C1")]
        forged = [f"o{hidden.outcome.id}", f"o{shown.outcome.id}", "a999", "x1", "o", "o1; drop", "o" + "9" * 40]
        assert offered == [f"o{shown.outcome.id}"]
        assert [one.value for one in waits_named(tx, firm.viewer("UMAX"), forged)] == offered


def test_the_lead_chooses_where_decisions_are_announced(firm: Firm, team: Team) -> None:
    firm.channel("CNEWS")
    place(firm, team, "CNEWS")
    assert owed(firm)[f"team:{team.id}:decisions:2026-03-02T08:00:00"][0] == "C1"
    logged(firm, firm_team(firm, team))
    assert [spot for key, (spot, _) in owed(firm).items() if key.endswith(":v1")] == ["CNEWS"]
    place(firm, team, None)
    logged(firm, firm_team(firm, team))
    assert [key for key in owed(firm) if key.endswith(":v1")] == ["decision:D1:v1"]
    with pytest.raises(NotAllowed, match="Lea leads"):
        place(firm, team, "C1", by="UMAX")


def test_decisions_are_announced_only_where_everybody_may_see_them(firm: Firm, team: Team) -> None:
    firm.meet(profile("UGUEST", is_guest=True))
    firm.channel("CGUEST", ["UGUEST"])
    firm.channel("CAWAY", has_bot=False)
    firm.channel("COLD", is_archived=True)
    firm.channel("CNEWS")
    for channel_id, why in (("CGUEST", "guests"), ("CAWAY", "is not in"), ("COLD", "archived"), ("CWHAT", "is not in")):
        with pytest.raises(Refused, match=why):
            place(firm, team, channel_id)
    firm.channel("C2", ["ULEAD"], is_private=True)
    with pytest.raises(Refused, match="private to its own channel"):
        place(firm, firm.team("C2"), "CNEWS")


def test_a_place_that_is_not_safe_any_more_falls_back_to_the_teams_own(firm: Firm, team: Team) -> None:
    firm.channel("CNEWS")
    place(firm, team, "CNEWS")
    firm.meet(profile("UGUEST", is_guest=True))
    firm.channel("CNEWS", ["UGUEST"])
    with firm.db.read() as tx:
        assert announced_in(tx, firm_team(firm, team)) == "C1"
    firm.channel("CNEWS")
    firm.channel("C1", ["UOLGA"], is_private=True)
    with firm.db.read() as tx:
        assert announced_in(tx, firm_team(firm, team)) == "C1"


def test_a_reopened_one_is_listed_by_its_new_day(firm: Firm, team: Team) -> None:
    opened(firm, team, needed_by_on=date(2026, 3, 3))
    decided(firm, 1)
    assert listed(firm, Filter.OPEN) == []
    reopened(firm, 1, evidence="new", needed_by_on=date(2026, 4, 1))
    firm.clock.advance(timedelta(days=9))
    assert (listed(firm, Filter.OPEN), listed(firm, Filter.OVERDUE)) == ([1], [])


def place(firm: Firm, team: Team, channel_id: str | None, by: str = "ULEAD") -> None:
    with firm.db.begin() as tx:
        set_place(tx, firm.viewer(by), tx.get_one(Team, team.id), channel_id, now=firm.now)


def firm_team(firm: Firm, team: Team) -> Team:
    """The team as it is now."""
    with firm.db.read() as tx:
        return tx.get_one(Team, team.id)
