"""What a program sends and what it is answered: the shapes that are checked, and described to programs. Pure."""

from decimal import Decimal
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError, WithJsonSchema

from bot.errors import FormRefused
from bot.language.values import LARGEST
from bot.outcomes.rules import NOTE_LIMIT, TYPED_LIMIT

KEY_LIMIT = 100
"""How long an Idempotency-Key may be, in characters."""

LARGEST_BODY = 16_384
"""How large a request may be, in bytes: the longest note fits, whichever way it is written."""

Value = Annotated[str | int | Decimal, WithJsonSchema({"type": ["number", "string"]})]


class ResultWanted(BaseModel):
    """A result to log."""

    model_config = ConfigDict(extra="forbid", strict=True)

    outcome: str | int = Field(description="The outcome's key, such as OUT-12, or its number.")
    value: Value = Field(
        description="Where the measure stands, in the outcome's unit: a number such as 42.5, or text as people type it "
        f'in US English, such as "12%" or "$1.2M", of at most {TYPED_LIMIT} characters.'
    )
    measured_at: str | None = Field(
        default=None,
        description="When it was measured: an instant with its offset, such as 2026-03-02T09:00:00Z, or a day, such as "
        "2026-03-02. Now, if left out.",
    )
    note: str = Field(
        default="",
        max_length=NOTE_LIMIT,
        description=f"What moved it, or held it back: text of at most {NOTE_LIMIT:,} characters.",
    )
    confidence: int | None = Field(
        default=None,
        ge=0,
        le=10,
        description="How sure you are that the target will be met: a whole number from 0, not at all, to 10, certain.",
    )


class ResultLogged(BaseModel):
    """A result as it was logged, and how its outcome stands now."""

    id: int = Field(description="The result's own number.")
    outcome: str = Field(description="The outcome's key.")
    value: float = Field(description="The value as it was understood, in the outcome's unit.")
    unit: str = Field(description='The outcome\'s unit: "%", "USD", "days", a noun, or nothing for a plain number.')
    measured_at: str = Field(description="The instant it was measured at, in UTC.")
    health: str = Field(
        description="How the outcome stands.",
        json_schema_extra={"enum": ["achieved", "on_track", "at_risk", "off_track", "stale", "no_data"]},
    )
    progress: float = Field(description="The share of the way from baseline to target: 0 at the one, 1 at the other.")
    warning: str | None = Field(
        default=None, description="Says that the value is far from the others, which may be a slip. It was logged."
    )


class Trouble(BaseModel):
    """Why a request was refused. Nothing was logged."""

    error: str = Field(description="A sentence.")
    fields: dict[str, str] | None = Field(
        default=None, description="A sentence for each field that needs another look."
    )


def read_wanted(body: Any) -> ResultWanted:
    """Raises FormRefused with a sentence for each field that is not as described."""
    if not isinstance(body, dict):
        raise FormRefused({"body": 'Send a JSON object, such as {"outcome": "OUT-12", "value": 42}.'})
    try:
        return ResultWanted.model_validate(body)
    except ValidationError as error:
        names = dict.fromkeys(str(one["loc"][0]) for one in error.errors(include_input=False, include_url=False))
        raise FormRefused({name: _sentence(name) for name in names}) from None


def typed_value(value: str | Decimal | int) -> str:
    """A value as a person would type it. A number is rounded to six decimals, all of them written, which leaves no
    doubt what its mark is. Raises FormRefused for one that no measure has."""
    if isinstance(value, str):
        return value
    number = Decimal(value)
    if not number.is_finite() or number.adjusted() > LARGEST.adjusted():
        raise FormRefused({"value": "That is too large. The largest value is 1 followed by 18 zeros."})
    return format(number, ".6f")


def _sentence(name: str) -> str:
    field = ResultWanted.model_fields.get(name)
    known = ", ".join(ResultWanted.model_fields)
    return str(field.description) if field else f"There is no such field. The fields are {known}."
