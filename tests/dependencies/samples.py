"""Dependencies that were never stored, for the tests of the words."""

from datetime import date, timedelta

from bot.dependencies.model import Dependency
from bot.dependencies.queries import DependencyView
from bot.dependencies.rules import DependencyState
from bot.outcomes.queries import Brief
from tests.outcomes.samples import EMOJI, NASTY, NOW, extreme, person, team, view


def need(
    state: DependencyState = DependencyState.ASKED,
    *,
    text: str = "a faster export",
    number: int = 5,
    wanted_on: date = date(2026, 4, 30),
    promised_on: date | None = None,
    reason: str = "",
    is_waiting_seen: bool = True,
    is_team_seen: bool = True,
    may_answer: bool = False,
    may_decide: bool = False,
    may_deliver: bool = False,
    of: Brief | None = None,
    team_name: str = "Platform",
    asker_name: str = "Olga Ortiz",
) -> DependencyView:
    """What an outcome needs from Platform, asked two days ago."""
    brief = of or view("8.5", "9")
    row = Dependency(
        workspace_id="T1",
        id=number,
        outcome_id=brief.outcome.id,
        team_id=2,
        text=text,
        wanted_on=wanted_on,
        state=state,
        promised_on=promised_on,
        reason=reason,
        asked_at=NOW - timedelta(days=2),
        asked_by="UOLGA",
        delivered_at=NOW - timedelta(days=1) if state == DependencyState.DELIVERED else None,
    )
    return DependencyView(
        dependency=row,
        waiting=brief if is_waiting_seen else None,
        asked=team(team_name) if is_team_seen else None,
        lead=person("Lena Brandt", "ULENA") if is_team_seen else None,
        asker=person(asker_name),
        may_answer=may_answer,
        may_decide=may_decide,
        may_deliver=may_deliver,
    )


def worst(number: int = 999_999_999) -> DependencyView:
    """A dependency whose every text is at its limit, of signs that escaping makes longer."""
    return need(
        DependencyState.PROPOSED,
        text=(NASTY * 40)[:600],
        number=number,
        promised_on=date(2199, 12, 31),
        reason="&" * 600,
        may_answer=True,
        may_decide=True,
        may_deliver=True,
        of=extreme(),
        team_name="&" * 80,
        asker_name=(EMOJI * 40)[:200],
    )
