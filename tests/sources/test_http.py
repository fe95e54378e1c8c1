"""Programs that log results over HTTP, on both databases."""

import json
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.language.units import PERCENT, duration
from bot.outcomes.actions.closing import Closing, close_outcome
from bot.outcomes.queries import find_outcome
from bot.outcomes.rules import Ending
from bot.sources.actions.tokens import revoke_token
from bot.sources.model import Token
from bot.sources.rules.requests import LARGEST_BODY
from bot.sources.rules.tokens import BURST
from tests.sources.conftest import Growth, Program
from tests.workspaces.firm import draft, profile


def test_a_result_is_logged_and_answered_with_how_its_outcome_stands(program: Program, growth: Growth) -> None:
    answer = program.log(42, note="The export ran", confidence=7)
    assert answer.status_code == 201
    assert answer.json() == {
        "id": 1,
        "outcome": "OUT-1",
        "value": 42.0,
        "unit": "",
        "measured_at": "2026-03-02T08:00:00Z",
        "health": "on_track",
        "progress": 0.42,
    }
    [result] = growth.results()
    assert (result.value, result.note, result.confidence) == (Decimal(42), "The export ran", 7)
    assert (result.source, result.author_id) == ("api", "ULEAD")
    assert growth.firm.see("UOLGA", 1).outcome.latest_value == Decimal(42)


def test_an_outcome_is_named_as_people_name_it(program: Program) -> None:
    for outcome in ("OUT-1", "out-1", "1", 1):
        assert program.send({"outcome": outcome, "value": 1}).status_code == 201, outcome


def test_a_value_is_a_number_or_as_people_type_it(program: Program, growth: Growth) -> None:
    growth.firm.outcome(growth.team, "UOLGA", draft(unit=PERCENT))
    sent = {"12%": "12", 12: "12", "12.5": "12.5", 0.1: "0.1", 1.234: "1.234", 1e-9: "0"}
    for value in sent:
        assert program.send({"outcome": "OUT-2", "value": value}).status_code == 201, value
    assert [result.value for result in growth.results()] == [Decimal(read) for read in sent.values()]


def test_a_number_is_in_the_outcomes_unit_and_answered_in_it(program: Program, growth: Growth) -> None:
    growth.firm.outcome(growth.team, "UOLGA", draft(unit=duration("days"), target=864_000))
    answer = program.send({"outcome": "OUT-2", "value": 5}).json()
    assert (answer["value"], answer["unit"], answer["progress"]) == (5.0, "days", 0.5)
    assert growth.results()[0].value == Decimal(432_000)


def test_a_value_in_another_unit_is_refused_with_a_sentence(program: Program, growth: Growth) -> None:
    answer = program.log("12%")
    assert answer.status_code == 422
    assert "percentage" in answer.json()["fields"]["value"]
    assert growth.results() == []


@pytest.mark.parametrize(
    ("sent", "kept"),
    [
        ("2026-03-01T09:30:00Z", datetime(2026, 3, 1, 9, 30, tzinfo=UTC)),
        ("2026-03-01T09:30:00+05:30", datetime(2026, 3, 1, 4, tzinfo=UTC)),
        ("2026-02-27", datetime(2026, 2, 27, 12, tzinfo=UTC)),
        ("2026-03-02", datetime(2026, 3, 2, 8, tzinfo=UTC)),
    ],
)
def test_a_result_may_be_dated_in_the_past(program: Program, growth: Growth, sent: str, kept: datetime) -> None:
    assert program.log(measured_at=sent).status_code == 201
    assert growth.results()[0].measured_at == kept


def test_a_time_that_has_not_come_or_cannot_be_read_is_refused(program: Program, growth: Growth) -> None:
    not_yet = ["2026-03-03", "2026-03-02T09:00:00Z"]
    for sent in [*not_yet, "2026-03-02T07:00:00", "yesterday", "2026-02-30", "0001-01-01", ""]:
        answer = program.log(measured_at=sent)
        assert answer.status_code == 422, sent
        assert list(answer.json()["fields"]) == ["measured_at"]
    assert growth.results() == []


def test_every_field_that_needs_another_look_has_its_sentence(program: Program) -> None:
    answer = program.send({"value": True, "note": "x" * 1_001, "confidence": 11, "measured_at": 7, "extra": 1})
    assert answer.status_code == 422
    fields = answer.json()["fields"]
    assert set(fields) == {"outcome", "value", "note", "confidence", "measured_at", "extra"}
    assert all(sentence.endswith(".") for sentence in fields.values())


def test_what_is_no_json_object_is_refused(program: Program) -> None:
    for body in (b"", b"{", b"[1]", b"null", b'{"outcome": 1, "value": NaN}', b"[" * 9_000, b'"\xff"'):
        assert program.write(body).status_code == 422, body


@pytest.mark.parametrize("value", ["1e400", "1e999999999", "-1e19", "9" * 5_000, "1e99999999999999999999"])
def test_a_number_that_no_measure_has_is_refused(program: Program, growth: Growth, value: str) -> None:
    assert program.write(f'{{"outcome": "OUT-1", "value": {value}}}').status_code == 422
    assert growth.results() == []


def test_a_closed_outcome_takes_no_results(program: Program, growth: Growth) -> None:
    firm = growth.firm
    with firm.db.begin() as tx:
        view = find_outcome(tx, firm.viewer("UOLGA"), 1)
        close_outcome(tx, firm.viewer("UOLGA"), view, Closing(Ending.MISSED), now=firm.now)
    answer = program.log()
    assert answer.status_code == 422
    assert "closed" in answer.json()["fields"]["outcome"]


def test_a_jump_is_logged_with_a_warning(program: Program) -> None:
    assert "warning" not in program.log(10).json()
    assert "warning" not in program.log(12).json()
    answer = program.log(900)
    assert answer.status_code == 201
    assert "ten times" in answer.json()["warning"]


# Who may


@pytest.mark.parametrize("header", [None, "", "Bearer", "Bearer rhythm_", "Basic rhythm_" + "a" * 43, "Bearer nothing"])
def test_without_a_token_nothing_is_logged(program: Program, growth: Growth, header: str | None) -> None:
    headers = {} if header is None else {"Authorization": header}
    answer = program.http.post("/api/v1/results", json={"outcome": 1, "value": 1}, headers=headers)
    assert (answer.status_code, answer.headers["WWW-Authenticate"]) == (401, "Bearer")
    assert growth.results() == []


def test_a_revoked_token_is_answered_as_one_that_never_was(program: Program, growth: Growth) -> None:
    firm = growth.firm
    with firm.db.begin() as tx:
        revoke_token(tx, firm.viewer("ULEAD"), 1, now=firm.now)
    revoked, unknown = program.log(), program.log(token="rhythm_" + "a" * 43)
    assert revoked.status_code == unknown.status_code == 401
    assert revoked.content == unknown.content


def test_another_teams_outcome_is_not_there_whether_it_is_private_or_does_not_exist(
    program: Program, growth: Growth
) -> None:
    firm = growth.firm
    firm.channel("C2", ["UMAX"], is_private=True)
    firm.outcome(firm.team("C2", lead="UMAX"), "UMAX")
    hidden, absent = program.send({"outcome": 2, "value": 1}), program.send({"outcome": 3, "value": 1})
    assert hidden.status_code == absent.status_code == 404
    assert hidden.text.replace("OUT-2", "OUT-3") == absent.text
    assert growth.results() == []


def test_a_private_teams_token_logs_for_it(program: Program, growth: Growth) -> None:
    firm = growth.firm
    firm.channel("C2", ["UMAX"], is_private=True)
    team = firm.team("C2", lead="UMAX")
    firm.outcome(team, "UMAX")
    assert program.send({"outcome": 2, "value": 1}, token=growth.token("UMAX", team=team)).status_code == 201


def test_once_its_creator_has_left_a_tokens_results_are_the_leads(program: Program, growth: Growth) -> None:
    firm = growth.firm
    token = growth.token("UANN")
    assert program.log(1, token=token).status_code == 201
    firm.meet(profile("UANN", is_active=False))
    assert program.log(2, token=token).status_code == 201
    firm.meet(profile("ULEAD", is_active=False))
    assert program.log(3, token=token).status_code == 201
    assert [result.author_id for result in growth.results()] == ["UANN", "ULEAD", "UOLGA"]


# Once


def test_the_same_request_again_is_the_same_result(program: Program, growth: Growth) -> None:
    first = program.log("42", key="run 7", note="a")
    growth.firm.clock.advance(timedelta(hours=1))
    again = program.log(42.0, key="run 7", note="a")
    assert (first.status_code, again.status_code) == (201, 200)
    assert first.json() == again.json()
    assert len(growth.results()) == 1


def test_a_day_sent_again_later_that_day_is_the_same(program: Program, growth: Growth) -> None:
    assert program.log(key="k", measured_at="2026-03-02").status_code == 201
    growth.firm.clock.advance(timedelta(hours=2))
    assert program.log(key="k", measured_at="2026-03-02").status_code == 200


@pytest.mark.parametrize(
    "other", [{"value": 43}, {"note": "b"}, {"confidence": 1}, {"measured_at": "2026-03-01"}, {"outcome": "OUT-2"}]
)
def test_the_same_key_for_another_result_is_refused(program: Program, growth: Growth, other: dict[str, object]) -> None:
    growth.firm.outcome(growth.team, "UOLGA")
    body = {"outcome": "OUT-1", "value": 42}
    assert program.send(body, key="k").status_code == 201
    assert program.send({**body, **other}, key="k").status_code == 409
    assert len(growth.results()) == 1


def test_without_a_key_each_request_is_a_result(program: Program, growth: Growth) -> None:
    assert [program.log().status_code for _ in range(2)] == [201, 201]
    assert len(growth.results()) == 2


def test_a_key_is_its_teams_own(program: Program, growth: Growth) -> None:
    firm = growth.firm
    firm.channel("C2", ["UMAX"])
    team = firm.team("C2", lead="UMAX")
    firm.outcome(team, "UMAX")
    assert program.log(key="k").status_code == 201
    other = program.send({"outcome": 2, "value": 1}, key="k", token=growth.token("UMAX", team=team))
    assert other.status_code == 201
    assert program.log(key="k", token=growth.token(name="Its successor")).status_code == 200


def test_a_key_that_is_too_long_is_refused(program: Program) -> None:
    assert program.log(key="k" * 100).status_code == 201
    assert list(program.log(key="k" * 101).json()["fields"]) == ["Idempotency-Key"]


def test_identical_requests_at_once_are_one_result(program: Program, growth: Growth) -> None:
    with ThreadPoolExecutor(8) as threads:
        answers = list(threads.map(lambda _: program.log(7, key="at once"), range(8)))
    assert sorted(answer.status_code for answer in answers) == [200] * 7 + [201]
    assert len({answer.json()["id"] for answer in answers}) == 1
    assert len(growth.results()) == 1


def test_one_key_at_once_for_two_outcomes_is_one_result(program: Program, growth: Growth) -> None:
    growth.firm.outcome(growth.team, "UOLGA")

    def send(n: int) -> int:
        return program.send({"outcome": 1 + n % 2, "value": 7}, key="k").status_code

    with ThreadPoolExecutor(8) as threads:
        statuses = sorted(threads.map(send, range(8)))
    assert statuses == [200] * 3 + [201] + [409] * 4


def test_results_at_once_are_all_in_what_the_outcome_says(program: Program, growth: Growth) -> None:
    with ThreadPoolExecutor(8) as threads:
        answers = list(threads.map(lambda day: program.log(day, measured_at=f"2026-02-{day:02d}"), range(8, 0, -1)))
    assert {answer.status_code for answer in answers} == {201}
    assert growth.firm.see("UOLGA", 1).outcome.latest_value == Decimal(8)


# How often, and how much


def test_a_token_is_good_for_a_burst_and_then_for_one_a_second(program: Program, growth: Growth) -> None:
    assert {program.log(n).status_code for n in range(BURST)} == {201}
    refused = program.log()
    assert (refused.status_code, refused.headers["Retry-After"]) == (429, "1")
    growth.firm.clock.advance(timedelta(seconds=1))
    assert [program.log().status_code for _ in range(2)] == [201, 429]
    growth.firm.clock.advance(timedelta(minutes=1))
    assert [program.log().status_code for _ in range(BURST + 1)] == [201] * BURST + [429]


def test_refused_requests_count_too_and_another_token_is_not_held_up(program: Program, growth: Growth) -> None:
    assert {program.log("rubbish").status_code for _ in range(BURST)} == {422}
    assert program.log().status_code == 429
    assert program.log(token=growth.token()).status_code == 201


def test_a_burst_at_once_is_let_through_no_further(program: Program, growth: Growth) -> None:
    with ThreadPoolExecutor(16) as threads:
        statuses = list(threads.map(lambda n: program.log(n).status_code, range(BURST + 10)))
    assert (statuses.count(201), statuses.count(429)) == (BURST, 10)
    assert len(growth.results()) == BURST


def test_a_body_that_is_too_large_is_refused(program: Program) -> None:
    assert program.log(note="x" * LARGEST_BODY).status_code == 413


@pytest.mark.parametrize("kind", ["text/plain", "application/x-www-form-urlencoded", "application/jsonp", ""])
def test_only_json_is_read(program: Program, kind: str) -> None:
    assert program.write('{"outcome": 1, "value": 1}', kind).status_code == 415


def test_the_longest_note_fits_however_it_is_written(program: Program, growth: Growth) -> None:
    body = json.dumps({"outcome": 1, "value": 1, "note": "😀" * 1_000}, ensure_ascii=True)
    assert program.write(body, "application/json; charset=utf-8").status_code == 201
    assert growth.results()[0].note == "😀" * 1_000


def test_other_origins_are_told_nothing(program: Program) -> None:
    answer = program.http.options("/api/v1/results", headers={"Origin": "https://elsewhere.example"})
    assert answer.status_code == 405
    assert not [name for name in answer.headers if name.lower().startswith("access-control")]


def test_the_token_is_nowhere_in_the_database(program: Program, growth: Growth) -> None:
    program.log()
    with growth.firm.db.read() as tx:
        row = tx.get_one(Token, 1)
        kept = [str(value) for value in vars(row).values()]
    assert not [value for value in kept if program.token.removeprefix("rhythm_") in value]
    assert (row.ending, row.last_used_at) == (program.token[-4:], growth.firm.now)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=5,
)


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    body=st.fixed_dictionaries(
        {"outcome": JSON | st.just("OUT-1"), "value": JSON | st.just(4)},
        optional={"note": JSON, "measured_at": JSON, "confidence": JSON},
    )
)
def test_whatever_is_sent_is_logged_or_refused(program: Program, growth: Growth, body: object) -> None:
    growth.firm.clock.advance(timedelta(seconds=1))
    answer = program.write(json.dumps(body))
    assert answer.status_code in {201, 404, 422}, answer.text
