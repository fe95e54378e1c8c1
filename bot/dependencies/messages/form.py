"""The forms of the dependencies room: asking for something, promising a day, declining."""

from collections.abc import Mapping
from datetime import date

from bot.dependencies.messages import dependency_entry
from bot.dependencies.queries import DependencyView
from bot.dependencies.rules import REASON_LIMIT, TEXT_LIMIT
from bot.outcomes.messages import outcome_title
from bot.outcomes.model import Outcome
from bot.people.messages import Reader
from bot.slack.blocks import choice_field, date_field, form, section, text_field
from bot.slack.message import Form

ASK = "dependencies.ask"
ACCEPT = "dependencies.accept"
DECLINE = "dependencies.decline"


def ask_form(
    outcome: Outcome,
    teams: Mapping[int, str],
    *,
    team_id: int | None,
    text: str,
    wanted_on: date | None,
    channel_id: str,
) -> Form:
    """Asks another team for something that an outcome needs. `teams`: the names of those that can be asked."""
    fields = [
        section(outcome_title(outcome)),
        choice_field(
            "team",
            "Which team?",
            {str(key): name for key, name in teams.items()},
            initial=str(team_id or ""),
            hint="Its lead gets a message, and accepts, proposes another day or declines.",
        ),
        text_field("text", "What do you need from them?", initial=text, limit=TEXT_LIMIT, many_lines=True, focus=True),
        date_field("wanted", "By when?", initial=wanted_on),
    ]
    return form(ASK, "Ask another team", fields, submit="Ask", carries=f"{outcome.id} {channel_id}")


def accept_form(view: DependencyView, *, reader: Reader, channel_id: str) -> Form:
    """Promises a day for what is asked, or proposes another one."""
    one = view.dependency
    hint = (
        f"A later day than {reader.day(view.agreed_on)} is a proposal: {view.asker.name} is asked whether it will do."
    )
    fields = [
        section(dependency_entry(view, reader)),
        date_field("day", "When will it be there?", initial=one.promised_on or one.wanted_on, hint=hint),
        text_field("reason", "Why another day?", limit=REASON_LIMIT, many_lines=True, optional=True),
    ]
    return form(ACCEPT, "Promise a day", fields, carries=f"{one.id} {channel_id}")


def decline_form(view: DependencyView, *, reader: Reader, channel_id: str) -> Form:
    """Declines what is asked, with the reason."""
    fields = [
        section(dependency_entry(view, reader)),
        text_field(
            "reason",
            "Why not?",
            hint="So that whoever asked can plan without it.",
            limit=REASON_LIMIT,
            many_lines=True,
            focus=True,
        ),
    ]
    return form(DECLINE, "Decline", fields, submit="Decline", carries=f"{view.dependency.id} {channel_id}")
