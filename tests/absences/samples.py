"""Absences that were never stored, for the tests of the words. Today is Monday 30 March 2026."""

from datetime import date

from bot.absences.model import Absence
from bot.absences.queries import Away
from bot.people.model import Person
from bot.teams.model import Team
from tests.outcomes.samples import NASTY, NOW, person, team

OLGA, MARCUS = person(), person("Marcus Bell", "UMARCUS")
TODAY = NOW.date()


def away(
    first: date = date(2026, 3, 27),
    last: date = date(2026, 4, 12),
    *,
    person: Person = OLGA,
    delegate: Person | None = None,
) -> Away:
    """Somebody's absence."""
    absence = Absence(
        workspace_id="T1",
        id=7,
        person_id=person.id,
        first_on=first,
        last_on=last,
        delegate_id=delegate.id if delegate else None,
        created_at=NOW,
    )
    return Away(absence, person, delegate)


def ahead(*, person: Person = OLGA, delegate: Person | None = None) -> Away:
    """Somebody's absence of the week after this one."""
    return away(date(2026, 4, 6), date(2026, 4, 12), person=person, delegate=delegate)


def paused(last: date | None = None, *, name: str = "Growth", id: int = 1) -> Team:
    """A team that has paused since Friday, to the end of a day or until it is resumed."""
    pausing = team(name)
    pausing.id, pausing.paused_from_on, pausing.paused_to_on = id, date(2026, 3, 27), last
    return pausing


def worst_away() -> Away:
    """An absence with everything at its limit."""
    name = (NASTY * 10)[:200]
    return away(date(2026, 12, 30), date(2027, 12, 29), person=person(name), delegate=person(name, "UMARCUS"))
