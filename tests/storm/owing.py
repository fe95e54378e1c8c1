"""What is owed beside the check-ins: notes, reworded, in threads, called off, short-lived; summaries of meetings."""

import random
from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import select

from bot.db.database import Database, Tx
from bot.meetings.actions.holding import end_meeting_now, start_meeting
from bot.meetings.model import Meeting
from bot.meetings.queries.held import open_in
from bot.meetings.rules.held import MeetingState
from bot.outbox.queue import cancel, enqueue, revise
from bot.people.rules import Viewer
from bot.slack.message import Message
from bot.teams.model import Team
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
            owed.update(self._end_meetings(tx, now))
            self._begin_meeting(tx, moment, now)
        self._ledger.owed.update(owed)
        self._before = in_news

    def end_meetings(self) -> None:
        """Ends the last meeting, so that none ends by its plan while all is counted."""
        with self._db.begin() as tx:
            owed = self._end_meetings(tx, self._db.now(tx))
        self._ledger.owed.update(owed)

    def _begin_meeting(self, tx: Tx, moment: int, now: datetime) -> None:
        start_meeting(tx, self._lead, self._team(tx), f"Meeting {moment}", focus_limit=3, now=now)

    def _end_meetings(self, tx: Tx, now: datetime) -> dict[str, str]:
        """Ends the meeting that is on, unless its plan has ended it; answers what is owed of all that are over."""
        for held in open_in(tx, self._lead, self._team(tx)):
            end_meeting_now(tx, self._lead, held.meeting.id, now=now)
        over = tx.scalars(select(Meeting).where(Meeting.state == MeetingState.ENDED))
        return {meeting.summary_key: "" for meeting in over}

    @property
    def _lead(self) -> Viewer:
        return Viewer(WORKSPACE, self._people[0])

    def _team(self, tx: Tx) -> Team:
        return tx.scalars(select(Team).where(Team.workspace_id == WORKSPACE)).one()

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
