"""Owners are nudged twice at most, in working hours, about what is still open."""

import threading
from datetime import UTC, datetime, time, timedelta

import pytest

from bot.checkins.actions.reminding import nudge_next, snooze
from bot.checkins.jobs import nudge_owners_due
from bot.checkins.queries.due import nudges_due
from bot.checkins.rules.reminders import Snooze
from bot.outcomes.model import Outcome
from bot.teams.rules.rhythm import Rhythm
from tests.checkins.diary import check_ins, deliveries, lived
from tests.checkins.test_answering import answered, sent
from tests.workspaces.firm import Firm, profile

FIRST, SECOND = "nudge:UOLGA:2026-W10:1", "nudge:UOLGA:2026-W10:2"


def march(day: int, hour: int = 0, minute: int = 0) -> datetime:
    return datetime(2026, 3, day, hour, minute, tzinfo=UTC)


@pytest.fixture
def outcomes(firm: Firm) -> list[Outcome]:
    """Olga's two outcomes, about which she is asked on Mondays at nine."""
    firm.channel(members=["UOLGA"])
    team = firm.team()
    return [firm.outcome(team, "UOLGA").outcome for _ in range(2)]


def nudges(firm: Firm, prefix: str = "nudge:") -> dict[str, datetime]:
    """When each nudge was owed, by its key."""
    return {key: delivery.due_at for key, delivery in deliveries(firm, prefix).items() if "#" not in key}


def test_silence_is_followed_by_two_nudges_and_no_more(firm: Firm, outcomes: list[Outcome]) -> None:
    lived(firm, march(8, 23))
    assert nudges(firm) == {FIRST: march(3, 9), SECOND: march(5, 9)}


def test_a_nudge_is_one_message_over_everything_still_open(firm: Firm, outcomes: list[Outcome]) -> None:
    lived(firm, march(4))
    nudge = deliveries(firm)[FIRST]
    assert (nudge.place, nudge.expires_at) == ("UOLGA", march(3, 18))
    assert all(said in nudge.text for said in ("2 outcomes wait", "OUT-1", "OUT-2"))


def test_the_second_is_about_what_is_left_and_says_that_it_is_the_last(firm: Firm, outcomes: list[Outcome]) -> None:
    lived(firm, march(4))
    answered(firm, outcomes[0], 42)
    lived(firm, march(6))
    text = deliveries(firm)[SECOND].text
    assert ("one last time" in text, "OUT-1" in text, "OUT-2" in text) == (True, False, True)


def test_nobody_is_nudged_about_what_is_answered(firm: Firm, outcomes: list[Outcome]) -> None:
    lived(firm, march(2, 12))
    for outcome in outcomes:
        answered(firm, outcome, 42)
    lived(firm, march(9))
    assert nudges(firm) == {}
    assert check_ins(firm)[0].next_nudge_at is None


def test_a_nudge_that_is_owed_is_withheld_once_all_is_answered(firm: Firm, outcomes: list[Outcome]) -> None:
    lived(firm, march(3, 10))
    for outcome in outcomes:
        answered(firm, outcome, 42)
    nudge = deliveries(firm)[FIRST]
    assert (nudge.state, nudge.reason) == ("withheld", "Everything due was already updated in this period.")


def test_a_nudge_that_was_sent_follows_the_answers(firm: Firm, outcomes: list[Outcome]) -> None:
    lived(firm, march(3, 10))
    sent(firm)
    answered(firm, outcomes[0], 42)
    newest = list(deliveries(firm, FIRST).values())[-1].text
    assert ("OUT-1" in newest, "1 outcome waits" in newest) == (False, True)


@pytest.mark.parametrize(
    ("weekday", "at", "expected"),
    [
        (0, time(9), [march(3, 9), march(5, 9)]),
        (1, time(7, 30), [march(4, 9), march(6, 9)]),
        (2, time(20), [march(5, 17)]),
        (3, time(10), [march(6, 10)]),
        (4, time(9), []),
    ],
)
def test_nudges_come_on_working_days_at_the_check_ins_time_until_the_close(
    firm: Firm, weekday: int, at: time, expected: list[datetime]
) -> None:
    firm.channel(members=["UOLGA"])
    firm.outcome(firm.team(rhythm=Rhythm.weekly(weekday, at)), "UOLGA")
    lived(firm, march(8, 23))
    assert list(nudges(firm).values()) == expected


def test_each_owner_is_nudged_at_their_own_local_time(firm: Firm, outcomes: list[Outcome]) -> None:
    firm.meet(profile("UMAX", zone="America/New_York"))
    firm.outcome(firm.see("UOLGA", 1).team, "UMAX")
    lived(firm, march(4))
    assert nudges(firm, "nudge:UMAX") == {"nudge:UMAX:2026-W10:1": march(3, 14)}


def test_whoever_was_asked_late_is_nudged_the_day_after(firm: Firm, outcomes: list[Outcome]) -> None:
    firm.clock.move_to(march(4, 11))
    lived(firm, march(8, 23))
    assert nudges(firm) == {FIRST: march(5, 9)}


def test_nobody_is_nudged_at_night_because_a_machine_was_down(firm: Firm, outcomes: list[Outcome]) -> None:
    lived(firm, march(2, 12))
    firm.clock.move_to(march(3, 22))
    lived(firm, march(8, 23))
    assert nudges(firm) == {FIRST: march(4, 9), SECOND: march(6, 9)}


def test_nor_early_in_the_morning_in_a_new_zone(firm: Firm, outcomes: list[Outcome]) -> None:
    lived(firm, march(2, 12))
    firm.meet(profile("UOLGA", name="Olga", zone="America/New_York"))
    lived(firm, march(4))
    assert nudges(firm) == {FIRST: march(3, 14)}


def test_nobody_is_nudged_after_the_close(firm: Firm, outcomes: list[Outcome]) -> None:
    lived(firm, march(2, 12))
    firm.clock.move_to(march(9, 11))
    nudge_owners_due(firm.db)
    assert nudges(firm) == {}


def test_snoozing_delays_the_nudges(firm: Firm, outcomes: list[Outcome]) -> None:
    lived(firm, march(2, 12))
    with firm.db.begin() as tx:
        checkin_id = check_ins(firm)[-1].id
        until = snooze(tx, firm.viewer("UOLGA"), checkin_id=checkin_id, choice=Snooze.TOMORROW, now=firm.now)
    assert until == march(3, 9)
    lived(firm, march(8, 23))
    assert nudges(firm) == {FIRST: march(4, 9), SECOND: march(6, 9)}


def test_whoever_left_is_not_nudged(firm: Firm, outcomes: list[Outcome]) -> None:
    lived(firm, march(2, 12))
    firm.meet(profile("UOLGA", name="Olga", is_active=False))
    lived(firm, march(9))
    assert nudges(firm) == {}


def test_replicas_that_beat_together_nudge_once(firm: Firm, outcomes: list[Outcome]) -> None:
    lived(firm, march(2, 12))
    firm.clock.move_to(march(3, 9))
    with firm.db.read() as tx:
        [due] = nudges_due(tx, now=firm.now, limit=10)
    start, looked = threading.Barrier(4), []

    def beat() -> None:
        start.wait(10)
        with firm.db.begin() as tx:
            looked.append(nudge_next(tx, *due, now=firm.now))

    threads = [threading.Thread(target=beat) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert sorted(looked) == [False, False, False, True]
    assert list(nudges(firm)) == [FIRST]


def test_ones_trouble_does_not_hold_up_the_others(
    firm: Firm, outcomes: list[Outcome], monkeypatch: pytest.MonkeyPatch
) -> None:
    firm.outcome(firm.see("UOLGA", 1).team, "UMAX")
    lived(firm, march(2, 12))

    def trouble_with_olga(tx: object, owner: object, *ids: object, **given: object) -> bool:
        if owner == firm.viewer("UOLGA"):
            raise RuntimeError("trouble")
        return nudge_next(tx, owner, *ids, **given)  # type: ignore[arg-type]

    firm.clock.move_to(march(3, 9))
    with monkeypatch.context() as patched:
        patched.setattr("bot.checkins.jobs.nudge_next", trouble_with_olga)
        assert nudge_owners_due(firm.db) == 2
    assert list(nudges(firm)) == ["nudge:UMAX:2026-W10:1"]
    lived(firm, march(3, 10))
    assert nudges(firm)[FIRST] == march(3, 9) + timedelta(minutes=5)
