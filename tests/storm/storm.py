"""The storm itself: a company lives week after week, while its replicas are killed and everything around them fails."""

import time
from collections.abc import Callable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from datetime import datetime, timedelta
from pathlib import Path

from sqlalchemy import func, select

from bot.outbox.model import Delivery
from bot.outbox.queries import owed_by
from bot.teams.rules import period_of
from tests.living import until
from tests.storm.company import BEGINS
from tests.storm.counting import count
from tests.storm.findings import found, oddities
from tests.storm.plan import Plan, Report
from tests.storm.rows import Rows, patiently
from tests.storm.stage import RETRIES, Stage, staged
from tests.storm.weather import pass_time

_MOMENTS = (timedelta(hours=1), timedelta(days=1, hours=1), timedelta(days=7))
"""Since a Monday at eight: nine, when check-ins are due; Tuesday at nine, when nudges are; the next Monday at eight."""

_GLANCE, _A_WHILE = 0.02, 0.5


def storm(
    plan: Plan,
    rows: Rows,
    folder: Path,
    *,
    restart: Callable[[bool], None] | None = None,
    say: Callable[[str], None] = lambda _line: None,
) -> Report:
    """Lives it, waits until nothing is owed any more, and counts.

    Args:
        folder: where the replicas' log goes.
        restart: restarts the database, as if it crashed when asked so; None where others use it too.
        say: is told how it goes.
    """
    begun = time.monotonic()
    with staged(plan, rows, folder, restart) as stage:
        life = _Life(plan, stage, say)
        life.live()
        return Report(
            plan,
            count(stage.ledger, found(stage.db, stage.sandbox.url)),
            stage.fleet.kills,
            stage.fleet.failed_starts,
            stage.weather.struck,
            life.week,
            time.monotonic() - begun,
            oddities(stage.log),
        )


class _Life:
    """A company's weeks, each of them three moments."""

    def __init__(self, plan: Plan, stage: Stage, say: Callable[[str], None]) -> None:
        self._plan, self._stage, self._say = plan, stage, say
        self._begun = time.monotonic()
        self._moment = 0

    @property
    def week(self) -> int:
        """Which week it is; the first one is 1."""
        return (self._moment - 1) // len(_MOMENTS) + 1

    def live(self) -> None:
        """Until there were kills enough, and then until all is settled."""
        stage = self._stage
        with ThreadPoolExecutor(3) as threads:
            at_work = [threads.submit(stage.weather.rage)]
            at_work += [threads.submit(stage.people.live, share, 2) for share in range(2)]
            try:
                while self._is_raging():
                    self._begin_moment()
                    self._endure(at_work)
                stage.weather.stop()
                at_work[0].result()
                self._grow_calm()
            finally:
                stage.weather.stop()
                stage.people.stop()
        for one in at_work:
            one.result()

    def _is_raging(self) -> bool:
        return self._stage.fleet.kills.total() < self._plan.kills

    def _begin_moment(self) -> None:
        """Owes some more, and sets the clock to when the next check-ins or nudges are due."""
        stage, plan, nth = self._stage, self._plan, self._moment % len(_MOMENTS)
        patiently(lambda: stage.owing.owe(self._moment, plan.notes))
        self._moment += 1
        monday = BEGINS + timedelta(weeks=self.week - 1)
        self._go_to(monday + _MOMENTS[nth])
        if nth == 0:
            period = period_of(monday.date())
            stage.ledger.owed.update({f"checkin:{owner}:{period}": "" for owner in stage.owners})
        stage.people.ask(self.week, plan.answering if nth else plan.answering * 3 // 4)

    def _go_to(self, instant: datetime) -> None:
        ahead = instant - self._stage.rows.now()
        if ahead > timedelta(0):
            self._stage.time.move(ahead)

    def _endure(self, at_work: Sequence[Future[None]]) -> None:
        """Kills enough for one moment; then a lull, until all is settled."""
        fleet, begun = self._stage.fleet, time.monotonic()
        enough = min(fleet.kills.total() + self._plan.kills_a_moment, self._plan.kills)
        while fleet.kills.total() < enough or not self._is_settled():
            self._stage.weather.is_calm = fleet.kills.total() >= enough
            look_up_at = time.monotonic() + _A_WHILE
            while time.monotonic() < look_up_at:
                fleet.tend(kill=fleet.kills.total() < enough)
                time.sleep(_GLANCE)
            for one in at_work:
                if one.done():
                    one.result()
            assert time.monotonic() - begun < self._plan.patience, f"nothing moves: {self._standing()}"
        self._stage.weather.is_calm = False
        self._tell()

    def _tell(self) -> None:
        kills, seconds = self._stage.fleet.kills.total(), time.monotonic() - self._begun
        self._say(f"week {self.week}, {kills} kills, {seconds:.0f} s: {self._standing()}")

    def _grow_calm(self) -> None:
        """No more kills and no more faults: what was begun is finished."""
        stage, patience = self._stage, self._plan.patience
        patiently(stage.owing.end_meetings)

        def is_over() -> bool:
            stage.fleet.tend(kill=False)
            return self._is_settled()

        pass_time(stage.time, is_over, patience=patience)
        stage.people.stop()
        if self._plan.answering:
            until(lambda: not stage.is_telling, seconds=2 * sum(RETRIES))
        pass_time(stage.time, lambda: not self._owes(), patience=patience)

    def _is_settled(self) -> bool:
        return self._stage.people.are_done() and not self._owes()

    def _owes(self) -> bool:
        """Whether anything due has not ended, or a check-in has not been decided yet."""
        db = self._stage.db

        def ask() -> bool:
            with db.read() as tx:
                known = set(tx.scalars(select(Delivery.key)))
                return owed_by(tx, instant=db.now(tx)) > 0 or not known >= self._stage.ledger.owed.keys()

        return patiently(ask)

    def _standing(self) -> str:
        def ask() -> str:
            with self._stage.db.read() as tx:
                states = select(Delivery.state, func.count()).group_by(Delivery.state)
                return ", ".join(f"{number} {state}" for state, number in tx.execute(states))

        return patiently(ask)
