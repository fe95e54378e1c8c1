"""The form in which a decision is logged that was made already."""

from collections.abc import Mapping

from bot.decisions.messages import LOG, MORE_FIELDS, NOT_DECIDED
from bot.decisions.messages import recall as remembered
from bot.decisions.messages.expected import Measured, expected_fields
from bot.decisions.messages.fields import day_field, heard_field, team_field, why_field, window_field
from bot.decisions.queries.recall import NOTHING, Recall
from bot.decisions.rules import CHOICE_LIMIT, QUESTION_LIMIT
from bot.people.messages import Reader
from bot.slack.blocks import button, buttons, form, person_field, text_field
from bot.slack.message import Block, Form
from bot.slack.typed import Filled

LOGGED = ("question", "choice", "why", "decider", "team", "made_on", "heard")
FURTHER = ("made_on", "heard", "window")
"""The fields that are shown once they are asked for, or hold something."""


def log_form(
    filled: Filled,
    teams: Mapping[int, str],
    measured: Measured,
    *,
    reader: Reader,
    carries: str,
    from_message: bool = False,
    recall: Recall = NOTHING,
    shows_more: bool = False,
    may_be_open: bool = False,
) -> Form:
    """Writes down a decision that was made already.

    Args:
        from_message: its words are offered for confirmation.
        recall: what was decided and learnt before about the same.
        shows_more: whether the further fields are there; they are, too, where one holds something.
        may_be_open: whether it may turn out that it is still to be made.
    """
    hint = "The message is linked, and only what you leave here is kept." if from_message else ""
    blocks = [
        text_field(
            filled.block_id("choice"),
            "What was decided?",
            hint=hint,
            initial=filled["choice"],
            limit=CHOICE_LIMIT,
            many_lines=True,
            focus=True,
            dispatch=True,
        ),
        text_field(
            filled.block_id("question"),
            "Which question does it answer?",
            placeholder="Do we raise prices this year?",
            initial=filled["question"],
            limit=QUESTION_LIMIT,
            optional=True,
            dispatch=True,
        ),
        *remembered.in_form(recall, reader),
        why_field(filled),
        person_field(filled.block_id("decider"), "Who decided?", initial=filled["decider"] or None),
        *expected_fields(filled, measured, reader, sure="How sure is the decider of that?"),
        team_field(filled, teams),
    ]
    turning = [button("Not decided yet", NOT_DECIDED, says="Ask for this decision instead")] if may_be_open else []
    if shows_more or any(filled[name] for name in FURTHER):
        blocks += _further_fields(filled)
    else:
        says = "Show when it was decided, and who is heard"
        turning.insert(0, button("More fields", MORE_FIELDS, says=says))
    if turning:
        blocks.append(buttons(*turning))
    return form(LOG, "Log a decision", blocks, submit="Log it", carries=carries)


def _further_fields(filled: Filled) -> list[Block]:
    return [
        day_field(filled, "made_on", "When was it decided?", placeholder="last Friday", hint="Left empty, today."),
        heard_field(filled, until="as long as you say below"),
        window_field(filled, hint="Beginning now. Objections are kept with the decision."),
    ]
