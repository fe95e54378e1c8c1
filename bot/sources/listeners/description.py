"""What is served as `/api/v1/openapi.json`: OpenAPI 3.1, made from the shapes that requests are checked by."""

from typing import Any

from pydantic.json_schema import models_json_schema

from bot.sources.rules.requests import KEY_LIMIT, LARGEST_BODY, ResultLogged, ResultWanted, Trouble
from bot.sources.rules.tokens import BURST, PER_MINUTE

_RETRY_AFTER = {"Retry-After": {"description": "Seconds to wait.", "schema": {"type": "integer"}}}


def _shape(name: str) -> dict[str, Any]:
    return {"application/json": {"schema": {"$ref": f"#/components/schemas/{name}"}}}


def _refused(why: str, **more: Any) -> dict[str, Any]:
    return {"description": why, "content": _shape("Trouble"), **more}


_, _SHAPES = models_json_schema(
    [(ResultWanted, "validation"), (ResultLogged, "serialization"), (Trouble, "serialization")],
    ref_template="#/components/schemas/{model}",
)

_LOG_A_RESULT = {
    "operationId": "logResult",
    "summary": "Log a result",
    "description": "Adds a result to an outcome of the token's team. It counts as one that a person logged.",
    "parameters": [
        {
            "name": "Idempotency-Key",
            "in": "header",
            "required": False,
            "schema": {"type": "string", "minLength": 1, "maxLength": KEY_LIMIT},
            "description": "Your own name for this result, unique in the team. Sent again, it is logged once.",
        }
    ],
    "requestBody": {"required": True, "content": _shape("ResultWanted")},
    "responses": {
        "201": {"description": "Logged.", "content": _shape("ResultLogged")},
        "200": {"description": "Logged before, under this Idempotency-Key.", "content": _shape("ResultLogged")},
        "401": _refused(
            "No token, or one that is not known or was revoked.",
            headers={"WWW-Authenticate": {"description": "Bearer.", "schema": {"type": "string"}}},
        ),
        "404": _refused("The token's team has no such outcome."),
        "409": _refused("The Idempotency-Key was used before, for another result."),
        "413": _refused(f"The body is larger than {LARGEST_BODY:,} bytes."),
        "415": _refused("The body is not sent as application/json."),
        "422": _refused("A field needs another look, or the outcome is closed."),
        "429": _refused(f"More than {PER_MINUTE} requests a minute, or {BURST} at once.", headers=_RETRY_AFTER),
        "500": _refused("Something went wrong on Rhythm's side."),
        "503": _refused("The database is away.", headers=_RETRY_AFTER),
    },
}

DESCRIPTION: dict[str, Any] = {
    "openapi": "3.1.0",
    "info": {
        "title": "Rhythm",
        "version": "1",
        "description": "Log results of a team's outcomes. A token is created with /rhythm settings in its channel.",
    },
    "paths": {"/api/v1/results": {"post": _LOG_A_RESULT}},
    "components": {
        "schemas": _SHAPES["$defs"],
        "securitySchemes": {"token": {"type": "http", "scheme": "bearer", "bearerFormat": "rhythm_…"}},
    },
    "security": [{"token": []}],
}
