"""Decisions that were never stored, for the tests of the words."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from bot.decisions.model import Decision, DecisionChoice, DecisionObjection
from bot.decisions.queries import DecisionView
from bot.decisions.queries.waiting import Wait
from bot.decisions.rules import NEVER, DecisionState
from bot.decisions.rules.options import Option
from bot.execution.model import Action
from tests.outcomes.samples import EMOJI, NASTY, NOW, extreme, person, team, view

LINK = "https://lumenfield.slack.com/archives/C1/p1700000000000100"
OPTIONS = (
    Option("Raise them by 10%", "pays for support", "some customers leave"),
    Option("Raise them for new customers", "nobody leaves"),
    Option("Keep them"),
)
OUTCOME = view("8.5", "9")
GRACE, MAX = person("Grace Whitfield", "UGRACE"), person("Max Muster", "UMAX")


def question(number: int = 3, *, decided: bool = False, **changes: Any) -> Decision:
    """The row of a decision, open unless it is said to be decided."""
    row = Decision(
        workspace_id="T1",
        id=number,
        number=number,
        team_id=1,
        state=DecisionState.DECIDED if decided else DecisionState.OPEN,
        question="Do we raise prices this year?",
        context="Support costs rose by a third since spring.",
        decider_id="UOLGA",
        needed_by_on=date(2026, 4, 3),
        link="",
        created_at=NOW - timedelta(days=4),
        created_by="UMAX",
        version=1,
        asked_version=1,
        choice_version=int(decided),
        evidence="",
        ending_note="",
        next_on=NEVER,
    )
    if decided:
        row.decided_at, row.review_on = NOW, date(2026, 6, 1)
    for name, value in changes.items():
        setattr(row, name, value)
    return row


def choice(version: int = 1, **changes: Any) -> DecisionChoice:
    """What was chosen."""
    row = DecisionChoice(
        workspace_id="T1",
        decision_id=3,
        version=version,
        choice="Raise them by 10%",
        why="Support costs more than the small plans pay.",
        effect="Fewer small accounts, and more that stay.",
        effect_outcome_id=OUTCOME.outcome.id,
        effect_from=Decimal(9),
        effect_value=Decimal(11),
        effect_on=date(2026, 5, 25),
        confidence=7,
        is_reversible=True,
        review_on=date(2026, 6, 1),
        objections_until_at=NOW + timedelta(days=2),
        made_at=NOW,
        made_by="UOLGA",
        reason="",
    )
    for name, value in changes.items():
        setattr(row, name, value)
    return row


def asked(**changes: Any) -> DecisionView:
    """An open decision with everything about it."""
    action = Action(workspace_id="T1", id=7, outcome_id=12, text="Write the new price page")
    whole = DecisionView(
        question(),
        team(),
        person(),
        None,
        opened_by=MAX,
        options=OPTIONS,
        heard=(GRACE, MAX),
        waits=(Wait(OUTCOME), Wait(OUTCOME, action)),
        people={one.id: one for one in (person(), GRACE, MAX)},
        outcomes={OUTCOME.outcome.id: OUTCOME},
    )
    return replace(whole, **changes)


def made(choices: Sequence[DecisionChoice] = (), **changes: Any) -> DecisionView:
    """A decided one."""
    versions = tuple(choices) or (choice(),)
    row = question(decided=True, choice_version=len(versions))
    return asked(**{"decision": row, "chosen": versions[-1], "choices": versions, **changes})


def objection(said: str = "We lose the schools", by: str = "UGRACE", version: int = 1) -> DecisionObjection:
    """What somebody has against it."""
    return DecisionObjection(
        workspace_id="T1", decision_id=3, version=version, person_id=by, objection=said, objected_at=NOW
    )


CHANGED = made(
    [
        choice(1, made_at=NOW - timedelta(days=2)),
        choice(2, choice="Raise them for new customers", reason="Two schools gave notice"),
    ],
    objections=(objection(),),
)


def worst(*, decided: bool = True) -> DecisionView:
    """A decision whose every text is at its limit, of signs that escaping makes longer."""
    long = (NASTY * 400)[:3_000]
    name = person((EMOJI * 40)[:200])
    versions = tuple(
        choice(
            n,
            choice=long[:600],
            why=long,
            effect=long[:600],
            reason=long[:1_000],
            effect_outcome_id=999_999_999,
            effect_from=Decimal("-0.000001"),
            effect_value=Decimal(10) ** 18,
        )
        for n in range(1, 12)
    )
    row = question(
        999_999_999,
        decided=decided,
        question=long[:300],
        context=long,
        link=LINK + "x" * 400,
        evidence=long[:1_000],
        reopened_at=None if decided else NOW,
        ending_note=long[:1_000],
    )
    return asked(
        decision=row,
        team=team("&" * 80),
        decider=name,
        chosen=versions[-1],
        opened_by=name,
        options=tuple(Option(long[:300], long[:300], long[:300]) for _ in range(6)),
        heard=(name,) * 10,
        waits=(Wait(extreme()),) * 100,
        choices=versions,
        objections=tuple(objection(long[:1_000], version=n) for n in range(1, 41)),
        people={"UOLGA": name, "UGRACE": name},
        outcomes={999_999_999: extreme()},
        superseded_by=row,
        takes_place_of=(row,) * 9,
    )
