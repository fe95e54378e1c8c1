"""Obstacles are raised, changed and resolved, and their outcome's history says so."""

import re
import threading
from datetime import timedelta

import pytest
from sqlalchemy import select

from bot.errors import FormRefused, NotAllowed, NotFound, Refused, RhythmError
from bot.obstacles.actions import Told, change_obstacle, raise_obstacle, resolve_obstacle
from bot.obstacles.queries import ObstacleView, find_obstacle, obstacles_of, obstacles_on, outcomes_to_choose
from bot.obstacles.rules import TEXT_LIMIT
from bot.outbox.model import Delivery
from bot.outcomes.actions.closing import Closing, close_outcome
from bot.outcomes.model import Change
from bot.outcomes.queries import View, find_outcome
from bot.outcomes.rules import ACTIVITY, Ending
from bot.people.rules import Viewer
from bot.teams.actions import Membership, note_left
from bot.teams.model import Team
from tests.workspaces.firm import Firm, draft, profile


@pytest.fixture
def team(firm: Firm) -> Team:
    firm.channel(members=["UOLGA"])
    return firm.team()


@pytest.fixture
def outcome(firm: Firm, team: Team) -> View:
    return firm.outcome(team, "UOLGA")


def raised(firm: Firm, view: View, by: str = "UMAX", *, text: str = "No data", owner: str = "UOLGA") -> ObstacleView:
    with firm.db.begin() as tx:
        return raise_obstacle(tx, firm.viewer(by), view, Told(text, firm.people[owner]), now=firm.now)


def resolved(firm: Firm, view: ObstacleView, by: str, how: str = "The vendor answered") -> ObstacleView:
    with firm.db.begin() as tx:
        return resolve_obstacle(tx, firm.viewer(by), view.obstacle.id, how, now=firm.now)


def changed(firm: Firm, view: ObstacleView, by: str, told: Told) -> ObstacleView:
    with firm.db.begin() as tx:
        return change_obstacle(tx, firm.viewer(by), view.obstacle.id, told, now=firm.now)


def close(firm: Firm, view: View) -> None:
    with firm.db.begin() as tx:
        live = find_outcome(tx, firm.viewer("UOLGA"), view.outcome.number)
        close_outcome(tx, firm.viewer("UOLGA"), live, Closing(Ending.MISSED), now=firm.now)


def history(firm: Firm) -> list[tuple[str, str, str, str]]:
    with firm.db.read() as tx:
        lines = tx.scalars(select(Change).where(Change.what.like("obstacle%")).order_by(Change.id))
        return [(line.actor_id, line.what, line.before, line.after) for line in lines]


def standing_on(firm: Firm, view: View, who: str = "UMAX") -> list[str]:
    with firm.db.read() as tx:
        return [one.obstacle.text for one in obstacles_on(tx, firm.viewer(who), view.outcome.id)]


def seen_to_by(firm: Firm, who: str) -> list[str]:
    with firm.db.read() as tx:
        return [one.obstacle.text for one in obstacles_of(tx, firm.viewer(who))]


def test_whoever_sees_the_outcome_raises_an_obstacle(firm: Firm, outcome: View) -> None:
    view = raised(firm, outcome, "UMAX")
    assert (view.owner.name, view.obstacle.raised_by, view.obstacle.raised_at) == ("Olga", "UMAX", firm.now)
    assert standing_on(firm, outcome) == ["No data"]
    assert history(firm) == [("UMAX", "obstacle raised", "", "No data (Olga sees to it)")]


def test_raising_one_pings_nobody(firm: Firm, outcome: View) -> None:
    raised(firm, outcome, "UMAX", owner="UANN")
    with firm.db.read() as tx:
        assert tx.scalars(select(Delivery)).all() == []


def test_whoever_sees_to_it_finds_it_among_theirs_until_it_is_resolved(firm: Firm, outcome: View) -> None:
    view = raised(firm, outcome, owner="UANN")
    assert (seen_to_by(firm, "UANN"), seen_to_by(firm, "UOLGA"), seen_to_by(firm, "UMAX")) == (["No data"], [], [])
    resolved(firm, view, "UANN")
    assert (seen_to_by(firm, "UANN"), standing_on(firm, outcome)) == ([], [])


def test_the_oldest_is_shown_first(firm: Firm, outcome: View) -> None:
    raised(firm, outcome, text="first")
    firm.clock.advance(timedelta(days=1))
    raised(firm, outcome, text="second")
    assert standing_on(firm, outcome) == seen_to_by(firm, "UOLGA") == ["first", "second"]


def test_a_closed_outcome_takes_no_obstacle_and_asks_nobody_to_see_to_one(firm: Firm, outcome: View) -> None:
    raised(firm, outcome)
    close(firm, outcome)
    assert seen_to_by(firm, "UOLGA") == []
    with pytest.raises(Refused, match="OUT-1 is closed"):
        raised(firm, firm.see("UMAX", 1))


@pytest.mark.parametrize(("text", "why"), [("", "Say what stands in the way"), ("x" * (TEXT_LIMIT + 1), "601 char")])
def test_an_obstacle_needs_words_and_not_too_many(firm: Firm, outcome: View, text: str, why: str) -> None:
    with pytest.raises(FormRefused, match=why):
        raised(firm, outcome, text=text)
    assert raised(firm, outcome, text="x" * TEXT_LIMIT).obstacle.text == "x" * TEXT_LIMIT


def test_somebody_who_is_gone_cannot_see_to_it(firm: Firm, outcome: View) -> None:
    firm.meet(profile("UANN", name="Ann", is_active=False))
    with pytest.raises(FormRefused, match="Ann is deactivated"):
        raised(firm, outcome, owner="UANN")


def test_an_outcome_whose_owner_left_can_still_be_said_to_be_blocked(firm: Firm, outcome: View) -> None:
    firm.meet(profile("UOLGA", name="Olga", is_active=False))
    assert raised(firm, outcome).owner.id == "UOLGA"


@pytest.mark.parametrize("who", ["UOLGA", "ULEAD", "UANN", "USEE"])
def test_those_who_answer_for_it_resolve_it_with_what_resolved_it(firm: Firm, outcome: View, who: str) -> None:
    firm.meet(profile("USEE", name="Sam"))
    view = resolved(firm, raised(firm, outcome, owner="USEE"), who)
    assert (view.obstacle.resolution, view.obstacle.resolved_by) == ("The vendor answered", who)
    assert view.obstacle.resolved_at == firm.now
    assert history(firm)[-1] == (who, "obstacle resolved", "No data", "The vendor answered")


def test_whoever_only_raised_it_is_told_who_resolves_it(firm: Firm, outcome: View) -> None:
    firm.meet(profile("USEE", name="Sam"))
    view = raised(firm, outcome, "UMAX", owner="USEE")
    with pytest.raises(NotAllowed, match=re.escape("Sam, Olga, the lead of Team C1 or an admin can say")):
        resolved(firm, view, "UMAX")
    assert standing_on(firm, outcome) == ["No data"]


def test_resolving_is_activity_and_needs_a_word(firm: Firm, outcome: View) -> None:
    view = raised(firm, outcome)
    with pytest.raises(FormRefused, match="Say what resolved it"):
        resolved(firm, view, "UOLGA", "")
    assert {line[1] for line in history(firm)} & ACTIVITY == set()
    resolved(firm, view, "UOLGA")
    assert {line[1] for line in history(firm)} & ACTIVITY == {"obstacle resolved"}


def test_of_two_who_resolve_it_at_once_the_second_is_told(firm: Firm, outcome: View) -> None:
    view, start, said = raised(firm, outcome), threading.Barrier(2), []

    def say(who: str) -> None:
        start.wait(10)
        try:
            said.append(resolved(firm, view, who, f"by {who}").obstacle.resolution)
        except RhythmError as error:
            said.append(str(error))

    threads = [threading.Thread(target=say, args=[who]) for who in ("UOLGA", "ULEAD")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    first = history(firm)[-1][3]
    assert sorted(said) == sorted([first, f"This is resolved already: {first}"])


def test_the_raiser_rewords_it_and_gives_it_to_somebody_else(firm: Firm, outcome: View) -> None:
    view = raised(firm, outcome, "UMAX")
    after = changed(firm, view, "UMAX", Told("No data for May", firm.people["UANN"], needs_decision=True))
    assert (after.obstacle.text, after.owner.name, after.obstacle.needs_decision) == ("No data for May", "Ann", True)
    assert history(firm)[-1] == (
        "UMAX",
        "obstacle changed",
        "No data (Olga sees to it)",
        "No data for May (Ann sees to it; needs a decision)",
    )


def test_a_change_that_changes_nothing_leaves_no_line(firm: Firm, outcome: View) -> None:
    changed(firm, raised(firm, outcome), "UMAX", Told("No data", firm.people["UOLGA"]))
    assert len(history(firm)) == 1


def test_a_bystander_does_not_change_it_and_nobody_does_once_it_is_resolved(firm: Firm, outcome: View) -> None:
    firm.meet(profile("UBY", name="Bo"))
    view, told = raised(firm, outcome, "UMAX"), Told("Other words", firm.people["UOLGA"])
    with pytest.raises(NotAllowed, match="so can whoever raised it"):
        changed(firm, view, "UBY", told)
    resolved(firm, view, "UOLGA")
    with pytest.raises(Refused, match="resolved already: The vendor answered"):
        changed(firm, view, "UMAX", told)
    assert len(history(firm)) == 2


def test_what_is_private_to_a_channel_is_seen_by_its_members_alone(firm: Firm) -> None:
    firm.meet(profile("ULEFT", name="Lev"))
    firm.channel("C2", ["ULEAD", "UOLGA", "ULEFT"], is_private=True)
    outcome = firm.outcome(firm.team("C2"), "UOLGA")
    view = raised(firm, outcome, "UOLGA", owner="ULEFT")
    with firm.db.begin() as tx:
        note_left(tx, Membership("T1", "C2", "ULEFT", False))
    other = Firm(firm.db, firm.clock, "T2").open()
    other.meet(profile("UOLGA"))
    wrong = []
    for who, sees in {
        firm.viewer("UOLGA"): True,
        firm.viewer("ULEAD"): True,
        firm.viewer("UANN"): False,
        firm.viewer("UMAX"): False,
        firm.viewer("ULEFT"): False,
        Viewer("T2", "UOLGA"): False,
    }.items():
        with firm.db.read() as tx:
            found = [
                found_by_id(firm, who, view.obstacle.id),
                bool(obstacles_on(tx, who, outcome.outcome.id)),
                bool(outcomes_to_choose(tx, who, "C2")),
            ]
        if found != [sees] * 3:
            wrong.append((who, found))
    assert wrong == []
    assert seen_to_by(firm, "ULEFT") == []


def found_by_id(firm: Firm, who: Viewer, obstacle_id: int) -> bool:
    with firm.db.read() as tx:
        try:
            return find_obstacle(tx, who, obstacle_id).obstacle.id == obstacle_id
        except NotFound:
            return False


def test_ones_own_outcomes_are_offered_first_then_those_of_the_channel(firm: Firm, team: Team) -> None:
    firm.channel("C2")
    elsewhere = firm.team("C2")
    soon, late = (draft(due_on=firm.now.date() + timedelta(days=n)) for n in (30, 60))
    for where, owner, written in (
        (elsewhere, "UANN", soon),
        (team, "UANN", late),
        (team, "UANN", soon),
        (elsewhere, "UMAX", late),
    ):
        firm.outcome(where, owner, written)
    closed = firm.outcome(team, "UOLGA", soon)
    close(firm, closed)
    with firm.db.read() as tx:
        offered = outcomes_to_choose(tx, firm.viewer("UMAX"), "C1")
    assert [one.number for one in offered] == [4, 3, 2, 1]
