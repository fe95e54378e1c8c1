"""Asking a small and a large workspace the same questions in turn, so that what else the machine does falls on both."""

import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from statistics import median

from bot.db.database import Database, Tx
from bot.people.rules import Viewer
from tests.benchmarks.company import VIEWERS, viewer
from tests.benchmarks.report import Figure

Asked = Callable[[Tx, Viewer], object]


@dataclass(frozen=True)
class Question:
    """Something that is asked, and whether it writes."""

    ask: Asked
    writes: bool = False


@dataclass(frozen=True)
class _Timing:
    question: str
    who: str
    milliseconds: tuple[list[float], list[float]]


def measured(databases: Sequence[Database], questions: Mapping[str, Question], repeat: int) -> Iterator[Figure]:
    """What each question costs each viewer in the small and in the large database: of many repetitions the median."""
    timings = [_Timing(name, who, ([], [])) for name in questions for who in VIEWERS]
    for repetition in range(repeat + 1):
        for timing in timings:
            for at in (0, 1) if repetition % 2 else (1, 0):
                took = _took(databases[at], questions[timing.question], timing.who)
                if repetition:  # the first time warms up
                    timing.milliseconds[at].append(took)
    for timing in timings:
        small, large = timing.milliseconds
        yield Figure(timing.question, timing.who, median(small), median(large), sorted(large)[int(len(large) * 0.95)])


def _took(database: Database, question: Question, who: str) -> float:
    started = time.perf_counter()
    with database.begin() if question.writes else database.read() as tx:
        question.ask(tx, viewer(who))
    return (time.perf_counter() - started) * 1_000
