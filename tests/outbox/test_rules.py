"""The rules of deliveries and pace."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.outbox import rules
from bot.outbox.rules import PENDING, TERMINAL, Rate, State

START = datetime(2026, 3, 2, 8, tzinfo=UTC)

rates = st.builds(
    Rate,
    interval=st.floats(0.01, 60).map(lambda seconds: timedelta(seconds=seconds)),
    tolerance=st.floats(0, 10).map(lambda seconds: timedelta(seconds=seconds)),
)


@given(rates, st.lists(st.floats(0, 30), min_size=1, max_size=60))
def test_the_pace_never_exceeds_the_rate_and_its_burst(rate: Rate, gaps: list[float]) -> None:
    now = next_at = START
    calls = []
    for gap in gaps:
        now += timedelta(seconds=gap)
        if rules.opens_at(next_at, None, rate) <= now:
            calls.append(now)
            next_at = rules.after_a_call(next_at, now, rate)
    for first, start in enumerate(calls):
        for last in range(first, len(calls)):
            allowed = 1 + (calls[last] - start + rate.tolerance) / rate.interval
            assert last - first + 1 <= allowed + 1e-3


@given(rates, st.integers(1, 50))
def test_whoever_waits_for_each_opening_gets_the_whole_rate(rate: Rate, calls: int) -> None:
    now = next_at = START
    for _ in range(calls):
        now = max(now, rules.opens_at(next_at, None, rate))
        next_at = rules.after_a_call(next_at, now, rate)
    assert now - START <= rate.interval * calls


@given(rates, st.floats(0, 3600))
def test_nothing_goes_through_a_lane_that_slack_closed(rate: Rate, seconds: float) -> None:
    until = START + timedelta(seconds=seconds)
    assert rules.opens_at(START, until, rate) >= until


@given(st.sampled_from(sorted(TERMINAL)), st.sampled_from(State))
def test_nothing_follows_a_terminal_state(before: State, after: State) -> None:
    assert not rules.may_become(before, after)


@given(st.sampled_from(sorted(PENDING)))
def test_every_pending_state_can_come_to_an_end(state: State) -> None:
    reached, frontier = set[State](), {state}
    while frontier:
        reached |= frontier
        frontier = {after for before in frontier for after in State if rules.may_become(before, after)} - reached
    assert State.SENT in reached
    assert State.FAILED in reached
    assert State.EXPIRED in reached


def test_a_message_cannot_be_sent_without_an_intent() -> None:
    assert not rules.may_become(State.OWED, State.SENT)
    assert not rules.may_become(State.LEASED, State.SENT)
    assert not rules.may_become(State.OWED, State.POSTING)


@given(st.integers(0, 10_000), st.floats(0, 1, exclude_max=True))
def test_a_retry_waits_between_one_second_and_five_minutes(attempts: int, chance: float) -> None:
    assert timedelta(seconds=1) <= rules.backoff(attempts, chance) <= timedelta(minutes=5)


@given(st.integers(0, 20))
def test_later_retries_may_wait_longer(attempts: int) -> None:
    assert rules.backoff(attempts, 0.9) <= rules.backoff(attempts + 1, 0.9)


@pytest.mark.parametrize(
    ("until", "out"),
    [
        (None, True),
        (START, True),
        (START - timedelta(seconds=1), True),
        (START + timedelta(seconds=1), False),
        (START + rules.LEASE, False),
        (START + timedelta(days=365), True),
    ],
)
def test_a_lease_that_is_missing_past_or_implausible_has_run_out(until: datetime | None, out: bool) -> None:
    assert rules.lease_has_run_out(until, START) is out


def test_a_call_begins_only_with_twice_its_timeout_left() -> None:
    assert rules.lease_suffices(20.0, 10.0)
    assert not rules.lease_suffices(19.9, 10.0)


@given(st.floats(allow_nan=False, allow_infinity=False))
def test_a_retry_after_is_believed_only_within_reason(seconds: float) -> None:
    assert timedelta(seconds=1) <= rules.bounded_retry_after(seconds) <= timedelta(hours=1)


def test_each_error_means_one_thing() -> None:
    assert not rules.OUTCOME_UNKNOWN & rules.TRY_LATER
    assert not rules.OUTCOME_UNKNOWN & rules.BLOCKS_REFUSED
    assert not rules.TRY_LATER & rules.BLOCKS_REFUSED


def test_an_error_nobody_foresaw_still_has_a_sentence() -> None:
    assert rules.reason_for("a_new_one") == "Slack refused this message (a_new_one)."


@pytest.mark.parametrize(
    "code", ["not_in_channel", "is_archived", "account_inactive", "user_disabled", "missing_scope"]
)
def test_a_refusal_says_what_to_do(code: str) -> None:
    reason = rules.reason_for(code)
    assert reason.endswith(".")
    assert code not in reason
    assert ":" in reason
