"""A result so far from the others that it is worth asking once whether it was meant."""

from collections.abc import Sequence
from decimal import Decimal
from itertools import pairwise
from statistics import median

from bot.measuring.paths import Path

_USUAL_CHANGES = 10


def is_jump(path: Path, values: Sequence[Decimal], new: Decimal) -> bool:
    """Whether `new` changes the measure by more than ten times its usual change, up or down.

    The usual change is the median of those from each value to the next, from the baseline on, leaving out results that
    changed nothing. An outcome that has not changed yet is taken to need five changes for its path: a first result is
    a jump beyond twice the path, so one at the target is none. Where that path has no length, nothing is a jump.
    """
    known = [path.baseline, *values]
    changes = [abs(after - before) for before, after in pairwise(known) if after != before]
    usual = median(changes) if changes else abs(path.target - path.baseline) / 5
    return usual > 0 and abs(new - known[-1]) > _USUAL_CHANGES * usual
