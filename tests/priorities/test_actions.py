"""Adding, editing, ordering and retiring priorities, and who sees them; on both databases."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest

from bot.db.database import Tx
from bot.errors import FormRefused, NotAllowed, Refused
from bot.people.rules import Viewer
from bot.priorities.actions import add_priority, edit_priority, move_up, retire_priority
from bot.priorities.model import Priority
from bot.priorities.queries import find_priority, live_priorities, may_change_priorities
from bot.priorities.rules import AT_MOST
from tests.workspaces.firm import Firm, profile


def added(firm: Firm, name: str, *, by: str = "UANN", period: str = "H1 2026") -> Priority:
    with firm.db.begin() as tx:
        return add_priority(tx, firm.viewer(by), name=name, period=period, now=firm.now)


def changed(firm: Firm, priority: Priority, change: Callable[[Tx, Viewer, Priority], None], by: str = "UANN") -> None:
    with firm.db.begin() as tx:
        found = find_priority(tx, firm.viewer(by), priority.id)
        assert found is not None
        change(tx, firm.viewer(by), found)


def retired(firm: Firm, priority: Priority, by: str = "UANN") -> None:
    changed(firm, priority, lambda tx, viewer, found: retire_priority(tx, viewer, found, now=firm.now), by)


def renamed(firm: Firm, priority: Priority, name: str, by: str = "UANN") -> None:
    changed(firm, priority, lambda tx, viewer, found: edit_priority(tx, viewer, found, name=name, period="2027"), by)


def seen(firm: Firm, who: str = "UMAX", workspace_id: str = "T1") -> list[str]:
    with firm.db.read() as tx:
        return [priority.name for priority in live_priorities(tx, Viewer(workspace_id, who))]


def test_a_new_priority_is_the_last(firm: Firm) -> None:
    added(firm, "Customers stay")
    added(firm, "Hire well", period=" Q2 ")
    assert seen(firm) == ["Customers stay", "Hire well"]
    with firm.db.read() as tx:
        assert [one.period for one in live_priorities(tx, firm.viewer("UMAX"))] == ["H1 2026", "Q2"]


@pytest.mark.parametrize("who", ["UMAX", "ULEAD", "UNOBODY"])
def test_only_an_admin_changes_priorities_and_the_refusal_names_one(firm: Firm, who: str) -> None:
    first, second = added(firm, "Customers stay"), added(firm, "Hire well")
    for attempt in (
        lambda: added(firm, "Mine", by=who),
        lambda: changed_by_id(firm, first, who, "edit"),
        lambda: changed_by_id(firm, second, who, "up"),
        lambda: changed_by_id(firm, first, who, "retire"),
    ):
        with pytest.raises(NotAllowed, match=r"Ann or another admin can change them"):
            attempt()
    assert seen(firm) == ["Customers stay", "Hire well"]


def changed_by_id(firm: Firm, priority: Priority, who: str, what: str) -> None:
    """A change by somebody who need not see the priority themselves."""
    viewer = firm.viewer(who)
    with firm.db.begin() as tx:
        kept = tx.get_one(Priority, priority.id)
        if what == "edit":
            edit_priority(tx, viewer, kept, name="Mine", period="Now")
        elif what == "up":
            move_up(tx, viewer, kept)
        else:
            retire_priority(tx, viewer, kept, now=firm.now)


def test_without_a_known_admin_the_refusal_still_says_who(firm: Firm) -> None:
    firm.meet(profile("UANN", name="Ann", is_admin=True, is_active=False), profile("UBOT", is_admin=True, is_bot=True))
    with pytest.raises(NotAllowed, match=r"An admin of this workspace can change them"):
        added(firm, "Mine", by="UMAX")


def test_the_admin_who_is_named_is_one_of_this_workspace(firm: Firm) -> None:
    other = Firm(firm.db, firm.clock, "T2").open()
    other.meet(profile("UMAX"))
    with pytest.raises(NotAllowed, match=r"An admin of this workspace can change them"):
        added(other, "Mine", by="UMAX")


def test_two_live_ones_never_have_the_same_name(firm: Firm) -> None:
    first, second = added(firm, "Customers stay"), added(firm, "Hire well")
    for attempt in (lambda: added(firm, "customers  STAY"), lambda: renamed(firm, second, "Customers stay")):
        with pytest.raises(FormRefused, match="by that name already"):
            attempt()
    retired(firm, first)
    renamed(firm, second, "Customers stay")
    assert seen(firm) == ["Customers stay"]


def test_of_admins_who_add_the_same_name_at_once_one_does(firm: Firm) -> None:
    at_once = Barrier(4)

    def attempt(_turn: int) -> bool:
        at_once.wait()
        try:
            added(firm, "Customers stay")
        except FormRefused:
            return False
        return True

    with ThreadPoolExecutor(4) as together:
        assert sorted(together.map(attempt, range(4))) == [False, False, False, True]
    assert seen(firm) == ["Customers stay"]


def test_a_priority_may_keep_its_own_name(firm: Firm) -> None:
    kept = added(firm, "Customers stay")
    renamed(firm, kept, "Customers Stay")
    assert seen(firm) == ["Customers Stay"]


def test_another_workspace_may_use_the_name(firm: Firm) -> None:
    other = Firm(firm.db, firm.clock, "T2").open()
    other.meet(profile("UANN", is_admin=True))
    added(firm, "Customers stay")
    added(other, "Customers stay")
    assert seen(firm, "UANN", "T2") == seen(firm, "UANN", "T1") == ["Customers stay"]


def test_a_retired_one_leaves_the_list_and_can_still_be_found(firm: Firm) -> None:
    gone = added(firm, "Customers stay")
    retired(firm, gone)
    assert seen(firm) == []
    with firm.db.read() as tx:
        found = find_priority(tx, firm.viewer("UMAX"), gone.id)
        assert found is not None
        assert found.retired_at == firm.now


def test_a_retired_one_is_changed_no_more(firm: Firm) -> None:
    gone = added(firm, "Customers stay")
    retired(firm, gone)
    attempts: list[Callable[[], None]] = [
        lambda: retired(firm, gone),
        lambda: renamed(firm, gone, "Back again"),
        lambda: changed(firm, gone, move_up),
    ]
    for attempt in attempts:
        with pytest.raises(Refused, match="Customers stay is retired"):
            attempt()


def test_moving_up_goes_past_the_live_one_above_until_it_is_first(firm: Firm) -> None:
    first, middle, last = added(firm, "A"), added(firm, "B"), added(firm, "C")
    retired(firm, middle)
    changed(firm, last, move_up)
    assert seen(firm) == ["C", "A"]
    changed(firm, last, move_up)
    assert seen(firm) == ["C", "A"]
    changed(firm, first, move_up)
    added(firm, "D")
    assert seen(firm) == ["A", "C", "D"]


def test_more_than_five_are_allowed_but_there_is_an_end(firm: Firm) -> None:
    for number in range(AT_MOST):
        added(firm, f"Priority {number}")
    with pytest.raises(Refused, match="Retire one before"):
        added(firm, "One more")
    assert len(seen(firm)) == AT_MOST


def test_priorities_are_seen_by_everybody_of_the_company_but_its_guests(firm: Firm) -> None:
    firm.meet(profile("UGUEST", is_guest=True))
    other = Firm(firm.db, firm.clock, "T2").open()
    other.meet(profile("UMAX"))
    priority = added(firm, "Customers stay")
    may = {("T1", "UMAX"), ("T1", "UANN")}
    for who in [*may, ("T1", "UGUEST"), ("T1", "USTRANGER"), ("T2", "UMAX")]:
        with firm.db.read() as tx:
            assert (find_priority(tx, Viewer(*who), priority.id) is not None) is (who in may), who
            assert [one.id for one in live_priorities(tx, Viewer(*who))] == ([priority.id] if who in may else [])


def test_only_admins_are_offered_the_changes(firm: Firm) -> None:
    with firm.db.read() as tx:
        offered = [who for who in ("UANN", "UMAX", "UNOBODY") if may_change_priorities(tx, firm.viewer(who))]
    assert offered == ["UANN"]
