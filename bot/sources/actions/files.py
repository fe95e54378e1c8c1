"""Results that are imported from a file."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal

from sqlalchemy import insert, select

from bot.db.database import Tx
from bot.errors import Refused
from bot.language.values import NotAValue, read_value
from bot.outcomes.model import Outcome, Result
from bot.outcomes.queries import Brief
from bot.outcomes.queries.allowed import check_is_live
from bot.outcomes.rules import TYPED_LIMIT, read_confidence, read_key
from bot.people.model import Person
from bot.people.queries import people_by_id
from bot.people.rules import Viewer
from bot.results.actions import Measured, check_measured, take_in
from bot.slack.typed import clean
from bot.sources.queries import keys_there, outcomes_numbered
from bot.sources.rules.moments import read_moment
from bot.sources.rules.sheets import Line, import_key

_AT_ONCE = 1_000
"""How many rows one statement writes; PostgreSQL's statements have a time limit."""


@dataclass(frozen=True)
class Row:
    """A line that was read and found good: whose outcome, by whom, and what was measured."""

    outcome_id: int
    author_id: str
    measured: Measured

    @property
    def key(self) -> str:
        """What the line is called: unique, and the same when the file is imported again."""
        return self.measured.idempotency_key or ""


class Reading:
    """Reads the lines of one file, against what the database says of the outcomes and people that they name."""

    def __init__(self, tx: Tx, workspace_id: str, lines: Sequence[Line], *, locale: str, now: datetime) -> None:
        self._workspace_id, self._locale, self._now = workspace_id, locale, now
        numbers = {number for line in lines if (number := _number(line)) is not None}
        self._outcomes = outcomes_numbered(tx, workspace_id, numbers)
        authors = {clean(line.cells.get("author")) for line in lines} - {""}
        self._people = people_by_id(tx, Viewer(workspace_id, ""), authors)
        self._seen: Counter[tuple[str, ...]] = Counter()

    def read(self, line: Line) -> Row:
        """One line. To be called once for each, in their order: of lines that say the same, each is one result.

        Raises Refused, or FormRefused, with the reason.
        """
        if line.trouble:
            raise Refused(line.trouble)
        cells = {name: clean(cell) for name, cell in line.cells.items()}
        outcome = self._outcome(line)
        check_is_live(outcome)
        moment = read_moment(cells.get("date", ""), zone=outcome.owner.zone, now=self._now, locale=self._locale)
        measured = Measured(
            self._value(cells.get("value", ""), outcome),
            cells.get("note", ""),
            read_confidence(cells.get("confidence", "")),
            source="import",
            measured_at=moment.at,
        )
        check_measured(measured, self._now)
        author = self._author(cells.get("author", ""), outcome)
        says = (self._workspace_id, outcome.outcome.key, str(moment), str(measured.value), measured.note)
        self._seen[says] += 1
        key = import_key(*says, str(self._seen[says]))
        return Row(outcome.outcome.id, author.id, replace(measured, idempotency_key=key))

    def _outcome(self, line: Line) -> Brief:
        number = _number(line)
        if number is None:
            raise Refused("Name the outcome by its key, such as OUT-12.")
        if number not in self._outcomes:
            raise Refused(f"There is no OUT-{number}.")
        return self._outcomes[number]

    def _value(self, text: str, outcome: Brief) -> Decimal:
        if not text:
            raise Refused("The value is missing.")
        if len(text) > TYPED_LIMIT:
            raise Refused(f"A value is at most {TYPED_LIMIT} characters long.")
        try:
            return read_value(text, unit=outcome.outcome.unit, locale=self._locale).value
        except NotAValue as error:
            raise Refused(str(error)) from None

    def _author(self, person_id: str, outcome: Brief) -> Person:
        if not person_id:
            return outcome.owner
        if person_id not in self._people:
            raise Refused(f"Rhythm has met nobody whose Slack id is “{person_id[:40]}”.")
        return self._people[person_id]


def import_rows(tx: Tx, workspace_id: str, rows: Sequence[Row], *, now: datetime) -> int:
    """Logs the rows that are not there yet, all in this transaction. Answers how many they were.

    Each outcome is brought up to date once, however many its rows. Raises Refused when one was closed since its lines
    were read.
    """
    known = keys_there(tx, workspace_id, [row.key for row in rows])
    by_outcome: dict[int, list[Row]] = defaultdict(list)
    for row in rows:
        if row.key not in known:
            by_outcome[row.outcome_id].append(row)
    for outcome_id in sorted(by_outcome):
        held = select(Outcome).where(Outcome.id == outcome_id).with_for_update(key_share=True)
        outcome = tx.scalars(held).one()
        if outcome.closed_at is not None:
            raise Refused(f"{outcome.key} was closed meanwhile, so nothing was saved. Import the file again.")
        _add(tx, workspace_id, outcome, sorted(by_outcome[outcome_id], key=_measured_at), now)
    return sum(map(len, by_outcome.values()))


def _add(tx: Tx, workspace_id: str, outcome: Outcome, rows: Sequence[Row], now: datetime) -> None:
    values = [
        {
            "workspace_id": workspace_id,
            "outcome_id": outcome.id,
            "value": row.measured.value,
            "measured_at": row.measured.measured_at,
            "recorded_at": now,
            "author_id": row.author_id,
            "note": row.measured.note,
            "confidence": row.measured.confidence,
            "source": row.measured.source,
            "link": "",
            "idempotency_key": row.key,
        }
        for row in rows
    ]
    for start in range(0, len(values), _AT_ONCE):
        tx.execute(insert(Result), values[start : start + _AT_ONCE])
    first = rows[0]
    take_in(tx, Viewer(workspace_id, first.author_id), outcome, first.measured.value, now=now)


def _measured_at(row: Row) -> datetime:
    assert row.measured.measured_at is not None
    return row.measured.measured_at


def _number(line: Line) -> int | None:
    try:
        return read_key(clean(line.cells.get("outcome")))
    except Refused:
        return None
