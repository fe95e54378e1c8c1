"""An agenda has what needs somebody, says why, and remembers what was carried over; people have the last word on it."""

from collections.abc import Callable
from datetime import date, time, timedelta
from decimal import Decimal

import pytest
from sqlalchemy import select

from bot.checkins.jobs import closes_of_check_ins_due
from bot.decisions.actions.opening import Around, open_decision
from bot.decisions.queries import DecisionView
from bot.decisions.rules.drafts import Question
from bot.dependencies.actions import Need, ask
from bot.errors import FormRefused, NotAllowed, NotFound, Refused
from bot.meetings.actions.agenda import (
    add_line,
    drop_line,
    find_line,
    move_line,
    name_outcome,
    park_line,
    talk_about,
)
from bot.meetings.actions.skipping import skip_next
from bot.meetings.model import Meeting, TeamMeeting
from bot.meetings.queries.agenda import found_for
from bot.meetings.queries.held import find_held
from bot.meetings.queries.lines import LineView
from bot.meetings.rules.agenda import MOST_LINES, Became, LineKind
from bot.outcomes.actions.history import record
from bot.outcomes.model import Change, Outcome
from bot.outcomes.queries import find_outcome
from bot.outcomes.rules import MEETING_ITEM
from bot.teams.model import Team
from bot.teams.rules.recurrence import Often, Recurrence
from bot.teams.rules.rhythm import Rhythm
from tests.meetings.holding import (
    BEGINS,
    LIMIT,
    TOLD,
    WEEK,
    act,
    agenda_of,
    clear,
    decide,
    do,
    end,
    hinder,
    live,
    meetings,
    review,
    said,
    start,
)
from tests.workspaces.firm import Firm, draft

TODAY = date(2026, 3, 2)


def kinds(firm: Firm, team: Team, today: date = TODAY) -> list[LineKind]:
    with firm.db.read() as tx:
        return [
            one.kind
            for one in found_for(tx, tx.get_one(Team, team.id), today=today, agreed_before=None, focus_limit=LIMIT)
        ]


def whys(firm: Firm, meeting: Meeting) -> list[str]:
    return [view.line.why for view in agenda_of(firm, meeting)]


def need_decided(firm: Firm, team: Team, question: str = "Which price?", **asked: object) -> DecisionView:
    def ask_(tx: object) -> DecisionView:
        row = tx.get_one(Team, team.id)  # type: ignore[attr-defined]
        viewer, around = firm.viewer("UOLGA"), Around(decider=firm.people["ULEAD"])
        written = Question(question, **asked)  # type: ignore[arg-type]
        return open_decision(tx, viewer, team=row, question=written, around=around, now=firm.now)  # type: ignore[arg-type]

    return do(firm, ask_)


def add(firm: Firm, meeting: Meeting, text: str, by: str = "UOLGA") -> int:
    def add_(tx: object) -> int:
        held = find_held(tx, firm.viewer(by), meeting.id, hold=True)  # type: ignore[arg-type]
        return add_line(tx, firm.viewer(by), held, text).id  # type: ignore[arg-type]

    return do(firm, add_)


def comment(firm: Firm, outcome: Outcome) -> None:
    do(firm, lambda tx: record(tx, firm.viewer("UMAX"), tx.get_one(Outcome, outcome.id), "comment", now=firm.now))


def items(firm: Firm, outcome: Outcome) -> list[tuple[str, str]]:
    with firm.db.read() as tx:
        its = select(Change).where(Change.outcome_id == outcome.id, Change.what == MEETING_ITEM)
        return [(line.actor_id, line.after) for line in tx.scalars(its)]


def texts(firm: Firm, meeting: Meeting) -> list[str]:
    return [view.what for view in agenda_of(firm, meeting)]


def only(views: list[LineView]) -> LineView:
    [view] = views
    return view


def test_everything_that_needs_somebody_is_on_it_in_the_order_of_the_house(firm: Firm, growth: Team) -> None:
    behind = firm.outcome(growth, "UOLGA", draft("Refunds fall", due_on=date(2026, 3, 20)))
    firm.result(behind.outcome, "UOLGA", 1)
    busy = firm.outcome(growth, "ULEAD", draft("Trials convert"))
    need_decided(firm, growth)
    hinder(firm, busy.outcome.number)
    act(firm, busy.outcome.number, by="ULEAD", due_on=TODAY)
    firm.channel("C2", ["UANN"])
    platform = firm.team("C2", lead="UANN")
    do(
        firm,
        lambda tx: ask(
            tx,
            firm.viewer("ULEAD"),
            find_outcome(tx, firm.viewer("ULEAD"), busy.outcome.number),
            Need(tx.get_one(Team, platform.id), "a faster export", date(2026, 4, 30)),
            today=TODAY,
            now=firm.now,
        ),
    )

    def make_busy(tx: object) -> None:
        row = tx.get_one(Outcome, busy.outcome.id)  # type: ignore[attr-defined]
        row.busy_from_on, row.busy_to_on = TODAY, date(2026, 3, 31)

    do(firm, make_busy)
    assert kinds(firm, growth, date(2026, 3, 12)) == [
        LineKind.EFFORT,
        LineKind.OFF_TRACK,
        LineKind.DECISION,
        LineKind.OBSTACLE,
        LineKind.NEED,
        LineKind.ACTION,
    ]
    assert kinds(firm, platform) == [LineKind.ASKED]


def test_each_line_says_why_it_is_there_with_the_numbers(firm: Firm, growth: Team) -> None:
    behind = firm.outcome(growth, "UOLGA", draft("Refunds fall", due_on=date(2026, 3, 20)))
    firm.result(behind.outcome, "UOLGA", 1)
    need_decided(firm, growth, needed_by_on=date(2026, 3, 9))
    hinder(firm, behind.outcome.number)
    firm.clock.move_to(firm.now + timedelta(days=10))
    meeting = start(firm, growth)
    assert whys(firm, meeting) == [
        "off track: 1% of the way, 56% expected",
        "overdue for 3 days",
        "an obstacle for 10 days",
    ]
    told = said(firm, meeting.live_key)
    assert "*Now:* *OUT-1* Refunds fall (Olga)\noff track: 1% of the way, 56% expected" in told
    assert "*DEC-1* Which price? (Lea)\noverdue for 3 days" in told


def test_off_track_it_says_where_the_results_lead(firm: Firm, growth: Team) -> None:
    behind = firm.outcome(growth, "UOLGA", draft("Refunds fall", due_on=date(2026, 3, 30)))
    for value in range(1, 8):
        firm.result(behind.outcome, "UOLGA", value)
        firm.clock.move_to(firm.now + timedelta(days=2))
    [why] = whys(firm, start(firm, growth))
    assert why == "off track: 7% of the way, 50% expected; it leads to 15 on Mon, Mar 30, target 100"


def test_what_a_check_in_was_not_answered_about_is_on_it(firm: Firm, growth: Team) -> None:
    firm.outcome(growth, "UOLGA")
    firm.live(firm.now + timedelta(days=8))
    while closes_of_check_ins_due(firm.db):
        pass
    assert kinds(firm, growth, date(2026, 3, 10)) == [LineKind.UNANSWERED]
    firm.result(firm.see("UOLGA", 1).outcome, "UOLGA", 40)
    assert kinds(firm, growth, date(2026, 3, 10)) == []


def test_a_decision_is_on_it_two_weeks_before_it_is_needed(firm: Firm, growth: Team) -> None:
    need_decided(firm, growth, needed_by_on=TODAY + timedelta(days=15))
    assert kinds(firm, growth) == []
    assert kinds(firm, growth, TODAY + timedelta(days=1)) == [LineKind.DECISION]


def test_a_decision_past_its_review_is_on_it_until_it_is_reviewed(firm: Firm, growth: Team) -> None:
    decided = decide(firm, growth, review_on=date(2026, 3, 4))
    assert kinds(firm, growth, date(2026, 3, 4)) == []
    firm.clock.move_to(BEGINS + WEEK)
    meeting = start(firm, growth)
    line = only(agenda_of(firm, meeting))
    assert (line.line.kind, line.key, line.line.why) == (LineKind.REVIEW, "DEC-1", "its review is overdue for 6 days")
    review(firm, decided)
    end(firm, meeting)
    assert only(agenda_of(firm, meeting)).became == Became.REVIEWED
    assert kinds(firm, growth, date(2026, 3, 11)) == []


def test_a_review_that_came_three_times_is_done_put_off_or_dropped(firm: Firm, growth: Team, sync: TeamMeeting) -> None:
    decide(firm, growth, review_on=date(2026, 3, 2))
    for week in range(4):
        live(firm, BEGINS + week * WEEK)
    assert "carried 3 times: review it, name another day or drop it" in said(firm, meetings(firm)[3].live_key)


def test_effort_is_told_in_the_teams_own_periods_and_with_its_causes(firm: Firm) -> None:
    firm.channel(members=["UOLGA", "ULEAD"])
    every_other_week = Rhythm(Recurrence(Often.SECOND_WEEK, 0, date(2026, 3, 2)), time(9))
    team = firm.team(rhythm=every_other_week)
    busy = firm.outcome(team, "UOLGA", draft("Launch the new report", due_on=date(2026, 8, 3))).outcome
    for _ in range(9):
        firm.clock.advance(WEEK)
        comment(firm, busy)
    [why] = whys(firm, start(firm, team))
    assert why == (
        "effort without movement: 8 things done in 8 weeks, and 4 count while it is too young for a usual; nothing has "
        "been measured yet, so the measure stands at 0; causes: no clear end-state and no feedback on results"
    )


def test_what_is_stale_names_other_causes_than_that(firm: Firm, growth: Team) -> None:
    for statement in ("Launch it", "Build it", "Hold it", "Send it"):
        view = firm.outcome(growth, "UOLGA", draft(statement, due_on=date(2026, 8, 3)))
        firm.result(view.outcome, "UOLGA", 1)
    firm.clock.advance(3 * WEEK)
    assert whys(firm, start(firm, growth))[0] == (
        "stale: no result for 3 weeks; causes: no clear end-state and fragmented priorities"
    )


def test_with_nothing_to_discuss_it_proposes_to_skip_it(firm: Firm, sync: TeamMeeting) -> None:
    live(firm, TOLD)
    assert "Nothing on record needs a discussion. Consider skipping it." in said(firm, f"agenda:M{sync.id}:2026-03-03")


def test_what_is_resolved_before_it_begins_leaves_it_and_what_comes_up_joins(
    firm: Firm, growth: Team, sync: TeamMeeting
) -> None:
    firm.outcome(growth, "UOLGA")
    obstacle = hinder(firm, 1)
    live(firm, TOLD)
    [meeting] = meetings(firm)
    assert texts(firm, meeting) == ["Legal is silent"]
    add(firm, meeting, "The office move")
    clear(firm, obstacle)
    hinder(firm, 1, "No data")
    live(firm, BEGINS)
    assert texts(firm, meeting) == ["The office move", "No data"]


def test_what_nothing_came_of_is_carried_and_the_third_time_asks_for_a_choice(
    firm: Firm, growth: Team, sync: TeamMeeting
) -> None:
    firm.outcome(growth, "UOLGA")
    hinder(firm, 1)
    live(firm, TOLD)
    add(firm, meetings(firm)[0], "The office move")
    for week in range(4):
        live(firm, BEGINS + week * WEEK)
        assert [view.line.carried for view in agenda_of(firm, meetings(firm)[week])] == [week, week]
    third = agenda_of(firm, meetings(firm)[3])
    assert all(view.asks_for_a_choice for view in third)
    assert "carried 3 times: do it, re-scope it or drop it" in said(firm, meetings(firm)[3].live_key)
    live(firm, BEGINS + 3 * WEEK + timedelta(hours=1))
    assert "2 lines have come three times or more: do it, re-scope it or drop it." in said(
        firm, meetings(firm)[3].summary_key
    )


def test_once_something_came_of_it_a_line_is_not_carried(firm: Firm, growth: Team, sync: TeamMeeting) -> None:
    firm.outcome(growth, "UOLGA")
    hinder(firm, 1)
    live(firm, BEGINS)
    act(firm, 1, "Ask the other lawyer", due_on=date(2026, 4, 1))
    live(firm, BEGINS + WEEK)
    # It still stands, so it is on the next agenda: anew.
    first, second = (only(agenda_of(firm, one)) for one in meetings(firm))
    assert (first.became, first.line.became_by) == (Became.ACTION, None)
    assert second.line.carried == 0


def test_that_something_came_of_it_is_activity_of_its_outcome_once_a_meeting(
    firm: Firm, growth: Team, sync: TeamMeeting
) -> None:
    outcome = firm.outcome(growth, "UOLGA").outcome
    hinder(firm, 1)
    hinder(firm, 1, "No data")
    live(firm, BEGINS)
    act(firm, 1, "Ask the other lawyer", by="ULEAD", due_on=date(2026, 4, 1))
    live(firm, BEGINS + WEEK)
    assert items(firm, outcome) == [("ULEAD", "Growth sync")]
    # It is in no summary: that a meeting changed something is not a change.
    assert "Also changed" not in said(firm, meetings(firm)[0].summary_key)


def test_what_was_parked_or_dropped_is_no_activity(firm: Firm, growth: Team) -> None:
    outcome = firm.outcome(growth, "UOLGA").outcome
    hinder(firm, 1)
    hinder(firm, 1, "No data")
    meeting = start(firm, growth)
    parked, dropped = (view.line.id for view in agenda_of(firm, meeting))
    do(firm, lambda tx: park_line(tx, firm.viewer("ULEAD"), parked, now=firm.now))
    do(firm, lambda tx: drop_line(tx, firm.viewer("ULEAD"), dropped, now=firm.now))
    end(firm, meeting)
    assert items(firm, outcome) == []


def test_a_meeting_that_was_skipped_carries_its_lines_as_they_were(firm: Firm, growth: Team, sync: TeamMeeting) -> None:
    firm.outcome(growth, "UOLGA")
    hinder(firm, 1)
    live(firm, TOLD)
    add(firm, meetings(firm)[0], "The office move")
    do(firm, lambda tx: skip_next(tx, firm.viewer("ULEAD"), growth, focus_limit=LIMIT, now=firm.now))
    live(firm, BEGINS + WEEK)
    assert [(view.what, view.line.carried) for view in agenda_of(firm, meetings(firm)[1])] == [
        ("Legal is silent", 0),
        ("The office move", 0),
    ]


def test_what_was_decided_in_the_words_of_a_line_is_that_line_decided(firm: Firm, growth: Team) -> None:
    meeting = start(firm, growth)
    add(firm, meeting, "Which price?")
    decide(firm, growth)
    end(firm, meeting)
    assert only(agenda_of(firm, meeting)).became == Became.DECIDED


def test_the_lead_puts_lines_in_another_order(firm: Firm, growth: Team) -> None:
    meeting = start(firm, growth)
    lines = [add(firm, meeting, text) for text in ("One", "Two", "Three")]
    do(firm, lambda tx: move_line(tx, firm.viewer("ULEAD"), lines[2], by=-1))
    assert texts(firm, meeting) == ["One", "Three", "Two"]
    do(firm, lambda tx: move_line(tx, firm.viewer("UANN"), lines[0], by=-1))
    do(firm, lambda tx: move_line(tx, firm.viewer("UANN"), lines[0], by=1))
    assert texts(firm, meeting) == ["Three", "One", "Two"]


def test_whoever_put_a_line_there_the_lead_and_admins_drop_it(firm: Firm, growth: Team) -> None:
    meeting = start(firm, growth)
    one, two = add(firm, meeting, "One"), add(firm, meeting, "Two")
    tries: list[Callable[[], object]] = [
        lambda: do(firm, lambda tx: drop_line(tx, firm.viewer("UMAX"), one, now=firm.now)),
        lambda: do(firm, lambda tx: move_line(tx, firm.viewer("UOLGA"), one, by=1)),
    ]
    for attempt in tries:
        with pytest.raises(NotAllowed, match="Lea leads Team C1"):
            attempt()
    do(firm, lambda tx: drop_line(tx, firm.viewer("UOLGA"), one, now=firm.now))
    do(firm, lambda tx: drop_line(tx, firm.viewer("UANN"), two, now=firm.now))
    assert texts(firm, meeting) == []


def test_what_was_parked_is_taken_up_again(firm: Firm, growth: Team) -> None:
    meeting = start(firm, growth)
    line = add(firm, meeting, "One")
    do(firm, lambda tx: park_line(tx, firm.viewer("UMAX"), line, now=firm.now))
    assert only(agenda_of(firm, meeting)).became == Became.PARKED
    do(firm, lambda tx: talk_about(tx, firm.viewer("UMAX"), line, now=firm.now))
    assert only(agenda_of(firm, meeting)).became is None


def test_a_line_has_words_and_an_agenda_an_end(firm: Firm, growth: Team) -> None:
    meeting = start(firm, growth)
    for text in ("", "x" * 201):
        with pytest.raises(FormRefused):
            add(firm, meeting, text)
    for _ in range(MOST_LINES):
        add(firm, meeting, "x")
    with pytest.raises(Refused, match="has 40 lines"):
        add(firm, meeting, "x")


def test_of_hundreds_of_exceptions_it_has_forty(firm: Firm, growth: Team) -> None:
    firm.outcome(growth, "UOLGA")
    for n in range(60):
        hinder(firm, 1, f"Obstacle {n}")
    meeting = start(firm, growth)
    assert len(agenda_of(firm, meeting)) == MOST_LINES
    assert "And 10 more lines." in said(firm, meeting.live_key)


def test_a_line_names_an_outcome_of_its_team_and_no_other(firm: Firm, growth: Team) -> None:
    firm.channel("C2", ["UOLGA", "ULEAD"], is_private=True)
    firm.outcome(growth, "UOLGA")
    hidden = firm.outcome(firm.team("C2"), "UOLGA", draft("A secret"))
    meeting = start(firm, growth)
    line = add(firm, meeting, "Pricing")
    with pytest.raises(NotAllowed, match="is another team's"):
        do(firm, lambda tx: name_outcome(tx, firm.viewer("UOLGA"), line, hidden.outcome.id))
    do(firm, lambda tx: name_outcome(tx, firm.viewer("UOLGA"), line, firm.see("UOLGA", 1).outcome.id))
    assert only(agenda_of(firm, meeting)).key == "OUT-1"


def test_what_went_to_another_team_is_not_shown_any_more(firm: Firm, growth: Team) -> None:
    firm.channel("C2", ["UOLGA"], is_private=True)
    outcome, other = firm.outcome(growth, "UOLGA").outcome, firm.team("C2", lead="UOLGA")
    hinder(firm, 1)
    meeting = start(firm, growth)
    assert len(agenda_of(firm, meeting)) == 1

    def give(tx: object) -> None:
        tx.get_one(Outcome, outcome.id).team_id = other.id  # type: ignore[attr-defined]

    do(firm, give)
    assert agenda_of(firm, meeting) == []


def test_once_it_is_over_nothing_is_changed_on_it(firm: Firm, growth: Team) -> None:
    meeting = start(firm, growth)
    line = add(firm, meeting, "One")
    end(firm, meeting)
    tries: list[Callable[[], object]] = [
        lambda: add(firm, meeting, "Two"),
        lambda: do(firm, lambda tx: drop_line(tx, firm.viewer("ULEAD"), line, now=firm.now)),
        lambda: do(firm, lambda tx: park_line(tx, firm.viewer("ULEAD"), line, now=firm.now)),
        lambda: do(firm, lambda tx: talk_about(tx, firm.viewer("ULEAD"), line, now=firm.now)),
    ]
    for attempt in tries:
        with pytest.raises(Refused, match="is over"):
            attempt()


def test_a_line_of_nobodys_is_not_there(firm: Firm) -> None:
    with pytest.raises(NotFound, match="not on the agenda"), firm.db.begin() as tx:
        find_line(tx, firm.viewer("ULEAD"), 10**12)


def test_in_a_private_channel_a_lines_id_is_of_no_use_to_others(firm: Firm) -> None:
    firm.channel("C9", ["ULEAD"], is_private=True)
    meeting = start(firm, firm.team("C9"))
    line = add(firm, meeting, "One", by="ULEAD")
    with pytest.raises(NotFound):
        do(firm, lambda tx: park_line(tx, firm.viewer("UOLGA"), line, now=firm.now))


def test_an_action_without_a_day_comes_back_at_the_next_meeting(firm: Firm, growth: Team, sync: TeamMeeting) -> None:
    firm.outcome(growth, "UOLGA", draft(baseline=Decimal(0), target=Decimal(10), due_on=date(2027, 3, 1)))
    live(firm, BEGINS)
    act(firm, 1)
    live(firm, BEGINS + WEEK)
    lines = agenda_of(firm, meetings(firm)[1])
    assert [(view.line.kind, view.line.why) for view in lines if view.line.kind == LineKind.ACTION] == [
        (LineKind.ACTION, "an action agreed 7 days ago, without a day")
    ]
