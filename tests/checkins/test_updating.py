"""Owners answer in a form: the value, what stands in the way, and the actions that are done, saved together or not."""

from datetime import UTC, datetime
from decimal import Decimal

import pytest

from bot.checkins.actions.updating import Update, update_outcome
from bot.checkins.queries import own_steps
from bot.errors import FormRefused, Refused
from bot.execution.actions import add_action, end_action
from bot.execution.queries import find_action
from bot.execution.rules import ActionDraft, ActionState, EffectSeen, Ending
from bot.obstacles.queries import obstacles_of
from bot.outcomes.model import Outcome
from bot.outcomes.queries import find_outcome
from bot.results.actions import Measured
from tests.checkins.diary import asked, check_ins
from tests.workspaces.firm import Firm

VALUE = Measured(Decimal(42), "the email shipped")


@pytest.fixture
def outcome(firm: Firm) -> Outcome:
    """Olga's outcome, which she was asked about on Monday at nine."""
    firm.channel(members=["UOLGA", "UMAX"])
    outcome = firm.outcome(firm.team(), "UOLGA").outcome
    firm.live(datetime(2026, 3, 2, 10, tzinfo=UTC))
    return outcome


def action(firm: Firm, text: str, *, owner: str = "UOLGA") -> int:
    """Adds an action to Olga's outcome; answers its id."""
    with firm.db.begin() as tx:
        draft = ActionDraft(text, owner)
        viewer, view = firm.viewer("UOLGA"), find_outcome(tx, firm.viewer("UOLGA"), 1)
        return add_action(tx, viewer, view, draft, firm.people[owner], limit=9, now=firm.now).action.id


def updated(firm: Firm, outcome: Outcome, update: Update) -> None:
    with firm.db.begin() as tx:
        ids = {"checkin_id": check_ins(firm)[-1].id, "outcome_id": outcome.id}
        update_outcome(tx, firm.viewer("UOLGA"), **ids, update=update, now=firm.now)


def state(firm: Firm, action_id: int) -> tuple[ActionState, EffectSeen | None]:
    with firm.db.read() as tx:
        found = find_action(tx, firm.viewer("UOLGA"), action_id).action
        return found.state, found.effect_seen


def obstacles(firm: Firm) -> list[tuple[str, str, bool]]:
    with firm.db.read() as tx:
        standing = obstacles_of(tx, firm.viewer("UOLGA"))
        return [(one.obstacle.text, one.owner.name, one.obstacle.needs_decision) for one in standing]


def test_the_value_the_obstacle_and_the_actions_are_saved_together(firm: Firm, outcome: Outcome) -> None:
    first, second = action(firm, "Call ten customers"), action(firm, "Move the pricing page")
    updated(firm, outcome, Update(VALUE, "The legal review", True, [first], EffectSeen.YES))
    assert [result.value for result in firm.see("UOLGA", 1).results] == [42]
    assert obstacles(firm) == [("The legal review", "Olga", True)]
    assert [state(firm, one) for one in (first, second)] == [("done", "yes"), ("open", None)]
    assert asked(firm).open_items == []


def test_an_update_needs_no_more_than_a_value(firm: Firm, outcome: Outcome) -> None:
    updated(firm, outcome, Update(VALUE))
    assert obstacles(firm) == []


def test_an_effect_nobody_spoke_of_is_not_seen_yet(firm: Firm, outcome: Outcome) -> None:
    done = action(firm, "Call ten customers")
    updated(firm, outcome, Update(VALUE, done=[done]))
    assert state(firm, done) == ("done", "not yet")


@pytest.mark.parametrize("update", [Update(VALUE, needs_decision=True), Update(VALUE, "x" * 601)])
def test_a_decision_about_nothing_and_too_many_words_are_refused(firm: Firm, outcome: Outcome, update: Update) -> None:
    with pytest.raises(FormRefused) as refused:
        updated(firm, outcome, update)
    assert list(refused.value.errors) == ["obstacle"]
    assert firm.see("UOLGA", 1).results == ()


def test_nothing_is_saved_when_an_action_ended_otherwise_meanwhile(firm: Firm, outcome: Outcome) -> None:
    dropped = action(firm, "Call ten customers")
    with firm.db.begin() as tx:
        end_action(tx, firm.viewer("UOLGA"), dropped, Ending(), now=firm.now)
    with pytest.raises(Refused, match="dropped already"):
        updated(firm, outcome, Update(VALUE, "The legal review", done=[dropped]))
    assert firm.see("UOLGA", 1).results == ()
    assert obstacles(firm) == []
    assert len(asked(firm).open_items) == 1


def test_only_ones_own_open_actions_are_offered(firm: Firm, outcome: Outcome) -> None:
    mine, ended = action(firm, "Call ten customers"), action(firm, "Ask five more")
    action(firm, "Write the guide", owner="UMAX")
    updated(firm, outcome, Update(VALUE, done=[ended]))
    with firm.db.read() as tx:
        assert [step.action.id for step in own_steps(tx, firm.viewer("UOLGA"), outcome.id)] == [mine]
