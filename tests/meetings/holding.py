"""Time passing, and people at work, in a firm whose teams meet."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import TypeVar

from sqlalchemy import select

from bot.db.database import Tx
from bot.decisions.actions.deciding import log_decision
from bot.decisions.actions.reviewing import review_decision
from bot.decisions.queries import DecisionView, find_decision_by_id
from bot.decisions.rules import Verdict
from bot.decisions.rules.drafts import Choice
from bot.execution.actions import add_action, end_action
from bot.execution.queries import Step
from bot.execution.rules import ActionDraft, EffectSeen, Ending
from bot.meetings.actions.holding import end_meeting_now, start_meeting
from bot.meetings.actions.planning import plan_meetings
from bot.meetings.jobs import next_meeting_step, next_notice, step_meetings_due, tell_of_meetings_due
from bot.meetings.model import Meeting
from bot.meetings.queries.held import Held, find_held
from bot.meetings.queries.lines import LineView, lines_seen
from bot.obstacles.actions import Told, raise_obstacle, resolve_obstacle
from bot.obstacles.queries import ObstacleView
from bot.outbox.model import Delivery
from bot.outbox.queries import content_under
from bot.outbox.rules import State
from bot.outcomes.queries import find_outcome
from bot.teams.actions.schedule import set_schedule
from bot.teams.model import Team
from bot.teams.rules.rhythm import Rhythm
from tests.workspaces.firm import Firm

BEGINS = datetime(2026, 3, 3, 14, tzinfo=UTC)
"""When the meeting of these tests takes place first: a Tuesday at 15:00 in Berlin."""
TOLD = BEGINS - timedelta(hours=1)
ENDS = BEGINS + timedelta(minutes=30)
LIMIT = 3
"""How many live outcomes one person should own at most."""
MINUTE, WEEK = timedelta(minutes=1), timedelta(weeks=1)

Answer = TypeVar("Answer")


def live(firm: Firm, until: datetime) -> None:
    """Lets time pass: a beat now, and one whenever there may be something to do."""
    while due := _next(firm):
        if due > until:
            break
        firm.clock.move_to(max(due, firm.now))
        tell_of_meetings_due(firm.db, focus_limit=LIMIT)
        step_meetings_due(firm.db, focus_limit=LIMIT)
    firm.clock.move_to(max(until, firm.now))


def _next(firm: Firm) -> datetime | None:
    ahead = [at for at in (next_notice(firm.db), next_meeting_step(firm.db)) if at is not None]
    return min(ahead, default=None)


def do(firm: Firm, act: Callable[[Tx], Answer]) -> Answer:
    """One transaction."""
    with firm.db.begin() as tx:
        return act(tx)


def schedule(firm: Firm, team: Team, rhythm: Rhythm) -> None:
    """The lead says when the team works, and what becomes of what falls on a day off."""
    with firm.db.begin() as tx:
        row = tx.get_one(Team, team.id)
        set_schedule(tx, firm.viewer("ULEAD"), row, rhythm, by="Lea", now=firm.now)
        plan_meetings(tx, row, now=firm.now)


def meetings(firm: Firm) -> list[Meeting]:
    """Every occurrence, in their order."""
    with firm.db.read() as tx:
        return list(tx.scalars(select(Meeting).order_by(Meeting.starts_at, Meeting.id)))


def held(firm: Firm, meeting: Meeting, person_id: str = "ULEAD") -> Held:
    """An occurrence as it stands now."""
    with firm.db.read() as tx:
        return find_held(tx, firm.viewer(person_id), meeting.id)


def start(firm: Firm, team: Team, name: str = "", *, by: str = "ULEAD") -> Meeting:
    """Somebody types `/meeting start`."""
    viewer = firm.viewer(by)
    return do(firm, lambda tx: start_meeting(tx, viewer, team, name, focus_limit=LIMIT, now=firm.now).meeting)


def end(firm: Firm, meeting: Meeting, *, by: str = "ULEAD") -> Meeting:
    """Somebody types `/meeting end`."""
    return do(firm, lambda tx: end_meeting_now(tx, firm.viewer(by), meeting.id, now=firm.now).meeting)


def agenda_of(firm: Firm, meeting: Meeting) -> list[LineView]:
    """The lines of a meeting that were not dropped."""
    with firm.db.read() as tx:
        return lines_seen(tx, tx.get_one(Meeting, meeting.id))


def said(firm: Firm, key: str) -> str:
    """What the message under a key says now; empty when there is none."""
    with firm.db.read() as tx:
        message = content_under(tx, workspace_id=firm.id, key=key)
        return message.text if message else ""


def deliveries(firm: Firm, like: str) -> list[Delivery]:
    """Every delivery whose key is like that, the oldest first."""
    with firm.db.read() as tx:
        return list(tx.scalars(select(Delivery).where(Delivery.key.like(like)).order_by(Delivery.id)))


def sent(firm: Firm, like: str = "%") -> None:
    """Slack took everything that is owed under such keys."""
    with firm.db.begin() as tx:
        for one in tx.scalars(select(Delivery).where(Delivery.key.like(like), Delivery.state == State.OWED)):
            one.state, one.channel, one.ts = State.SENT, one.place, f"{one.id}.0"


def act(
    firm: Firm, number: int, text: str = "Call ten customers", *, by: str = "UOLGA", due_on: date | None = None
) -> Step:
    """Adds an action."""

    def add(tx: Tx) -> Step:
        view, owner = find_outcome(tx, firm.viewer(by), number), firm.people["UMAX"]
        return add_action(tx, firm.viewer(by), view, ActionDraft(text, "UMAX", due_on), owner, limit=999, now=firm.now)

    return do(firm, add)


def finish(firm: Firm, step: Step, *, by: str = "UOLGA") -> None:
    """Marks an action done."""
    do(firm, lambda tx: end_action(tx, firm.viewer(by), step.action.id, Ending(EffectSeen.YES), now=firm.now))


def hinder(firm: Firm, number: int, text: str = "Legal is silent", *, by: str = "UOLGA") -> ObstacleView:
    """Raises an obstacle that Lea sees to."""

    def raise_(tx: Tx) -> ObstacleView:
        view = find_outcome(tx, firm.viewer(by), number)
        return raise_obstacle(tx, firm.viewer(by), view, Told(text, firm.people["ULEAD"]), now=firm.now)

    return do(firm, raise_)


def clear(firm: Firm, obstacle: ObstacleView, resolution: str = "Legal answered") -> None:
    """Resolves it."""
    lead = firm.viewer("ULEAD")
    do(firm, lambda tx: resolve_obstacle(tx, lead, obstacle.obstacle.id, resolution, now=firm.now))


def decide(
    firm: Firm,
    team: Team,
    choice: str = "19 a month",
    question: str = "Which price?",
    review_on: date = date(2026, 6, 3),
    by: str = "ULEAD",
    made_at: datetime | None = None,
) -> DecisionView:
    """Logs a decision of Lea's, which she writes down herself unless somebody does it for her."""

    def log(tx: Tx) -> DecisionView:
        row, lead = tx.get_one(Team, team.id), firm.people["ULEAD"]
        made = Choice(choice, "", review_on=review_on)
        viewer = firm.viewer(by)
        return log_decision(
            tx, viewer, team=row, question=question, choice=made, decider=lead, made_at=made_at, now=firm.now
        )

    return do(firm, log)


def review(firm: Firm, decided: DecisionView) -> None:
    """Lea looks back at it."""

    def look_back(tx: Tx) -> None:
        view = find_decision_by_id(tx, firm.viewer("ULEAD"), decided.decision.id)
        review_decision(tx, firm.viewer("ULEAD"), view, verdict=Verdict.BETTER, learnt="", now=firm.now)

    do(firm, look_back)
