"""Prints the figures that `docs/signals.md` reports; `python -m tests.signals --help` says what can be chosen."""

from typing import Annotated

import typer

from tests.signals.shares import TEAMS, figures, written


def main(teams: Annotated[int, typer.Option(help="How many teams.", min=1)] = TEAMS) -> None:
    """How often effort without movement is found where it was so, and where it was not, habit by habit."""
    print(written(figures(range(teams))))


if __name__ == "__main__":
    typer.run(main)
