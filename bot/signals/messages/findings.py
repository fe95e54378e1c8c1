"""The sentence of each finding, with the numbers by which it was found."""

from collections.abc import Callable, Mapping
from datetime import date
from decimal import ROUND_DOWN, Decimal

from bot.language.words import counted, shorten
from bot.linter.findings import Finding
from bot.measuring.effort import LEAST_ACTIVITY, LEAST_MOVEMENT, PERIODS, Effort
from bot.measuring.health import STALE_AFTER_PERIODS
from bot.outcomes.messages import percent
from bot.outcomes.messages.form import finding_heading
from bot.outcomes.queries import View
from bot.people.messages import Reader
from bot.signals.queries import Signals
from bot.signals.rules import HANDED_OVER_TOO_OFTEN, Cause, Facts
from bot.slack.mrkdwn import Markup, joined, md

_SEEN = 80
"""Characters of what the linter saw."""
_NAMED = 3
"""How many of its findings are named."""
_TENTH = Decimal("0.1")


def effort_words(effort: Effort, view: View, reader: Reader) -> Markup:
    """Effort without movement: what was done, what is usual, and how far the measure came meanwhile."""
    return md("*Effort without movement:* {said}.", said=effort_said(effort, view, reader))


def effort_said(effort: Effort, view: View, reader: Reader) -> str:
    """The same as plain text, to be put into a sentence: `9 things done in 4 weeks, usually 6; the measure …`."""
    things, span = counted(effort.activity, "thing"), span_words(PERIODS * view.team.rhythm.period_days)
    return f"{things} done in {span}, {_usual(effort)}; {_movement(effort, view, reader)}"


def cause_words(cause: Cause, found: Signals, reader: Reader) -> Markup:
    """One of the four causes, with the numbers by which it was found."""
    return md("*{cause}:* {why}", cause=cause, why=_WHY[cause](found, reader))


def span_words(days: int) -> str:
    """A length of time as periods are counted: in weeks where they are whole."""
    return counted(days // 7, "week") if days % 7 == 0 else counted(days, "day")


def _usual(effort: Effort) -> str:
    if effort.periods_before == 0:
        return f"and {LEAST_ACTIVITY} count while it is too young for a usual"
    return f"usually {effort.usual:,}"


def _movement(effort: Effort, view: View, reader: Reader) -> str:
    outcome = view.outcome
    now = reader.value(effort.now, outcome.unit)
    if not effort.results:
        first = "nothing has been measured yet" if not view.results else "no result in that time"
        return f"{first}, so the measure stands at {now}"
    if effort.before == effort.now:
        return f"the measure stayed at {now}"
    went = f"the measure went from {reader.value(effort.before, outcome.unit)} to {now}"
    path = f"{_share(effort.moved)} of the path{' backwards' if effort.moved < 0 else ''}"
    return f"{went}, {path}, where {percent(LEAST_MOVEMENT)} would count"


def _share(moved: Decimal) -> str:
    """A small share of the path, never rounded up to one that counts: `1%`, `4.9%`, `less than 0.1%`."""
    tenths = (abs(moved) * 100).quantize(_TENTH, ROUND_DOWN)
    return f"{tenths.normalize():f}%" if tenths else "less than 0.1%"


def _no_end(found: Signals, _reader: Reader) -> Markup:
    open_ones = found.facts.about_the_end
    more = len(open_ones) - _NAMED
    return md(
        "{count} open: {named}{more}.",
        count=counted(len(open_ones), "finding is", "findings are"),
        named=joined([_named(one) for one in open_ones[:_NAMED]], "; "),
        more=f"; and {more} more" if more > 0 else "",
    )


def _named(finding: Finding) -> Markup:
    seen = md("“{words}”: ", words=shorten(finding.words, _SEEN)) if finding.words else ""
    return md("{seen}{heading} ({id})", seen=seen, heading=finding_heading(finding), id=finding.id)


def _fragmented(found: Signals, _reader: Reader) -> Markup:
    return md(
        "{owner} owns {count}, and the limit is {limit}.",
        owner=found.view.owner.name,
        count=counted(found.facts.owned, "live outcome"),
        limit=found.facts.focus_limit,
    )


def _no_owner(found: Signals, reader: Reader) -> Markup:
    facts, owner = found.facts, found.view.owner.name
    is_passed_on = facts.handed_over >= HANDED_OVER_TOO_OFTEN
    reasons = [
        md("{owner} {trouble}", owner=owner, trouble=facts.owner_trouble) if facts.owner_trouble else "",
        _away(facts, owner, reader) if facts.is_away_past_the_period else "",
        md("it was handed over {times}", times=counted(facts.handed_over, "time")) if is_passed_on else "",
    ]
    return md("{reasons}.", reasons=joined(reasons, "; "))


def _away(facts: Facts, owner: str, reader: Reader) -> Markup:
    is_open = facts.away is None or facts.away.last == date.max
    until = "with no day to be back" if facts.away is None or is_open else f"until {reader.day(facts.away.last)}"
    return md(
        "{owner} is away {until}, {length} {so_far}, more than a period of {period}, and nobody is asked instead",
        owner=owner,
        until=until,
        length=counted(facts.days_away, "day"),
        so_far="so far" if is_open else "in all",
        period=counted(facts.period_days, "day"),
    )


def _no_feedback(found: Signals, _reader: Reader) -> Markup:
    facts = found.facts
    return md(
        "{what} for {days}; two periods are {limit}.",
        what="no result" if found.view.results else "no result at all",
        days=counted(facts.days_without_result, "day"),
        limit=counted(STALE_AFTER_PERIODS * facts.period_days, "day"),
    )


_WHY: Mapping[Cause, Callable[[Signals, Reader], Markup]] = {
    Cause.NO_END: _no_end,
    Cause.FRAGMENTED: _fragmented,
    Cause.NO_OWNER: _no_owner,
    Cause.NO_FEEDBACK: _no_feedback,
}
