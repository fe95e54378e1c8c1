"""Owners put a check-in off, and it comes back when they said."""

from datetime import UTC, datetime, timedelta

import pytest

from bot.checkins.actions.reminding import snooze
from bot.checkins.actions.replies import Written, answer_in_words
from bot.checkins.rules.reminders import Snooze
from bot.errors import NotFound, Refused
from bot.outcomes.model import Outcome
from tests.checkins.diary import asked, check_ins, deliveries
from tests.checkins.test_answering import answered, sent
from tests.workspaces.firm import Firm, profile

MONDAY = datetime(2026, 3, 2, 10, tzinfo=UTC)
AFTERNOON, TUESDAY = MONDAY.replace(hour=14), MONDAY.replace(day=3, hour=9)
KEYS = [f"snooze:UOLGA:2026-W10:{number}" for number in (1, 2, 3)]


@pytest.fixture
def outcomes(firm: Firm) -> list[Outcome]:
    """Olga's two outcomes, which she was asked about on Monday at nine, in a message that was sent."""
    firm.channel(members=["UOLGA"])
    team = firm.team()
    outcomes = [firm.outcome(team, "UOLGA").outcome for _ in range(2)]
    firm.live(MONDAY)
    sent(firm)
    return outcomes


def snoozed(firm: Firm, choice: Snooze = Snooze.AFTERNOON, *, by: str = "UOLGA") -> datetime:
    with firm.db.begin() as tx:
        return snooze(tx, firm.viewer(by), checkin_id=check_ins(firm)[-1].id, choice=choice, now=firm.now)


def states(firm: Firm) -> dict[str, str]:
    return {key: delivery.state.value for key, delivery in deliveries(firm, "snooze:").items() if key in KEYS}


def test_it_comes_back_in_one_message_over_what_is_open(firm: Firm, outcomes: list[Outcome]) -> None:
    assert snoozed(firm) == AFTERNOON
    reminder = deliveries(firm)[KEYS[0]]
    assert (reminder.place, reminder.due_at, reminder.expires_at) == ("UOLGA", AFTERNOON, MONDAY.replace(hour=18))
    assert all(said in reminder.text for said in ("2 outcomes wait", "OUT-1", "OUT-2"))


def test_the_check_in_says_until_when(firm: Firm, outcomes: list[Outcome]) -> None:
    snoozed(firm, Snooze.TOMORROW)
    assert "Snoozed until Tue, Mar 3 at 09:00." in deliveries(firm)["checkin:UOLGA:2026-W10#r1"].text
    firm.clock.move_to(TUESDAY)
    answered(firm, outcomes[0], 42)
    assert "Snoozed" not in deliveries(firm)["checkin:UOLGA:2026-W10#r2"].text


def test_it_comes_back_in_the_owners_own_time(firm: Firm, outcomes: list[Outcome]) -> None:
    firm.meet(profile("UOLGA", name="Olga", zone="America/New_York"))
    assert snoozed(firm) == MONDAY.replace(hour=19)


def test_chosen_again_the_new_time_takes_the_place_of_the_old(firm: Firm, outcomes: list[Outcome]) -> None:
    snoozed(firm)
    assert snoozed(firm, Snooze.TOMORROW) == TUESDAY
    assert states(firm) == {KEYS[0]: "cancelled", KEYS[1]: "owed"}
    firm.clock.move_to(TUESDAY)
    sent(firm)
    snoozed(firm)
    assert list(states(firm)) == KEYS


def test_chosen_twice_it_comes_back_once(firm: Firm, outcomes: list[Outcome]) -> None:
    assert snoozed(firm) == snoozed(firm)
    assert states(firm) == {KEYS[0]: "owed"}


def test_what_is_answered_meanwhile_is_left_out(firm: Firm, outcomes: list[Outcome]) -> None:
    snoozed(firm)
    answered(firm, outcomes[0], 42)
    text = deliveries(firm)[KEYS[0]].text
    assert ("OUT-1" in text, "OUT-2" in text) == (False, True)
    answered(firm, outcomes[1], 7)
    assert deliveries(firm)[KEYS[0]].state == "withheld"
    assert deliveries(firm)[KEYS[0]].reason == "Everything due was already updated in this period."


def test_a_reminder_that_was_sent_follows_the_answers(firm: Firm, outcomes: list[Outcome]) -> None:
    snoozed(firm)
    firm.clock.move_to(AFTERNOON)
    sent(firm)
    for outcome in outcomes:
        answered(firm, outcome, 42)
    assert list(deliveries(firm, KEYS[0]).values())[-1].text == "All answered, thank you."


def test_a_reply_to_a_reminder_is_answered_in_its_thread(firm: Firm, outcomes: list[Outcome]) -> None:
    snoozed(firm)
    firm.clock.move_to(AFTERNOON)
    with firm.db.begin() as tx:
        reminder = tx.merge(deliveries(firm)[KEYS[0]])
        reminder.channel, reminder.ts = "D1", "2.2"
    with firm.db.begin() as tx:
        written = Written("D1", "3.3", "2.2", "OUT-1 42\nOUT-2 7")
        assert answer_in_words(tx, firm.people["UOLGA"], written, now=firm.now)
    assert asked(firm).open_items == []
    assert deliveries(firm)["reply:D1:3.3"].follows_id == reminder.id


def test_it_cannot_come_back_after_work_or_after_the_close(firm: Firm, outcomes: list[Outcome]) -> None:
    firm.clock.move_to(MONDAY.replace(hour=17))
    with pytest.raises(Refused, match="no working time left for that today"):
        snoozed(firm)
    firm.clock.move_to(MONDAY + timedelta(days=4))
    with pytest.raises(Refused, match="closes before the next working morning"):
        snoozed(firm, Snooze.TOMORROW)
    firm.clock.move_to(MONDAY + timedelta(days=7))
    with pytest.raises(Refused, match="has closed"):
        snoozed(firm)
    assert states(firm) == {}


def test_what_is_answered_cannot_be_put_off(firm: Firm, outcomes: list[Outcome]) -> None:
    for outcome in outcomes:
        answered(firm, outcome, 42)
    with pytest.raises(Refused, match="is answered"):
        snoozed(firm)


def test_nobody_elses_check_in_can_be_put_off(firm: Firm, outcomes: list[Outcome]) -> None:
    with pytest.raises(NotFound):
        snoozed(firm, by="UANN")
