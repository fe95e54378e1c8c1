"""The figures of a benchmark, as a table for people and as a file for programs."""

import csv
import os
import platform
from collections.abc import Sequence
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
    """The figures of one database."""

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
                f"# {self.engine} {self.version}: outcomes",
                "",
                f"Medians of {self.repeat}, in milliseconds. {_machine()}",
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
        name = f"outcomes-{self.engine.casefold()}"
        (folder / f"{name}.md").write_text(self.as_markdown() + "\n", encoding="utf-8")
        with (folder / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
            rows = csv.writer(file)
            rows.writerow(["question", "viewer", f"ms_{self.small}", f"ms_{self.large}", "p95_ms", "ratio"])
            for one in self.figures:
                question, who, *costs = astuple(one)
                rows.writerow([question, who, *(f"{cost:.2f}" for cost in (*costs, one.ratio))])


def _machine() -> str:
    packages = ", ".join(f"{name} {version(name)}" for name in ("SQLAlchemy", "psycopg"))
    machine = f"{platform.system()} {platform.machine()}, {os.cpu_count()} cores"
    return f"Python {platform.python_version()}, {packages}; {machine}."
