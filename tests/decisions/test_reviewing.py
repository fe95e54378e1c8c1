"""What came of a choice is asked, kept, learnt from, and can be said anew."""

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from bot.decisions.actions.reviewing import review_decision
from bot.decisions.queries import DecisionView, find_decision
from bot.decisions.queries.reviewing import Foretold, calibration_of, foretold
from bot.decisions.rules import NEVER, Verdict
from bot.decisions.rules.drafts import Choice
from bot.decisions.rules.effects import Came
from bot.errors import NotAllowed, Refused
from bot.lessons.queries import LessonView, newest_lessons
from bot.outcomes.model import Outcome
from bot.people.messages import Reader
from bot.teams.model import Team
from tests.decisions.deciding import decided, history, logged, opened, reopened, seen
from tests.workspaces.firm import Firm


@pytest.fixture
def team(firm: Firm) -> Team:
    firm.channel(members=["UOLGA"])
    return firm.team()


@pytest.fixture
def outcome(firm: Firm, team: Team) -> Outcome:
    """OUT-1, of Olga's, from 0 to 100; it stands at 40."""
    outcome = firm.outcome(team, "UOLGA").outcome
    firm.result(outcome, "UOLGA", 40)
    return outcome


def expecting(outcome: Outcome, **changed: object) -> Choice:
    """Sixty reports by the end of March, reviewed on the day after."""
    expected = Choice(
        "Send the report by mail",
        "Nobody opens the page",
        effect_outcome_id=outcome.id,
        effect_value=Decimal(60),
        effect_on=date(2026, 3, 31),
        confidence=8,
        review_on=date(2026, 4, 1),
    )
    return replace(expected, **changed)  # type: ignore[arg-type]


def reviewed(
    firm: Firm, number: int = 1, by: str = "UOLGA", verdict: Verdict = Verdict.AS_EXPECTED, learnt: str = ""
) -> DecisionView:
    with firm.db.begin() as tx:
        view = find_decision(tx, firm.viewer(by), number)
        return review_decision(tx, firm.viewer(by), view, verdict=verdict, learnt=learnt, now=firm.now)


def told(firm: Firm, by: str = "UOLGA", number: int = 1) -> Foretold | None:
    with firm.db.read() as tx:
        viewer = firm.viewer(by)
        return foretold(tx, viewer, find_decision(tx, viewer, number), Reader.of(firm.people[by], firm.now))


def lessons(firm: Firm, by: str = "UOLGA") -> list[LessonView]:
    with firm.db.read() as tx:
        return list(newest_lessons(tx, firm.viewer(by)).lessons)


def april(day: int) -> datetime:
    return datetime(2026, 4, day, 10, tzinfo=UTC)


def test_what_was_expected_stands_beside_what_came(firm: Firm, team: Team, outcome: Outcome) -> None:
    logged(firm, team, choice=expecting(outcome))
    firm.clock.move_to(april(1))
    firm.result(outcome, "UOLGA", 50)
    found = told(firm)
    assert found is not None
    assert found.effect is not None
    assert (found.effect.prediction.before, found.effect.latest) == (Decimal(40), Decimal(50))
    assert (found.effect.share, found.effect.came) == (Decimal("0.5"), Came.PART)


def test_the_value_of_before_on_the_same_day_is_no_result_of_it(firm: Firm, team: Team, outcome: Outcome) -> None:
    logged(firm, team, choice=expecting(outcome))
    found = told(firm)
    assert found is not None
    assert found.effect is not None
    assert found.effect.came == Came.UNKNOWN


def test_who_does_not_see_the_outcome_sees_no_prediction(firm: Firm, team: Team) -> None:
    firm.channel("C2", members=["ULEAD"], is_private=True)
    hidden = firm.outcome(firm.team("C2"), "ULEAD").outcome
    firm.result(hidden, "ULEAD", 40)
    logged(firm, team, "ULEAD", choice=expecting(hidden))
    assert told(firm, "ULEAD") is not None
    assert told(firm, "UOLGA") is None
    reviewed(firm, by="ULEAD", learnt="Mail is read")
    [lesson] = lessons(firm)
    assert (lesson.origin_key, lesson.lesson.measure, lesson.outcome_key) == ("DEC-1", "", None)


def test_a_review_is_kept_and_ends_the_wait_for_it(firm: Firm, team: Team, outcome: Outcome) -> None:
    logged(firm, team, choice=expecting(outcome))
    firm.clock.move_to(april(2))
    firm.result(outcome, "UOLGA", 70)
    after = reviewed(firm, verdict=Verdict.BETTER, learnt="People read their mail")
    [review] = after.reviews
    assert (review.verdict, review.learnt) == (Verdict.BETTER, "People read their mail")
    assert (review.value, review.reviewed_by) == (Decimal(70), "UOLGA")
    decision = after.decision
    assert (decision.reviewed_at, decision.next_on, decision.debt_from_on) == (firm.now, NEVER, None)
    assert history(firm)[-1] == ("UOLGA", "reviewed", "", "better")


def test_what_was_learnt_is_a_lesson_of_the_team_with_where_it_came_from(
    firm: Firm, team: Team, outcome: Outcome
) -> None:
    logged(firm, team, choice=expecting(outcome))
    reviewed(firm, learnt="People read their mail")
    [lesson] = lessons(firm, "UMAX")
    assert (lesson.lesson.text, lesson.team.id, lesson.origin_key) == ("People read their mail", team.id, "DEC-1")
    assert (lesson.lesson.measure, lesson.outcome_key) == ("Reports", "OUT-1")


def test_said_again_the_verdict_is_replaced_and_the_lesson_is_not_kept_twice(firm: Firm, team: Team) -> None:
    logged(firm, team)
    reviewed(firm, verdict=Verdict.BETTER, learnt="It works")
    reviewed(firm, verdict=Verdict.WORSE, learnt="It works")
    reviewed(firm, verdict=Verdict.WORSE, learnt="It works")
    [review] = seen(firm, 1).reviews
    assert review.verdict == Verdict.WORSE
    assert len(lessons(firm)) == 1
    assert [line[1:] for line in history(firm)[-2:]] == [("reviewed", "", "better"), ("reviewed", "better", "worse")]


def test_another_version_is_reviewed_for_itself(firm: Firm, team: Team) -> None:
    logged(firm, team)
    reviewed(firm, verdict=Verdict.WORSE)
    decided(firm, 1, choice=Choice("By post", "", reason="Mail was filtered"))
    assert seen(firm, 1).decision.reviewed_at is None
    after = reviewed(firm, verdict=Verdict.BETTER)
    assert [(one.version, one.verdict) for one in after.reviews] == [(1, "worse"), (2, "better")]


def test_the_decider_and_the_lead_review_and_nobody_else(firm: Firm, team: Team) -> None:
    logged(firm, team)
    with pytest.raises(NotAllowed, match="Olga's to decide"):
        reviewed(firm, by="UMAX")
    reviewed(firm, by="ULEAD")


def test_what_is_not_decided_has_nothing_to_review(firm: Firm, team: Team) -> None:
    opened(firm, team)
    with pytest.raises(Refused, match="not decided yet"):
        reviewed(firm)
    logged(firm, team)
    reopened(firm, 2)
    with pytest.raises(Refused, match="not decided yet"):
        reviewed(firm, 2)


def test_what_was_logged_for_somebody_counts_in_the_calibration_of_who_decided_it(
    firm: Firm, team: Team, outcome: Outcome
) -> None:
    logged(firm, team, "UMAX", decider="UOLGA", choice=expecting(outcome))
    reviewed(firm)
    with firm.db.read() as tx:
        counted = {by: calibration_of(tx, firm.viewer(by))[1] for by in ("UMAX", "UOLGA")}
    assert counted == {"UMAX": 0, "UOLGA": 1}


def test_a_choice_that_the_lead_made_counts_in_the_calibration_of_the_lead(
    firm: Firm, team: Team, outcome: Outcome
) -> None:
    opened(firm, team, decider="UOLGA")
    decided(firm, 1, "ULEAD", expecting(outcome))
    reviewed(firm)
    with firm.db.read() as tx:
        counted = {by: calibration_of(tx, firm.viewer(by))[1] for by in ("ULEAD", "UOLGA")}
    assert counted == {"ULEAD": 1, "UOLGA": 0}


def test_calibration_counts_ones_own_choices_that_can_be_told(firm: Firm, team: Team, outcome: Outcome) -> None:
    verdicts = [Verdict.BETTER, Verdict.AS_EXPECTED, Verdict.WORSE, Verdict.CANNOT_TELL, Verdict.BETTER]
    for number, verdict in enumerate(verdicts, 1):
        logged(firm, team, choice=expecting(outcome))
        reviewed(firm, number, verdict=verdict)
    logged(firm, team, "ULEAD", choice=expecting(outcome))
    reviewed(firm, 6, by="ULEAD")
    with firm.db.read() as tx:
        assert calibration_of(tx, firm.viewer("UOLGA")) == (None, 4)
    logged(firm, team, choice=expecting(outcome))
    reviewed(firm, 7, by="ULEAD", verdict=Verdict.WORSE)
    with firm.db.read() as tx:
        found, counted = calibration_of(tx, firm.viewer("UOLGA"))
    assert found is not None
    assert (counted, found.came_true) == (5, 3)
