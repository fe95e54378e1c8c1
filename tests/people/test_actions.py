"""People are met, change, leave and come back."""

from datetime import UTC, datetime, timedelta

from bot.people.model import Person
from bot.people.queries import find_person, people_by_id
from bot.people.rules import Viewer
from tests.workspaces.firm import Firm, profile


def found(firm: Firm, person_id: str, workspace: str = "T1") -> Person | None:
    with firm.db.read() as tx:
        return find_person(tx, Viewer(workspace, "UANN"), person_id)


def next_look(firm: Firm, person_id: str = "UOLGA") -> datetime | None:
    person = found(firm, person_id)
    assert person is not None
    return person.next_checkin_at


def owning(firm: Firm) -> None:
    """Olga owns an outcome and is planned for next Monday, 9 March."""
    firm.channel()
    firm.outcome(firm.team(), "UOLGA")
    firm.live(firm.now + timedelta(hours=2))


def test_what_changed_about_a_person_is_kept(firm: Firm) -> None:
    firm.meet(profile("UOLGA", name="Olga Neu", zone="Asia/Kolkata", is_guest=True))
    olga = found(firm, "UOLGA")
    assert olga is not None
    assert (olga.name, olga.zone.key, olga.is_guest, olga.refreshed_at) == ("Olga Neu", "Asia/Kolkata", True, firm.now)


def test_the_same_id_in_another_workspace_is_somebody_else(firm: Firm) -> None:
    assert found(firm, "UOLGA", "T2") is None
    other = Firm(firm.db, firm.clock, "T2").open()
    other.meet(profile("UOLGA", name="Another Olga"))
    olga = found(firm, "UOLGA")
    assert olga is not None
    assert olga.name == "Olga"


def test_only_those_who_were_met_are_found(firm: Firm) -> None:
    with firm.db.read() as tx:
        assert set(people_by_id(tx, firm.viewer("UANN"), {"UOLGA", "UNOBODY"})) == {"UOLGA"}
        assert people_by_id(tx, Viewer("T2", "UANN"), {"UOLGA"}) == {}


def test_somebody_who_owns_nothing_is_not_looked_at(firm: Firm) -> None:
    firm.meet(profile("UMAX", zone="Asia/Tokyo"))
    assert next_look(firm, "UMAX") is None


def test_a_change_of_name_leaves_the_plan_alone(firm: Firm) -> None:
    owning(firm)
    planned = next_look(firm)
    firm.meet(profile("UOLGA", name="Olga Neu"))
    assert next_look(firm) == planned == datetime(2026, 3, 9, 9, tzinfo=UTC)


def test_a_new_zone_plans_afresh(firm: Firm) -> None:
    owning(firm)
    firm.meet(profile("UOLGA", zone="Asia/Kolkata"))
    firm.looks()
    assert next_look(firm) == datetime(2026, 3, 9, 3, 30, tzinfo=UTC)


def test_somebody_who_comes_back_is_asked_again(firm: Firm) -> None:
    owning(firm)
    firm.meet(profile("UOLGA", is_active=False))
    firm.looks()
    assert next_look(firm) is None
    firm.meet(profile("UOLGA"))
    firm.looks()
    assert next_look(firm) == datetime(2026, 3, 9, 9, tzinfo=UTC)
