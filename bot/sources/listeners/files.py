"""The import of a file: every line is checked first, then all are saved in one transaction, or none."""

from collections.abc import Callable, Iterable, Sequence
from contextlib import AbstractContextManager

from bot.db.database import Database, Tx
from bot.errors import CannotStart, FormRefused, Refused
from bot.slack.app import even_if_raced
from bot.sources.actions.files import Reading, Row, import_rows
from bot.sources.queries import keys_there, workspaces
from bot.sources.rules.sheets import Line, Refusal, Report, read_sheet

Progress = Callable[[Sequence[Line]], AbstractContextManager[Iterable[Line]]]
"""Hands the lines on one by one, and shows how far they are."""


def import_results(
    db: Database,
    data: bytes,
    *,
    progress: Progress,
    workspace: str | None = None,
    locale: str = "en-US",
    dry_run: bool = False,
    skip_refused: bool = False,
) -> Report:
    """Imports the results in a CSV file. Where a line is refused nothing is saved, unless `skip_refused`.

    Raises NotASheet for another file, CannotStart when it is not clear which workspace is meant, Refused when an
    outcome was closed while its lines were read, MemoryAway when the database is; nothing was saved then.
    """
    lines = read_sheet(data)
    with db.read() as tx:
        workspace_id = _workspace(tx, workspace)
        reading = Reading(tx, workspace_id, lines, locale=locale, now=db.now(tx))
    with progress(lines) as shown:
        rows, refusals = _read(reading, shown)
    if dry_run or (refusals and not skip_refused):
        with db.read() as tx:
            there = len(keys_there(tx, workspace_id, [row.key for row in rows]))
        return Report(len(rows) - there, there, refusals, is_saved=False)
    new = even_if_raced(lambda: _save(db, workspace_id, rows))
    return Report(new, len(rows) - new, refusals, is_saved=True)


def _read(reading: Reading, lines: Iterable[Line]) -> tuple[list[Row], list[Refusal]]:
    rows, refusals = [], []
    for line in lines:
        try:
            rows.append(reading.read(line))
        except (Refused, FormRefused) as error:
            refusals.append(Refusal(line.number, error.sentence))
    return rows, refusals


def _save(db: Database, workspace_id: str, rows: Sequence[Row]) -> int:
    with db.begin() as tx:
        return import_rows(tx, workspace_id, rows, now=db.now(tx))


def _workspace(tx: Tx, wanted: str | None) -> str:
    known = {one.id: one.name for one in workspaces(tx)}
    if not known:
        raise CannotStart("There is no workspace in this database yet. Start Rhythm once, then import.")
    if wanted is None and len(known) == 1:
        return next(iter(known))
    if wanted not in known:
        choices = ", ".join(f"{workspace_id} ({name})" for workspace_id, name in known.items())
        raise CannotStart(f"Say with --workspace which one is meant: {choices}.")
    return wanted
