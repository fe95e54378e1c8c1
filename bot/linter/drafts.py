"""The linter over an outcome's form, as far as it is filled: all ten rules."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from bot.language.words import counted, join_words
from bot.linter.counting import counts_work
from bot.linter.findings import Finding
from bot.linter.reading import read
from bot.linter.statements import lint_words

LONGEST_DAYS = 190
"""Two quarters, and a few days for where they begin."""


@dataclass(frozen=True)
class Facts:
    """An outcome's form as far as it is filled. None or an empty text means not given yet."""

    statement: str
    measure: str
    baseline: Decimal | None
    target: Decimal | None
    due_on: date | None
    today: date
    owner_name: str
    owner_trouble: str
    """A clause that says why the owner cannot own it, such as `is deactivated`; empty when nothing is wrong."""
    live_of_owner: int
    """Live outcomes the owner has already, without this one."""
    focus_limit: int
    alike: tuple[tuple[str, str], ...]
    """Key and statement of the outcomes that read like this one and that the viewer may see, the most alike first."""


def lint_draft(facts: Facts) -> list[Finding]:
    """The findings on a form, in the order of the rules. The form's measure and target count as the statement's."""
    reading = read(facts.statement)
    given = bool(facts.measure.strip()) and facts.target is not None
    on_words = lint_words(reading, measured_beside=given, says_target=False) if reading.words else []
    found = on_words + _on_measure(facts) + _on_values(facts) + _on_due(facts) + _on_owner(facts) + _on_others(facts)
    return sorted(found, key=lambda finding: int(finding.id[1:]))


def _on_measure(facts: Facts) -> list[Finding]:
    measure = read(facts.measure)
    falls = facts.baseline is not None and facts.target is not None and facts.target < facts.baseline
    if falls or not (counts := counts_work(measure)):
        return []
    words = measure.cut(*counts)
    reason = f"“{words}” counts work done, which can all happen without any change. Measure what it should bring."
    return [Finding("L2", words, reason, "")]


def _on_values(facts: Facts) -> list[Finding]:
    fields = (("measure", bool(facts.measure.strip())), ("target", facts.target is not None))
    missing = [name for name, given in fields if not given]
    found = []
    if missing:
        names = join_words([f"no {name}" for name in missing])
        reason = (
            f"There is {names} yet, so nobody can tell when it is reached. Say what you measure, and how far it goes."
        )
        found.append(Finding("L3", "", reason, ""))
    if facts.baseline is None:
        found.append(Finding("L4", "", "There is no baseline yet. Type where the measure stands today.", ""))
    elif facts.baseline == facts.target:
        words = f"{facts.target.normalize():f}"
        reason = f"Baseline and target are both {words}, so nothing would change. Type where it should be."
        found.append(Finding("L4", words, reason, ""))
    return found


def _on_due(facts: Facts) -> list[Finding]:
    if facts.due_on is None:
        return [Finding("L5", "", "There is no due date yet. Type the day by which the change should be there.", "")]
    days = (facts.due_on - facts.today).days
    words = facts.due_on.isoformat()
    if days < 0:
        return [Finding("L5", words, f"{words} is past. Type a coming day.", "")]
    if days > LONGEST_DAYS:
        reason = (
            f"{words} is {counted(days, 'day')} away, more than two quarters. "
            "Choose what should have changed by an earlier day; the rest can follow."
        )
        return [Finding("L5", words, reason, "")]
    return []


def _on_owner(facts: Facts) -> list[Finding]:
    name, live = facts.owner_name, facts.live_of_owner
    found = []
    if live + 1 > facts.focus_limit:
        reason = (
            f"{name} has {counted(live, 'live outcome')} already, and {facts.focus_limit} is the limit for one person. "
            "Close or hand over one first, or ask someone else."
        )
        found.append(Finding("L8", name, reason, ""))
    if facts.owner_trouble:
        reason = f"{name} {facts.owner_trouble}. Choose an owner who can answer for it."
        found.append(Finding("L10", name, reason, ""))
    return found


def _on_others(facts: Facts) -> list[Finding]:
    if not facts.alike:
        return []
    key, statement = facts.alike[0]
    reason = f"This reads like {key}. Work on that one together, or say here what is different."
    return [Finding("L9", statement, reason, "")]
