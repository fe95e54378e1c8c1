"""Outcomes that have stalled and were never stored, for the tests of the rules and of the words."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

from bot.absences.rules import Days
from bot.linter.statements import lint_statement
from bot.measuring.effort import Effort
from bot.outcomes.queries import View
from bot.signals.queries import Signals
from bot.signals.rules import Facts
from tests.outcomes.samples import NOW, view

TODAY = NOW.date()
CLEAR = Facts(
    findings=(),
    owned=1,
    focus_limit=3,
    owner_trouble="",
    away=None,
    handed_over=0,
    days_without_result=3,
    period_days=7,
    today=TODAY,
)
"""Nothing that stands in an outcome's way."""

EFFORT = Effort(7, Decimal(5), Decimal("0.012"), 6, 4, before=Decimal("8.05"), now=Decimal("8.1"))
BUSY = view("8", "8.05", "8.1", "8.1", "8.1", "8.1", note="Two more webinars held")
EVERYTHING: dict[str, Any] = {
    "findings": tuple(lint_statement("Launch the new onboarding and improve retention")),
    "owned": 5,
    "owner_trouble": "is deactivated",
    "away": Days(date(2026, 3, 20), date(2026, 4, 12)),
    "handed_over": 2,
    "days_without_result": 23,
}


def found(of: View = BUSY, *, effort: Effort | None = EFFORT, may_change: bool = True, **known: Any) -> Signals:
    """What is found about an outcome of which nothing stands in the way, unless said."""
    return Signals(of, replace(CLEAR, **known), effort, may_change)
