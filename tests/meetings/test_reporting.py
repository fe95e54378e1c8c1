"""A summary says what is on record, all of it and nothing else; once, and in place when more comes within the hour."""

from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.decisions.actions.deciding import decide as make
from bot.decisions.actions.ending import reopen_decision
from bot.decisions.actions.opening import Around, open_decision
from bot.decisions.queries import find_decision, find_decision_by_id
from bot.decisions.rules.drafts import Choice, Question
from bot.meetings.actions.holding import come
from bot.meetings.actions.reporting import report_of
from bot.meetings.model import Meeting, TeamMeeting
from bot.meetings.queries.changes import changes_in
from bot.meetings.queries.held import find_held
from bot.meetings.queries.on_record import Changes
from bot.meetings.rules.held import LOOK_ONCE_ENDED, Span
from bot.outbox.model import Delivery
from bot.outbox.rules import Kind, State
from bot.outcomes.actions.closing import Closing, close_outcome
from bot.outcomes.model import Outcome
from bot.outcomes.queries import find_outcome
from bot.outcomes.rules import Ending
from bot.teams.model import Team
from tests.meetings.holding import (
    BEGINS,
    ENDS,
    MINUTE,
    act,
    clear,
    decide,
    deliveries,
    do,
    end,
    finish,
    hinder,
    live,
    meetings,
    said,
    sent,
    start,
)
from tests.workspaces.firm import Firm, draft

HOUR = timedelta(hours=1)
SUMMER = date(2026, 6, 3)


def changes(firm: Firm, meeting: Meeting) -> Changes:
    with firm.db.read() as tx:
        return report_of(tx, find_held(tx, firm.viewer("ULEAD"), meeting.id), now=firm.now).changes


def hundred(firm: Firm, growth: Team) -> Meeting:
    """A meeting in which a hundred actions were agreed."""
    firm.outcome(growth, "UOLGA")
    meeting = start(firm, growth)
    for n in range(100):
        act(firm, 1, f"Call customer {n}")
    return end(firm, meeting)


def test_it_says_who_decided_what_what_moved_and_who_does_what_by_when(firm: Firm, growth: Team) -> None:
    outcome = firm.outcome(growth, "UOLGA").outcome
    firm.result(outcome, "UOLGA", 10)
    stood = hinder(firm, 1, "No data")
    firm.clock.move_to(firm.now + MINUTE)
    meeting = start(firm, growth)
    firm.clock.move_to(firm.now + 30 * MINUTE)
    decide(firm, growth)
    firm.result(outcome, "UOLGA", 25)
    finish(firm, act(firm, 1, "Ask legal"))
    act(firm, 1, due_on=date(2026, 3, 6))
    hinder(firm, 1)
    clear(firm, stood, "A dump is there")
    do(firm, lambda tx: come(tx, firm.viewer("UMAX"), meeting.id, now=firm.now))
    end(firm, meeting, by="ULEAD")
    assert said(firm, meeting.summary_key).splitlines() == [
        "*Team C1 meeting* on Mon, Mar 2, 08:01 to 08:31 UTC time",
        "*Decisions*",
        "• *DEC-1* Which price? – “19 a month” (Lea, review Wed, Jun 3)",
        "*Outcomes moved*",
        "• *OUT-1* Trial users reach their first report – *10 → 25*, target 100 (Olga)",
        "*Actions agreed*",
        "• *OUT-1* Ask legal (Max)",
        "• *OUT-1* Call ten customers (Max, by Fri, Mar 6)",
        "*Actions done*",
        "• *OUT-1* Ask legal (Max)",
        "*Obstacles raised*",
        "• *OUT-1* Legal is silent (Lea)",
        "*Obstacles resolved*",
        "• *OUT-1* No data – A dump is there",
        "Decisions: 1",
        "Obstacles cleared: 1",
        "Actions agreed: 2",
        "Attendee-hours: 1 (2 people, 30 minutes)",
        "Moved since: told at the next meeting",
        "`/meeting summary` shows this again.",
        "Was it worth the time? From 1, not at all, to 5, very much. Nobody is told who said what.",
    ]
    with firm.db.read() as tx:
        row = tx.get_one(Meeting, meeting.id)
        scorecard = (row.decisions, row.obstacles_cleared, row.actions_agreed, row.attendee_minutes)
    assert scorecard == (1, 1, 2, 60)


def test_a_decision_is_by_who_made_it_whoever_wrote_it_down_and_whoever_was_to(firm: Firm, growth: Team) -> None:
    with firm.db.begin() as tx:
        asked = open_decision(
            tx,
            firm.viewer("UMAX"),
            team=tx.get_one(Team, growth.id),
            question=Question("Who tests it?"),
            around=Around(firm.people["UOLGA"]),
            now=firm.now,
        )
    firm.clock.move_to(firm.now + MINUTE)
    meeting = start(firm, growth)
    decide(firm, growth, by="UMAX")
    lead = firm.viewer("ULEAD")
    do(firm, lambda tx: make(tx, lead, find_decision(tx, lead, asked.decision.number), Choice("Max", ""), now=firm.now))
    end(firm, meeting)
    told = said(firm, meeting.summary_key).splitlines()
    assert [line for line in told if "*DEC-" in line] == [
        "• *DEC-1* Who tests it? – “Max” (Lea)",
        "• *DEC-2* Which price? – “19 a month” (Lea, review Wed, Jun 3)",
    ]


def test_what_changed_counts_though_nobody_opened_anything(firm: Firm, growth: Team, sync: TeamMeeting) -> None:
    outcome = firm.outcome(growth, "UOLGA").outcome
    live(firm, BEGINS + MINUTE)
    firm.result(outcome, "UOLGA", 5)
    live(firm, ENDS + 16 * MINUTE)
    assert "*0 → 5*" in said(firm, meetings(firm)[0].summary_key)
    assert "Attendee-hours: not known, as nobody said that they were there" in said(firm, meetings(firm)[0].summary_key)


def test_nothing_before_it_and_nothing_long_after_it_counts(firm: Firm, growth: Team, sync: TeamMeeting) -> None:
    outcome = firm.outcome(growth, "UOLGA").outcome
    live(firm, BEGINS - MINUTE)
    firm.result(outcome, "UOLGA", 5)
    live(firm, ENDS + 15 * MINUTE + HOUR + MINUTE)
    hinder(firm, 1)
    live(firm, firm.now + HOUR)
    assert "This meeting changed nothing on record." in said(firm, meetings(firm)[0].summary_key)


def test_nothing_on_record_is_said_without_blame(firm: Firm, growth: Team) -> None:
    meeting = end(firm, start(firm, growth))
    assert said(firm, meeting.summary_key).splitlines()[1] == "This meeting changed nothing on record."


def test_within_the_hour_more_is_added_in_place(firm: Firm, growth: Team) -> None:
    firm.outcome(growth, "UOLGA")
    meeting = end(firm, start(firm, growth))
    sent(firm)
    firm.clock.move_to(firm.now + 58 * MINUTE)
    hinder(firm, 1)
    live(firm, firm.now + 7 * MINUTE)
    posts = [one for one in deliveries(firm, f"{meeting.summary_key}%") if one.kind == Kind.POST]
    assert [one.key for one in posts] == [meeting.summary_key]
    [update] = [one for one in deliveries(firm, f"{meeting.summary_key}%") if one.kind == Kind.UPDATE]
    assert "Legal is silent" in update.text
    assert "1 thing of it came in the hour after it." in update.text


def test_nothing_is_sent_again_while_nothing_is_added(firm: Firm, growth: Team) -> None:
    firm.outcome(growth, "UOLGA")
    end(firm, start(firm, growth))
    sent(firm)
    live(firm, firm.now + 2 * HOUR)
    assert deliveries(firm, "summary:%#%") == []


def test_what_is_added_while_it_is_being_posted_is_not_lost(firm: Firm, growth: Team) -> None:
    firm.outcome(growth, "UOLGA")
    meeting = end(firm, start(firm, growth))

    def posting(tx: object) -> None:
        one = tx.get_one(Delivery, deliveries(firm, "summary:%")[0].id)  # type: ignore[attr-defined]
        one.state, one.attempts, one.intent_at = State.POSTING, 1, firm.now

    do(firm, posting)
    hinder(firm, 1)
    live(firm, firm.now + LOOK_ONCE_ENDED + MINUTE)
    [first, update] = deliveries(firm, "summary:%")
    assert (first.key, first.state) == (meeting.summary_key, State.POSTING)
    assert (update.kind, update.follows_id, update.state) == (Kind.UPDATE, first.id, State.OWED)
    assert "Legal is silent" in update.text


def test_the_next_meeting_takes_over_from_when_it_begins(firm: Firm, growth: Team) -> None:
    firm.outcome(growth, "UOLGA")
    first = end(firm, start(firm, growth, "One"))
    firm.clock.move_to(firm.now + 5 * MINUTE)
    hinder(firm, 1, "Before")
    firm.clock.move_to(firm.now + 5 * MINUTE)
    second = start(firm, growth, "Two")
    hinder(firm, 1, "After")
    end(firm, second)
    live(firm, firm.now + 2 * HOUR)
    assert [one.item.text for one in changes(firm, first).raised] == ["Before"]
    assert [one.item.text for one in changes(firm, second).raised] == ["After"]


def test_a_hundred_changes_are_short_in_the_channel_and_complete_in_its_thread(firm: Firm, growth: Team) -> None:
    meeting = hundred(firm, growth)
    top = said(firm, meeting.summary_key)
    assert "And 96 more; the thread has all of them." in top
    assert "Actions agreed: 100" in top
    assert len(top.splitlines()) < 20
    pages = deliveries(firm, f"{meeting.summary_key}:all:%")
    thread = "\n".join(page.text for page in pages)
    assert all(f"Call customer {n} (" in thread for n in range(100))
    [summary] = deliveries(firm, meeting.summary_key)
    assert {page.follows_id for page in pages} == {summary.id}


def test_a_long_one_is_completed_in_its_thread_too(firm: Firm, growth: Team) -> None:
    meeting = hundred(firm, growth)
    sent(firm)
    act(firm, 1, "Call the last one")
    live(firm, firm.now + LOOK_ONCE_ENDED + MINUTE)
    assert "And 97 more" in said(firm, meeting.summary_key)
    assert "Call the last one" in said(firm, f"{meeting.summary_key}:all:1")


def test_a_decision_that_is_logged_in_it_counts_though_it_was_made_before(firm: Firm, growth: Team) -> None:
    meeting = start(firm, growth)
    decide(firm, growth, made_at=firm.now - timedelta(days=3))
    end(firm, meeting)
    assert "• *DEC-1* Which price? – “19 a month” (Lea, review Wed, Jun 3)" in said(firm, meeting.summary_key)


def test_a_correction_counts_as_what_it_says_now(firm: Firm, growth: Team) -> None:
    outcome = firm.outcome(growth, "UOLGA").outcome
    wrong = firm.result(outcome, "UOLGA", 80)
    firm.clock.move_to(firm.now + MINUTE)
    meeting = start(firm, growth)
    firm.result(outcome, "UOLGA", 8, replaces=wrong)
    end(firm, meeting)
    assert "*80 → 8*" in said(firm, meeting.summary_key)


def test_a_measure_that_stands_where_it_stood_is_said_to(firm: Firm, growth: Team) -> None:
    outcome = firm.outcome(growth, "UOLGA").outcome
    firm.result(outcome, "UOLGA", 8)
    firm.clock.move_to(firm.now + MINUTE)
    meeting = start(firm, growth)
    firm.result(outcome, "UOLGA", 8)
    end(firm, meeting)
    assert "*Measured, and not moved*\n• *OUT-1* Trial users reach their first report – at 8" in said(
        firm, meeting.summary_key
    )


def test_what_was_reopened_is_still_undecided(firm: Firm, growth: Team) -> None:
    made = decide(firm, growth)
    firm.clock.move_to(firm.now + MINUTE)
    meeting = start(firm, growth)

    def reopen(tx: object) -> None:
        view = find_decision_by_id(tx, firm.viewer("ULEAD"), made.decision.id)  # type: ignore[arg-type]
        reopen_decision(tx, firm.viewer("ULEAD"), view, evidence="", now=firm.now)  # type: ignore[arg-type]

    do(firm, reopen)
    end(firm, meeting)
    told = said(firm, meeting.summary_key)
    assert "*Also changed*\n• *DEC-1* Which price? – reopened" in told
    assert "*Still undecided*\n• *DEC-1* Which price? –" in told


def test_an_outcome_that_was_closed_is_said_to_be(firm: Firm, growth: Team) -> None:
    firm.outcome(growth, "UOLGA")
    firm.clock.move_to(firm.now + MINUTE)
    meeting = start(firm, growth)

    def close(tx: object) -> None:
        view = find_outcome(tx, firm.viewer("UOLGA"), 1)  # type: ignore[arg-type]
        close_outcome(tx, firm.viewer("UOLGA"), view, Closing(Ending.ABANDONED), now=firm.now)  # type: ignore[arg-type]

    do(firm, close)
    end(firm, meeting)
    assert "*OUT-1* Trial users reach their first report – closed as abandoned" in said(firm, meeting.summary_key)


def test_another_teams_changes_are_not_in_it(firm: Firm, growth: Team) -> None:
    firm.channel("C2", ["UOLGA", "ULEAD"], is_private=True)
    hidden = firm.team("C2")
    secret = firm.outcome(hidden, "UOLGA", draft("A secret"))
    meeting = start(firm, growth)
    firm.result(secret.outcome, "UOLGA", 50)
    hinder(firm, 1, "A secret obstacle")
    decide(firm, hidden, "A secret choice", "A secret question?")
    end(firm, meeting)
    everything = " ".join(one.text for one in deliveries(firm, "%") if one.place == "C1")
    assert "secret" not in everything
    assert "This meeting changed nothing on record." in everything


def test_an_outcome_that_went_to_a_hidden_team_leaves_the_summary(firm: Firm, growth: Team) -> None:
    outcome = firm.outcome(growth, "UOLGA").outcome
    firm.channel("C2", ["UOLGA"], is_private=True)
    other = firm.team("C2", lead="UOLGA")
    meeting = start(firm, growth)
    firm.result(outcome, "UOLGA", 50)

    def give(tx: object) -> None:
        tx.get_one(Outcome, outcome.id).team_id = other.id  # type: ignore[attr-defined]

    do(firm, give)
    end(firm, meeting)
    assert "This meeting changed nothing on record." in said(firm, meeting.summary_key)


def test_it_says_when_the_next_one_is_and_how_many_lines_come_back(firm: Firm, growth: Team, sync: TeamMeeting) -> None:
    firm.outcome(growth, "UOLGA")
    hinder(firm, 1)
    live(firm, ENDS + 16 * MINUTE)
    foot = said(firm, meetings(firm)[0].summary_key).splitlines()[-2]
    assert foot.startswith("The next one is on Tue, Mar 10 at 15:00. 1 line is carried over.")


def test_of_two_at_once_each_says_that_the_other_counts_the_same(firm: Firm, growth: Team, sync: TeamMeeting) -> None:
    live(firm, BEGINS - MINUTE)
    by_hand = start(firm, growth, "Retro")
    live(firm, BEGINS + MINUTE)
    [planned] = [one for one in meetings(firm) if one.id != by_hand.id]
    decide(firm, growth)
    end(firm, planned)
    end(firm, by_hand)
    assert "At the same time: Retro. What changed counts for each." in said(firm, planned.summary_key)
    assert "At the same time: Growth sync. What changed counts for each." in said(firm, by_hand.summary_key)


# The summary is a pure function of the records.


@dataclass
class Work:
    """What was done in one firm while a span of time lasted, as whoever did it would tell."""

    decisions: set[str] = field(default_factory=set)
    measured: dict[int, tuple[Decimal, Decimal]] = field(default_factory=dict)
    agreed: list[str] = field(default_factory=list)
    done: list[str] = field(default_factory=list)
    raised: list[str] = field(default_factory=list)
    resolved: list[str] = field(default_factory=list)
    created: list[str] = field(default_factory=list)


def told(found: Changes) -> Work:
    """The same, as the summary has it."""
    return Work(
        {one.choice.choice for one in found.decisions},
        {one.view.outcome.number: (one.before or Decimal(0), one.after or Decimal(0)) for one in found.moved},
        [one.item.text for one in found.agreed],
        sorted(one.item.text for one in found.done),
        [one.item.text for one in found.raised],
        sorted(one.item.text for one in found.resolved),
        [one.key for one in found.other for line in one.lines if line.what == "created"],
    )


DEEDS = st.lists(
    st.tuples(
        st.sampled_from(["decide", "measure", "act", "finish", "hinder", "clear", "create", "wait"]),
        st.integers(0, 99),
    ),
    max_size=25,
)


@pytest.fixture
def lived(firm: Firm, growth: Team) -> tuple[Firm, Team]:
    """A firm to do many things in, one example after the other: each has a span of time of its own."""
    return firm, growth


def work(firm: Firm, team: Team, deeds: list[tuple[str, int]], stands: dict[int, Decimal]) -> Work:
    """Does it all, and notes what was done."""
    noted, open_actions, open_obstacles = Work(), [], []
    for what, n in deeds:
        live_ones = sorted(stands)
        number = live_ones[n % len(live_ones)]
        if what == "decide":
            decide(firm, team, f"Choice {n} of {firm.now}", "Q?")
            noted.decisions.add(f"Choice {n} of {firm.now}")
        elif what == "measure":
            before = noted.measured.get(number, (stands[number],))[0]
            firm.result(firm.see("UOLGA", number).outcome, "UOLGA", n)
            stands[number] = Decimal(n)
            noted.measured[number] = before, Decimal(n)
        elif what == "act":
            open_actions.append(act(firm, number, f"Action {n}"))
            noted.agreed.append(f"Action {n}")
        elif what == "finish" and open_actions:
            step = open_actions.pop()
            finish(firm, step)
            noted.done.append(step.action.text)
        elif what == "hinder":
            open_obstacles.append(hinder(firm, number, f"Obstacle {n}"))
            noted.raised.append(f"Obstacle {n}")
        elif what == "clear" and open_obstacles:
            obstacle = open_obstacles.pop()
            clear(firm, obstacle)
            noted.resolved.append(obstacle.obstacle.text)
        elif what == "create":
            made = firm.outcome(team, "UOLGA").outcome
            stands[made.number] = Decimal(0)
            noted.created.append(made.key)
        firm.clock.move_to(firm.now + timedelta(seconds=1))
    return replace(noted, done=sorted(noted.done), resolved=sorted(noted.resolved))


@settings(deadline=None, max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(before=DEEDS, meanwhile=DEEDS, after=DEEDS)
def test_what_it_says_is_what_was_done_between_its_beginning_and_its_end(
    lived: tuple[Firm, Team],
    before: list[tuple[str, int]],
    meanwhile: list[tuple[str, int]],
    after: list[tuple[str, int]],
) -> None:
    firm, team = lived
    stands = {firm.outcome(team, "UOLGA").outcome.number: Decimal(0)}
    firm.clock.move_to(firm.now + HOUR)
    work(firm, team, before, stands)
    since = firm.now
    noted = work(firm, team, meanwhile, stands)
    until = firm.now
    work(firm, team, after, stands)
    with firm.db.read() as tx:
        found = changes_in(tx, tx.get_one(Team, team.id), Span(since, until))
    assert told(found) == noted
    assert bool(found) == (noted != Work())
