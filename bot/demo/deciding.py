"""What the demo company decides: each as it would be typed, by the week from 0, and lived through Rhythm's own actions.

Of the three, one came out better than expected and was learnt from, one was objected to, and one is overdue while
somebody waits for it.
"""

from dataclasses import dataclass
from datetime import datetime

from bot.db.database import Tx
from bot.decisions.actions.deciding import decide, object_to
from bot.decisions.actions.opening import Around, Source, open_decision
from bot.decisions.actions.reviewing import review_decision
from bot.decisions.queries import DecisionView, find_decision
from bot.decisions.queries.lists import search_decisions
from bot.decisions.queries.waiting import Wait
from bot.decisions.rules import Verdict
from bot.decisions.rules.drafts import Choice, Measure, read_choice, read_question
from bot.demo.company import Company
from bot.demo.seat import Seat
from bot.obstacles.queries import obstacles_on
from bot.search.rules import terms


@dataclass(frozen=True)
class DemoDecision:
    """A question and what became of it. Weeks are those in which it was asked, decided, objected to and reviewed.

    `waits` is the owner of the outcome that waits for it, and whose first obstacle it comes from; `moves`, of the one
    whose measure the choice is to move.
    """

    channel: str
    asked_by: str
    decider: str
    question: str
    context: str
    options: str
    needed_by: str
    asked_in: int
    heard: str = ""
    waits: str = ""
    decided_in: int = 99
    option: str = ""
    why: str = ""
    moves: str = ""
    effect_value: str = ""
    effect_on: str = ""
    confidence: str = ""
    objection: str = ""
    reviewed_in: int = 99
    verdict: Verdict = Verdict.CANNOT_TELL
    learnt: str = ""


DECISIONS = (
    DemoDecision(
        channel="growth",
        asked_by="marcus",
        decider="grace",
        question="Do we ask for less before a trial begins?",
        context="Seven fields stand before the product. Sales wants them, and half of the visitors leave.",
        options="Take the form down to two fields\n+ nobody has to stop and think\n- sales knows less of them\n"
        "Keep the seven\n+ every lead can be called at once",
        needed_by="in 5 days",
        asked_in=0,
        heard="sofia",
        decided_in=1,
        option="1",
        why="Those who leave at the form can never reach a report.",
        moves="marcus",
        effect_value="28%",
        effect_on="in 4 weeks",
        confidence="6",
        reviewed_in=6,
        verdict=Verdict.BETTER,
        learnt="Each field that goes brings people; nobody in sales missed the five that went",
    ),
    DemoDecision(
        channel="platform",
        asked_by="jonas",
        decider="lena",
        question="Do we release on Fridays?",
        context="Of the last nine incidents, five began on a Friday afternoon.",
        options="No releases after Thursday noon\n+ quiet weekends\n- fixes wait three days\n"
        "Release, but only behind a canary\n+ nothing waits\n- somebody has to watch it",
        needed_by="in 10 days",
        asked_in=3,
        heard="zofia yusuf",
        decided_in=4,
        option="2",
        why="A canary shows in ten minutes what a freeze only moves to Monday.",
        moves="jonas",
        effect_value="40 minutes",
        effect_on="in 6 weeks",
        confidence="7",
        objection="Nobody is there to watch it on a Friday after four. It needs a name on the rota first.",
    ),
    DemoDecision(
        channel="growth",
        asked_by="sofia",
        decider="grace",
        question="Do we load customers' own data into their trial?",
        context="A trial that shows somebody else's numbers convinces nobody. The import takes two days today.",
        options="Load it for everybody\n+ they see their own numbers on day one\n- Platform has no time before April\n"
        "Load it for those with ten seats or more\n- small firms are whom we want to win\n"
        "Show sample data only",
        needed_by="in 6 days",
        asked_in=6,
        heard="marcus",
        waits="sofia",
    ),
)


def take_decisions(tx: Tx, company: Company, *, week: int, now: datetime) -> None:
    """What is asked, decided, objected to and reviewed in one week."""
    for demo in DECISIONS:
        seat = Seat(tx, company, now)
        if demo.asked_in == week:
            _ask(seat, demo)
        if demo.decided_in == week:
            _decide(seat, demo)
        if demo.reviewed_in == week:
            by, view = seat.viewer(demo.decider), _decision(seat, demo)
            review_decision(tx, by, view, verdict=demo.verdict, learnt=demo.learnt, now=now)


def _decision(seat: Seat, demo: DemoDecision) -> DecisionView:
    viewer = seat.viewer(demo.decider)
    [found] = search_decisions(seat.tx, viewer, terms(demo.question)).decisions
    return find_decision(seat.tx, viewer, found.decision.number)


def _ask(seat: Seat, demo: DemoDecision) -> None:
    by, team = seat.viewer(demo.asked_by), seat.team(demo.asked_by, demo.channel)
    typed = {"question": demo.question, "context": demo.context, "options": demo.options, "needed_by": demo.needed_by}
    waiting = seat.owned(demo.waits) if demo.waits else None
    obstacles = obstacles_on(seat.tx, by, waiting.outcome.id) if waiting else []
    open_decision(
        seat.tx,
        by,
        team=team,
        question=read_question(typed, today=seat.today(demo.asked_by), locale="en-US"),
        around=Around(
            seat.person(demo.decider),
            [seat.person(one) for one in demo.heard.split()],
            [Wait(waiting)] if waiting else [],
        ),
        source=Source(obstacle_id=obstacles[0].obstacle.id if obstacles else None),
        now=seat.now,
    )


def _decide(seat: Seat, demo: DemoDecision) -> None:
    view = decide(seat.tx, seat.viewer(demo.decider), _decision(seat, demo), _choice(seat, demo), now=seat.now)
    if demo.objection:
        object_to(seat.tx, seat.viewer(demo.heard.split()[0]), view, demo.objection, now=seat.now)


def _choice(seat: Seat, demo: DemoDecision) -> Choice:
    outcome = seat.owned(demo.moves).outcome
    typed = {
        "option": demo.option,
        "choice": "",
        "why": demo.why,
        "effect": "",
        "effect_value": demo.effect_value,
        "effect_on": demo.effect_on,
        "confidence": demo.confidence,
        "review": "",
        "window": "2",
    }
    return read_choice(
        typed,
        today=seat.today(demo.decider),
        locale="en-US",
        options=_decision(seat, demo).options,
        measure=Measure(outcome.id, outcome.unit),
    )
