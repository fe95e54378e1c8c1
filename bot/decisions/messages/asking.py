"""The form of an open decision: what is to be decided, by whom, by when, and what waits for it."""

from collections.abc import Mapping, Sequence

from bot.decisions.messages import EDIT, NEED
from bot.decisions.messages import recall as remembered
from bot.decisions.messages.fields import day_field, heard_field, team_field
from bot.decisions.model import Decision
from bot.decisions.queries import DecisionView
from bot.decisions.queries.recall import NOTHING, Recall
from bot.decisions.queries.waiting import Wait
from bot.decisions.rules import CONTEXT_LIMIT, OPTIONS_LIMIT, QUESTION_LIMIT
from bot.decisions.rules.options import write_options
from bot.language.words import join_words, one_line, shorten
from bot.obstacles.queries import ObstacleView
from bot.outcomes.messages.disputes import Disputed, dispute_blocks
from bot.people.messages import Reader
from bot.slack.blocks import context, form, person_field, section, several_field, text_field
from bot.slack.message import Block, Form
from bot.slack.mrkdwn import Markup, md
from bot.slack.typed import Filled

NAMES = {
    "question": "the question",
    "context": "the context",
    "options": "the options",
    "decider": "who decides",
    "heard": "who is heard",
    "needed_by": "the day it is needed by",
    "waits": "what waits for it",
    "team": "the team",
}
"""What people call each field, in history and when two edits meet."""

_QUOTED = 200

SEVERAL = ("heard", "waits")
"""The fields in which several can be chosen: in one text, their values are sorted and have spaces between them."""


def need_form(
    filled: Filled,
    teams: Mapping[int, str],
    waits: Sequence[Wait],
    *,
    reader: Reader,
    carries: str,
    recall: Recall = NOTHING,
    obstacle: ObstacleView | None = None,
    above: str = "",
) -> Form:
    """Opens a decision that is to be made.

    Args:
        recall: what was decided and learnt before about the same.
        obstacle: the one that needs it.
        above: a sentence that stands over everything.
    """
    blocks = [section(above)] if above else []
    blocks += [context(_needed_by(obstacle))] if obstacle else []
    blocks += _fields(filled, teams, waits, remembered.in_form(recall, reader))
    return form(NEED, "Decision needed", blocks, submit="Open it", carries=carries)


def edit_form(
    decision: Decision,
    filled: Filled,
    teams: Mapping[int, str],
    waits: Sequence[Wait],
    *,
    reader: Reader,
    carries: str,
    recall: Recall = NOTHING,
    disputes: Sequence[Disputed] = (),
) -> Form:
    """Changes what an open decision asks.

    Args:
        recall: what was decided and learnt before about the same.
        disputes: what somebody else changed meanwhile.
    """
    fields = _fields(filled, teams, waits, remembered.in_form(recall, reader))
    blocks = [*dispute_blocks(disputes, NAMES), *fields]
    return form(EDIT, f"Edit {decision.key}", blocks, carries=carries)


def filled_with(view: DecisionView) -> dict[str, str]:
    """What each field of the form says of a decision."""
    decision = view.decision
    return {
        "question": decision.question,
        "context": decision.context,
        "options": write_options(view.options),
        "decider": decision.decider_id or "",
        "heard": " ".join(sorted(one.id for one in view.heard)),
        "needed_by": decision.needed_by_on.isoformat() if decision.needed_by_on else "",
        "waits": " ".join(sorted(one.value for one in view.waits)),
        "team": str(decision.team_id),
    }


def read_values(view: DecisionView) -> dict[str, str]:
    """The same as people read it: names for those who are chosen."""
    return {
        **filled_with(view),
        "decider": view.decider.name if view.decider else "nobody",
        "heard": join_words([one.name for one in view.heard]) or "nobody",
        "waits": "; ".join(one.words for one in view.waits) or "nothing",
        "team": view.team.name,
    }


def _fields(
    filled: Filled, teams: Mapping[int, str], waits: Sequence[Wait], about_the_same: Sequence[Block]
) -> list[Block]:
    """The question first, which tells of what is typed in it; below it, what is remembered of the same."""
    blocks = [
        text_field(
            filled.block_id("question"),
            "What is to be decided?",
            placeholder="Do we raise prices this year?",
            initial=filled["question"],
            limit=QUESTION_LIMIT,
            focus=True,
            dispatch=True,
        ),
        *about_the_same,
        text_field(
            filled.block_id("context"),
            "What does one need to know?",
            initial=filled["context"],
            limit=CONTEXT_LIMIT,
            many_lines=True,
            optional=True,
        ),
        text_field(
            filled.block_id("options"),
            "Options",
            hint="One a line. Below it, if you like, a line that begins with + for what speaks for it, "
            "and one that begins with - for what speaks against it.",
            placeholder="Raise them by 10%\n+ pays for support\n- some customers leave\nKeep them",
            initial=filled["options"],
            limit=OPTIONS_LIMIT,
            many_lines=True,
            optional=True,
        ),
        person_field(
            filled.block_id("decider"),
            "Who decides?",
            initial=filled["decider"] or None,
            hint="One person, who is told now. Left empty, it counts as decision debt until somebody is named.",
            optional=True,
        ),
        heard_field(filled, until="a while"),
        day_field(
            filled,
            "needed_by",
            "By when is it needed?",
            placeholder="Friday",
            hint="A date, or words such as next Friday or in two weeks.",
        ),
    ]
    if waits:
        choices = {one.value: one.words for one in waits}
        chosen = filled["waits"].split()
        blocks.append(several_field(filled.block_id("waits"), "What waits for it?", choices, initial=chosen))
    return [*blocks, team_field(filled, teams)]


def _needed_by(obstacle: ObstacleView) -> Markup:
    what = shorten(one_line(obstacle.obstacle.text), _QUOTED)
    return md("An obstacle to *{key}* needs it: {what}", key=obstacle.brief.outcome.key, what=what)
