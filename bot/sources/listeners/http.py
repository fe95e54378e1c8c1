"""The HTTP door for programs: `POST /api/v1/results`, and the description of it.

Each request is worked on in a thread, few at a time, so that programs cannot take the threads and the connections that
Slack's own requests need. A token is never logged.
"""

import json
from collections.abc import Callable
from decimal import Decimal
from math import ceil
from typing import Any, NoReturn, TypeVar

import anyio
import anyio.to_thread
import structlog
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from bot.db.database import Database
from bot.errors import FormRefused, MemoryAway, NotFound, Refused, RhythmError
from bot.slack.app import even_if_raced
from bot.sources.actions.programs import KeyTaken, log_from_program
from bot.sources.actions.tokens import let_through
from bot.sources.listeners.description import DESCRIPTION
from bot.sources.messages import result_answer
from bot.sources.model import Token
from bot.sources.queries import token_by_hash
from bot.sources.rules.requests import KEY_LIMIT, LARGEST_BODY, ResultWanted, Trouble, read_wanted
from bot.sources.rules.tokens import hash_of, token_in, wait_of

log = structlog.get_logger(__name__)

API_THREADS = 4
"""How many requests of programs are worked on at once."""

_STATUSES: dict[type[RhythmError], int] = {NotFound: 404, KeyTaken: 409, Refused: 422}

Done = TypeVar("Done")


class TurnedAway(RhythmError):
    """This request cannot be answered as asked."""

    def __init__(self, status: int, sentence: str, headers: dict[str, str] | None = None) -> None:
        super().__init__(sentence)
        self.status, self.headers = status, headers


def routes(db: Database) -> list[Route]:
    """What the bot's own door answers to programs."""
    programs = _Programs(db)
    return [
        Route("/api/v1/results", programs.results, methods=["POST"]),
        Route("/api/v1/openapi.json", _description, methods=["GET"]),
    ]


async def _description(_request: Request) -> Response:
    return JSONResponse(DESCRIPTION)


class _Programs:
    """Answers programs, one request after the other goes through the same few steps."""

    def __init__(self, db: Database) -> None:
        self._db = db
        self._limiter: anyio.CapacityLimiter | None = None

    async def results(self, request: Request) -> Response:
        try:
            token = await self._in_thread(lambda: self._admit(request.headers.get("authorization")))
            wanted = read_wanted(await _json(request))
            key = _key(request)
            return await self._in_thread(lambda: self._log(token, wanted, key))
        except Exception as error:
            return _refusal(error)

    def _admit(self, authorization: str | None) -> Token:
        """The token of a request that may go on. Who has none is turned away without a write."""
        secret = token_in(authorization)
        unknown = TurnedAway(
            401, "Send a valid token: “Authorization: Bearer rhythm_…”.", {"WWW-Authenticate": "Bearer"}
        )
        if secret is None:
            raise unknown
        with self._db.read() as tx:
            token = token_by_hash(tx, hash_of(secret))
            if token is None:
                raise unknown
            wait = wait_of(token.next_request_at, self._db.now(tx))
        if not wait:
            with self._db.begin() as tx:
                wait = let_through(tx, token.id, now=self._db.now(tx))
        if wait:
            seconds = max(1, ceil(wait.total_seconds()))
            sentence = f"Too many requests with this token. Try again in {seconds} s."
            raise TurnedAway(429, sentence, {"Retry-After": str(seconds)})
        return token

    def _log(self, token: Token, wanted: ResultWanted, key: str | None) -> Response:
        def write() -> Response:
            with self._db.begin() as tx:
                now = self._db.now(tx)
                answer = log_from_program(tx, token, wanted, idempotency_key=key, now=now)
                body = result_answer(answer.result, answer.view, is_jump=answer.is_jump, now=now)
            return _answer(201 if answer.is_new else 200, body.model_dump(exclude_none=True))

        return even_if_raced(write)

    async def _in_thread(self, work: Callable[[], Done]) -> Done:
        self._limiter = self._limiter or anyio.CapacityLimiter(API_THREADS)
        return await anyio.to_thread.run_sync(work, limiter=self._limiter)


async def _json(request: Request) -> Any:
    """The request's body. Numbers keep every digit they were written with."""
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind != "application/json":
        raise TurnedAway(415, "Send JSON, with “Content-Type: application/json”.")
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > LARGEST_BODY:
            raise TurnedAway(413, f"The body is larger than {LARGEST_BODY:,} bytes. Send one result at a time.")
    try:
        return json.loads(bytes(body), parse_float=Decimal, parse_constant=_no_number)
    except (ValueError, ArithmeticError, RecursionError):
        raise FormRefused({"body": "This is not JSON."}) from None


def _no_number(_word: str) -> NoReturn:
    raise ValueError


def _key(request: Request) -> str | None:
    key = request.headers.get("idempotency-key")
    if key is not None and not 0 < len(key) <= KEY_LIMIT:
        raise FormRefused({"Idempotency-Key": f"A key has 1 to {KEY_LIMIT} characters."})
    return key


def _refusal(error: Exception) -> Response:
    if isinstance(error, TurnedAway):
        return _trouble(error.status, error.sentence, headers=error.headers)
    if isinstance(error, FormRefused):
        return _trouble(422, " ".join(error.errors.values()), fields=error.errors)
    for kind, status in _STATUSES.items():
        if isinstance(error, kind):
            return _trouble(status, error.sentence)
    if isinstance(error, MemoryAway):
        log.error("database away", cause=error.cause)
        return _trouble(503, error.sentence, headers={"Retry-After": "60"})
    log.error("a program's request failed", exc_info=error)
    return _trouble(500, "Something went wrong on Rhythm's side. Nothing was logged; please try again later.")


def _trouble(
    status: int, sentence: str, *, fields: dict[str, str] | None = None, headers: dict[str, str] | None = None
) -> Response:
    return _answer(status, Trouble(error=sentence, fields=fields).model_dump(exclude_none=True), headers)


def _answer(status: int, body: dict[str, Any], headers: dict[str, str] | None = None) -> Response:
    return JSONResponse(body, status_code=status, headers={"Cache-Control": "no-store", **(headers or {})})
