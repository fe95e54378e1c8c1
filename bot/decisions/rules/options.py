"""The options of a decision as people type them: one a line, with what speaks for it and against it below. Pure."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from bot.decisions.rules import MOST_OPTIONS, OPTION_LIMIT, OPTIONS_LIMIT
from bot.errors import FormRefused
from bot.language.words import one_line

_FOR, _AGAINST, _BULLETS = "+", "-–—−", "•*·"
_HOW = "One a line; below it a line that begins with + for what speaks for it, and one with - for what speaks against."


@dataclass(frozen=True)
class Option:
    """One of the ways to go, with a line for it and one against it; either may be empty."""

    text: str
    pro: str = ""
    con: str = ""


def read_options(text: str) -> tuple[Option, ...]:
    """The options in a field of several lines; none in an empty one. Raises FormRefused at `options`."""
    if len(text) > OPTIONS_LIMIT:
        raise _refused(f"This is {len(text):,} characters; please stay within {OPTIONS_LIMIT:,}.")
    options: list[Option] = []
    for mark, said in _said(text):
        if not mark:
            options.append(Option(said))
        elif not options:
            raise _refused(f"“{mark} {said[:40]}” has no option above it. {_HOW}")
        elif mark == _FOR:
            options[-1] = replace(options[-1], pro=_beside(options[-1].pro, said))
        else:
            options[-1] = replace(options[-1], con=_beside(options[-1].con, said))
    _check(options)
    return tuple(options)


def write_options(options: Sequence[Option]) -> str:
    """The options as their field holds them; `read_options` reads them back."""
    return "\n".join(line for option in options for line in _lines(option))


def _said(text: str) -> Iterator[tuple[str, str]]:
    """Each line that says something, with its mark: `+`, `-`, or nothing for an option."""
    for line in map(one_line, text.splitlines()):
        said = line.lstrip(_FOR + _AGAINST + _BULLETS + " ")
        if said:
            yield _FOR if line[0] == _FOR else "-" if line[0] in _AGAINST else "", said


def _beside(before: str, said: str) -> str:
    return f"{before}; {said}" if before else said


def _lines(option: Option) -> list[str]:
    pro = [f"+ {option.pro}"] if option.pro else []
    con = [f"- {option.con}"] if option.con else []
    return [option.text, *pro, *con]


def _check(options: Sequence[Option]) -> None:
    if len(options) > MOST_OPTIONS:
        raise _refused(f"These are {len(options)} options; please stay within {MOST_OPTIONS}. {_HOW}")
    for said in (said for option in options for said in (option.text, option.pro, option.con)):
        if len(said) > OPTION_LIMIT:
            raise _refused(f"“{said[:40]}…” is {len(said):,} characters; please stay within {OPTION_LIMIT:,} a line.")


def _refused(sentence: str) -> FormRefused:
    return FormRefused({"options": sentence})
