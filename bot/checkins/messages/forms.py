"""The forms of check-ins."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.checkins.messages import last_value
from bot.checkins.model import CheckInItem
from bot.checkins.queries import given_result
from bot.execution.messages import due_words
from bot.execution.queries import Step
from bot.execution.rules import EffectSeen
from bot.language.words import shorten
from bot.obstacles.rules import TEXT_LIMIT
from bot.outcomes.messages import outcome_title
from bot.outcomes.queries import View
from bot.outcomes.rules import NOTE_LIMIT
from bot.people.messages import Reader
from bot.results.messages import NOTHING_TYPED, Typed, jump_question, result_fields
from bot.results.rules import Jump
from bot.slack.blocks import checks_field, form, radio_field, section, text_field
from bot.slack.message import Block, Form
from bot.slack.mrkdwn import lines

ANSWER = "checkins.answer"
WHY = "checkins.why"

WHAT_HOLDS_IT = "Nothing changed last time either. What holds it?"
"""What is asked from the second answer of no change in a row on."""

ANSWER_SAVED = "Your answer is saved. Who is to decide what stands in the way? Cancel leaves it as an obstacle."
"""Above the form of the decision that was said to be needed, which comes next."""

DECISION = "decision"
"""The value of the box that says that an obstacle needs a decision."""

_SEEN = {EffectSeen.YES: "Yes", EffectSeen.NOT_YET: "Not yet", EffectSeen.NO: "No"}
_MOST_STEPS = 10


@dataclass(frozen=True)
class Filled:
    """What stands in the fields of an answer: the result's own, what stands in the way, and the actions done."""

    result: Typed = NOTHING_TYPED
    obstacle: str = ""
    needs_decision: bool = False
    done: Sequence[str] = ()
    seen: str = str(EffectSeen.NOT_YET)


def answer_form(
    item: CheckInItem,
    view: View,
    *,
    reader: Reader,
    steps: Sequence[Step] = (),
    filled: Filled | None = None,
    jump: Jump | None = None,
) -> Form:
    """Asks where one outcome's measure stands; an answer given before is there to be changed.

    Args:
        steps: the owner's open actions of this outcome, some of which may be done.
        filled: what stands in its fields instead of the answer given before.
        jump: what that would be; it is then asked whether it is meant.
    """
    outcome = view.outcome
    filled = filled or Filled(_as_typed(item, view, reader))
    return form(
        ANSWER,
        f"Update {outcome.key}",
        [
            *jump_question(jump, view, reader),
            section(lines(outcome_title(outcome), last_value(view, reader))),
            *result_fields(outcome.measure, filled.result),
            *_obstacle_fields(filled),
            *_step_fields(steps[:_MOST_STEPS], filled, reader),
        ],
        carries=f"{item.checkin_id} {item.outcome_id} {int(jump is not None)}",
    )


def why_form(item: CheckInItem, view: View, *, reader: Reader) -> Form:
    """Asks why nothing changed, where it did not the time before either."""
    outcome = view.outcome
    return form(
        WHY,
        f"No change for {outcome.key}",
        [
            section(lines(outcome_title(outcome), last_value(view, reader))),
            text_field(
                "note",
                WHAT_HOLDS_IT,
                hint="A few words are enough. The team reads them with your answer.",
                limit=NOTE_LIMIT,
                many_lines=True,
                focus=True,
            ),
        ],
        carries=f"{item.checkin_id} {item.outcome_id}",
    )


def _obstacle_fields(filled: Filled) -> list[Block]:
    decision = {DECISION: "Yes, somebody has to decide something first"}
    return [
        text_field(
            "obstacle",
            "Does something stand in the way?",
            initial=filled.obstacle,
            hint="It is raised as an obstacle that you see to.",
            limit=TEXT_LIMIT,
            many_lines=True,
            optional=True,
        ),
        checks_field(
            "decision", "Does that need a decision?", decision, initial=[DECISION] if filled.needs_decision else []
        ),
    ]


def _step_fields(steps: Sequence[Step], filled: Filled, reader: Reader) -> list[Block]:
    if not steps:
        return []
    choices = {
        str(step.action.id): f"{shorten(step.action.text, 45)} ({due_words(step.action, reader)})" for step in steps
    }
    seen = {str(one): words for one, words in _SEEN.items()}
    return [
        checks_field("done", "Which of your actions are done?", choices, initial=filled.done),
        radio_field("seen", "Was their effect seen?", seen, initial=filled.seen, hint="Of the ones that are done."),
    ]


def _as_typed(item: CheckInItem, view: View, reader: Reader) -> Typed:
    """The answer given before, in the fields of the form."""
    given = given_result(item, view)
    if given is None:
        return NOTHING_TYPED
    confidence = "" if given.confidence is None else str(given.confidence)
    return Typed(reader.value(given.value, view.outcome.unit), given.note, confidence)
