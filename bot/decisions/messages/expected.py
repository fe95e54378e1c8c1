"""The fields that ask what a choice is expected to do, and when to look at what came of it."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.decisions.messages.fields import day_field
from bot.decisions.rules import EFFECT_LIMIT, TYPED_LIMIT
from bot.outcomes.messages import value_or_unknown
from bot.outcomes.model import Outcome
from bot.outcomes.queries import Brief
from bot.people.messages import Reader
from bot.results.messages import CONFIDENCE
from bot.slack.blocks import choice_field, context, radio_field, text_field
from bot.slack.message import Block
from bot.slack.mrkdwn import Markup, md
from bot.slack.typed import Filled

EXPECTED = ("outcome", "effect_value", "effect_on", "effect", "confidence", "review", "reversible", "window")


@dataclass(frozen=True)
class Measured:
    """The outcomes whose measures a choice may move, and the one that is chosen now."""

    outcomes: Sequence[Outcome] = ()
    chosen: Brief | None = None


def expected_fields(
    filled: Filled, measured: Measured, reader: Reader, *, sure: str = "How sure are you of that?"
) -> list[Block]:
    """The measure it should move and where to, or its effect in words; how sure that is, and when it is reviewed.

    `sure` asks for the confidence of who decides: it counts in theirs, whoever fills the form.
    """
    return [
        *(_measure_fields(filled, measured, reader) if measured.outcomes else []),
        day_field(
            filled,
            "effect_on",
            "By when?",
            placeholder="end of Q1",
            hint="When the effect should be there.",
            dispatch=True,
        ),
        text_field(
            filled.block_id("effect"),
            "What do you expect it to do?",
            hint="In words, beside the measure or in place of it.",
            initial=filled["effect"],
            limit=EFFECT_LIMIT,
            many_lines=True,
            optional=True,
        ),
        choice_field(
            filled.block_id("confidence"),
            sure,
            CONFIDENCE,
            initial=filled["confidence"],
            hint="Only the decider ever sees how well this predicts what comes.",
            optional=True,
        ),
        day_field(
            filled,
            "review",
            "When will you look at what came of it?",
            hint="Left empty, on the day the effect is expected.",
        ),
        radio_field(
            filled.block_id("reversible"),
            "Can it be undone?",
            {"yes": "Yes, without much harm", "no": "No, or hardly"},
            initial=filled["reversible"] or "yes",
        ),
    ]


def _measure_fields(filled: Filled, measured: Measured, reader: Reader) -> list[Block]:
    choices = {str(one.id): f"{one.key} {one.statement}" for one in measured.outcomes}
    fields = [
        choice_field(
            filled.block_id("outcome"),
            "Which outcome should it move?",
            choices,
            initial=filled["outcome"],
            optional=True,
            dispatch=True,
        )
    ]
    if measured.chosen is not None:
        fields.append(context(_stands(measured.chosen, reader)))
    value = text_field(
        filled.block_id("effect_value"),
        "Where do you expect its measure to be?",
        placeholder="12%",
        initial=filled["effect_value"],
        limit=TYPED_LIMIT,
        optional=True,
    )
    return [*fields, value]


def _stands(brief: Brief, reader: Reader) -> Markup:
    outcome = brief.outcome
    return md(
        "{measure} stands at *{value}*; the target is {target} by {due}.",
        measure=outcome.measure,
        value=value_or_unknown(brief.latest_value, outcome, reader),
        target=reader.value(outcome.target, outcome.unit),
        due=reader.day(outcome.due_on),
    )
