"""The OpenAPI description is true: every status it names is answered, in the shape it says, and no other."""

from collections.abc import Callable
from typing import Any

import httpx
import pytest
from sqlalchemy import text

from bot.measuring.health import Health
from bot.sources.listeners.description import DESCRIPTION
from bot.sources.rules.requests import LARGEST_BODY
from bot.sources.rules.tokens import BURST
from tests.sources.conftest import Growth, Program

POST = DESCRIPTION["paths"]["/api/v1/results"]["post"]
TYPES: dict[str, type | tuple[type, ...]] = {
    "object": dict,
    "string": str,
    "integer": int,
    "number": (int, float),
    "null": type(None),
}


def faults(value: Any, schema: dict[str, Any], where: str = "body") -> list[str]:
    """What a JSON value has that its schema does not allow, in the few words of JSON Schema that ours use."""
    if "$ref" in schema:
        return faults(value, DESCRIPTION["components"]["schemas"][schema["$ref"].rpartition("/")[2]], where)
    if "anyOf" in schema:
        tried = [faults(value, one, where) for one in schema["anyOf"]]
        return [] if [] in tried else tried[0]
    unread = set(schema) - {"type", "title", "description", "default", "enum", "properties", "required"}
    assert unread <= {"additionalProperties", "minimum", "maximum", "maxLength"}, unread
    kinds = schema["type"] if isinstance(schema["type"], list) else [schema["type"]]
    if not any(isinstance(value, TYPES[kind]) and not isinstance(value, bool) for kind in kinds):
        return [f"{where} is not {kinds}: {value!r}"]
    found = [] if value in schema.get("enum", [value]) else [f"{where} is none of the words: {value}"]
    if isinstance(value, int | float) and not schema.get("minimum", value) <= value <= schema.get("maximum", value):
        found.append(f"{where} is out of range: {value}")
    if isinstance(value, str) and len(value) > schema.get("maxLength", len(value)):
        found.append(f"{where} is too long")
    if isinstance(value, dict):
        found += [f"{where} lacks {name}" for name in schema.get("required", []) if name not in value]
        rest, known = schema.get("additionalProperties", True), schema.get("properties", {})
        for name, inner in value.items():
            if name in known or isinstance(rest, dict):
                found += faults(inner, known.get(name, rest), f"{where}.{name}")
            elif "properties" in schema:
                found.append(f"{where} has an unknown {name}")
    return found


def again(program: Program, _growth: Growth) -> httpx.Response:
    program.log(1, key="k")
    return program.log(1, key="k")


def taken(program: Program, _growth: Growth) -> httpx.Response:
    program.log(1, key="k")
    return program.log(2, key="k")


def too_many(program: Program, _growth: Growth) -> httpx.Response:
    for _ in range(BURST):
        program.log("x")
    return program.log()


def broken(program: Program, growth: Growth) -> httpx.Response:
    """A row that no version of Rhythm wrote: something that nobody foresaw."""
    with growth.firm.db.begin() as tx:
        tx.execute(text("UPDATE outcome SET unit = 'rubbish:rubbish'"))
    return program.log()


def database_away(program: Program, growth: Growth) -> httpx.Response:
    engine = growth.firm.db.engine
    with engine.connect() as connection:
        if engine.dialect.name == "sqlite":
            connection.execute(text("SELECT 1"))  # a writer that holds its turn
        else:
            connection.execute(text("LOCK TABLE token IN ACCESS EXCLUSIVE MODE"))
        return program.log()


ANSWERED: dict[str, Callable[[Program, Growth], httpx.Response]] = {
    "201": lambda program, _: program.log(42, note="a", confidence=1, measured_at="2026-03-01"),
    "200": again,
    "401": lambda program, _: program.log(token="nothing"),
    "404": lambda program, _: program.send({"outcome": "OUT-9", "value": 1}),
    "409": taken,
    "413": lambda program, _: program.log(note="x" * LARGEST_BODY),
    "415": lambda program, _: program.write("{}", "text/plain"),
    "422": lambda program, _: program.log("rubbish"),
    "429": too_many,
    "500": broken,
    "503": database_away,
}


def test_every_status_of_the_description_is_tried() -> None:
    assert set(ANSWERED) == set(POST["responses"])


@pytest.mark.parametrize("status", ANSWERED)
def test_each_status_is_answered_as_described(program: Program, growth: Growth, status: str) -> None:
    answer = ANSWERED[status](program, growth)
    described = POST["responses"][status]
    assert str(answer.status_code) == status, answer.text
    assert faults(answer.json(), described["content"]["application/json"]["schema"]) == []
    assert [name for name in described.get("headers", {}) if name not in answer.headers] == []


def test_a_warning_is_described_too(program: Program) -> None:
    program.log(1)
    answer = program.log(10_000).json()
    assert "warning" in answer
    assert faults(answer, POST["responses"]["201"]["content"]["application/json"]["schema"]) == []


def test_what_the_description_allows_is_taken_and_what_it_does_not_is_refused(program: Program) -> None:
    wanted = POST["requestBody"]["content"]["application/json"]["schema"]
    for body in (
        {"outcome": "OUT-1", "value": 1},
        {"outcome": 1, "value": "1", "measured_at": None, "note": "", "confidence": None},
        {"outcome": 1, "value": 1.5, "measured_at": "2026-03-01T09:00:00Z", "note": "x", "confidence": 10},
    ):
        assert (faults(body, wanted), program.send(body).status_code) == ([], 201)
    refused: tuple[Any, ...] = (
        [],
        {"outcome": 1},
        {"outcome": 1.5, "value": 1},
        {"outcome": 1, "value": 1, "note": None},
        {"outcome": 1, "value": 1, "note": "x" * 1_001},
        {"outcome": 1, "value": 1, "confidence": 11},
        {"outcome": 1, "value": 1, "confidence": -1},
        {"outcome": 1, "value": 1, "more": 1},
    )
    for wrong in refused:
        assert (bool(faults(wrong, wanted)), program.send(wrong).status_code) == (True, 422), wrong


def test_the_description_names_every_health_there_is() -> None:
    shape = DESCRIPTION["components"]["schemas"]["ResultLogged"]["properties"]["health"]
    assert shape["enum"] == [health.name.lower() for health in Health]


def test_a_fault_in_a_shape_would_be_found() -> None:
    logged = {"$ref": "#/components/schemas/ResultLogged"}
    good = {"id": 1, "outcome": "OUT-1", "value": 1, "unit": "", "measured_at": "", "health": "stale", "progress": 0.1}
    assert faults(good, logged) == []
    for bad in (
        {**good, "id": "1"},
        {**good, "health": "Fine"},
        {**good, "more": 1},
        {"id": 1},
        {**good, "value": True},
    ):
        assert faults(bad, logged)
