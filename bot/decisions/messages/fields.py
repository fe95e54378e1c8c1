"""The fields that several forms of a decision have."""

from collections.abc import Mapping

from bot.decisions.rules import MOST_HEARD, OBJECTION_DAYS, TYPED_LIMIT, WHY_LIMIT
from bot.language.words import counted
from bot.slack.blocks import choice_field, people_field, text_field
from bot.slack.message import Block
from bot.slack.typed import Filled

USUAL_WINDOW = "2"
_WINDOWS = {str(days): counted(days, "day") if days else "Not at all: it stands" for days in OBJECTION_DAYS}


def team_field(filled: Filled, teams: Mapping[int, str]) -> Block:
    """The team whose decision it is."""
    named = {str(key): name for key, name in teams.items()}
    hint = "Whoever can see this team can see the decision."
    return choice_field(filled.block_id("team"), "Team", named, initial=filled["team"], hint=hint)


def heard_field(filled: Filled, *, until: str) -> Block:
    """Those who are heard; `until` says how long they may object, as the end of a sentence."""
    return people_field(
        filled.block_id("heard"),
        "Who is heard?",
        initial=filled["heard"].split(),
        hint=f"They are told what was decided, and may object for {until}.",
        optional=True,
        most=MOST_HEARD,
    )


def window_field(filled: Filled, *, hint: str) -> Block:
    """For how long those who are heard may object."""
    return choice_field(
        filled.block_id("window"),
        "For how long may those who are heard object?",
        _WINDOWS,
        initial=filled["window"] or USUAL_WINDOW,
        hint=hint,
    )


def day_field(
    filled: Filled, name: str, label: str, *, hint: str, placeholder: str = "", dispatch: bool = False
) -> Block:
    """A day, typed as people say it; it may be left empty."""
    return text_field(
        filled.block_id(name),
        label,
        placeholder=placeholder,
        hint=hint,
        initial=filled[name],
        limit=TYPED_LIMIT,
        optional=True,
        dispatch=dispatch,
    )


def why_field(filled: Filled) -> Block:
    """Why it was decided so."""
    return text_field(
        filled.block_id("why"),
        "Why?",
        hint="What you know now that speaks for it. A later review learns from it.",
        initial=filled["why"],
        limit=WHY_LIMIT,
        many_lines=True,
    )
