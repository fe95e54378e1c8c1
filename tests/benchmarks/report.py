"""The figures of a benchmark, as a table for people and as a file for programs."""

import csv
import os
import platform
from dataclasses import astuple, dataclass, field
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


@dataclass
class Report:
    """The figures of each database."""

    small: int
    large: int
    repeat: int
    parts: dict[str, list[Figure]] = field(default_factory=dict)

    def add(self, engine: str, engine_version: str, figures: list[Figure]) -> None:
        """Adds the figures of one database."""
        self.parts[f"{engine} {engine_version}"] = figures

    def as_markdown(self) -> str:
        """A table for each database, with the machine it was measured on."""
        lines = [f"Medians of {self.repeat}, in milliseconds. {_machine()}"]
        for name, figures in self.parts.items():
            lines += ["", f"### {name}", "", f"| | who | {self.small:,} | {self.large:,} | p95 | ratio |"]
            lines += ["|---|---|--:|--:|--:|--:|"]
            lines += [
                f"| {one.question} | {one.viewer} | {one.small:.1f} | {one.large:.1f} | {one.large_p95:.1f} "
                f"| {one.ratio:.1f} |"
                for one in figures
            ]
        return "\n".join(lines)

    def write(self, folder: Path) -> None:
        """Writes `outcomes.md` and `outcomes.csv`."""
        folder.mkdir(exist_ok=True)
        (folder / "outcomes.md").write_text(self.as_markdown() + "\n", encoding="utf-8")
        with (folder / "outcomes.csv").open("w", encoding="utf-8", newline="") as file:
            rows = csv.writer(file)
            rows.writerow(["database", "question", "viewer", f"ms_{self.small}", f"ms_{self.large}", "p95_ms", "ratio"])
            for name, figures in self.parts.items():
                for one in figures:
                    question, who, *costs = astuple(one)
                    rows.writerow([name, question, who, *(f"{cost:.2f}" for cost in (*costs, one.ratio))])


def _machine() -> str:
    packages = ", ".join(f"{name} {version(name)}" for name in ("SQLAlchemy", "psycopg"))
    machine = f"{platform.system()} {platform.machine()}, {os.cpu_count()} cores"
    return f"Python {platform.python_version()}, {packages}; {machine}."
