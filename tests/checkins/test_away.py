"""Nobody is asked while they are away, or their team pauses; who stands in for them is, and nothing is asked twice."""

from datetime import UTC, date, datetime, time

import pytest

from bot.absences.actions.leaving import ask_for_others_afresh, come_back, go_away
from bot.absences.actions.pausing import pause_team, resume_team
from bot.absences.rules import Days
from bot.checkins.actions.reminding import snooze
from bot.checkins.queries import next_ask_at
from bot.checkins.rules.reminders import Snooze
from bot.outcomes.model import Outcome
from bot.teams.model import Team
from bot.teams.rules.rhythm import Rhythm
from tests.checkins.diary import check_ins, deliveries, lived, periods, tidied
from tests.checkins.test_answering import answered
from tests.workspaces.firm import Firm, profile

KEY = "checkin:UOLGA:2026-W10"


def march(day: int, hour: int = 0, minute: int = 0) -> datetime:
    return datetime(2026, 3, day, hour, minute, tzinfo=UTC)


@pytest.fixture
def team(firm: Firm) -> Team:
    """Olga and Max are in a channel whose owners are asked on Mondays at nine."""
    firm.channel(members=["UOLGA", "UMAX"])
    return firm.team()


@pytest.fixture
def outcome(firm: Firm, team: Team) -> Outcome:
    return firm.outcome(team, "UOLGA").outcome


def away(firm: Firm, first: int, last: int, *, delegate: str = "", who: str = "UOLGA") -> None:
    """Says that somebody is away from one day of March to another."""
    days = Days(date(2026, 3, first), date(2026, 3, last))
    with firm.db.begin() as tx:
        go_away(tx, firm.viewer(who), days, delegate=firm.people.get(delegate), now=firm.now)


def back(firm: Firm) -> None:
    with firm.db.begin() as tx:
        come_back(tx, firm.viewer("UOLGA"), now=firm.now)


def asked(firm: Firm, prefix: str = KEY) -> dict[str, tuple[str, datetime]]:
    """Who was sent a check-in or a nudge, and when."""
    found = deliveries(firm, prefix).items()
    kept = {"withheld", "cancelled"}
    return {key: (one.place, one.created_at) for key, one in found if "#" not in key and one.state not in kept}


def test_a_week_away_is_recorded_and_nobody_is_asked(firm: Firm, outcome: Outcome) -> None:
    away(firm, 2, 8)
    lived(firm, march(8, 23))
    assert (periods(firm), asked(firm)) == ([], {})
    lived(firm, march(9, 8))
    assert periods(firm) == [("2026-W10", "away")]
    assert tidied(firm)[KEY] == "withheld"
    assert deliveries(firm)[KEY].reason == "The owner was away, and nobody could be asked in their place."
    lived(firm, march(9, 12))
    assert list(deliveries(firm, "unanswered:")) == []
    assert asked(firm, "checkin:") == {"checkin:UOLGA:2026-W11": ("UOLGA", march(9, 9))}


def test_whoever_is_back_within_the_period_is_asked_that_morning(firm: Firm, outcome: Outcome) -> None:
    away(firm, 2, 3)
    lived(firm, march(8, 23))
    assert asked(firm) == {KEY: ("UOLGA", march(4, 9))}


def test_whoever_is_back_sooner_than_they_said_is_asked_then(firm: Firm, outcome: Outcome) -> None:
    away(firm, 2, 15)
    lived(firm, march(5, 11))
    back(firm)
    lived(firm, march(5, 12))
    assert asked(firm) == {KEY: ("UOLGA", march(5, 11))}


def test_whoever_goes_after_they_were_asked_is_not_nudged_nor_named_to_the_team(firm: Firm, outcome: Outcome) -> None:
    lived(firm, march(2, 12))
    away(firm, 3, 8)
    lived(firm, march(9, 12))
    assert asked(firm, "nudge:") == {}
    assert periods(firm)[0] == ("2026-W10", "away")
    assert list(deliveries(firm, "unanswered:")) == []


def test_silence_before_they_went_is_still_silence(firm: Firm, outcome: Outcome) -> None:
    lived(firm, march(4, 12))
    away(firm, 6, 8)
    lived(firm, march(9, 10))
    assert periods(firm)[0] == ("2026-W10", "unanswered")


def test_nudges_wait_until_they_are_back(firm: Firm, outcome: Outcome) -> None:
    lived(firm, march(2, 12))
    away(firm, 3, 4)
    lived(firm, march(8, 23))
    assert asked(firm, "nudge:") == {"nudge:UOLGA:2026-W10:1": ("UOLGA", march(5, 9))}


def test_a_delegate_is_asked_instead_and_told_for_whom(firm: Firm, outcome: Outcome) -> None:
    away(firm, 2, 8, delegate="UMAX")
    lived(firm, march(2, 12))
    assert asked(firm) == {KEY: ("UMAX", march(2, 9))}
    assert "You stand in for Olga. What moved since the last check-in?" in deliveries(firm)[KEY].text


def test_a_delegate_is_asked_in_their_own_working_hours(firm: Firm, outcome: Outcome) -> None:
    firm.meet(profile("UMAX", name="Max", zone="Asia/Tokyo"))
    away(firm, 2, 8, delegate="UMAX")
    lived(firm, march(8, 23))
    assert asked(firm) == {KEY: ("UMAX", march(3, 0))}


def test_a_delegate_who_is_away_as_well_is_asked_once_they_are_back(firm: Firm, outcome: Outcome) -> None:
    away(firm, 2, 8, delegate="UMAX")
    away(firm, 2, 3, who="UMAX")
    lived(firm, march(8, 23))
    assert asked(firm) == {KEY: ("UMAX", march(4, 9))}


def test_or_at_once_when_they_are_back_sooner(firm: Firm, outcome: Outcome) -> None:
    away(firm, 2, 8, delegate="UMAX")
    away(firm, 2, 6, who="UMAX")
    lived(firm, march(3, 11))
    with firm.db.begin() as tx:
        come_back(tx, firm.viewer("UMAX"), now=firm.now)
    lived(firm, march(3, 12))
    assert asked(firm) == {KEY: ("UMAX", march(3, 11))}


def test_a_delegate_who_moved_is_asked_when_their_day_begins_there(firm: Firm, outcome: Outcome) -> None:
    firm.meet(profile("UMAX", name="Max", zone="America/Los_Angeles"))
    away(firm, 2, 8, delegate="UMAX")
    lived(firm, march(2, 12))
    firm.meet(profile("UMAX", name="Max"))
    with firm.db.begin() as tx:
        ask_for_others_afresh(tx, firm.people["UMAX"], now=firm.now)
    lived(firm, march(2, 13))
    assert asked(firm) == {KEY: ("UMAX", march(2, 12))}


def test_a_late_one_is_not_asked_on_a_day_on_which_the_team_pauses(firm: Firm, team: Team, outcome: Outcome) -> None:
    firm.clock.move_to(march(2, 19))
    lived(firm, march(3, 8))
    with firm.db.begin() as tx:
        pause_team(tx, firm.viewer("ULEAD"), tx.get_one(Team, team.id), until=date(2026, 3, 3), now=firm.now)
    lived(firm, march(8, 23))
    assert asked(firm) == {KEY: ("UOLGA", march(4, 9))}


def test_a_late_one_of_a_team_that_pauses_to_the_end_is_recorded_as_paused(
    firm: Firm, team: Team, outcome: Outcome
) -> None:
    firm.clock.move_to(march(2, 19))
    lived(firm, march(3, 8))
    with firm.db.begin() as tx:
        pause_team(tx, firm.viewer("ULEAD"), tx.get_one(Team, team.id), until=date(2026, 3, 20), now=firm.now)
    lived(firm, march(9, 12))
    assert (periods(firm), asked(firm)) == ([("2026-W10", "paused")], {})
    assert deliveries(firm)[KEY].reason == "The team's rhythm was paused."


def test_a_delegate_is_nudged_and_can_snooze(firm: Firm, outcome: Outcome) -> None:
    away(firm, 2, 8, delegate="UMAX")
    lived(firm, march(2, 12))
    with firm.db.begin() as tx:
        until = snooze(tx, firm.viewer("UMAX"), checkin_id=check_ins(firm)[0].id, choice=Snooze.AFTERNOON, now=firm.now)
    lived(firm, march(4, 8))
    assert asked(firm, "snooze:") == {"snooze:UOLGA:2026-W10:1": ("UMAX", march(2, 12))}
    assert until == march(2, 14)
    assert asked(firm, "nudge:") == {"nudge:UOLGA:2026-W10:1": ("UMAX", march(3, 9))}
    assert "You stand in for Olga. Their check-in is still open" in deliveries(firm)["nudge:UOLGA:2026-W10:1"].text


def test_an_owner_who_is_back_is_reminded_themselves(firm: Firm, outcome: Outcome) -> None:
    away(firm, 2, 8, delegate="UMAX")
    lived(firm, march(2, 12))
    back(firm)
    lived(firm, march(8, 23))
    assert {place for place, _ in asked(firm, "nudge:").values()} == {"UOLGA"}


def test_who_goes_meanwhile_leaves_the_reminders_to_their_delegate(firm: Firm, outcome: Outcome) -> None:
    lived(firm, march(2, 12))
    away(firm, 3, 8, delegate="UMAX")
    lived(firm, march(8, 23))
    assert {place for place, _ in asked(firm, "nudge:").values()} == {"UMAX"}


def test_a_delegate_is_not_asked_about_what_they_cannot_see(firm: Firm, outcome: Outcome) -> None:
    firm.channel("C2", ["UOLGA"], is_private=True)
    firm.outcome(firm.team("C2", lead="UOLGA"), "UOLGA")
    away(firm, 2, 8, delegate="UMAX")
    lived(firm, march(2, 12))
    text = deliveries(firm)[KEY].text
    assert ("OUT-1" in text, "OUT-2" in text) == (True, False)


def test_a_delegate_who_left_is_not_asked(firm: Firm, outcome: Outcome) -> None:
    away(firm, 2, 3, delegate="UMAX")
    firm.meet(profile("UMAX", name="Max", is_active=False))
    lived(firm, march(8, 23))
    assert asked(firm) == {KEY: ("UOLGA", march(4, 9))}


def test_a_delegate_who_leaves_hands_the_check_in_back(firm: Firm, outcome: Outcome) -> None:
    away(firm, 2, 3, delegate="UMAX")
    lived(firm, march(2, 12))
    firm.meet(profile("UMAX", name="Max", is_active=False))
    lived(firm, march(8, 23))
    assert {place for place, _ in asked(firm, "nudge:").values()} == {"UOLGA"}


def test_what_was_updated_before_is_asked_of_no_delegate(firm: Firm, outcome: Outcome) -> None:
    away(firm, 2, 8, delegate="UMAX")
    firm.result(outcome, "UOLGA", 42)
    lived(firm, march(9, 8))
    assert periods(firm) == [("2026-W10", "not needed")]


def test_a_delegates_answer_counts_as_the_owners(firm: Firm, outcome: Outcome) -> None:
    away(firm, 2, 8, delegate="UMAX")
    lived(firm, march(2, 12))
    answered(firm, outcome, 42, by="UMAX")
    lived(firm, march(9, 8))
    assert asked(firm, "nudge:") == {}
    assert "Max for Olga" in deliveries(firm, "answer:")[f"answer:1:{outcome.id}"].text


def test_a_paused_team_asks_nobody_until_it_goes_on(firm: Firm, team: Team, outcome: Outcome) -> None:
    with firm.db.begin() as tx:
        pause_team(tx, firm.viewer("ULEAD"), tx.get_one(Team, team.id), until=date(2026, 3, 12), now=firm.now)
    lived(firm, march(16, 12))
    assert asked(firm, "checkin:") == {"checkin:UOLGA:2026-W12": ("UOLGA", march(16, 9))}
    assert periods(firm) == [("2026-W12", "asked")]


def test_a_team_that_is_resumed_asks_at_its_next_check_in(firm: Firm, team: Team, outcome: Outcome) -> None:
    with firm.db.begin() as tx:
        pause_team(tx, firm.viewer("ULEAD"), tx.get_one(Team, team.id), until=None, now=firm.now)
    lived(firm, march(4, 12))
    with firm.db.begin() as tx:
        resume_team(tx, firm.viewer("ULEAD"), tx.get_one(Team, team.id), now=firm.now)
    lived(firm, march(9, 12))
    assert asked(firm, "checkin:") == {"checkin:UOLGA:2026-W11": ("UOLGA", march(9, 9))}


def test_while_one_team_pauses_the_other_ones_day_counts(firm: Firm, team: Team, outcome: Outcome) -> None:
    firm.channel("C2", ["UOLGA"])
    firm.outcome(firm.team("C2", rhythm=Rhythm.weekly(2, time(10))), "UOLGA")
    with firm.db.begin() as tx:
        pause_team(tx, firm.viewer("ULEAD"), tx.get_one(Team, team.id), until=None, now=firm.now)
    lived(firm, march(4, 12))
    assert asked(firm) == {KEY: ("UOLGA", march(4, 10))}
    text = deliveries(firm)[KEY].text
    assert ("OUT-1" in text, "OUT-2" in text) == (False, True)


def test_a_team_that_pauses_after_it_asked_sends_no_nudge(firm: Firm, team: Team, outcome: Outcome) -> None:
    lived(firm, march(2, 12))
    with firm.db.begin() as tx:
        pause_team(tx, firm.viewer("ULEAD"), tx.get_one(Team, team.id), until=date(2026, 3, 4), now=firm.now)
    lived(firm, march(8, 23))
    assert asked(firm, "nudge:") == {"nudge:UOLGA:2026-W10:1": ("UOLGA", march(5, 9))}


def test_who_owns_nothing_is_never_asked(firm: Firm, outcome: Outcome) -> None:
    lived(firm, march(16, 12))
    assert check_ins(firm, "UMAX") == []
    assert firm.people["UMAX"].next_checkin_at is None


@pytest.mark.parametrize(
    ("now", "first", "last", "comes"),
    [
        (march(2, 8), 20, 21, march(2, 9)),
        (march(2, 12), 20, 21, march(9, 9)),
        (march(2, 8), 2, 3, march(4, 9)),
        (march(2, 8), 2, 8, march(9, 9)),
        (march(4, 12), 9, 15, march(16, 9)),
    ],
)
def test_it_is_known_when_they_are_asked_next(
    firm: Firm, outcome: Outcome, now: datetime, first: int, last: int, comes: datetime
) -> None:
    lived(firm, now)
    away(firm, first, last)
    with firm.db.read() as tx:
        assert next_ask_at(tx, firm.people["UOLGA"], now=firm.now) == comes


def test_nothing_is_planned_while_a_team_pauses_or_for_who_owns_nothing(
    firm: Firm, team: Team, outcome: Outcome
) -> None:
    with firm.db.begin() as tx:
        pause_team(tx, firm.viewer("ULEAD"), tx.get_one(Team, team.id), until=None, now=firm.now)
    with firm.db.read() as tx:
        assert [next_ask_at(tx, firm.people[who], now=firm.now) for who in ("UOLGA", "UMAX")] == [None, None]


def test_an_outcome_written_after_this_weeks_check_in_is_asked_about_in_the_next(firm: Firm, team: Team) -> None:
    firm.clock.move_to(march(3, 12))
    firm.outcome(team, "UOLGA")
    with firm.db.read() as tx:
        assert next_ask_at(tx, firm.people["UOLGA"], now=firm.now) == march(9, 9)
