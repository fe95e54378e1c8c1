"""What is true of results: when one is so far off that it is worth a question. Pure."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from bot.measuring.jumps import is_jump
from bot.outcomes.model import Result
from bot.outcomes.queries import View


@dataclass(frozen=True)
class Jump:
    """A change over ten times the usual one."""

    before: Decimal
    after: Decimal


def jump_to(view: View, value: Decimal, *, at: datetime, replaces: Result | None = None) -> Jump | None:
    """The jump that this value would be, measured `at`, from the results that stood by then; None when it is none.

    `replaces` is the result that it would correct, which then no longer stands.
    """
    corrected = replaces.id if replaces else None
    known = [one.value for one in view.results if one.measured_at <= at and one.id != corrected]
    before = known[-1] if known else view.outcome.baseline
    if before is None or not is_jump(view.path, known, value):
        return None
    return Jump(before, value)
