"""While somebody decides, what was decided and learnt before about the same is found: by anybody who may see it."""

import pytest

from bot.decisions.model import DecisionReview
from bot.decisions.queries.recall import NOTHING, Recall, recall
from bot.decisions.rules import Verdict
from bot.decisions.rules.drafts import Choice
from bot.lessons.actions import add_lesson
from bot.people.rules import Viewer
from bot.teams.model import Team
from tests.decisions.deciding import decided, logged, opened, seen, withdrawn
from tests.workspaces.firm import Firm, profile


@pytest.fixture
def team(firm: Firm) -> Team:
    firm.channel(members=["UOLGA"])
    return firm.team()


def recalled(firm: Firm, text: str, who: str | Viewer = "UMAX", *, besides: int | None = None) -> Recall:
    viewer = who if isinstance(who, Viewer) else firm.viewer(who)
    with firm.db.read() as tx:
        return recall(tx, viewer, text, besides=besides)


def numbers(firm: Firm, text: str, who: str | Viewer = "UMAX", *, besides: int | None = None) -> list[int]:
    return [one.brief.decision.number for one in recalled(firm, text, who, besides=besides).decisions]


def reviewed(firm: Firm, number: int, verdict: Verdict, learnt: str, *, version: int = 1) -> None:
    with firm.db.begin() as tx:
        tx.add(
            DecisionReview(
                workspace_id=firm.id,
                decision_id=seen(firm, number).decision.id,
                version=version,
                verdict=verdict,
                learnt=learnt,
                reviewed_at=firm.now,
                reviewed_by="UOLGA",
            )
        )


def learnt(firm: Firm, team: Team, text: str, *, decision_id: int | None = None) -> None:
    with firm.db.begin() as tx:
        lesson = add_lesson(tx, firm.viewer("UOLGA"), team=team, text=text, now=firm.now)
        lesson.decision_id = decision_id


def test_what_was_decided_about_the_same_is_found_with_its_verdict_and_lesson(firm: Firm, team: Team) -> None:
    opened(firm, team, question="Do we raise the annual subscription price?")
    decided(firm, 1)
    reviewed(firm, 1, Verdict.WORSE, "Schools leave when prices rise in autumn")
    [found] = recalled(firm, "Should the subscription price for schools be another one?").decisions
    assert (found.brief.decision.number, found.review and found.review.verdict) == (1, Verdict.WORSE)


def test_a_question_is_held_against_the_answers_too(firm: Firm, team: Team) -> None:
    logged(firm, team, question="What about the hosting bill?", choice=Choice("Move backups to cold storage", "x"))
    logged(firm, team, choice=Choice("Hire two designers", "x"))
    assert numbers(firm, "Do we store backups in cold storage?") == [1]


def test_other_teams_are_remembered_and_a_private_one_only_by_its_own(firm: Firm, team: Team) -> None:
    firm.channel("C2")
    firm.channel("C3", ["ULEAD", "UOLGA"], is_private=True)
    secret = firm.team("C3")
    opened(firm, firm.team("C2"), question="Do we sell the warehouse in Leeds?")
    opened(firm, secret, "UOLGA", question="Do we sell the warehouse in York?")
    learnt(firm, secret, "Nobody buys a warehouse before spring")
    other = Firm(firm.db, firm.clock, "T2").open()
    other.meet(profile("UOLGA"))
    asked = "Is the warehouse for sale?"
    assert numbers(firm, asked) == [1]
    assert recalled(firm, asked).lessons == []
    assert sorted(numbers(firm, asked, "ULEAD")) == [1, 2]
    assert len(recalled(firm, asked, "ULEAD").lessons) == 1
    assert recalled(other, asked, other.viewer("UOLGA")) == Recall([], [])


def test_a_guest_remembers_what_their_channels_decided(firm: Firm, team: Team) -> None:
    firm.meet(profile("UGUEST", is_guest=True))
    firm.channel("C2", ["UGUEST"])
    opened(firm, team, question="Do we sell the warehouse in Leeds?")
    opened(firm, firm.team("C2"), question="Do we sell the warehouse in York?")
    assert numbers(firm, "warehouse", "UGUEST") == [2]


def test_a_decision_is_not_held_against_itself_and_a_lesson_is_not_shown_twice(firm: Firm, team: Team) -> None:
    first = opened(firm, team, question="Do we sell the warehouse?")
    decided(firm, 1)
    second = opened(firm, team, question="Do we sell the warehouse after all?")
    learnt(firm, team, "A warehouse sells in spring", decision_id=first.decision.id)
    asked = second.decision.question
    assert numbers(firm, asked, besides=second.decision.id) == [1]
    assert len(recalled(firm, asked, besides=second.decision.id).lessons) == 1
    reviewed(firm, 1, Verdict.BETTER, "A warehouse sells in spring")
    assert recalled(firm, asked, besides=second.decision.id).lessons == []


def test_the_newest_review_is_the_one_that_is_told(firm: Firm, team: Team) -> None:
    opened(firm, team, question="Do we sell the warehouse?")
    decided(firm, 1)
    decided(firm, 1, choice=Choice("Rent it out", "x", reason="Nobody bought it"))
    reviewed(firm, 1, Verdict.WORSE, "Nobody buys in winter")
    reviewed(firm, 1, Verdict.BETTER, "Renting pays", version=2)
    [found] = recalled(firm, "warehouse").decisions
    assert found.review is not None
    assert found.review.learnt == "Renting pays"


def test_at_most_three_are_shown_the_most_alike_first_whatever_became_of_them(firm: Firm, team: Team) -> None:
    for question in ("warehouse in Leeds", "warehouse in York", "warehouse in Hull", "sale of the warehouse in Hull"):
        opened(firm, team, question=f"Do we keep the {question}?")
    withdrawn(firm, 4)
    found = numbers(firm, "What about the sale of our warehouse in Hull?")
    assert (len(found), found[0]) == (3, 4)


@pytest.mark.parametrize("text", ["", "?", "42", "and the of", "zebra crossing"])
def test_nothing_is_remembered_of_nothing(firm: Firm, team: Team, text: str) -> None:
    opened(firm, team, question="Do we sell the warehouse?")
    assert recalled(firm, text) in (NOTHING, Recall([], []))
