"""What needs somebody in a team, and that its channel is told of nothing else."""

from dataclasses import dataclass
from datetime import date, timedelta

import pytest

from bot.decisions.actions.deciding import decide
from bot.decisions.actions.opening import Around, open_decision
from bot.decisions.model import Decision
from bot.decisions.queries import find_decision
from bot.decisions.rules.drafts import Choice, Question
from bot.dependencies.actions import Need, accept, ask
from bot.dependencies.model import Dependency
from bot.digests.queries import exceptions_of
from bot.digests.rules import Concern, Exceptions
from bot.execution.actions import add_action
from bot.execution.rules import ActionDraft
from bot.obstacles.actions import Told, raise_obstacle
from bot.outcomes.model import Outcome
from bot.outcomes.queries import View, find_outcome
from bot.teams.model import Team
from tests.workspaces.firm import Firm, draft

MONDAY = date(2026, 3, 2)
EXPORT = "a faster export"


@dataclass
class Growth:
    """Lea's team with an outcome of Olga's; beside it, Platform, whose private channel only Ann and Max are in."""

    firm: Firm
    team: Team
    platform: Team
    outcome: View

    def exceptions(self, today: date = MONDAY, *, team: Team | None = None) -> Exceptions:
        with self.firm.db.read() as tx:
            return exceptions_of(tx, tx.get_one(Team, (team or self.team).id), today=today)

    def act(self, due_on: date | None, text: str = "Call ten customers") -> None:
        with self.firm.db.begin() as tx:
            max_ = self.firm.people["UMAX"]
            draft, olga = ActionDraft(text, "UMAX", due_on), self.firm.viewer("UOLGA")
            view = find_outcome(tx, olga, self.outcome.outcome.number)
            add_action(tx, olga, view, draft, max_, limit=9, now=self.firm.now)

    def need(self) -> Dependency:
        olga = self.firm.viewer("UOLGA")
        with self.firm.db.begin() as tx:
            view = find_outcome(tx, olga, self.outcome.outcome.number)
            need = Need(tx.get_one(Team, self.platform.id), EXPORT, date(2026, 4, 30))
            return ask(tx, olga, view, need, today=MONDAY, now=self.firm.now).dependency


@pytest.fixture
def growth(firm: Firm) -> Growth:
    firm.channel("C1", ["UOLGA", "ULEAD"])
    firm.channel("C2", ["UANN", "UMAX"], is_private=True)
    team, platform = firm.team("C1"), firm.team("C2", lead="UANN")
    return Growth(firm, team, platform, firm.outcome(team, "UOLGA"))


def test_what_goes_well_is_not_among_it(growth: Growth) -> None:
    growth.act(MONDAY)
    growth.act(None, "Whenever")
    growth.firm.result(growth.outcome.outcome, "UOLGA", 10)
    assert not growth.exceptions()


def test_an_outcome_is_told_by_how_it_stands_on_the_day(growth: Growth) -> None:
    growth.firm.result(growth.outcome.outcome, "UOLGA", 0)
    named = (Concern("Trial users reach their first report", "Olga", "OUT-1"),)
    assert growth.exceptions(MONDAY + timedelta(days=8)) == Exceptions(at_risk=named)
    assert growth.exceptions(date(2026, 3, 17)).stale == named


def test_one_that_is_off_track_comes_as_such(growth: Growth) -> None:
    soon = growth.firm.outcome(growth.team, "ULEAD", draft("Refunds fall", due_on=date(2026, 3, 20)))
    growth.firm.result(soon.outcome, "ULEAD", 1)
    assert growth.exceptions(date(2026, 3, 12)) == Exceptions(off_track=(Concern("Refunds fall", "Lea", "OUT-2"),))


def test_effort_without_movement_comes_first_and_is_not_said_twice(growth: Growth) -> None:
    growth.firm.result(growth.outcome.outcome, "UOLGA", 0)
    with growth.firm.db.begin() as tx:
        row = tx.get_one(Outcome, growth.outcome.outcome.id)
        row.busy_from_on, row.busy_to_on = MONDAY, date(2026, 3, 31)
    named = (Concern("Trial users reach their first report", "Olga", "OUT-1"),)
    assert growth.exceptions(date(2026, 3, 16)) == Exceptions(busy=named)


def test_actions_count_once_their_day_has_passed(growth: Growth) -> None:
    growth.act(MONDAY)
    assert not growth.exceptions(MONDAY)
    assert growth.exceptions(MONDAY + timedelta(days=1)) == Exceptions(
        overdue=(Concern("Call ten customers", "Max", "OUT-1", MONDAY),)
    )


def test_obstacles_count_while_they_stand(growth: Growth) -> None:
    with growth.firm.db.begin() as tx:
        told = Told("Legal is silent", growth.firm.people["ULEAD"])
        raise_obstacle(tx, growth.firm.viewer("UOLGA"), growth.outcome, told, now=growth.firm.now)
    assert growth.exceptions() == Exceptions(obstacles=(Concern("Legal is silent", "Lea", "OUT-1"),))


def test_a_need_concerns_both_teams_until_it_is_agreed_and_again_when_it_is_late(growth: Growth) -> None:
    need = growth.need()
    waits = (Concern(EXPORT, "Olga", "OUT-1", date(2026, 4, 30)),)
    assert growth.exceptions() == Exceptions(awaited=waits)
    assert growth.exceptions(team=growth.platform) == Exceptions(asked=(Concern(EXPORT, "Olga", on=date(2026, 4, 30)),))
    with growth.firm.db.begin() as tx:
        ann, day = growth.firm.viewer("UANN"), date(2026, 4, 20)
        accept(tx, ann, need.id, day=day, reason="", today=MONDAY, now=growth.firm.now)
    assert not growth.exceptions(team=growth.platform)
    assert not growth.exceptions(date(2026, 4, 20))
    assert growth.exceptions(date(2026, 4, 21)) == Exceptions(awaited=waits)


def test_other_teams_matters_and_what_is_closed_stay_out_of_it(growth: Growth) -> None:
    growth.act(MONDAY)
    growth.need()
    with growth.firm.db.begin() as tx:
        row = tx.get_one(Outcome, growth.outcome.outcome.id)
        row.closed_at = growth.firm.now
    assert not growth.exceptions(date(2026, 3, 20))
    assert not growth.exceptions(date(2026, 3, 20), team=growth.platform)


def decide_by(growth: Growth, day: date | None, decider: str | None = "UOLGA") -> Decision:
    with growth.firm.db.begin() as tx:
        around = Around(growth.firm.people[decider] if decider else None)
        question = Question("Do we raise prices?", needed_by_on=day)
        team, viewer = tx.get_one(Team, growth.team.id), growth.firm.viewer("ULEAD")
        return open_decision(tx, viewer, team=team, question=question, around=around, now=growth.firm.now).decision


def test_a_decision_past_its_day_or_without_a_decider_is_needed(growth: Growth) -> None:
    decide_by(growth, date(2026, 3, 4))
    decide_by(growth, None, decider=None)
    assert growth.exceptions(date(2026, 3, 4)).undecided == (
        Concern("Do we raise prices?", "nobody is named to decide it", "DEC-2"),
    )
    found = growth.exceptions(date(2026, 3, 5))
    assert [(one.key, one.who, one.on) for one in found.undecided] == [
        ("DEC-2", "nobody is named to decide it", None),
        ("DEC-1", "Olga", date(2026, 3, 4)),
    ]
    assert growth.exceptions(date(2026, 3, 5), team=growth.platform).undecided == ()


def test_a_review_past_its_day_is_to_be_done(growth: Growth) -> None:
    decision = decide_by(growth, None)
    with growth.firm.db.begin() as tx:
        olga = growth.firm.viewer("UOLGA")
        choice = Choice("Raise them", "", review_on=date(2026, 3, 20))
        decide(tx, olga, find_decision(tx, olga, decision.number), choice, now=growth.firm.now)
    assert growth.exceptions(date(2026, 3, 20)).unreviewed == ()
    [concern] = growth.exceptions(date(2026, 3, 21)).unreviewed
    assert (concern.key, concern.who, concern.on) == ("DEC-1", "Olga", date(2026, 3, 20))
