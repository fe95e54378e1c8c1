"""Things that go wrong on demand: slow answers, refusals, lost connections, doubled events.

A fault names a Web API method (or `*`) and a kind; it can skip its first `after` matches, strike a number of `times`
(null: always), in one `channel` only, or with a `probability` drawn from its own seeded dice.
"""

import random
from collections.abc import Iterable
from dataclasses import asdict, dataclass, field
from typing import Any

from bot.sandbox.refusals import Json, Refused

BEFORE = frozenset({"delay", "status_429", "status_500", "error", "drop_before", "timeout_before"})
AFTER = frozenset({"drop_after", "timeout_after"})
KINDS = BEFORE | AFTER | {"duplicate_event", "lose_socket", "history_lag"}


@dataclass
class Fault:
    """One fault as asked for, with how often it has matched and struck so far."""

    kind: str
    method: str = "*"
    times: int | None = 1
    after: int = 0
    seconds: float = 2
    error: str = "internal_error"
    channel: str | None = None
    probability: float | None = None
    seed: int = 0
    matched: int = 0
    struck: int = 0
    _dice: random.Random = field(default_factory=random.Random, repr=False)

    def __post_init__(self) -> None:
        self._dice = random.Random(self.seed)  # noqa: S311

    def strikes(self, method: str | None, channel: str | None) -> bool:
        """Whether this call is one the fault hits; counts it if so."""
        if self.times is not None and self.struck >= self.times:
            return False
        if self.method not in ("*", method) or self.channel not in (None, channel):
            return False
        self.matched += 1
        if self.matched <= self.after:
            return False
        if self.probability is not None and self._dice.random() >= self.probability:
            return False
        self.struck += 1
        return True

    def as_json(self) -> Json:
        """The fault with its counters."""
        return {name: value for name, value in asdict(self).items() if name != "_dice"}


class Faults:
    """The faults in force."""

    def __init__(self) -> None:
        self._faults: list[Fault] = []

    def add(self, wanted: Iterable[Any]) -> None:
        """Puts faults in force, all or none. Raises Refused for one it does not understand."""
        self._faults += [_fault(one) for one in wanted]

    def clear(self) -> None:
        """Ends every fault."""
        self._faults.clear()

    def as_json(self) -> list[Json]:
        """Every fault asked for since the last `clear`, spent ones included, with their counters."""
        return [fault.as_json() for fault in self._faults]

    def strike(self, kinds: Iterable[str], method: str | None = None, channel: str | None = None) -> list[Fault]:
        """The faults of these kinds that hit this call, each counted as used."""
        return [fault for fault in self._faults if fault.kind in kinds and fault.strikes(method, channel)]


def _fault(wanted: Any) -> Fault:
    if not isinstance(wanted, dict):
        raise Refused("Each fault is an object with a `kind`.")
    if wanted.get("kind") not in KINDS:
        raise Refused(f"Unknown fault kind {wanted.get('kind')!r}. The kinds are: {', '.join(sorted(KINDS))}.")
    known = {"kind", "method", "times", "after", "seconds", "error", "channel", "probability", "seed"}
    if unknown := wanted.keys() - known:
        raise Refused(f"A fault has no {', '.join(sorted(unknown))}.")
    fault = Fault(**wanted)
    if not isinstance(fault.seconds, int | float) or fault.seconds < 0:
        raise Refused("`seconds` is a number, zero or more.")
    if not isinstance(fault.after, int) or not isinstance(fault.times, int | None):
        raise Refused("`after` and `times` are whole numbers; `times` may be null for always.")
    return fault
