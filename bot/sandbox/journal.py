"""The sandbox's memory on disk: one JSON line per change, flushed at once, compacted when read back."""

import json
from collections.abc import Iterable
from pathlib import Path
from typing import TextIO

from bot.sandbox.refusals import Json

Line = tuple[str, str, Json | None]


class Journal:
    """Append-only lines of `[table, key, row]`; a null row means removed. Without a path it forgets everything."""

    def __init__(self, path: Path | None) -> None:
        self._path = path
        self._file: TextIO | None = None

    def read(self) -> dict[str, dict[str, Json]]:
        """Every table as the last run left it. A line torn by a kill is passed over."""
        tables: dict[str, dict[str, Json]] = {}
        if self._path is None or not self._path.exists():
            return tables
        for text in self._path.read_text(encoding="utf-8").splitlines():
            try:
                table, key, row = json.loads(text)
            except ValueError:
                continue
            rows = tables.setdefault(table, {})
            if row is None:
                rows.pop(key, None)
            else:
                rows[key] = row
        return tables

    def rewrite(self, lines: Iterable[Line]) -> None:
        """Replaces the file by these lines, at once or not at all, and stays open for appending."""
        if self._path is None:
            return
        self.close()
        self._path.parent.mkdir(parents=True, exist_ok=True)
        fresh = self._path.with_suffix(self._path.suffix + ".new")
        with fresh.open("w", encoding="utf-8") as file:
            file.writelines(json.dumps(line) + "\n" for line in lines)
        fresh.replace(self._path)
        self._file = self._path.open("a", encoding="utf-8")

    def append(self, table: str, key: str, row: Json | None) -> None:
        """Writes one change through to the file."""
        if self._file is not None:
            self._file.write(json.dumps((table, key, row)) + "\n")
            self._file.flush()

    def close(self) -> None:
        """Closes the file; what is appended afterwards is not kept."""
        if self._file is not None:
            self._file.close()
            self._file = None


class Table(dict[str, Json]):
    """Rows by key; setting or deleting one journals it. Rows are replaced, never changed in place."""

    def __init__(self, name: str, journal: Journal, rows: dict[str, Json] | None = None) -> None:
        super().__init__(rows or {})
        self.name = name
        self._journal = journal

    def __setitem__(self, key: str, row: Json) -> None:
        super().__setitem__(key, row)
        self._journal.append(self.name, key, row)

    def __delitem__(self, key: str) -> None:
        super().__delitem__(key)
        self._journal.append(self.name, key, None)
