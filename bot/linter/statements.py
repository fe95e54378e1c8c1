"""The rules that need only a statement's own words: L1, L2, L3, L6 and L7."""

import re

from bot.language.words import shorten
from bot.linter import english
from bot.linter.activities import Activity, done_by_us
from bot.linter.counting import counted_in
from bot.linter.findings import REWRITE_LIMIT, Finding, mid_sentence, sentence
from bot.linter.inflections import listed
from bot.linter.joining import joined_in
from bot.linter.numbers import has_absolute, has_number, without_deadline
from bot.linter.outputs import output_in
from bot.linter.reading import Reading, read
from bot.linter.vague import Wish, wish_in

_CHANGES = "|".join((*listed(english.PURE_CHANGES), "cut", "lift", "win", "save"))
_PURPOSE = re.compile(rf"\b(?:(?:in order )?to|and thereby|and thus) (?P<change>(?:{_CHANGES})\b .+)")
_SO_THAT = re.compile(r"\bso(?: that)? (?P<change>\S+ .+)")
_DUE = re.compile(
    r"[,\s]*\b(?:by|in|within|before|until|during|over|this|next)\s+(?:the )?(?:end of |next |coming )?"
    r"(?:q[1-4]|h[12]|\d|20\d\d|january|february|march|april|may|june|july|august|september|october|november|december|"
    r"year|quarter|month|summer|spring|autumn|winter|christmas|six|three|two)\b[^,;]*$"
)


def lint_statement(statement: str) -> list[Finding]:
    """What the words of a statement alone show, in the order of the rules. No words, no findings."""
    reading = read(statement)
    return lint_words(reading) if reading.words else []


def lint_words(reading: Reading, *, measured_beside: bool = False, says_target: bool = True) -> list[Finding]:
    """The findings on a statement that was read.

    `measured_beside`: a form has the number to go by. `says_target`: there is no form, so that the words themselves
    have to hold the target (L3).
    """
    activity, wish = activity_in(reading), wish_in(reading)
    says = without_deadline(reading.core) if activity or wish else reading.core
    measured = measured_beside or has_number(says)
    findings = [_activity(reading, activity)] if activity else []
    if counted := counted_in(reading, activity):
        findings.append(_counted(reading, *counted))
    if says_target and not measured and (activity or wish or not has_absolute(reading.core)):
        findings.append(_no_target(reading))
    if joined := joined_in(reading):
        findings.append(_joined(reading, *joined))
    if wish and not measured:
        findings.append(_vague(reading, wish))
    return findings


def activity_in(reading: Reading) -> Activity | None:
    """The activity or output that a statement opens with, if that is how it opens."""
    return done_by_us(reading) or output_in(reading) if reading.words else None


def _activity(reading: Reading, activity: Activity) -> Finding:
    words = reading.cut(activity.first, activity.last)
    return Finding(
        "L1",
        words,
        f"“{words}” says what you will do. Say what will be different for whom once it is done.",
        _purpose(reading) or sentence(f"[Who] [does what differently], from [now] to [target], {activity.because}"),
    )


def _purpose(reading: Reading) -> str:
    """The change that the activity is for, when the statement says it: `… to reduce churn from 5 % to 3 %`."""
    found = _PURPOSE.search(reading.plain, reading.start) or _SO_THAT.search(reading.plain, reading.start)
    if not found:
        return ""
    change = sentence(reading.typed[found.start("change") :])
    return "" if activity_in(read(change)) else change


def _counted(reading: Reading, first: int, last: int) -> Finding:
    words = reading.cut(first, last)
    noun = re.sub(r"^(?:the )?(?:number|amount|count|volume|quantity|total) of |^[\d.,]+\s+", "", words, flags=re.I)
    return Finding(
        "L2",
        words,
        f"“{words}” counts work done, which can all happen without any change. Count what it should bring.",
        sentence(f"[What the {noun} should bring] goes from [now] to [target]"),
    )


def _no_target(reading: Reading) -> Finding:
    return Finding(
        "L3",
        reading.since(0),
        "There is no number here to tell when it is reached. Add from where to where, such as from 8 to 12.",
        "",
    )


def _joined(reading: Reading, first: int, last: int) -> Finding:
    words = reading.cut(first, last)
    return Finding(
        "L6",
        words,
        f"“{words}” begins a second outcome. Each moves by itself, so write it down by itself, with its own owner.",
        sentence(reading.typed[reading.start : reading.words[first].start]),
    )


def _vague(reading: Reading, wish: Wish) -> Finding:
    words = reading.cut(wish.first, wish.last)
    return Finding(
        "L7",
        words,
        f"“{words}” can mean a little or a lot. Name the number that shows it, and where it should be.",
        _measured(wish.what),
    )


def _measured(what: str) -> str:
    what = shorten(what, REWRITE_LIMIT)
    due = _DUE.search(what.lower()) if len(what.lower()) == len(what) else None
    thing, when = (what[: due.start()], what[due.start() :].strip(" ,")) if due else (what, "")
    if not thing:
        return ""
    return sentence(f"[Number that shows {mid_sentence(thing)}] goes from [now] to [target] {when}")
