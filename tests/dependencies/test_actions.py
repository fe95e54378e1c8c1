"""Teams ask each other for what they need, and are answered; each is told what they may see, and no more."""

from dataclasses import dataclass
from datetime import date, timedelta

import pytest
from sqlalchemy import select

from bot.dependencies.actions import Need, accept, agree, ask, decline, deliver, withdraw
from bot.dependencies.queries import (
    DependencyView,
    asked_of_team,
    circle_of,
    find_dependency,
    needs_of,
    needs_to_answer,
)
from bot.dependencies.rules import DependencyState
from bot.errors import FormRefused, NotAllowed, NotFound, Refused
from bot.outbox.model import Delivery
from bot.outbox.rules import State
from bot.outcomes.actions.closing import Closing, close_outcome
from bot.outcomes.model import Change
from bot.outcomes.queries import View, find_outcome
from bot.outcomes.rules import Ending
from bot.people.rules import Viewer
from bot.teams.model import Team
from tests.workspaces.firm import Firm, draft, profile

WANTED = date(2026, 3, 31)
LATER = date(2026, 4, 10)


@dataclass
class Two:
    """Olga's outcome in a team that Lea leads, and a team that Pia leads, with Pam in its channel."""

    firm: Firm
    growth: Team
    platform: Team
    outcome: View

    def ask(self, by: str = "UOLGA", *, text: str = "a faster export", day: date = WANTED) -> DependencyView:
        return self.asks(self.outcome, self.platform, by, text=text, day=day)

    def asks(
        self, outcome: View, team: Team, by: str, *, text: str = "a faster export", day: date = WANTED
    ) -> DependencyView:
        firm = self.firm
        with firm.db.begin() as tx:
            return ask(tx, firm.viewer(by), outcome, Need(team, text, day), today=firm.now.date(), now=firm.now)

    def accept(self, one: DependencyView, by: str = "UPIA", *, day: date = WANTED, reason: str = "") -> DependencyView:
        firm, number = self.firm, one.dependency.id
        with firm.db.begin() as tx:
            return accept(tx, firm.viewer(by), number, day=day, reason=reason, today=firm.now.date(), now=firm.now)

    def decline(self, one: DependencyView, by: str = "UPIA", *, reason: str = "No room") -> DependencyView:
        with self.firm.db.begin() as tx:
            return decline(tx, self.firm.viewer(by), one.dependency.id, reason=reason, now=self.firm.now)

    def agree(self, one: DependencyView, by: str = "UOLGA", *, day: date = LATER) -> DependencyView:
        with self.firm.db.begin() as tx:
            return agree(tx, self.firm.viewer(by), one.dependency.id, day=day, now=self.firm.now)

    def deliver(self, one: DependencyView, by: str) -> DependencyView:
        with self.firm.db.begin() as tx:
            return deliver(tx, self.firm.viewer(by), one.dependency.id, now=self.firm.now)

    def withdraw(self, one: DependencyView, by: str = "UOLGA") -> DependencyView:
        with self.firm.db.begin() as tx:
            return withdraw(tx, self.firm.viewer(by), one.dependency.id, now=self.firm.now)

    def sent(self) -> None:
        """As if everything that is owed had arrived."""
        with self.firm.db.begin() as tx:
            for delivery in tx.scalars(select(Delivery).where(Delivery.state == State.OWED)):
                delivery.state, delivery.attempts, delivery.ts = State.SENT, 1, f"{delivery.id}.0"

    def owed(self) -> list[tuple[str, str]]:
        """The keys and places of what waits to be sent, in the order it was owed."""
        with self.firm.db.read() as tx:
            rows = tx.scalars(select(Delivery).where(Delivery.state == State.OWED).order_by(Delivery.id))
            return [(row.key, row.place) for row in rows]

    def said(self, key: str) -> str:
        """The text of the newest delivery whose key begins so."""
        with self.firm.db.read() as tx:
            rows = tx.scalars(select(Delivery).where(Delivery.key.startswith(key)).order_by(Delivery.id))
            return list(rows)[-1].text

    def history(self) -> list[tuple[str, str]]:
        with self.firm.db.read() as tx:
            lines = tx.scalars(select(Change).where(Change.what.like("need%")).order_by(Change.id))
            return [(line.actor_id, line.what) for line in lines]


@pytest.fixture
def two(firm: Firm) -> Two:
    return made(firm)


def made(firm: Firm, *, is_private: bool = False, asked_private: bool = False) -> Two:
    firm.meet(profile("UPIA", name="Pia"), profile("UPAM", name="Pam"))
    firm.channel(members=["UOLGA", "ULEAD"], is_private=is_private)
    asked_members = ["UPIA", "UPAM", "UOLGA"] if asked_private else ["UPIA", "UPAM"]
    firm.channel("C2", asked_members, is_private=asked_private)
    growth, platform = firm.team(), firm.team("C2", lead="UPIA")
    return Two(firm, growth, platform, firm.outcome(growth, "UOLGA"))


def test_the_lead_of_the_asked_team_gets_one_message(two: Two) -> None:
    view = two.ask()
    assert two.owed() == [("dependency:1:asked", "UPIA")]
    for words in ("Olga", "a faster export", "OUT-1", "Trial users reach"):
        assert words in two.said("dependency:1:asked")
    assert (view.dependency.state, view.asker.name, view.may_decide, view.may_answer) == ("asked", "Olga", True, False)
    assert two.history() == [("UOLGA", "need asked")]


def test_a_lead_who_asks_their_own_other_team_gets_no_message(firm: Firm) -> None:
    two = made(firm)
    firm.channel("C3")
    own = firm.team("C3")
    view = two.asks(two.outcome, own, "ULEAD")
    assert two.owed() == []
    assert view.may_answer


@pytest.mark.parametrize("who", ["UOLGA", "ULEAD", "UANN"])
def test_the_owner_the_lead_and_admins_ask(two: Two, who: str) -> None:
    assert two.ask(who).dependency.asked_by == who


def test_nobody_else_asks_and_they_are_told_who_may(two: Two) -> None:
    with pytest.raises(NotAllowed, match="OUT-1 is Olga's"):
        two.ask("UMAX")
    assert (two.owed(), two.history()) == ([], [])


def test_a_team_does_not_ask_itself(two: Two) -> None:
    with pytest.raises(FormRefused, match="Write it down as an action"):
        two.asks(two.outcome, two.growth, "UOLGA")


@pytest.mark.parametrize(
    ("text", "day", "field"),
    [("", WANTED, "text"), ("x" * 601, WANTED, "text"), ("an export", date(2026, 3, 1), "wanted")],
)
def test_what_is_asked_needs_words_and_a_day_to_come(two: Two, text: str, day: date, field: str) -> None:
    with pytest.raises(FormRefused) as refused:
        two.ask(text=text, day=day)
    assert set(refused.value.errors) == {field}


def test_accepting_the_wanted_day_is_told_to_whoever_asked_and_to_the_owner(two: Two) -> None:
    one = two.ask("ULEAD")
    two.sent()
    after = two.accept(one)
    assert (after.dependency.state, after.dependency.promised_on) == ("accepted", WANTED)
    assert two.history()[-1] == ("UPIA", "need accepted")
    told = [(key.rpartition(":v")[0], place) for key, place in two.owed() if ":answered:" in key]
    assert told == [("dependency:1:answered", "ULEAD"), ("dependency:1:answered", "UOLGA")]
    assert "Pia answered" in two.said("dependency:1:answered")
    assert "Promised for" in two.said("dependency:1:asked#r")


def test_an_earlier_day_is_a_promise_too(two: Two) -> None:
    assert two.accept(two.ask(), day=date(2026, 3, 20)).dependency.state == DependencyState.ACCEPTED


def test_a_later_day_is_proposed_and_whoever_asked_decides(two: Two) -> None:
    one = two.accept(two.ask(), day=LATER, reason="Two people are away")
    assert (one.dependency.state, two.history()[-1]) == ("proposed", ("UPIA", "need re-dated"))
    assert "Two people are away" in two.said("dependency:1:answered")
    with pytest.raises(NotAllowed, match="Olga asked for this"):
        two.agree(one, "UMAX")
    after = two.agree(one)
    assert (after.dependency.state, after.dependency.promised_on) == ("accepted", LATER)
    assert two.history()[-1] == ("UOLGA", "need accepted")
    assert [place for key, place in two.owed() if ":agreed:" in key] == ["UPIA"]


def test_a_day_that_was_changed_meanwhile_is_not_agreed_to_unseen(two: Two) -> None:
    one = two.accept(two.ask(), day=LATER)
    two.accept(one, day=LATER + timedelta(days=30))
    with pytest.raises(Refused, match="not proposed any more"):
        two.agree(one)


def test_a_promise_moved_to_a_later_day_is_a_proposal_again(two: Two) -> None:
    one = two.accept(two.ask(), day=date(2026, 3, 20))
    moved = two.accept(one, day=date(2026, 3, 25))
    assert moved.dependency.state == DependencyState.PROPOSED
    assert two.history()[-1] == ("UPIA", "need re-dated")


def test_each_answer_is_told_once_under_a_key_of_its_own(two: Two) -> None:
    one = two.ask()
    for day in (LATER, LATER + timedelta(days=1), WANTED):
        two.accept(one, day=day)
    keys = [key for key, _ in two.owed() if ":answered:" in key]
    assert len(keys) == len(set(keys)) == 3


def test_a_day_that_has_passed_cannot_be_promised(two: Two) -> None:
    with pytest.raises(FormRefused, match="That day has passed"):
        two.accept(two.ask(), day=date(2026, 3, 1))


def test_declining_needs_a_reason_which_is_told(two: Two) -> None:
    one = two.ask()
    with pytest.raises(FormRefused, match="Say why"):
        two.decline(one, reason="")
    two.decline(one, reason="No room before May")
    assert "No room before May" in two.said("dependency:1:answered")
    assert two.history()[-1] == ("UPIA", "need declined")
    with pytest.raises(Refused, match="declined already"):
        two.accept(one)


@pytest.mark.parametrize("who", ["UPIA", "UANN"])
def test_the_lead_of_the_asked_team_and_admins_answer(two: Two, who: str) -> None:
    assert two.accept(two.ask(), who).dependency.answered_by == who


@pytest.mark.parametrize("who", ["UOLGA", "ULEAD", "UPAM", "UMAX"])
def test_nobody_else_answers_and_they_are_told_who_may(two: Two, who: str) -> None:
    one = two.ask()
    for answers in (two.accept, two.decline):
        with pytest.raises(NotAllowed, match="Pia leads Team C2 and can answer this; so can an admin"):
            answers(one, who)


@pytest.mark.parametrize("who", ["UPIA", "UOLGA"])
def test_the_asked_lead_or_the_owner_says_that_it_is_there(two: Two, who: str) -> None:
    one = two.accept(two.ask())
    after = two.deliver(one, who)
    assert (after.dependency.state, after.dependency.delivered_at) == ("delivered", two.firm.now)
    assert two.history()[-1] == (who, "need delivered")
    assert [place for key, place in two.owed() if ":delivered:" in key] == (["UOLGA"] if who == "UPIA" else [])


def test_a_bystander_does_not_say_that_it_is_there(two: Two) -> None:
    with pytest.raises(NotAllowed, match="Pia leads Team C2"):
        two.deliver(two.accept(two.ask()), "UMAX")


def test_withdrawn_before_the_question_was_sent_nobody_hears_of_it(two: Two) -> None:
    two.withdraw(two.ask())
    assert two.owed() == []
    assert two.history()[-1] == ("UOLGA", "need withdrawn")


def test_withdrawn_unanswered_the_question_says_so_and_nobody_is_pinged(two: Two) -> None:
    one = two.ask()
    two.sent()
    two.withdraw(one)
    assert two.owed() == [("dependency:1:asked#r1", "UPIA")]
    assert "Withdrawn" in two.said("dependency:1:asked#r")


def test_withdrawn_after_the_answer_the_lead_is_told(two: Two) -> None:
    one = two.accept(two.ask())
    two.sent()
    two.withdraw(one)
    assert ("dependency:1:withdrawn:UPIA", "UPIA") in two.owed()


def test_what_waited_for_it_is_closed_and_nothing_is_needed(two: Two) -> None:
    one = two.ask()
    with two.firm.db.begin() as tx:
        owner = two.firm.viewer("UOLGA")
        close_outcome(tx, owner, find_outcome(tx, owner, 1), Closing(Ending.MISSED), now=two.firm.now)
    with pytest.raises(Refused, match="is closed, so it is not needed"):
        two.accept(one)
    with two.firm.db.read() as tx:
        assert needs_to_answer(tx, two.firm.viewer("UPIA")) == []
        assert asked_of_team(tx, two.firm.viewer("UPIA"), two.platform.id) == []


def test_what_waits_for_an_answer_is_found_by_the_one_who_owes_it(two: Two) -> None:
    def waiting(who: str) -> list[int]:
        with two.firm.db.read() as tx:
            return [view.dependency.id for view in needs_to_answer(tx, two.firm.viewer(who))]

    one = two.ask("ULEAD")
    assert [waiting(who) for who in ("UPIA", "ULEAD", "UOLGA", "UPAM")] == [[1], [], [], []]
    two.accept(one, day=LATER)
    assert [waiting(who) for who in ("UPIA", "ULEAD", "UOLGA", "UPAM")] == [[], [1], [1], []]
    two.agree(one)
    assert [waiting(who) for who in ("UPIA", "ULEAD", "UOLGA", "UPAM")] == [[], [], [], []]


def test_an_outcome_shows_what_it_waits_for_first_and_what_was_withdrawn_not_at_all(two: Two) -> None:
    two.decline(two.ask(text="one", day=date(2026, 3, 10)))
    two.ask(text="two", day=date(2026, 3, 25))
    two.ask(text="three", day=date(2026, 3, 20))
    two.withdraw(two.ask(text="four"))
    with two.firm.db.read() as tx:
        shown = [view.dependency.text for view in needs_of(tx, two.firm.viewer("UMAX"), two.outcome.outcome.id)]
    assert shown == ["three", "two", "one"]


# What is private


def test_of_a_private_teams_outcome_the_asked_lead_reads_the_words_and_who_asks_alone(firm: Firm) -> None:
    two = made(firm, is_private=True)
    one = two.ask()
    said = two.said("dependency:1:asked")
    assert "Olga" in said
    assert "a faster export" in said
    for secret in ("OUT-1", "Trial users", "Team C1", two.outcome.outcome.statement):
        assert secret not in said
    two.sent()
    two.accept(one)
    assert "OUT-1" not in two.said("dependency:1:asked#r")
    assert "OUT-1" in two.said("dependency:1:answered")


def test_who_sees_a_need_of_a_private_team_and_in_which_form(firm: Firm) -> None:
    two = made(firm, is_private=True)
    one = two.ask()
    other = Firm(firm.db, firm.clock, "T2").open()
    other.meet(profile("UOLGA"), profile("UPIA"))
    whole: dict[str, int] = {}
    reduced: dict[str, int] = {}
    nothing = []
    everybody = [firm.viewer(who) for who in ("UOLGA", "ULEAD", "UPIA", "UPAM", "UANN", "UMAX")]
    for who in [*everybody, Viewer("T2", "UOLGA"), Viewer("T2", "UPIA")]:
        with firm.db.read() as tx:
            of_team = asked_of_team(tx, who, two.platform.id)
            of_outcome = needs_of(tx, who, two.outcome.outcome.id)
            try:
                view = find_dependency(tx, who, one.dependency.id)
            except NotFound:
                assert (of_team, of_outcome) == ([], [])
                nothing.append(who)
                continue
        assert len(of_team) == 1
        (whole if view.waiting else reduced)[who.person_id] = len(of_outcome)
    assert whole == {"UOLGA": 1, "ULEAD": 1}
    assert reduced == {"UPIA": 0, "UPAM": 0}
    assert [who.person_id for who in nothing] == ["UANN", "UMAX", "UOLGA", "UPIA"]


def test_a_private_team_that_is_asked_is_not_named_to_those_outside_it(firm: Firm) -> None:
    two = made(firm, asked_private=True)
    one = two.ask()
    with firm.db.read() as tx:
        seen = {
            who: find_dependency(tx, firm.viewer(who), one.dependency.id) for who in ("UOLGA", "UPIA", "UMAX", "UANN")
        }
        history = tx.scalars(select(Change).where(Change.what == "need asked")).one()
    assert {who: view.asked.name if view.asked else None for who, view in seen.items()} == {
        "UOLGA": "Team C2",
        "UPIA": "Team C2",
        "UMAX": None,
        "UANN": None,
    }
    assert not seen["UANN"].may_answer
    assert "Team C2" not in history.before + history.after
    with pytest.raises(NotAllowed, match="leads the team that is asked") as refused:
        two.accept(one, "UANN")
    assert "Pia" not in str(refused.value)


# Circles


def test_a_circle_is_named_to_those_who_see_it_all(two: Two) -> None:
    two.ask()
    theirs = two.firm.outcome(two.platform, "UPAM", draft("Exports are fast"))
    closing = two.asks(theirs, two.growth, "UPAM")
    with two.firm.db.read() as tx:
        circle = circle_of(tx, two.firm.viewer("UMAX"), closing.dependency.id)
    assert circle is not None
    assert circle.links == (("Team C2", "Team C1", "OUT-2"), ("Team C1", "Team C2", "OUT-1"))
    assert "Team C2 waits for Team C1 (OUT-2), Team C1 waits for Team C2 (OUT-1)" in two.said("dependency:2:asked")


def test_a_circle_through_what_one_may_not_see_is_said_without_a_name(firm: Firm) -> None:
    two = made(firm, is_private=True)
    two.ask()
    theirs = firm.outcome(two.platform, "UPAM", draft("Exports are fast"))
    firm.meet(profile("UPAM", name="Pam"))
    firm.channel(members=["UOLGA", "ULEAD", "UPAM"], is_private=True)
    closing = two.asks(theirs, two.growth, "UPAM")
    with firm.db.read() as tx:
        seen = {who: circle_of(tx, firm.viewer(who), closing.dependency.id) for who in ("UPAM", "UMAX")}
    assert [bool(circle and circle.links) for circle in seen.values()] == [True, False]
    assert seen["UMAX"] is not None


def test_what_was_answered_with_no_or_is_closed_closes_no_circle(two: Two) -> None:
    two.decline(two.ask())
    theirs = two.firm.outcome(two.platform, "UPAM", draft("Exports are fast"))
    closing = two.asks(theirs, two.growth, "UPAM")
    with two.firm.db.read() as tx:
        assert circle_of(tx, two.firm.viewer("UOLGA"), closing.dependency.id) is None
