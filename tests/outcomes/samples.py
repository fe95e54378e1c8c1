"""Outcomes that were never stored, for the tests of the words."""

from copy import copy
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

from bot.language.units import PERCENT, Unit
from bot.lessons.model import Lesson
from bot.lessons.queries import LessonView
from bot.measuring.health import turns
from bot.outcomes.model import Outcome, Result
from bot.outcomes.queries import View, path_of
from bot.outcomes.rules import Ending
from bot.people.messages import Reader
from bot.people.model import Person
from bot.teams.model import Team
from bot.teams.rules.rhythm import Rhythm

NOW = datetime(2026, 3, 30, 8, tzinfo=UTC)
READER = Reader("en-US", ZoneInfo("UTC"), NOW.date())
NASTY = "<!channel> & <@U1> *bold* `code` ends; "
EMOJI = "👩‍👩‍👧 שלום 🇩🇪 "


def person(name: str = "Olga Ortiz", person_id: str = "UOLGA") -> Person:
    return Person(
        workspace_id="T1",
        id=person_id,
        name=name,
        time_zone="UTC",
        locale="en-US",
        is_active=True,
        is_bot=False,
        is_guest=False,
        is_admin=False,
        refreshed_at=NOW,
    )


def team(name: str = "Growth") -> Team:
    return Team(
        workspace_id="T1",
        id=1,
        name=name,
        channel_id="C1",
        lead_id="ULEAD",
        rhythm=Rhythm.weekly(0, time(9)),
        created_at=NOW,
        created_by="ULEAD",
    )


def view(
    *values: str,
    number: int = 12,
    statement: str = "Trial users reach their first report within a day",
    why: str = "",
    measure: str = "Trial conversion",
    unit: Unit = PERCENT,
    baseline: str = "8",
    target: str = "12",
    note: str = "",
    team_name: str = "Growth",
    owner_name: str = "Olga Ortiz",
) -> View:
    """An outcome with a result a week, the newest today; the newest has the note."""
    outcome = Outcome(
        workspace_id="T1",
        id=number,
        number=number,
        team_id=1,
        owner_id="UOLGA",
        statement=statement,
        why=why,
        measure=measure,
        unit_text=str(unit),
        baseline=Decimal(baseline),
        target=Decimal(target),
        starts_on=date(2026, 3, 2),
        due_on=date(2026, 5, 25),
        created_at=NOW - timedelta(weeks=4),
        created_by="UOLGA",
        version=1,
        closing_note="",
        is_achieved=False,
    )
    results = tuple(
        Result(
            workspace_id="T1",
            id=number * 100 + n,
            outcome_id=number,
            value=Decimal(value),
            measured_at=NOW - timedelta(weeks=len(values) - 1 - n),
            recorded_at=NOW,
            author_id="UOLGA",
            note=note if n == len(values) - 1 else "",
            confidence=7,
            source="command",
            link="",
            replaces_id=None,
        )
        for n, value in enumerate(values)
    )
    if results:
        refreshed(outcome, results[-1])
    return View(outcome, team(team_name), person(owner_name), results)


def refreshed(outcome: Outcome, latest: Result) -> None:
    """What the outcome's row says of its latest result, as the action that logs one leaves it."""
    outcome.latest_value, outcome.latest_at = latest.value, latest.measured_at
    outcome.latest_on = latest.measured_at.date()
    turning = turns(path_of(outcome, ()), latest=latest.value, measured_on=outcome.latest_on)
    outcome.is_achieved, outcome.at_risk_on = turning.is_achieved, turning.at_risk_on
    outcome.off_track_on, outcome.stale_on = turning.off_track_on, turning.stale_on


def closed(view: View, ending: Ending = Ending.ACHIEVED, note: str = "The target was met two weeks early.") -> View:
    """The same outcome, closed."""
    outcome = copy(view.outcome)
    outcome.closed_at, outcome.closed_as, outcome.closing_note = NOW, ending, note
    return replace(view, outcome=outcome)


def extreme(number: int = 999_999_999) -> View:
    """An outcome whose every text is at its limit, of signs that escaping makes longer."""
    return view(
        *["-1", "999999999999999999"] * 6,
        number=number,
        statement=(NASTY * 20)[:300],
        why="&" * 1_000,
        measure="<" * 100,
        unit=Unit("number", label="ü" * 40),
        baseline="-0.000001",
        target="1000000000000000000",
        note=(NASTY * 60)[:1_000],
        team_name="&" * 80,
        owner_name=(EMOJI * 40)[:200],
    )


LESSON = LessonView(
    Lesson(
        workspace_id="T1",
        id=1,
        team_id=1,
        text="Shorter forms double sign-ups",
        measure="Sign-ups",
        priority_id=None,
        outcome_id=None,
        outcome_key="",
        created_at=NOW - timedelta(weeks=9),
        created_by="UOLGA",
    ),
    team(),
    person(),
    "",
)
