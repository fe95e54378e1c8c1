"""Messages owed beside the check-ins: to people and channels, in threads, reworded, called off, short-lived."""

import random
from collections.abc import Sequence
from datetime import datetime, timedelta

from bot.db.database import Database, Tx
from bot.outbox.queue import cancel, enqueue, revise
from bot.slack.message import Message
from tests.storm.company import NEWS, WORKSPACE
from tests.storm.counting import Ledger

_LASTS = timedelta(days=30)
_BRIEFLY = timedelta(seconds=90)


class Owing:
    """Owes some more whenever it is asked to, through Rhythm's own queue."""

    def __init__(self, db: Database, people: Sequence[str], ledger: Ledger, dice: random.Random) -> None:
        self._db, self._people, self._ledger, self._dice = db, people, ledger, dice
        self._before: list[str] = []

    def owe(self, moment: int, count: int) -> None:
        """Owes so many messages, and rewords some of those owed the time before."""
        owed: dict[str, str] = {}
        with self._db.begin() as tx:
            now = self._db.now(tx)
            for key in self._before[: count // 4]:
                owed[key] = f"{key}: reworded"
                revise(tx, workspace_id=WORKSPACE, key=key, message=_says(owed[key]), now=now, expires_at=now + _LASTS)
            in_news = [self._news(tx, owed, f"news:{moment}-{nth}", now) for nth in range(count // 3)]
            for nth in range(count // 3):
                person = self._dice.choice(self._people)
                self._note(tx, owed, f"note:{person}:{moment}-{nth}", person, now)
            for nth, key in enumerate(in_news[: count // 6]):
                self._note(tx, owed, f"thread:{moment}-{nth}", NEWS, now, thread_of=key)
            for nth in range(count // 12):
                self._note(tx, owed, f"called-off:{moment}-{nth}", NEWS, now)
                cancel(tx, workspace_id=WORKSPACE, key=f"called-off:{moment}-{nth}", reason="Called off.", now=now)
                self._note(tx, owed, f"brief:{moment}-{nth}", NEWS, now, lasts=_BRIEFLY)
        self._ledger.owed.update(owed)
        self._before = in_news

    def _news(self, tx: Tx, owed: dict[str, str], key: str, now: datetime) -> str:
        self._note(tx, owed, key, NEWS, now)
        owed[key] = key
        return key

    def _note(
        self,
        tx: Tx,
        owed: dict[str, str],
        key: str,
        place: str,
        now: datetime,
        *,
        thread_of: str | None = None,
        lasts: timedelta = _LASTS,
    ) -> None:
        enqueue(
            tx,
            workspace_id=WORKSPACE,
            key=key,
            place=place,
            message=_says(key),
            due_at=now,
            expires_at=now + lasts,
            now=now,
            thread_of=thread_of,
        )
        owed[key] = ""


def _says(words: str) -> Message:
    return Message(words, [])
