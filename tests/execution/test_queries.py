"""What is read of execution paths, and by whom."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from functools import partial

import pytest

from bot.db.database import Tx
from bot.errors import NotFound
from bot.execution.queries import actions_done_since, due_actions, find_action, path_of_outcome, proposals_for
from bot.execution.rules import EffectSeen, Ending
from bot.outcomes.queries import View
from bot.people.rules import Viewer
from tests.execution.test_actions import add, close, end, leave, texts
from tests.workspaces.firm import Firm, profile

TODAY = date(2026, 3, 2)


def days(count: int) -> date:
    return TODAY + timedelta(days=count)


def due(firm: Firm, person_id: str, within_days: int = 7) -> list[str]:
    with firm.db.read() as tx:
        return texts(due_actions(tx, firm.viewer(person_id), today=TODAY, within_days=within_days))


def test_a_path_has_the_soonest_due_first_and_what_has_no_date_last(firm: Firm, view: View) -> None:
    for text, due_on in (("whenever", None), ("later", days(9)), ("soon", days(1)), ("soon too", days(1))):
        add(firm, view, text, due_on=due_on, limit=9)
    with firm.db.read() as tx:
        assert texts(path_of_outcome(tx, firm.viewer("UMAX"), view.outcome.id).open) == [
            "soon",
            "soon too",
            "later",
            "whenever",
        ]


def test_a_path_counts_everything_done_and_shows_the_latest(firm: Firm, view: View) -> None:
    for n in range(7):
        firm.clock.move_to(firm.now + timedelta(hours=1))
        end(firm, add(firm, view, f"Step {n}"))
    with firm.db.read() as tx:
        path = path_of_outcome(tx, firm.viewer("UOLGA"), view.outcome.id)
    assert path.done_count == 7
    assert texts(path.done) == ["Step 6", "Step 5", "Step 4", "Step 3", "Step 2"]


def test_a_path_is_of_one_outcome_alone(firm: Firm, view: View) -> None:
    other = firm.outcome(view.team, "UOLGA")
    add(firm, other)
    leave(firm, other)
    end(firm, add(firm, other, "Finished"))
    with firm.db.read() as tx:
        path = path_of_outcome(tx, firm.viewer("UOLGA"), view.outcome.id)
    assert (path.open, path.done, path.done_count, path.not_doing) == ([], [], 0, [])


def test_ones_own_actions_are_due_when_late_or_within_the_days(firm: Firm, view: View) -> None:
    for text, due_on in (("in a week", days(7)), ("in eight days", days(8)), ("late", days(-3)), ("never", None)):
        add(firm, view, text, due_on=due_on, owner="UMAX", limit=9)
    add(firm, view, "of Olga", due_on=days(0), limit=9)
    end(firm, add(firm, view, "done", due_on=days(0), owner="UMAX", limit=9))
    add(firm, view, "proposed", due_on=days(0), by="UMAX")
    assert due(firm, "UMAX") == ["late", "in a week"]
    assert due(firm, "UMAX", within_days=0) == ["late"]
    assert due(firm, "UOLGA") == ["of Olga"]


def test_a_due_action_comes_with_its_outcome(firm: Firm, view: View) -> None:
    add(firm, view, due_on=days(0))
    with firm.db.read() as tx:
        [step] = due_actions(tx, firm.viewer("UOLGA"), today=TODAY)
    assert (step.brief.outcome.key, step.brief.team.name, step.brief.owner.name) == ("OUT-1", "Team C1", "Olga")


def test_nothing_is_due_of_an_outcome_that_is_closed(firm: Firm, view: View) -> None:
    add(firm, view, due_on=days(0))
    add(firm, view, "Proposed", by="UMAX")
    close(firm, view)
    assert due(firm, "UOLGA") == []
    with firm.db.read() as tx:
        assert proposals_for(tx, firm.viewer("UOLGA")) == []


def test_proposals_are_told_to_the_outcomes_owner(firm: Firm, view: View) -> None:
    add(firm, view, "First", by="UMAX")
    add(firm, view, "Second", by="UMAX")
    with firm.db.read() as tx:
        assert texts(proposals_for(tx, firm.viewer("UOLGA"))) == ["First", "Second"]
        assert proposals_for(tx, firm.viewer("ULEAD")) == []


def test_what_was_done_since_an_instant_counts_from_that_instant_on(firm: Firm, view: View) -> None:
    end(firm, add(firm, view, "before"))
    firm.clock.move_to(since := firm.now + timedelta(hours=1))
    end(firm, add(firm, view, "at it"))
    end(firm, add(firm, view, "dropped"), Ending())
    firm.clock.move_to(firm.now + timedelta(hours=1))
    end(firm, add(firm, view, "after"), Ending(EffectSeen.NO))
    with firm.db.read() as tx:
        done = actions_done_since(tx, firm.viewer("UOLGA"), view.outcome.id, since=since)
    assert texts(done) == ["at it", "after"]


LONG_AGO = datetime(2026, 1, 1, tzinfo=UTC)


def found(ask: Callable[[], object]) -> bool:
    try:
        return bool(ask())
    except NotFound:
        return False


READS: dict[str, Callable[[Tx, Viewer, int, int], object]] = {
    "open": lambda tx, who, outcome_id, _: path_of_outcome(tx, who, outcome_id).open,
    "proposed": lambda tx, who, outcome_id, _: path_of_outcome(tx, who, outcome_id).proposed,
    "done": lambda tx, who, outcome_id, _: path_of_outcome(tx, who, outcome_id).done,
    "done_count": lambda tx, who, outcome_id, _: path_of_outcome(tx, who, outcome_id).done_count,
    "not_doing": lambda tx, who, outcome_id, _: path_of_outcome(tx, who, outcome_id).not_doing,
    "done since": lambda tx, who, outcome_id, _: actions_done_since(tx, who, outcome_id, since=LONG_AGO),
    "find_action": lambda tx, who, _, action_id: find_action(tx, who, action_id),
}


@pytest.mark.parametrize("is_private", [False, True])
def test_every_query_shows_each_person_exactly_what_they_may_see(firm: Firm, is_private: bool) -> None:
    firm.meet(profile("UGUEST", is_guest=True), profile("UOTHERGUEST", is_guest=True))
    firm.channel("CX", ["UOLGA", "UMAX", "UGUEST"], is_private=is_private)
    outcome = firm.outcome(firm.team("CX", lead="UOLGA"), "UOLGA")
    step = add(firm, outcome, "Open")
    end(firm, add(firm, outcome, "Done"))
    add(firm, outcome, "Proposed", by="UMAX")
    leave(firm, outcome)
    other = Firm(firm.db, firm.clock, "T2").open()
    other.meet(profile("UOLGA"))
    other.channel("CX", ["UOLGA"])
    sees = {"UOLGA": True, "UGUEST": True, "UANN": not is_private, "UOTHERGUEST": False, "USTRANGER": False}
    viewers = {firm.viewer(who): may for who, may in sees.items()} | {other.viewer("UOLGA"): False}
    wrong = []
    with firm.db.read() as tx:
        for who, may in viewers.items():
            for name, ask in READS.items():
                if found(partial(ask, tx, who, outcome.outcome.id, step.action.id)) is not may:
                    wrong.append(f"{name}: {who} should {'' if may else 'not '}see it")
    assert wrong == []


def test_an_action_in_a_channel_one_has_left_is_not_due_any_more(firm: Firm) -> None:
    firm.channel("CP", ["UOLGA", "UMAX"], is_private=True)
    hidden = firm.outcome(firm.team("CP", lead="UOLGA"), "UOLGA")
    add(firm, hidden, owner="UMAX", due_on=days(0))
    add(firm, hidden, "Proposed", by="UMAX")
    assert due(firm, "UMAX") == ["Call ten customers"]
    firm.channel("CP", [], is_private=True)
    assert due(firm, "UMAX") == []
    with firm.db.read() as tx:
        assert proposals_for(tx, firm.viewer("UOLGA")) == []
