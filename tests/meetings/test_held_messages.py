"""The words of a meeting that is held: its agenda, its live message, its summary."""

from collections.abc import Callable
from copy import copy
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

from bot.decisions.model import DecisionEvent
from bot.decisions.queries import DecisionBrief
from bot.dependencies.model import Dependency
from bot.execution.model import Action
from bot.meetings.messages import answers
from bot.meetings.messages.agenda import agenda, agenda_form, outcome_form, skipped
from bot.meetings.messages.history import comment_form, history, rated
from bot.meetings.messages.live import live, over
from bot.meetings.messages.report import Report
from bot.meetings.messages.summary import everything, summary
from bot.meetings.model import Meeting, MeetingLine
from bot.meetings.queries.history import Past
from bot.meetings.queries.lines import LineView
from bot.meetings.queries.on_record import Agreed, Changes, Choice, Moved, Other, Step
from bot.meetings.rules.advice import Advice, Advised, Series, advise
from bot.meetings.rules.agenda import Became, LineKind
from bot.meetings.rules.held import MeetingState, Scorecard
from bot.meetings.rules.history import Card, trend
from bot.obstacles.model import Obstacle
from bot.outcomes.model import Change
from bot.people.messages import Reader
from bot.slack.message import Form, Message
from tests.decisions.samples import choice, question
from tests.outcomes.samples import EMOJI, NASTY, extreme, person, team, view
from tests.slack.every_message import (
    test_as_it_is_read,
    test_at_its_limits_a_message_still_fits_and_pings_nobody,
    test_the_payload,
    test_the_text_says_every_word_that_the_blocks_say,
)

__all__ = [
    "test_as_it_is_read",
    "test_at_its_limits_a_message_still_fits_and_pings_nobody",
    "test_the_payload",
    "test_the_text_says_every_word_that_the_blocks_say",
]

BERLIN = Reader("en-US", ZoneInfo("Europe/Berlin"), date(2026, 3, 31))
BEGINS = datetime(2026, 3, 31, 13, tzinfo=UTC)
LONG, NAME = (NASTY * 40)[:600], (EMOJI * 40)[:200]

SYNC = Meeting(
    workspace_id="T1",
    id=7,
    team_id=1,
    team_meeting_id=3,
    name="Growth sync",
    channel_id="C1",
    held_on=date(2026, 3, 31),
    zone="Europe/Berlin",
    starts_at=BEGINS,
    ends_at=BEGINS + timedelta(minutes=30),
    state=MeetingState.PLANNED,
)


def changed(meeting: Meeting = SYNC, **values: object) -> Meeting:
    """The same meeting, otherwise."""
    row = copy(meeting)
    for name, value in values.items():
        setattr(row, name, value)
    return row


ON = changed(state=MeetingState.OPEN, started_at=BEGINS)
ENDED = changed(ON, state=MeetingState.ENDED, ended_at=BEGINS + timedelta(minutes=34), ended_by="ULEAD")
LONGEST = changed(ENDED, name=(NASTY * 10)[:80])


def line(
    kind: LineKind,
    what: str,
    why: str = "",
    *,
    number: int = 1,
    key: str = "OUT-12",
    who: str = "Olga Ortiz",
    **values: object,
) -> LineView:
    """A line of an agenda as the channel sees it."""
    row = MeetingLine(workspace_id="T1", id=number, kind=kind, text="", why=why, carried=0, added_by=None)
    row.outcome_id = 12
    for name, value in values.items():
        setattr(row, name, value)
    return LineView(row, key, what, who)


def replace_id(number: int) -> MeetingLine:
    """The row of the worst line, under another id."""
    row = copy(WORST_LINE.line)
    row.id = number
    return row


TRIALS = "Trial users reach their first report within a day"
LINES = [
    line(
        LineKind.EFFORT,
        TRIALS,
        "effort without movement: 9 things done in 4 weeks, usually 6; the measure stayed at 9%; cause: no owner",
    ),
    line(LineKind.OFF_TRACK, "Refunds fall", "off track: 12% of the way, 45% expected", number=2, key="OUT-3"),
    line(
        LineKind.DECISION, "Which <price>?", "overdue for 3 days", number=3, key="DEC-4", outcome_id=None, decision_id=4
    ),
    line(LineKind.OBSTACLE, "Legal is silent", "an obstacle for 12 days", number=4, carried=3, obstacle_id=9),
    line(
        LineKind.NEED,
        "a faster export",
        "asked of another team, not answered yet; wanted by Apr 30",
        number=5,
        dependency_id=5,
        carried=1,
    ),
    line(
        LineKind.ASKED,
        "old & new prices",
        "Kim waits for an answer",
        number=6,
        key="",
        outcome_id=None,
        dependency_id=6,
    ),
    line(LineKind.ACTION, "Call ten customers", "an action, overdue for 2 days", number=7, action_id=7),
    line(LineKind.UNANSWERED, "Sign-ups double", "the check-in of 2026-W13 was not answered", number=8, key="OUT-5"),
    line(
        LineKind.REVIEW,
        "Do we raise the price?",
        "its review is overdue for 9 days",
        number=11,
        key="DEC-2",
        outcome_id=None,
        decision_id=2,
    ),
    line(LineKind.OWN, "Who covers August?", number=9, key="", outcome_id=None, added_by="UOLGA"),
]
LATER = [*LINES, line(LineKind.OWN, "The office", number=10, key="", outcome_id=None, became=Became.PARKED)]
WORST_LINE = line(LineKind.OBSTACLE, LONG, LONG[:200], key="OUT-999999999", who=NAME, carried=10**6, obstacle_id=10**12)
WORST_LINES = [LineView(replace_id(n), "OUT-999999999", LONG, NAME) for n in range(40)]
CHOSEN = [
    line(
        kind,
        "Something that came three times",
        "why",
        number=n,
        carried=3,
        decision_id=1,
        obstacle_id=1,
        dependency_id=1,
        action_id=1,
    )
    for n, kind in enumerate(LineKind)
]

OUTCOME = view("8", "9", "10.5")
REFUNDS = view("80", number=3, statement="Refunds fall")
EVENT = DecisionEvent(workspace_id="T1", decision_id=5, what="opened", before="", after="")
DUE = Change(workspace_id="T1", outcome_id=3, what="due", before="2026-05-01", after="2026-06-01")
CLOSED = Change(workspace_id="T1", outcome_id=3, what="closed", before="", after="missed")


def action(text: str, due_on: date | None = None) -> Step:
    row = Action(workspace_id="T1", id=1, outcome_id=12, text=text, due_on=due_on, owner_id="UMAX")
    return Step(row, OUTCOME.outcome, "Max Mason")


def obstacle(text: str, resolution: str = "") -> Step:
    row = Obstacle(workspace_id="T1", id=1, outcome_id=12, text=text, owner_id="ULEAD", resolution=resolution)
    return Step(row, OUTCOME.outcome, "Lea Lind")


def need(text: str) -> Dependency:
    return Dependency(workspace_id="T1", id=1, outcome_id=12, text=text, promised_on=date(2026, 4, 20))


CHANGES = Changes(
    decisions=(Choice(question(4, question="Which price?"), choice(choice="19 a month & no more"), "Lea Lind"),),
    moved=(
        Moved(OUTCOME, Decimal(9), Decimal("10.5")),
        Moved(REFUNDS, Decimal(80), Decimal(80)),
        Moved(replace(OUTCOME, outcome=view("1", number=8).outcome), None, Decimal(1)),
    ),
    agreed=(action("Call ten customers", date(2026, 4, 3)), action("Ask legal")),
    done=(action("Write the mail"),),
    raised=(obstacle("Legal is silent"),),
    resolved=(obstacle("No data", "A dump\nis there"),),
    dependencies=(Agreed(need("a faster export"), OUTCOME.outcome), Agreed(need("old & new prices"), None)),
    other=(Other("OUT-3", "Refunds fall", (DUE, DUE, CLOSED)), Other("DEC-5", "Which <tool>?", (EVENT,))),
)
REPORT = Report(
    ENDED,
    CHANGES,
    undecided=[DecisionBrief(question(5, question="Which <tool>?"), team(), person(), None)],
    open_lines=[*LINES[4:6], CHOSEN[0]],
    scorecard=Scorecard(decisions=1, obstacles_cleared=1, actions_agreed=2, attendees=4, minutes=34),
    next_at=BEGINS + timedelta(weeks=1),
    late=2,
)
EMPTY = Report(ENDED, Changes(), [], [], Scorecard(0, 0, 0, 0, 34))
MANY = replace(REPORT, changes=replace(CHANGES, agreed=tuple(action(f"Call customer {n}") for n in range(100))))
WORST_STEP = Step(Action(text=LONG, due_on=date(2199, 12, 31)), extreme().outcome, NAME)
WORST_OBSTACLE = Step(Obstacle(text=LONG, resolution=LONG), extreme().outcome, NAME)
WORST = Report(
    LONGEST,
    Changes(
        decisions=(Choice(question(10**9, question=LONG), choice(choice=LONG), NAME),) * 100,
        moved=(Moved(extreme(), Decimal(-1), Decimal(10**18)), Moved(extreme(), Decimal(1), Decimal(1))) * 50,
        agreed=(WORST_STEP,) * 100,
        done=(WORST_STEP,) * 100,
        raised=(WORST_OBSTACLE,) * 100,
        resolved=(WORST_OBSTACLE,) * 100,
        dependencies=(Agreed(need(LONG), extreme().outcome),) * 100,
        other=(Other("OUT-999999999", LONG, (DUE, CLOSED)),) * 100,
    ),
    undecided=[DecisionBrief(question(10**9, question=LONG), team("&" * 80), person(NAME), None)] * 100,
    open_lines=[WORST_LINE] * 40,
    scorecard=Scorecard(100, 100, 100, 10**6, 10**6),
    next_at=BEGINS,
    late=10**6,
)
FULL = Card(2, 1, 3, 136, 1, lines=8, came_often=2, rating=4.25)
PAST = [
    Past(ENDED, replace(FULL, outcomes_moved=None, rating=None)),
    Past(ENDED, FULL),
    Past(ENDED, Card(0, 0, 0, None, 0, lines=0, came_often=0, rating=None)),
]
IDLE = Card(0, 0, 0, 120, 0, lines=4, came_often=0, rating=None)
SOME = Card(2, 0, 1, 300, 1, lines=4, came_often=0, rating=None)
ADVISED = advise(
    [
        Series("Status & <review>", [IDLE] * 8),
        Series("Growth sync", [IDLE] * 4 + [SOME] * 4),
        Series("Standup", [IDLE] * 5 + [SOME] * 3),
        Series("Retro", [replace(SOME, came_often=2, attendee_minutes=750)] * 6),
        Series("Planning", [replace(SOME, outcomes_moved=0)] * 6),
    ]
)
WORST_ADVISED = [
    *(Advised(one, (Series(LONGEST.name, [FULL] * 8),)) for one in (Advice.STOP, Advice.SHORTEN) for _ in range(40)),
    Advised(Advice.MERGE, (Series(LONGEST.name, [FULL] * 8),) * 40),
]
PEOPLE = [person("Lea Lind", "ULEAD"), person()]
CHOICES = {"12": "OUT-12 Trial users", "3": "OUT-3 Refunds fall"}

MESSAGES: dict[str, Callable[[], Message]] = {
    "agenda": lambda: agenda(SYNC, LINES, reader=BERLIN),
    "agenda_tomorrow": lambda: agenda(SYNC, LINES[:1], reader=replace(BERLIN, today=date(2026, 3, 30))),
    "agenda_with_nothing": lambda: agenda(SYNC, [], reader=BERLIN),
    "agenda_of_choices": lambda: agenda(SYNC, CHOSEN, reader=BERLIN),
    "skipped": lambda: skipped(SYNC, by="Lea & Max", reader=BERLIN),
    "live": lambda: live(ON, LATER, CHANGES, PEOPLE, reader=BERLIN),
    "live_with_nothing": lambda: live(ON, [], Changes(), [], reader=BERLIN),
    "live_at_a_choice": lambda: live(changed(ON, line_id=4), LINES, Changes(), PEOPLE, reader=BERLIN),
    "live_at_a_line_of_ones_own": lambda: live(changed(ON, line_id=9), LINES, Changes(), PEOPLE, reader=BERLIN),
    "over": lambda: over(ENDED, by="Lea & Max", reader=BERLIN),
    "over_by_plan": lambda: over(ENDED, by="", reader=BERLIN),
    "summary": lambda: summary(REPORT, reader=BERLIN),
    "summary_of_nothing": lambda: summary(EMPTY, reader=BERLIN),
    "summary_beside_another": lambda: summary(replace(EMPTY, beside=["R&D <review>"]), reader=BERLIN),
    "summary_of_a_hundred": lambda: summary(MANY, reader=BERLIN),
    "live_after_another": lambda: live(ON, [], Changes(), PEOPLE, moved_since=2, reader=BERLIN),
    "live_after_one_in_vain": lambda: live(ON, [], Changes(), PEOPLE, moved_since=0, reader=BERLIN),
    "history": lambda: history(
        team("R&D"), PAST, trend([one.card for one in PAST]), ["Shorter & <sharper>"], reader=BERLIN
    ),
    "history_for_the_lead": lambda: history(
        team("R&D"), PAST, trend([one.card for one in PAST]), [], ADVISED, reader=BERLIN
    ),
    "history_of_one": lambda: history(team("R&D"), PAST[:1], trend([PAST[0].card]), [], reader=BERLIN),
    "history_in_vain": lambda: history(
        team("R&D"), PAST[2:] * 2, trend([replace(PAST[2].card, attendee_minutes=60)] * 2), [], reader=BERLIN
    ),
    "history_without_any": lambda: history(team("R&D"), [], trend([]), [], reader=BERLIN),
    "rated": lambda: rated(ENDED, 4),
    "begun": lambda: answers.begun(ON),
    "ended": lambda: answers.ended(ENDED),
    "you_skipped": lambda: answers.skipped(SYNC),
    "nothing_planned": lambda: answers.nothing_planned(team("R&D")),
    "which_to_end": lambda: answers.which_to_end([ON, changed(ON, id=8, name="R&D <review>")]),
}
FORMS: dict[str, Callable[[], Form]] = {
    "agenda_form": lambda: agenda_form(SYNC, LINES, CHOICES, may_change=True, viewer_id="ULEAD"),
    "agenda_form_for_others": lambda: agenda_form(SYNC, LINES, {}, may_change=False, viewer_id="UOLGA"),
    "comment_form": lambda: comment_form(ENDED),
    "outcome_form": lambda: outcome_form(MeetingLine(id=9, text="Who covers <August>?"), CHOICES),
    "outcome_form_with_none": lambda: outcome_form(MeetingLine(id=9, text="Who covers August?"), {}),
}
EXTREMES: dict[str, Callable[[], Message]] = {
    "agenda": lambda: agenda(LONGEST, [WORST_LINE] * 40, reader=BERLIN),
    "live": lambda: live(LONGEST, WORST_LINES, WORST.changes, [person(NAME)] * 100, reader=BERLIN),
    "summary": lambda: summary(WORST, reader=BERLIN),
    "history": lambda: history(
        team("&" * 80), [Past(LONGEST, FULL)] * 10, trend([FULL] * 10), [LONG] * 40, WORST_ADVISED, reader=BERLIN
    ),
    "page_of_the_thread": lambda: everything(WORST, reader=BERLIN)[0],
}


def test_the_form_of_a_full_agenda_fits() -> None:
    form = agenda_form(LONGEST, [WORST_LINE] * 40, CHOICES, may_change=True, viewer_id="ULEAD")
    assert len(form.view["blocks"]) <= 100


def test_every_page_of_a_thread_fits_and_together_they_have_everything() -> None:
    pages = everything(MANY, reader=BERLIN)
    assert all(len(page.blocks) <= 50 and len(page.text) <= 40_000 for page in pages)
    assert all(f"Call customer {n}" in "".join(page.text for page in pages) for n in range(100))
    assert everything(REPORT, reader=BERLIN) == []
