"""Debt, reviews and what came of choices, never stored: for the tests of the words."""

from datetime import date, timedelta

from bot.decisions.model import DecisionReview
from bot.decisions.queries import DecisionView
from bot.decisions.queries.debt import DebtPage, InDebt
from bot.decisions.queries.reviewing import Foretold, effect_so_far
from bot.decisions.rules import Verdict
from bot.decisions.rules.debt import Debt
from bot.outcomes.queries import View
from tests.decisions.samples import asked, choice, made, question
from tests.outcomes.samples import NOW, READER, view

NOBODY = asked(decision=question(4, decider_id=None, needed_by_on=None), decider=None)
OVERDUE = asked(decision=question(needed_by_on=date(2026, 3, 18)))
AGAIN = asked(decision=question(5, reopened_at=NOW - timedelta(days=3), needed_by_on=date(2026, 3, 29)))
DECIDED_AT = NOW - timedelta(days=21)
REVIEWED_ON = date(2026, 3, 28)
REVIEW_DUE = made(
    [choice(made_at=DECIDED_AT, review_on=REVIEWED_ON)],
    decision=question(6, decided=True, review_on=REVIEWED_ON, choice_version=1),
)


def in_debt(of: DecisionView = OVERDUE, *kinds: Debt, days: int = 12, blocks: tuple[str, ...] = ("OUT-12",)) -> InDebt:
    """A decision that is missing."""
    return InDebt(of, kinds or (Debt.OVERDUE,), days, blocks)


DEBTS = [
    in_debt(OVERDUE, blocks=("OUT-12", "OUT-13", "OUT-14", "OUT-15", "OUT-16")),
    in_debt(NOBODY, Debt.NO_DECIDER, days=5, blocks=()),
    in_debt(AGAIN, Debt.OVERDUE, Debt.NO_EVIDENCE, days=3),
    in_debt(REVIEW_DUE, Debt.PAST_REVIEW, days=2, blocks=()),
]


TREND = (2, 2, 3, 3, 3, 4, 4, 4)
LEARNT = "Small accounts hardly look at the price"


def page(*debts: InDebt, total: int = 0, offset: int = 0, trend: tuple[int, ...] = TREND) -> DebtPage:
    """A page of debt of Growth and Platform."""
    teams, deciders = [("Growth", 3), ("Platform", 1)], [("Olga Ortiz", 3), ("", 1)]
    return DebtPage(debts, total or len(debts), offset, teams if debts else [], deciders if debts else [], trend)


def foretold(outcome: View, of: DecisionView = REVIEW_DUE) -> Foretold:
    """What was expected of the decided one beside what that outcome's measure did."""
    assert of.chosen is not None
    return Foretold(of.chosen, outcome, effect_so_far(of.chosen, outcome, READER))


HALF = foretold(view("8.2", "8.6", "9", "9.4", "10", number=12))
OTHER_WAY = foretold(view("9.5", "9", "8.5", "8", number=12))
NO_RESULT = foretold(view(number=12))


def reviewed(verdict: Verdict = Verdict.AS_EXPECTED, learnt: str = LEARNT) -> DecisionView:
    """One that was reviewed."""
    review = DecisionReview(workspace_id="T1", decision_id=6, version=1, reviewed_at=NOW, reviewed_by="UOLGA")
    review.verdict, review.learnt = verdict, learnt
    row = question(6, decided=True, review_on=date(2026, 3, 28), reviewed_at=NOW, choice_version=1)
    return made([choice(made_at=DECIDED_AT)], decision=row, reviews=(review,))
