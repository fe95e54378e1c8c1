"""Owners who leave or become guests: the lead is asked once who takes over, and nobody is asked into the void."""

from datetime import UTC, datetime

from bot.outcomes.model import Outcome
from tests.checkins.diary import deliveries, lived
from tests.checkins.test_away import asked, away, march, outcome, team
from tests.workspaces.firm import Firm, profile

__all__ = ["outcome", "team"]


def told(firm: Firm, prefix: str) -> list[tuple[str, str]]:
    """Who was told something of this kind, and in which words."""
    return [(one.place, one.text) for one in deliveries(firm, prefix).values()]


def test_the_lead_hears_once_that_an_owner_is_a_guest_who_goes_on(firm: Firm, outcome: Outcome) -> None:
    firm.meet(profile("UOLGA", name="Olga", is_guest=True))
    lived(firm, march(16, 12))
    [(place, text)] = told(firm, "guest:")
    assert place == "ULEAD"
    assert "Olga is a guest in this workspace now. They own OUT-1." in text
    assert "They can go on as owner while they are in the channel." in text
    assert len(asked(firm, "checkin:")) == 3


def test_a_guest_is_asked_only_about_what_they_see(firm: Firm, outcome: Outcome) -> None:
    firm.channel("C2", ["UMAX"])
    firm.outcome(firm.team("C2", lead="UMAX"), "UOLGA")
    firm.meet(profile("UOLGA", name="Olga", is_guest=True))
    lived(firm, march(2, 12))
    by_place = dict(told(firm, "guest:"))
    assert set(by_place) == {"ULEAD", "UMAX"}
    assert "They cannot see OUT-2 any more, so nobody is asked about it." in by_place["UMAX"]
    text = deliveries(firm)["checkin:UOLGA:2026-W10"].text
    assert ("OUT-1" in text, "OUT-2" in text) == (True, False)


def test_a_guest_who_sees_none_of_it_is_asked_once_they_do(firm: Firm, outcome: Outcome) -> None:
    firm.channel("C1", ["UMAX"])
    firm.meet(profile("UOLGA", name="Olga", is_guest=True))
    lived(firm, march(9))
    assert asked(firm, "checkin:") == {}
    assert len(told(firm, "guest:")) == 1
    firm.channel("C1", ["UMAX", "UOLGA"])
    lived(firm, datetime(2026, 4, 8, tzinfo=UTC))
    assert asked(firm, "checkin:") != {}


def test_a_new_guest_is_no_news_where_they_always_were_one(firm: Firm, outcome: Outcome) -> None:
    firm.meet(profile("UGUEST", name="Gus", is_guest=True))
    firm.channel("C1", ["UOLGA", "UGUEST"])
    firm.outcome(firm.see("UOLGA", 1).team, "UGUEST")
    lived(firm, march(2, 12))
    assert told(firm, "guest:") == []


def test_whoever_named_a_delegate_who_left_is_told_once(firm: Firm, outcome: Outcome) -> None:
    away(firm, 9, 15, delegate="UMAX")
    for is_active in (False, True, False):
        firm.meet(profile("UMAX", name="Max", is_active=is_active))
        lived(firm, firm.now)
    [(place, text)] = [one for key, one in _absences(firm).items() if key.endswith(":delegate_gone")]
    assert place == "UOLGA"
    assert "Max's account was deactivated, and you named them to stand in for you from Mon, Mar 9 to Sun" in text


def test_nobody_is_told_of_an_absence_that_is_over(firm: Firm, outcome: Outcome) -> None:
    away(firm, 2, 3, delegate="UMAX")
    lived(firm, march(4, 8))
    firm.meet(profile("UMAX", name="Max", is_active=False))
    lived(firm, march(4, 12))
    assert not [key for key in _absences(firm) if key.endswith(":delegate_gone")]


def _absences(firm: Firm) -> dict[str, tuple[str, str]]:
    return {key: (one.place, one.text) for key, one in deliveries(firm, "absence:").items()}
