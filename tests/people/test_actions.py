"""People are met, change, leave and come back."""

from datetime import UTC, datetime, timedelta

from bot.absences.actions.leaving import come_back_despite_status
from bot.absences.queries import days_by_status
from bot.outbox.queue import enqueue
from bot.outbox.rules import State, reason_for
from bot.people.actions import note_gone
from bot.people.model import Person
from bot.people.queries import find_person, people_by_id, people_to_look_up
from bot.people.rules import Viewer
from bot.slack.message import Message
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


def test_a_status_that_says_away_plans_afresh_and_so_does_its_end(firm: Firm) -> None:
    owning(firm)
    firm.meet(profile("UOLGA", says_away=True))
    assert next_look(firm) == firm.now
    firm.looks()
    assert next_look(firm) != firm.now
    firm.meet(profile("UOLGA", says_away=True))
    assert next_look(firm) != firm.now
    firm.meet(profile("UOLGA"))
    assert next_look(firm) == firm.now


def by_status(firm: Firm) -> tuple[int, int] | None:
    """The days of March from which and to which Olga is away by her status."""
    person = found(firm, "UOLGA")
    assert person is not None
    days = days_by_status(person)
    return (days.first.day, days.last.day) if days else None


def march(day: int, hour: int = 0, minute: int = 0) -> datetime:
    return datetime(2026, 3, day, hour, minute, tzinfo=UTC)


def test_a_status_counts_from_when_it_was_seen_to_the_day_it_ends(firm: Firm) -> None:
    assert by_status(firm) is None
    firm.meet(profile("UOLGA", says_away=True, away_until=march(7)))
    assert by_status(firm) == (2, 6)
    firm.clock.move_to(march(4, 9))
    firm.meet(profile("UOLGA", says_away=True, away_until=march(9, 12)))
    assert by_status(firm) == (2, 9)


def test_one_without_an_end_counts_until_it_is_taken_down(firm: Firm) -> None:
    firm.meet(profile("UOLGA", says_away=True))
    assert by_status(firm) == (2, 31)
    firm.clock.move_to(march(5, 9))
    firm.meet(profile("UOLGA"))
    assert by_status(firm) == (2, 4)
    firm.meet(profile("UOLGA", says_away=True))
    assert by_status(firm) == (5, 31)


def test_one_taken_down_on_its_first_day_counts_for_nothing(firm: Firm) -> None:
    firm.meet(profile("UOLGA", says_away=True))
    firm.meet(profile("UOLGA"))
    assert by_status(firm) is None


def test_one_that_is_over_already_says_nothing(firm: Firm) -> None:
    firm.meet(profile("UOLGA", says_away=True, away_until=march(1)))
    assert by_status(firm) is None


def test_whoever_is_back_despite_it_is_there_until_it_says_something_else(firm: Firm) -> None:
    firm.meet(profile("UOLGA", says_away=True))
    firm.clock.move_to(march(4, 9))
    with firm.db.begin() as tx:
        assert come_back_despite_status(tx, firm.viewer("UOLGA"), now=firm.now)
    firm.meet(profile("UOLGA", says_away=True))
    assert by_status(firm) == (2, 3)
    with firm.db.begin() as tx:
        assert not come_back_despite_status(tx, firm.viewer("UOLGA"), now=firm.now)
    firm.meet(profile("UOLGA", says_away=True, away_until=march(14)))
    assert by_status(firm) == (4, 13)


def guest_since(firm: Firm) -> datetime | None:
    person = found(firm, "UOLGA")
    assert person is not None
    return person.turned_guest_at


def test_a_full_member_who_becomes_a_guest_is_noted_once(firm: Firm) -> None:
    since = firm.now
    firm.meet(profile("UOLGA", is_guest=True))
    firm.clock.move_to(march(4))
    # Of somebody deactivated Slack does not say it; coming back as what they were is no news.
    firm.meet(profile("UOLGA", is_active=False))
    firm.meet(profile("UOLGA", is_guest=True))
    assert guest_since(firm) == since
    firm.meet(profile("UOLGA"))
    assert guest_since(firm) is None
    firm.meet(profile("UMAX", is_guest=True), profile("UNEW", is_guest=True))
    assert [person.turned_guest_at for person in (firm.people["UMAX"], firm.people["UNEW"])] == [firm.now, None]


def test_whom_slack_does_not_know_any_more_has_left(firm: Firm) -> None:
    owning(firm)
    with firm.db.begin() as tx:
        note_gone(tx, firm.viewer("UOLGA"), now=firm.now)
    person = found(firm, "UOLGA")
    assert person is not None
    assert (person.is_active, person.next_checkin_at) == (False, firm.now)


def waiting(firm: Firm) -> list[str]:
    """Who is to be looked up, of those not looked up for a day."""
    with firm.db.read() as tx:
        return [one.person_id for one in people_to_look_up(tx, seen_before=firm.now - timedelta(days=1))]


def test_whoever_is_asked_is_looked_up_again_the_longest_ago_first(firm: Firm) -> None:
    firm.channel()
    team = firm.team()
    for owner in ("UOLGA", "UMAX"):
        firm.outcome(team, owner)
    firm.clock.move_to(march(3, 7))
    assert waiting(firm) == []
    firm.meet(profile("UOLGA"))
    firm.clock.move_to(march(4, 9))
    assert waiting(firm) == ["UMAX"]
    firm.meet(profile("UMAX"))
    assert waiting(firm) == ["UOLGA"]
    firm.meet(profile("UOLGA"))
    assert waiting(firm) == []


def test_whoever_owns_nothing_or_has_left_is_not_looked_up(firm: Firm) -> None:
    owning(firm)
    firm.meet(profile("UOLGA", is_active=False))
    firm.clock.move_to(march(9))
    assert waiting(firm) == []


def test_each_workspace_has_its_own_turn(firm: Firm) -> None:
    owning(firm)
    other = Firm(firm.db, firm.clock, "T2").open()
    other.meet(profile("UOLGA"), profile("ULEAD"))
    owning(other)
    firm.clock.move_to(march(9))
    assert waiting(firm) == ["UOLGA", "UOLGA"]


def failed(firm: Firm, place: str, reason: str) -> None:
    """A message to somebody, refused now."""
    with firm.db.begin() as tx:
        delivery = enqueue(
            tx,
            workspace_id=firm.id,
            key=f"checkin:{place}:{firm.now}",
            place=place,
            message=Message("Hello", []),
            due_at=firm.now,
            expires_at=firm.now + timedelta(days=1),
            now=firm.now,
        )
        delivery.state, delivery.reason, delivery.ended_at = State.FAILED, reason, firm.now


def test_whoever_cannot_be_written_to_comes_first_and_once(firm: Firm) -> None:
    owning(firm)
    firm.clock.move_to(march(9))
    failed(firm, "UMAX", reason_for("user_disabled"))
    assert waiting(firm) == ["UMAX"]
    firm.meet(profile("UMAX"))
    assert waiting(firm) == ["UOLGA"]


def test_a_message_refused_for_another_reason_says_nothing_of_a_person(firm: Firm) -> None:
    owning(firm)
    failed(firm, "UMAX", reason_for("account_inactive"))
    failed(firm, "C1", reason_for("is_archived"))
    assert waiting(firm) == []
