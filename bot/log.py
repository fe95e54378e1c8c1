"""Structured logging: one line an event, never a token, never what a person typed.

Rooms bind `workspace`, `person` and `delivery` to their lines. Tracebacks carry no local variables, which would hold
both tokens and people's words.
"""

import logging
import re
import sys
from typing import Any

import structlog
from structlog.typing import EventDict, WrappedLogger

_SECRET = re.compile(r"(xox[a-z]|xapp)[-.][\w.-]+|rhythm_[\w-]{43}|(?<=://)[^:/@\s]*:\S+(?=@)")
_BARE = (int, float, bool, type(None))


def without_secrets(_logger: WrappedLogger, _name: str, line: EventDict) -> EventDict:
    """Strikes out anything shaped like a token, Slack's or our own, or a password in an address."""
    return {key: value if key.startswith("_") else _struck(value) for key, value in line.items()}


def _struck(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _struck(held) for key, held in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return [_struck(held) for held in value]
    return value if isinstance(value, _BARE) else _SECRET.sub("•••", str(value))


def set_up(*, form: str, level: str) -> None:
    """Sends every line, the libraries' own included, to standard error.

    Args:
        form: `console` for people, `json` for machines.
        level: the quietest level to show.
    """
    shared: list[Any] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_logger_name,
        structlog.stdlib.add_log_level,
        structlog.stdlib.ExtraAdder(),
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        structlog.processors.format_exc_info,
        without_secrets,
    ]
    structlog.configure(
        processors=[*shared, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=True,
    )
    renderer: Any = (
        structlog.processors.JSONRenderer(ensure_ascii=False)
        if form == "json"
        else structlog.dev.ConsoleRenderer(
            colors=sys.stderr.isatty(), pad_event_to=28, exception_formatter=structlog.dev.plain_traceback
        )
    )
    lines = logging.StreamHandler(sys.stderr)
    lines.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=shared,
            processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, renderer],
        )
    )
    root = logging.getLogger()
    root.handlers = [lines]
    root.setLevel(level.upper())
    for chatty in ("slack_bolt", "slack_sdk", "urllib3", "uvicorn", "alembic", "websockets", "asyncio"):
        logging.getLogger(chatty).setLevel(max(logging.WARNING, root.level))
    # A beat that comes while the one before is still working is passed over; that is not worth a line.
    logging.getLogger("apscheduler").setLevel(logging.ERROR)
