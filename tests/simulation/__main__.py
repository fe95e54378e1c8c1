"""Lives many lives and says what became of them; or one, with everything that happened in it.

`python -m tests.simulation --help` says what can be chosen; `make simulate SEEDS=10000` is the usual way in.
"""

import time
from collections import Counter
from typing import Annotated

import typer

from tests.simulation.lesser import LESSER
from tests.simulation.life import Life, live
from tests.simulation.memory import SimulatedDatabase
from tests.simulation.replica import Engine
from tests.simulation.weather import Fate

_ENGINES = {"the bot's": Engine(), **LESSER}


def main(
    seeds: Annotated[int, typer.Option(help="How many lives.", min=1)] = 1_000,
    start: Annotated[int, typer.Option("--from", help="The first seed.")] = 0,
    seed: Annotated[int | None, typer.Option(help="Only this one, with its trace.")] = None,
    engine: Annotated[str, typer.Option(help=f"What sends: {', '.join(_ENGINES)}.")] = "the bot's",
) -> None:
    """Says how many messages were posted, doubled and lost, and which seeds broke a promise."""
    database = SimulatedDatabase()
    if seed is not None:
        life = live(database, seed, _ENGINES[engine])
        print("\n".join(life.trace))
        _tell(life)
        raise typer.Exit(bool(life.violations))
    begun_at = time.perf_counter()
    seen: Counter[str] = Counter()
    broken: Counter[str] = Counter()
    lives_with_faults = 0
    for number in range(start, start + seeds):
        life = live(database, number, _ENGINES[engine])
        seen += life.seen
        broken += Counter(violation.promise for violation in life.violations)
        lives_with_faults += bool(life.violations)
        _tell(life)
    _sum_up(seeds, time.perf_counter() - begun_at, seen, broken)
    raise typer.Exit(bool(lives_with_faults))


def _tell(life: Life) -> None:
    for violation in life.violations:
        print(f"seed {life.seed}: {violation}")


def _sum_up(seeds: int, seconds: float, seen: Counter[str], broken: Counter[str]) -> None:
    def times(fate: Fate) -> int:
        return sum(count for what, count in seen.items() if what.startswith(f"{fate} "))

    print(f"{seeds:,} lives in {seconds:.1f} s ({seeds / seconds:.0f} a second).")
    print(f"{seen['shown']:,} messages posted, {seen['rewritten']:,} times rewritten.")
    print(f"{times(Fate.KILLED):,} kills, {times(Fate.FROZEN):,} freezes, {times(Fate.AWAY):,} transactions refused,")
    print(f"{times(Fate.UNANSWERED):,} commits without an answer, {_faults(seen):,} faults of Slack's,")
    print(
        f"{seen['the judging clock jumped']:,} jumps of the clock that judges, {seen['own clock jumped']:,} of others."
    )
    print(f"{broken['doubled']:,} doubled, {broken['lost']:,} lost; promises broken in all: {broken.total():,}.")


def _faults(seen: Counter[str]) -> int:
    return sum(count for what, count in seen.items() if what.startswith(("post: ", "update: ", "open_dm: ", "look: ")))


if __name__ == "__main__":
    typer.run(main)
