"""What meetings did over time: whether anything moved since, what each moved outcome cost, what people think."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.errors import FormRefused, Refused
from bot.meetings.actions.rating import comment_on_meeting, rate_meeting
from bot.meetings.model import Meeting, TeamMeeting
from bot.meetings.queries.history import comments_on, past_meetings
from bot.meetings.rules.history import COMMENT_LIMIT, Card, trend
from bot.teams.model import Team
from tests.meetings.holding import BEGINS, WEEK, decide, do, end, live, meetings, said, start
from tests.workspaces.firm import Firm, draft

counts = st.integers(0, 20)
a_card = (
    st.builds(
        Card,
        counts,
        counts,
        counts,
        st.none() | st.integers(0, 10_000),
        st.none() | counts,
        counts,
        counts,
        st.none() | st.floats(1, 5),
    )
).filter(lambda card: card.came_often <= card.lines)
cards = st.lists(a_card)


@given(cards)
def test_a_trend_counts_each_meeting_once_and_divides_only_what_is_known(cards: list[Card]) -> None:
    found = trend(cards)
    assert found.meetings == len(cards)
    assert 0 <= found.came_often <= 1
    assert 0 <= found.changed_nothing <= len(cards)
    known = [one for one in cards if one.attendee_minutes is not None and one.outcomes_moved]
    assert (found.minutes_per_outcome is not None) == bool(known)


def test_an_hour_of_four_for_two_outcomes_is_two_hours_each() -> None:
    card = Card(1, 0, 0, 240, 2, lines=4, came_often=1, rating=None)
    nothing = Card(0, 0, 0, None, None, lines=0, came_often=0, rating=None)
    found = trend([card, nothing])
    assert (found.minutes_per_outcome, found.came_often, found.changed_nothing) == (120, 0.25, 1)


def rate(firm: Firm, meeting: Meeting, who: str, score: int, comment: str = "") -> None:
    viewer = firm.viewer(who)
    do(firm, lambda tx: rate_meeting(tx, viewer, meeting.id, score, now=firm.now))
    if comment:
        do(firm, lambda tx: comment_on_meeting(tx, viewer, meeting.id, comment, now=firm.now))


def ratings(firm: Firm, team: Team) -> tuple[list[float | None], list[str]]:
    with firm.db.read() as tx:
        lead = firm.viewer("ULEAD")
        return [one.card.rating for one in past_meetings(tx, lead, team)], comments_on(tx, lead, team)


def test_the_next_meeting_fills_in_whether_anything_moved(firm: Firm, growth: Team, sync: TeamMeeting) -> None:
    moving = firm.outcome(growth, "UOLGA").outcome
    barely = firm.outcome(growth, "UOLGA", draft("Refunds fall")).outcome
    back = firm.outcome(growth, "UOLGA", draft("Sign-ups double")).outcome
    firm.result(back, "UOLGA", 50)
    live(firm, BEGINS + timedelta(days=2))
    firm.result(moving, "UOLGA", 10)
    firm.result(barely, "UOLGA", 4)
    firm.result(back, "UOLGA", 20)
    assert meetings(firm)[0].outcomes_moved is None
    live(firm, BEGINS + WEEK)
    first, second = meetings(firm)
    assert (first.outcomes_moved, second.outcomes_moved) == (1, None)
    assert "Since it was held the last time, 1 outcome moved." in said(firm, second.live_key)


def test_its_scorecards_are_told_the_newest_first_to_those_who_see_the_team(firm: Firm) -> None:
    firm.channel("C9", ["ULEAD"], is_private=True)
    team = firm.team("C9")
    end(firm, start(firm, team, "One"))
    firm.clock.move_to(firm.now + timedelta(hours=2))
    second = start(firm, team, "Two")
    decide(firm, team)
    end(firm, second)
    with firm.db.read() as tx:
        past = past_meetings(tx, firm.viewer("ULEAD"), team)
        hidden = past_meetings(tx, firm.viewer("UANN"), team)
    assert [(one.meeting.name, one.card.decisions) for one in past] == [("Two", 1), ("One", 0)]
    assert hidden == []


def test_what_it_was_worth_is_told_once_three_have_said(firm: Firm, growth: Team) -> None:
    meeting = end(firm, start(firm, growth))
    rate(firm, meeting, "UOLGA", 1, "Half as long")
    rate(firm, meeting, "UMAX", 5)
    assert ratings(firm, growth) == ([None], [])
    rate(firm, meeting, "ULEAD", 4)
    rate(firm, meeting, "UOLGA", 3)
    assert ratings(firm, growth) == ([4.0], ["Half as long"])


def test_only_what_is_over_is_rated_and_a_line_needs_a_number(firm: Firm, growth: Team) -> None:
    meeting = start(firm, growth)
    with pytest.raises(Refused, match="is not over yet"):
        rate(firm, meeting, "UOLGA", 3)
    end(firm, meeting)
    viewer = firm.viewer("UOLGA")
    with pytest.raises(Refused, match="Give it a number first"):
        do(firm, lambda tx: comment_on_meeting(tx, viewer, meeting.id, "Short", now=firm.now))
    with pytest.raises(FormRefused):
        rate(firm, meeting, "UOLGA", 3, "x" * (COMMENT_LIMIT + 1))
