"""Decisions beside what they are about: on the outcomes that wait for them, and on the obstacles that need them."""

from datetime import date
from decimal import Decimal

import pytest

from bot.decisions.actions.opening import Source, open_decision
from bot.decisions.queries import find_decision
from bot.decisions.queries.beside import OfOutcome, check_can_ask_for, decisions_of_outcome, with_answers
from bot.decisions.queries.waiting import waits_named
from bot.decisions.rules.drafts import Choice, Question
from bot.errors import Refused
from bot.obstacles.actions import Told, raise_obstacle, resolve_obstacle
from bot.obstacles.queries import Answer, ObstacleView, find_obstacle
from bot.outcomes.queries import View
from bot.teams.model import Team
from tests.decisions.deciding import around, decided, logged, opened, reopened, withdrawn
from tests.workspaces.firm import Firm


@pytest.fixture
def team(firm: Firm) -> Team:
    firm.channel(members=["UOLGA"])
    return firm.team()


@pytest.fixture
def outcome(firm: Firm, team: Team) -> View:
    return firm.outcome(team, "UOLGA")


def of_outcome(firm: Firm, outcome: View, who: str = "UMAX") -> OfOutcome:
    with firm.db.read() as tx:
        return decisions_of_outcome(tx, firm.viewer(who), outcome.outcome.id)


def numbers(firm: Firm, outcome: View, who: str = "UMAX") -> tuple[list[int], list[int]]:
    found = of_outcome(firm, outcome, who)
    return [one.decision.number for one in found.awaited], [one.decision.number for one in found.expected]


def waiting(firm: Firm, team: Team, outcome: View, by: str = "UMAX") -> None:
    with firm.db.read() as tx:
        waits = waits_named(tx, firm.viewer(by), [f"o{outcome.outcome.id}"])
    opened(firm, team, by, waits=waits)


def moving(outcome: View) -> Choice:
    return Choice(
        "Raise them",
        "The costs",
        effect_outcome_id=outcome.outcome.id,
        effect_value=Decimal(11),
        effect_on=date(2026, 5, 1),
    )


def raised(firm: Firm, outcome: View, by: str = "UMAX") -> ObstacleView:
    told = Told("Nobody decides the price", firm.people["UOLGA"], needs_decision=True)
    with firm.db.begin() as tx:
        return raise_obstacle(tx, firm.viewer(by), outcome, told, now=firm.now)


def asked_for(firm: Firm, team: Team, view: ObstacleView, by: str = "UMAX") -> int:
    with firm.db.begin() as tx:
        decision = open_decision(
            tx,
            firm.viewer(by),
            team=team,
            question=Question("Which price?"),
            around=around(firm),
            source=Source(obstacle_id=view.obstacle.id),
            now=firm.now,
        )
        return decision.decision.number


def answer(firm: Firm, view: ObstacleView, who: str = "UMAX") -> Answer | None:
    with firm.db.read() as tx:
        [found] = with_answers(tx, firm.viewer(who), [view])
        return found.answer


def test_an_outcome_shows_what_it_waits_for_until_that_is_decided(firm: Firm, team: Team, outcome: View) -> None:
    waiting(firm, team, outcome)
    assert numbers(firm, outcome) == ([1], [])
    decided(firm, 1, choice=moving(outcome))
    assert numbers(firm, outcome) == ([], [1])
    reopened(firm, 1)
    assert numbers(firm, outcome) == ([1], [])


def test_only_the_choice_that_stands_is_to_move_it(firm: Firm, team: Team, outcome: View) -> None:
    logged(firm, team, choice=moving(outcome))
    logged(firm, team, choice=moving(outcome))
    decided(firm, 1, choice=Choice("Keep them", "Calm", reason="The rival is gone"))
    assert numbers(firm, outcome) == ([], [2])


def test_an_outcome_shows_nothing_of_a_team_that_one_cannot_see(firm: Firm, team: Team, outcome: View) -> None:
    firm.channel("C2", ["ULEAD", "UOLGA"], is_private=True)
    secret = firm.team("C2")
    waiting(firm, secret, outcome, "UOLGA")
    logged(firm, secret, choice=moving(outcome))
    assert numbers(firm, outcome) == ([], [])
    assert numbers(firm, outcome, "ULEAD") == ([1], [2])


def test_an_obstacle_shows_its_decision_from_the_question_to_the_choice(firm: Firm, team: Team, outcome: View) -> None:
    view = raised(firm, outcome)
    assert answer(firm, view) is None
    asked_for(firm, team, view)
    found = answer(firm, view)
    assert found is not None
    assert (found.key, found.state, found.decider, found.choice, found.is_over) == ("DEC-1", "open", "Olga", "", False)
    decided(firm, 1)
    found = answer(firm, view)
    assert found is not None
    assert (found.state, found.choice) == ("decided", "Raise them by 10%")
    with firm.db.read() as tx:
        shown = find_decision(tx, firm.viewer("UMAX"), 1)
        assert shown.obstacle is not None
        assert shown.obstacle.text == "Nobody decides the price"


def test_a_second_one_is_asked_for_only_when_the_first_ended_without_an_answer(
    firm: Firm, team: Team, outcome: View
) -> None:
    view = raised(firm, outcome)
    asked_for(firm, team, view)
    with firm.db.read() as tx, pytest.raises(Refused, match="DEC-1 was asked for because of this obstacle"):
        check_can_ask_for(tx, firm.viewer("UMAX"), view)
    withdrawn(firm, 1)
    found = answer(firm, view)
    assert found is not None
    assert (found.state, found.is_over) == ("withdrawn", True)
    with firm.db.read() as tx:
        check_can_ask_for(tx, firm.viewer("UMAX"), view)
    asked_for(firm, team, view)
    found = answer(firm, view)
    assert found is not None
    assert found.key == "DEC-2"


def test_a_resolved_obstacle_needs_no_decision(firm: Firm, outcome: View) -> None:
    view = raised(firm, outcome)
    with firm.db.begin() as tx:
        resolve_obstacle(tx, firm.viewer("UOLGA"), view.obstacle.id, "The price is set", now=firm.now)
    with firm.db.read() as tx, pytest.raises(Refused, match="resolved already"):
        check_can_ask_for(tx, firm.viewer("UMAX"), find_obstacle(tx, firm.viewer("UMAX"), view.obstacle.id))


def test_a_decision_and_an_obstacle_of_different_teams_keep_what_is_private(
    firm: Firm, team: Team, outcome: View
) -> None:
    firm.channel("C2", ["ULEAD", "UOLGA"], is_private=True)
    secret = firm.team("C2")
    view = raised(firm, outcome)
    asked_for(firm, secret, view, "UOLGA")
    assert answer(firm, view) is None
    assert answer(firm, view, "ULEAD") is not None
    hidden = raised(firm, firm.outcome(secret, "UOLGA"), "UOLGA")
    number = asked_for(firm, team, hidden, "UOLGA")
    with firm.db.read() as tx:
        assert find_decision(tx, firm.viewer("UMAX"), number).obstacle is None
        assert find_decision(tx, firm.viewer("ULEAD"), number).obstacle is not None
