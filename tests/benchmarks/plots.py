"""Figures as pictures."""

from collections.abc import Mapping, Sequence
from pathlib import Path

import matplotlib as mpl

mpl.use("Agg")  # it draws into files only

from matplotlib import pyplot

from tests.benchmarks.report import Table


def lines_of(
    table: Table, *, x: str, by: str, columns: Mapping[str, str], ylabel: str, file: Path, xlabel: str = ""
) -> None:
    """One panel for each value of the column `by`, with a named line for each of `columns`; logarithmic axes."""
    values = list(dict.fromkeys(str(row[by]) for row in table.rows))
    figure, panels = pyplot.subplots(1, len(values), figsize=(5.2 * len(values), 4), sharey=True, squeeze=False)
    for panel, value in zip(panels[0], values, strict=True):
        rows = [row for row in table.rows if row[by] == value]
        for column, name in columns.items():
            drawn = [(row[x], row[column]) for row in rows if row.get(column) is not None]
            panel.plot(*zip(*drawn, strict=True), marker="o", label=name)
        panel.set(title=value, xlabel=xlabel or x, xscale="log", yscale="log")
        panel.grid(visible=True, which="major", alpha=0.3)
    panels[0][0].set_ylabel(ylabel)
    panels[0][-1].legend()
    figure.suptitle(table.title)
    figure.tight_layout()
    figure.savefig(file, dpi=110)
    pyplot.close(figure)


def bars_of(table: Table, *, columns: Sequence[str], label: str, ylabel: str, file: Path) -> None:
    """A group of bars for each row, one for each column, on a logarithmic axis."""
    figure, panel = pyplot.subplots(figsize=(10, 4.5))
    width = 0.8 / len(columns)
    for number, column in enumerate(columns):
        places = [row + number * width for row in range(len(table.rows))]
        panel.bar(places, [float(str(row[column])) for row in table.rows], width, label=column)
    middles = [row + 0.4 - width / 2 for row in range(len(table.rows))]
    panel.set_xticks(middles, [str(row[label]).replace(", ", ",\n") for row in table.rows], fontsize=7)
    panel.set(ylabel=ylabel, yscale="log", title=table.title)
    panel.grid(visible=True, axis="y", which="major", alpha=0.3)
    panel.legend()
    figure.tight_layout()
    figure.savefig(file, dpi=110)
    pyplot.close(figure)
