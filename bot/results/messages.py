"""The words of the results room, and the ids of its form and button."""

from decimal import Decimal

from bot.language.words import shorten
from bot.outcomes.messages import health_sentence, outcome_title, show_button, value_or_unknown
from bot.outcomes.queries import View
from bot.outcomes.rules import NOTE_LIMIT, TYPED_LIMIT
from bot.people.messages import Reader
from bot.slack.blocks import choice_field, form, section, text_field
from bot.slack.message import Block, Form, Message
from bot.slack.mrkdwn import lines, md

RESULT = "results.result"
LOG_RESULT = "results.log_result"

CONFIDENCE = {str(n): words for n, words in enumerate(f"{n} of 10" for n in range(11))}


def result_form(view: View, *, reader: Reader, channel_id: str, value: str = "") -> Form:
    """Logs where the measure stands."""
    outcome = view.outcome
    latest = view.latest
    last = (
        md(
            "Last: *{value}*, {age}.",
            value=reader.value(latest.value, outcome.unit),
            age=reader.age(latest.measured_at),
        )
        if latest
        else md("No result yet. It started from *{value}*.", value=value_or_unknown(outcome.baseline, outcome, reader))
    )
    return form(
        RESULT,
        f"Result for {outcome.key}",
        [
            section(lines(outcome_title(outcome), last)),
            *result_fields(outcome.measure, value),
        ],
        carries=f"{outcome.id} {channel_id}",
    )


def result_fields(measure: str, value: str = "", note: str = "", confidence: int | None = None) -> list[Block]:
    """The fields in which a result is given, here and in a check-in."""
    return [
        text_field("value", f"{shorten(measure, 60)} now", initial=value, limit=TYPED_LIMIT, focus=True),
        choice_field(
            "confidence",
            "How sure are you that the target will be met?",
            CONFIDENCE,
            initial=None if confidence is None else str(confidence),
            hint="0 is not at all, 10 is certain.",
            optional=True,
        ),
        text_field(
            "note", "What moved it, or held it back?", initial=note, limit=NOTE_LIMIT, many_lines=True, optional=True
        ),
    ]


def result_logged(view: View, *, before: Decimal | None, reader: Reader) -> Message:
    """A result, read back with what it changed. `view` is the outcome after it."""
    outcome = view.outcome
    text = lines(
        md(
            "*{key}* now stands at *{value}* (before: {before}).",
            key=outcome.key,
            value=value_or_unknown(view.latest_value, outcome, reader),
            before=value_or_unknown(before, outcome, reader),
        ),
        health_sentence(view.standing(reader.today)),
    )
    return Message(text, [section(text, button=show_button(outcome))])
