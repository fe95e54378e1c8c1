"""Decision debt as it is read: by scope, with what it blocks, and week by week."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from bot.decisions.model import Decision
from bot.decisions.queries import standing_of
from bot.decisions.queries.debt import DebtPage, debt_of_led_teams, debt_of_team, debt_page
from bot.decisions.queries.trend import debt_trend, histories_of
from bot.decisions.queries.waiting import Wait
from bot.decisions.rules import Verdict
from bot.decisions.rules.debt import Debt, kinds_on, standing_on
from bot.decisions.rules.drafts import Choice, Question
from bot.outcomes.queries import View
from bot.people.model import Person
from bot.teams.model import Team
from bot.teams.queries import zone_of
from tests.decisions.deciding import around, decided, edited, logged, opened, reopened, withdrawn
from tests.decisions.test_reviewing import reviewed
from tests.workspaces.firm import Firm

NEEDED = date(2026, 3, 4)


@pytest.fixture
def team(firm: Firm) -> Team:
    firm.channel(members=["UOLGA", "UMAX"])
    return firm.team()


def on(firm: Firm, month: int, day: int) -> date:
    firm.clock.move_to(datetime(2026, month, day, 12, tzinfo=UTC))
    return date(2026, month, day)


def debt(firm: Firm, today: date, by: str = "UMAX", **scope: object) -> DebtPage:
    with firm.db.read() as tx:
        return debt_page(tx, firm.viewer(by), today=today, **scope)  # type: ignore[arg-type]


def keys(page: DebtPage) -> list[tuple[str, tuple[Debt, ...], int]]:
    return [(one.brief.decision.key, one.kinds, one.days) for one in page.debts]


def test_every_kind_is_found_with_its_age(firm: Firm, team: Team) -> None:
    opened(firm, team, needed_by_on=NEEDED)
    opened(firm, team, decider=None)
    logged(firm, team)
    reopened(firm, 3)
    logged(firm, team, choice=Choice("By mail", "", review_on=NEEDED))
    opened(firm, team, needed_by_on=date(2026, 5, 1))
    page = debt(firm, on(firm, 3, 10))
    assert sorted(keys(page)) == [
        ("DEC-1", (Debt.OVERDUE,), 6),
        ("DEC-2", (Debt.NO_DECIDER,), 9),
        ("DEC-3", (Debt.NO_EVIDENCE,), 9),
        ("DEC-4", (Debt.PAST_REVIEW,), 6),
    ]
    assert page.total == 4


def test_what_ends_it_takes_it_off(firm: Firm, team: Team) -> None:
    for _ in range(2):
        opened(firm, team, needed_by_on=NEEDED)
    logged(firm, team, choice=Choice("By mail", "", review_on=NEEDED))
    today = on(firm, 3, 10)
    decided(firm, 1)
    withdrawn(firm, 2)
    reviewed(firm, 3)
    page = debt(firm, today)
    assert (page.total, list(page.trend)) == (0, [0] * 8)


def test_what_blocks_the_most_comes_first_then_the_oldest(firm: Firm, team: Team) -> None:
    views: list[View] = [firm.outcome(team, "UOLGA") for _ in range(2)]
    opened(firm, team, needed_by_on=NEEDED)
    opened(firm, team, needed_by_on=NEEDED + timedelta(days=1), waits=[Wait(view) for view in views])
    opened(firm, team, needed_by_on=NEEDED + timedelta(days=2))
    page = debt(firm, on(firm, 3, 10))
    assert [one.brief.decision.key for one in page.debts] == ["DEC-2", "DEC-1", "DEC-3"]
    assert list(page.debts[0].blocks) == ["OUT-1", "OUT-2"]


def test_scopes_and_who_and_where_it_is(firm: Firm, team: Team) -> None:
    firm.channel("C2", members=["UOLGA", "UMAX"])
    other = firm.team("C2")
    opened(firm, team, needed_by_on=NEEDED)
    opened(firm, team, decider=None)
    opened(firm, other, "ULEAD", decider="UMAX", needed_by_on=NEEDED)
    today = on(firm, 3, 10)
    assert debt(firm, today).total == 3
    assert debt(firm, today, team_ids=[other.id]).total == 1
    assert debt(firm, today, decider_id="UOLGA").total == 1
    page = debt(firm, today)
    assert list(page.by_team) == [("Team C1", 2), ("Team C2", 1)]
    assert sorted(page.by_decider) == [("", 1), ("Max", 1), ("Olga", 1)]


def test_a_private_teams_debt_is_seen_by_its_channel_alone(firm: Firm, team: Team) -> None:
    firm.channel("C2", members=["ULEAD"], is_private=True)
    private = firm.team("C2")
    hidden = firm.outcome(private, "ULEAD")
    opened(firm, private, "ULEAD", decider="ULEAD", needed_by_on=NEEDED)
    opened(firm, team, "ULEAD", needed_by_on=NEEDED, waits=[Wait(hidden)])
    today = on(firm, 3, 10)
    outside = debt(firm, today, "UMAX")
    assert (outside.total, list(outside.by_team), outside.trend[-1]) == (1, [("Team C1", 1)], 1)
    assert list(outside.debts[0].blocks) == []
    assert debt(firm, today, "UMAX", team_ids=[private.id]).total == 0
    assert debt(firm, today, "ULEAD").total == 2
    with firm.db.read() as tx:
        assert [list(one.blocks) for one in debt_of_team(tx, team, today=today)] == [[]]


def test_a_lead_sees_the_debt_of_the_teams_they_lead(firm: Firm, team: Team) -> None:
    opened(firm, team, needed_by_on=NEEDED)
    today = on(firm, 3, 10)
    with firm.db.read() as tx:
        [(led, found)] = debt_of_led_teams(tx, firm.viewer("ULEAD"), today=today)
        assert (led.id, len(found)) == (team.id, 1)
        assert debt_of_led_teams(tx, firm.viewer("UMAX"), today=today) == []


def test_the_trend_knows_what_was_debt_and_is_not_any_more(firm: Firm, team: Team) -> None:
    opened(firm, team, needed_by_on=NEEDED)
    opened(firm, team, decider=None)
    opened(firm, team, needed_by_on=date(2026, 3, 18))
    on(firm, 3, 17)
    decided(firm, 1)
    edited(firm, 2, "UMAX", Question("Do we raise prices?"), team, around(firm))
    today = on(firm, 3, 23)
    # The 2nd: the one without a decider. The 9th: the first as well. From the 17th on neither, from the 19th the third.
    assert list(debt(firm, today).trend) == [0, 0, 0, 0, 1, 2, 2, 1]


def test_the_trend_of_what_rests_is_told_from_its_row(firm: Firm, team: Team) -> None:
    opened(firm, team, needed_by_on=NEEDED)
    today = on(firm, 6, 29)
    assert list(debt(firm, today).trend) == [1] * 8


DEEDS = ["decide", "reopen", "news", "review", "needed", "nobody", "somebody", "wait"]
STEPS = st.lists(st.tuples(st.sampled_from(DEEDS), st.integers(0, 9)), max_size=7)


@given(STEPS, st.booleans())
@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_whatever_happened_the_history_ends_where_the_row_stands(
    firm: Firm, team: Team, steps: list[tuple[str, int]], has_decider: bool
) -> None:
    view = opened(
        firm, team, decider="UOLGA" if has_decider else None, needed_by_on=firm.now.date() + timedelta(days=3)
    )
    number = view.decision.number
    for what, days in steps:
        firm.clock.move_to(firm.now + timedelta(days=days))
        _step(firm, team, number, what)
    with firm.db.read() as tx:
        row = tx.scalars(select(Decision).where(Decision.number == number)).one()
        decider = tx.get(Person, (firm.id, row.decider_id)) if row.decider_id else None
        [history] = histories_of(tx, [Decision.id == row.id])
        stands = standing_of(row, decider, zone_of(tx, team))
        today = firm.now.date()
        for ahead in range(40):
            later = today + timedelta(days=ahead)
            assert bool(kinds_on(standing_on(history, later), later)) == bool(kinds_on(stands, later))
        assert debt_trend(tx, firm.id, [Decision.id == row.id], today=today)[-1] == bool(kinds_on(stands, today))


def _step(firm: Firm, team: Team, number: int, what: str) -> None:
    """One thing that somebody does, if it can be done as the decision stands."""
    with firm.db.read() as tx:
        row = tx.scalars(select(Decision).where(Decision.number == number)).one()
    is_open, today = row.state == "open", firm.now.date()
    if what == "decide" and is_open:
        choice = Choice("So", "", review_on=today + timedelta(days=5))
        decided(firm, number, by=row.decider_id or "ULEAD", choice=choice)
    elif what in ("reopen", "news") and not is_open:
        evidence = "It rained" if what == "news" else ""
        reopened(firm, number, by="ULEAD", evidence=evidence, needed_by_on=today + timedelta(days=2))
    elif what == "review" and not is_open:
        reviewed(firm, number, by="ULEAD", verdict=Verdict.WORSE)
    elif what in ("needed", "nobody", "somebody") and is_open:
        needed_by_on = today + timedelta(days=1) if what == "needed" else row.needed_by_on
        near = around(firm, None if what == "nobody" else "UOLGA")
        edited(firm, number, "ULEAD", Question(row.question, needed_by_on=needed_by_on), team, near)
