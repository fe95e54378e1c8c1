"""The figures of a benchmark, as a table for people and as a file for programs."""

import csv
import os
import platform
from collections.abc import Mapping, Sequence
from dataclasses import astuple, dataclass
from importlib.metadata import version
from pathlib import Path


@dataclass(frozen=True)
class Figure:
    """What one question cost one viewer, in milliseconds: the medians in both workspaces, and the large one's p95."""

    question: str
    viewer: str
    small: float
    large: float
    large_p95: float

    @property
    def ratio(self) -> float:
        """How many times as much it costs in the large workspace."""
        return self.large / self.small


@dataclass(frozen=True)
class Report:
    """The figures of one database, `about` so many outcomes, or whatever else was many."""

    about: str
    engine: str
    version: str
    small: int
    large: int
    repeat: int
    figures: Sequence[Figure]

    def as_markdown(self) -> str:
        """A table, with the machine it was measured on."""
        return "\n".join(
            [
                f"# {self.engine} {self.version}: {self.about}",
                "",
                f"Medians of {self.repeat}, in milliseconds. {machine()}",
                "",
                f"| | who | {self.small:,} | {self.large:,} | p95 | ratio |",
                "|---|---|--:|--:|--:|--:|",
                *(
                    f"| {one.question} | {one.viewer} | {one.small:.1f} | {one.large:.1f} | {one.large_p95:.1f} "
                    f"| {one.ratio:.1f} |"
                    for one in self.figures
                ),
            ]
        )

    def write(self, folder: Path) -> None:
        """Writes `outcomes-sqlite.md` and `outcomes-sqlite.csv`, or those of PostgreSQL."""
        folder.mkdir(exist_ok=True)
        name = f"{self.about}-{self.engine.casefold()}"
        (folder / f"{name}.md").write_text(self.as_markdown() + "\n", encoding="utf-8")
        with (folder / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
            rows = csv.writer(file)
            rows.writerow(["question", "viewer", f"ms_{self.small}", f"ms_{self.large}", "p95_ms", "ratio"])
            for one in self.figures:
                question, who, *costs = astuple(one)
                rows.writerow([question, who, *(f"{cost:.2f}" for cost in (*costs, one.ratio))])


@dataclass(frozen=True)
class Table:
    """Figures of any shape: the same columns in every row, for people and for programs.

    Args:
        name: of the files, without an ending.
        about: what was measured, in a sentence or two.
        rows: cells by column; one that is missing is left empty.
    """

    name: str
    title: str
    about: str
    rows: Sequence[Mapping[str, object]]

    @property
    def columns(self) -> list[str]:
        return list(dict.fromkeys(column for row in self.rows for column in row))

    def as_markdown(self) -> str:
        """A table, with what was measured and the machine it was measured on."""
        lines = [[_cell(row.get(column)) for column in self.columns] for row in self.rows]
        marks = ["--:" if isinstance(self.rows[0].get(column), int | float) else "---" for column in self.columns]
        table = [self.columns, marks, *lines]
        return "\n".join(
            [f"# {self.title}", "", f"{self.about} {machine()}", "", *(f"| {' | '.join(line)} |" for line in table)]
        )

    def write(self, folder: Path) -> None:
        """Writes both files."""
        folder.mkdir(exist_ok=True)
        (folder / f"{self.name}.md").write_text(self.as_markdown() + "\n", encoding="utf-8")
        with (folder / f"{self.name}.csv").open("w", encoding="utf-8", newline="") as file:
            rows = csv.DictWriter(file, self.columns)
            rows.writeheader()
            rows.writerows(self.rows)


def _cell(value: object) -> str:
    if isinstance(value, float):
        return f"{value:,.2f}"
    return "" if value is None else f"{value:,}" if isinstance(value, int) else str(value)


def machine() -> str:
    """The versions and the machine, in a sentence."""
    packages = ", ".join(f"{name} {version(name)}" for name in ("SQLAlchemy", "psycopg"))
    machine = f"{platform.system()} {platform.machine()}, {os.cpu_count()} cores"
    return f"Python {platform.python_version()}, {packages}; {machine}."
