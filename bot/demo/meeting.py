"""What the demo company's meetings do: each thing as it would be typed, by the week from 0, between start and end.

A team whose meetings changed nothing at first, and something of late.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from bot.db.database import Tx
from bot.decisions.actions.deciding import log_decision
from bot.decisions.rules.drafts import read_choice
from bot.demo.company import Company
from bot.demo.quarter import MEETINGS
from bot.demo.seat import Seat
from bot.execution.actions import add_action, end_action
from bot.execution.queries import path_of_outcome
from bot.execution.rules import Ending, read_effect_seen, read_line
from bot.language.values import read_value
from bot.meetings.actions.holding import bring_up_to_date, come, end_meeting_now
from bot.meetings.queries.held import Held, open_in
from bot.obstacles.actions import Told, raise_obstacle, resolve_obstacle
from bot.obstacles.queries import obstacles_on
from bot.results.actions import Measured, log_result

_INTO_IT, _TAKES = timedelta(minutes=10), timedelta(minutes=28)


@dataclass(frozen=True)
class DemoMeeting:
    """One meeting of a team. `agreed` actions, `measured` values and obstacles are the owners' whose outcomes they are
    on; `done` is the beginning of an open action, `cleared` says what resolved the oldest obstacle."""

    week: int
    here: str
    agreed: tuple[tuple[str, str], ...] = ()
    done: tuple[tuple[str, str], ...] = ()
    raised: tuple[tuple[str, str], ...] = ()
    cleared: tuple[tuple[str, str], ...] = ()
    measured: tuple[tuple[str, str, str], ...] = ()
    decided: tuple[str, str, str, str] | None = None
    """Who decided which question how, and why."""


HELD = {
    "growth": (
        DemoMeeting(1, "grace marcus sofia tyler", agreed=(("marcus", "Show a sample report by mail by in 9 days"),)),
        DemoMeeting(2, "grace sofia tyler"),
        DemoMeeting(3, "grace marcus tyler", agreed=(("tyler", "Write a page that partners pass on by in 12 days"),)),
        DemoMeeting(4, "grace marcus sofia tyler"),
        DemoMeeting(5, "grace marcus sofia", done=(("marcus", "Show a sample report"),)),
        DemoMeeting(6, "grace sofia tyler", raised=(("tyler", "Two partners wait for a contract"),)),
        DemoMeeting(
            7,
            "grace marcus sofia tyler",
            agreed=(("tyler", "Send both partners the contract by in 3 days"),),
            cleared=(("tyler", "Legal's standard contract is enough for both"),),
            decided=(
                "grace",
                "Which trials does sales call?",
                "Those with ten seats or more",
                "Of the small ones, nobody we called became a customer sooner.",
            ),
        ),
        DemoMeeting(
            8,
            "grace marcus sofia",
            agreed=(("marcus", "Let people see a report before they sign up by in 9 days"),),
            measured=(("marcus", "36.5%", "The sample report is in every mail now"),),
        ),
    ),
}
"""What became of the meetings, by their teams' channels."""


@dataclass(frozen=True)
class Moment:
    """When something is done in a meeting, or it is ended."""

    at: datetime
    channel: str
    meeting: DemoMeeting
    ends: bool


def moments_in(week: int, monday: datetime) -> Iterator[Moment]:
    """What happens in the meetings of the week that begins with `monday`."""
    for channel, held in HELD.items():
        plan = MEETINGS[channel]
        day = monday.date() + timedelta(days=plan.recurrence.weekday)
        begins = datetime.combine(day, plan.at, ZoneInfo(plan.zone))
        for meeting in held:
            if meeting.week == week:
                yield Moment(begins + _INTO_IT, channel, meeting, ends=False)
                yield Moment(begins + _TAKES, channel, meeting, ends=True)


def take_part(tx: Tx, company: Company, moment: Moment, *, now: datetime) -> None:
    """Does in a meeting what its people do there, or ends it; nothing where it did not begin."""
    seat, here = Seat(tx, company, now), moment.meeting.here.split()
    lead = seat.viewer(here[0])
    running = open_in(tx, lead, seat.team(here[0], moment.channel))
    if not running:
        return
    [held] = running
    if moment.ends:
        end_meeting_now(tx, lead, held.meeting.id, now=now)
        return
    for handle in here:
        come(tx, seat.viewer(handle), held.meeting.id, now=now)
    _work(seat, moment.meeting)
    _decide(seat, held, moment.meeting)
    bring_up_to_date(tx, held, now=now)


def _work(seat: Seat, meeting: DemoMeeting) -> None:
    for owner, line in meeting.agreed:
        draft = read_line(line, owner_id=seat.person(owner).id, today=seat.today(owner), locale="en-US")
        add_action(seat.tx, seat.viewer(owner), seat.owned(owner), draft, seat.person(owner), limit=9, now=seat.now)
    for owner, beginning in meeting.done:
        path = path_of_outcome(seat.tx, seat.viewer(owner), seat.owned(owner).outcome.id)
        step = next(step for step in path.open if step.action.text.startswith(beginning))
        end_action(seat.tx, seat.viewer(owner), step.action.id, Ending(read_effect_seen("yes")), now=seat.now)
    for owner, text in meeting.raised:
        told = Told(text, seat.person(owner))
        raise_obstacle(seat.tx, seat.viewer(owner), seat.owned(owner), told, now=seat.now)
    for owner, resolution in meeting.cleared:
        oldest = obstacles_on(seat.tx, seat.viewer(owner), seat.owned(owner).outcome.id)[0]
        resolve_obstacle(seat.tx, seat.viewer(owner), oldest.obstacle.id, resolution, now=seat.now)
    for owner, typed, note in meeting.measured:
        view = seat.owned(owner)
        value = read_value(typed, unit=view.outcome.unit, locale="en-US").value
        log_result(seat.tx, seat.viewer(owner), view, Measured(value, note), now=seat.now)


def _decide(seat: Seat, held: Held, meeting: DemoMeeting) -> None:
    if meeting.decided is None:
        return
    decider, question, choice, why = meeting.decided
    fields = ("option", "effect", "effect_value", "effect_on", "confidence", "review", "window")
    typed = {**dict.fromkeys(fields, ""), "choice": choice, "why": why, "review": "in 6 weeks", "window": "0"}
    log_decision(
        seat.tx,
        seat.viewer(decider),
        team=held.team,
        question=question,
        choice=read_choice(typed, today=seat.today(decider), locale="en-US"),
        decider=seat.person(decider),
        now=seat.now,
    )
