"""How a Web API method is declared: a function of the sandbox and the call's arguments, with what it needs."""

from collections.abc import Callable
from dataclasses import dataclass
from types import ModuleType
from typing import Literal

from bot.sandbox.rates import TIER_3, Tier
from bot.sandbox.refusals import Json, SlackError
from bot.sandbox.slack import Slack

Run = Callable[[Slack, Json], Json]
Caller = Literal["bot", "app", "anyone"]


@dataclass(frozen=True)
class Method:
    """One method: its name, what runs it, the scope and the kind of token it needs, and its rate limit."""

    name: str
    run: Run
    scope: str | None
    tier: Tier
    caller: Caller


def method(
    name: str, *, scope: str | None = None, tier: Tier = TIER_3, caller: Caller = "bot"
) -> Callable[[Run], Method]:
    """Declares the Web API method `name`."""

    def declare(run: Run) -> Method:
        return Method(name, run, scope, tier, caller)

    return declare


def collect(*modules: ModuleType) -> dict[str, Method]:
    """Every method declared in these modules, by name."""
    found = [value for module in modules for value in vars(module).values() if isinstance(value, Method)]
    return {method.name: method for method in found}


def flag(args: Json, name: str) -> bool:
    """A boolean argument, as forms and JSON write it."""
    return args.get(name) in (True, "true", "1", 1)


def text(args: Json, name: str) -> str:
    """A required argument. Raises Slack's `invalid_arguments` when it is missing."""
    value = args.get(name)
    if value in (None, ""):
        raise missing(name)
    return str(value)


def missing(name: str) -> SlackError:
    """Slack's answer to a call without a required argument."""
    messages = [f"[ERROR] missing required field: {name}"]
    return SlackError("invalid_arguments", response_metadata={"messages": messages})


def number(args: Json, name: str, default: int, most: int) -> int:
    """A whole number between 1 and `most`. Raises Slack's `invalid_limit` for anything else."""
    value = args.get(name)
    if value in (None, ""):
        return default
    try:
        amount = int(str(value))
    except ValueError:
        raise SlackError("invalid_limit") from None
    if amount < 1:
        raise SlackError("invalid_limit")
    return min(amount, most)
