"""Execution paths that were never stored, for the tests of the words."""

from datetime import date, timedelta

from bot.execution.model import Action, NotDoing
from bot.execution.queries import ExecutionPath, Step
from bot.execution.rules import EFFECT_LIMIT, REASON_LIMIT, TEXT_LIMIT, ActionState, EffectSeen
from bot.outcomes.queries import Brief
from bot.people.rules import Viewer
from tests.outcomes.samples import EMOJI, NASTY, NOW, READER, extreme, person, view

OLGA, MAX = Viewer("T1", "UOLGA"), Viewer("T1", "UMAX")
PRICING = "Move the pricing page above the fold"
OUTCOME = view("8.5", "9", "9.5")


def step(
    text: str = PRICING,
    *,
    number: int = 7,
    due_in: int | None = 4,
    effect: str = "",
    state: ActionState = ActionState.OPEN,
    seen: EffectSeen | None = None,
    owner: str = "Olga Ortiz",
    brief: Brief = OUTCOME,
) -> Step:
    """An action of Olga's outcome, due in so many days; one that is proposed is Max's idea, of yesterday."""
    action = Action(
        workspace_id="T1",
        id=number,
        outcome_id=brief.outcome.id,
        text=text,
        owner_id="UOLGA" if owner == "Olga Ortiz" else "UMAX",
        due_on=None if due_in is None else READER.today + timedelta(days=due_in),
        expected_effect=effect,
        state=state,
        effect_seen=seen,
        created_at=NOW - timedelta(days=1),
        created_by="UMAX",
    )
    return Step(action, person(owner, action.owner_id), person("Max Mason", "UMAX"), brief)


def proposed(text: str = "Sponsor a podcast", *, number: int = 8) -> Step:
    """An action that Max would like to do."""
    return step(text, number=number, due_in=None, state=ActionState.PROPOSED, owner="Max Mason")


def done(text: str = "Call ten customers", seen: EffectSeen = EffectSeen.YES) -> Step:
    """An action that is done."""
    return step(text, number=9, state=ActionState.DONE, seen=seen)


def left(text: str = "A mobile app", reason: str = "trial users work at a desk", *, number: int = 1) -> NotDoing:
    """A not-doing line."""
    return NotDoing(workspace_id="T1", id=number, outcome_id=1, text=text, reason=reason)


def path(viewer: Viewer = OLGA) -> ExecutionPath:
    """A path with something of everything."""
    return ExecutionPath(
        viewer,
        open=[
            step("Send the three case studies", number=5, due_in=-3, effect="more replies from trials"),
            step(number=6, due_in=0, owner="Max Mason"),
            step("Shorten the sign-up form", number=7, due_in=None),
        ],
        proposed=[proposed(), proposed("Hire an agency", number=10)],
        done=[done(seen=EffectSeen.NOT_YET), done("Count the drop-offs")],
        done_count=4,
        not_doing=[left()],
    )


def extreme_step(number: int = 999_999_999_999_999_999, state: ActionState = ActionState.OPEN) -> Step:
    """An action whose every text is at its limit."""
    made = step(
        (NASTY * 20)[:TEXT_LIMIT],
        number=number,
        due_in=-1_000,
        effect="&" * EFFECT_LIMIT,
        state=state,
        seen=EffectSeen.NOT_YET if state == ActionState.DONE else None,
        owner=(EMOJI * 40)[:200],
        brief=extreme(),
    )
    return Step(made.action, made.owner, person("<" * 200, "UMAX"), made.brief)


def extreme_path() -> ExecutionPath:
    """A path that holds as much as any can."""
    steps = [extreme_step(number) for number in range(1, 21)]
    return ExecutionPath(
        OLGA,
        open=steps,
        proposed=[extreme_step(state=ActionState.PROPOSED)] * 50,
        done=[extreme_step(state=ActionState.DONE)] * 5,
        done_count=1_000_000,
        not_doing=[left("<" * TEXT_LIMIT, "&" * REASON_LIMIT)] * 50,
    )


FRIDAY = date(2026, 4, 3)
