"""Which meetings are to be stopped, merged or shortened: by their numbers, and only once there are enough."""

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.meetings.actions.scheduling import end_meeting
from bot.meetings.model import TeamMeeting
from bot.meetings.queries.history import series_of
from bot.meetings.rules.advice import DEAR, FEWEST, NEWEST, Advice, Series, advise
from bot.meetings.rules.history import Card
from bot.teams.model import Team
from tests.meetings.holding import BEGINS, WEEK, decide, do, end, live, start
from tests.meetings.test_history import a_card
from tests.workspaces.firm import Firm

GOOD = Card(1, 0, 1, attendee_minutes=120, outcomes_moved=1, lines=4, came_often=0, rating=None)
IDLE = replace(GOOD, decisions=0, actions_agreed=0)
VAIN = replace(IDLE, outcomes_moved=0)

meetings = st.lists(
    st.builds(Series, st.sampled_from(["Sync", "Review", "Retro"]), st.lists(a_card, max_size=2 * NEWEST)), max_size=5
)


def advice(*series: tuple[str, list[Card]]) -> list[tuple[Advice, list[str]]]:
    advised = advise(Series(name, cards) for name, cards in series)
    return [(piece.advice, [one.name for one in piece.about]) for piece in advised]


@given(meetings)
def test_each_meeting_is_in_one_piece_of_advice_at_most_and_only_with_enough_of_it(meetings: list[Series]) -> None:
    advised = advise(meetings)
    about = [id(one) for piece in advised for one in piece.about]
    assert len(about) == len(set(about))
    assert all(len(one.cards) >= FEWEST for piece in advised for one in piece.about)
    assert all((len(piece.about) > 1) == (piece.advice == Advice.MERGE) for piece in advised)


@given(meetings)
def test_one_is_stopped_only_if_most_changed_nothing_and_nothing_moved(meetings: list[Series]) -> None:
    for piece in advise(meetings):
        [found] = [one.trend for one in piece.about] if piece.advice == Advice.STOP else [None]
        if found is not None:
            assert found.changed_nothing * 4 >= found.meetings * 3
            assert not found.outcomes_moved


@given(st.lists(st.just(GOOD), min_size=FEWEST), meetings)
def test_one_that_does_well_is_left_alone_whatever_the_others_do(cards: list[Card], others: list[Series]) -> None:
    well = Series("Does well", cards)
    assert all(well not in piece.about for piece in advise([well, *others]))


@given(meetings, st.data())
def test_what_is_older_than_the_newest_makes_no_difference(meetings: list[Series], data: st.DataObject) -> None:
    older = [replace(one, cards=[*one.cards, data.draw(a_card)]) for one in meetings if len(one.cards) >= NEWEST]
    longer = [replace(one, cards=one.cards[:NEWEST]) for one in meetings if len(one.cards) >= NEWEST]
    told = [[(piece.advice, [one.trend for one in piece.about]) for piece in advise(some)] for some in (older, longer)]
    assert told[0] == told[1]


@pytest.mark.parametrize(
    ("cards", "told"),
    [
        ([VAIN] * 3 + [GOOD], [Advice.SHORTEN]),
        ([VAIN] * 3, []),
        ([VAIN] * 6 + [replace(GOOD, outcomes_moved=0)] * 2, [Advice.STOP]),
        ([IDLE] * 4 + [GOOD] * 4, [Advice.SHORTEN]),
        ([IDLE] * 3 + [GOOD] * 5, []),
        ([replace(GOOD, came_often=1)] * 4, [Advice.SHORTEN]),
        ([replace(GOOD, attendee_minutes=DEAR)] * 4, [Advice.SHORTEN]),
        ([replace(GOOD, attendee_minutes=DEAR - 1)] * 4, []),
        ([replace(GOOD, attendee_minutes=DEAR // 4, outcomes_moved=0)] * 4, [Advice.SHORTEN]),
        ([replace(GOOD, attendee_minutes=None, outcomes_moved=None)] * 8, []),
    ],
)
def test_it_goes_by_the_numbers(cards: list[Card], told: list[Advice]) -> None:
    assert [one for one, _ in advice(("Sync", cards))] == told


def test_two_that_often_change_nothing_are_merged_and_one_in_vain_is_stopped_anyway() -> None:
    often = [IDLE] * 4 + [GOOD] * 4
    assert advice(("Sync", often), ("Vain", [VAIN] * 4), ("Good", [GOOD] * 4), ("Retro", often)) == [
        (Advice.STOP, ["Vain"]),
        (Advice.MERGE, ["Sync", "Retro"]),
    ]


def series(firm: Firm, team: Team, by: str = "ULEAD") -> list[tuple[str, int]]:
    with firm.db.read() as tx:
        return [(one.name, len(one.cards)) for one in series_of(tx, firm.viewer(by), team, now=firm.now)]


def test_a_meeting_is_looked_at_over_time_while_it_still_takes_place(
    firm: Firm, growth: Team, sync: TeamMeeting
) -> None:
    for week in range(3):
        live(firm, BEGINS + week * WEEK + timedelta(hours=2))
        end(firm, start(firm, growth, "Retro"))
        decide(firm, growth)
    assert series(firm, growth) == [("Retro", 3), ("Growth sync", 3)]
    do(firm, lambda tx: end_meeting(tx, firm.viewer("ULEAD"), sync.id, by="Lea", now=firm.now))
    assert series(firm, growth) == [("Retro", 3)]
    firm.clock.advance(30 * WEEK)
    assert series(firm, growth) == []


def test_a_private_teams_meetings_are_nobody_elses(firm: Firm) -> None:
    firm.channel("C9", ["ULEAD"], is_private=True)
    team = firm.team("C9")
    end(firm, start(firm, team))
    assert (series(firm, team), series(firm, team, "UOLGA")) == ([("Team C9 meeting", 1)], [])
