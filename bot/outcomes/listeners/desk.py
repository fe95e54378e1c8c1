"""Drawing the form of an outcome: what is in it, what can be chosen, and the advice that belongs to it."""

from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from bot.db.database import Tx
from bot.errors import NotFound
from bot.outcomes.messages import form as messages
from bot.outcomes.messages.disputes import Disputed
from bot.outcomes.messages.form import Choices, FilledOutcome
from bot.outcomes.queries import View, find_outcome_by_id
from bot.outcomes.queries.advice import Written, advise
from bot.outcomes.rules.drafts import FIELDS
from bot.people.messages import Reader
from bot.people.rules import Viewer
from bot.priorities.queries import find_priority, live_priorities
from bot.slack.app import carried_ids
from bot.slack.message import Form
from bot.slack.typed import Answers
from bot.teams.queries import team_in_channel, visible_teams

_CHOSEN = ("owner", "team", "priority", "parent")


@dataclass(frozen=True)
class Desk:
    """What drawing the form takes: a transaction to read in, who fills it, and the focus limit it advises by."""

    tx: Tx
    viewer: Viewer
    reader: Reader
    focus_limit: int


def new_form(desk: Desk, values: Mapping[str, str], *, channel_id: str, rescopes: int = 0) -> Form:
    """The form for a new outcome: in the channel's team and owned by who opens it, unless `values` say otherwise.

    `rescopes` is the id of the outcome whose place it takes.
    """
    here = team_in_channel(desk.tx, desk.viewer, channel_id)
    teams = visible_teams(desk.tx, desk.viewer)
    team = here or (teams[0] if len(teams) == 1 else None)
    filled = {"owner": desk.viewer.person_id, "team": str(team.id) if team else "", **values}
    return drawn(desk, FilledOutcome(filled), filled, carries=f"{rescopes} 0 {channel_id}".strip())


def drawn(
    desk: Desk,
    filled: FilledOutcome,
    typed: Mapping[str, str],
    *,
    carries: str,
    edited: View | None = None,
    disputes: Sequence[Disputed] = (),
) -> Form:
    """The form with the advice that belongs to what is typed in it."""
    written = Written(complete(typed, edited), desk.reader.today, desk.reader.locale)
    advice = advise(desk.tx, desk.viewer, written, besides=edited, focus_limit=desk.focus_limit)
    choices = choices_of(desk.tx, desk.viewer, edited)
    return messages.outcome_form(
        filled, choices, advice, reader=desk.reader, carries=carries, edited=edited, disputes=disputes
    )


def choices_of(tx: Tx, viewer: Viewer, edited: View | None) -> Choices:
    priorities = {priority.id: priority.name for priority in live_priorities(tx, viewer)}
    own = find_priority(tx, viewer, edited.outcome.priority_id) if edited and edited.outcome.priority_id else None
    if own is not None:
        priorities[own.id] = own.name
    return Choices({team.id: team.name for team in visible_teams(tx, viewer)}, priorities)


def rewritten(desk: Desk, typed: Mapping[str, str], edited: View | None, finding: str) -> str:
    """The rewriting that a finding suggests for what is typed now, or nothing."""
    if not finding:
        return ""
    written = Written(complete(typed, edited), desk.reader.today, desk.reader.locale)
    advice = advise(desk.tx, desk.viewer, written, besides=edited, focus_limit=desk.focus_limit)
    return next((one.rewrite for one in advice.findings if one.id == finding), "")


def values_of(desk: Desk, view: View) -> dict[str, str]:
    """What the form says of an outcome: the parent by its key, as long as the viewer may see it."""
    values = messages.filled_with(view, desk.reader)
    if view.outcome.parent_id:
        with suppress(NotFound):
            values["parent"] = find_outcome_by_id(desk.tx, desk.viewer, view.outcome.parent_id).outcome.key
    return values


def shown_values(desk: Desk, values: Mapping[str, str]) -> dict[str, str]:
    """The values as people read them: names for what is chosen."""
    choices = choices_of(desk.tx, desk.viewer, None)
    names = {"team": choices.teams, "priority": choices.priorities}
    return {
        name: names[name].get(int(value), value) if name in names and value.isdigit() else value
        for name, value in values.items()
    }


def complete(typed: Mapping[str, str], edited: View | None) -> dict[str, str]:
    """Every field, those that are not in the form as the outcome has them."""
    own = {"owner": edited.owner.id, "team": str(edited.team.id)} if edited else {}
    return {**dict.fromkeys((*FIELDS, *_CHOSEN), ""), **own, **{name: text for name, text in typed.items() if text}}


def typed_answers(answers: Answers) -> dict[str, str]:
    return {name: answers[name] for name in (*FIELDS, *_CHOSEN)}


def kept_findings(answers: Answers) -> frozenset[str]:
    """The findings beside which a field asks why they do not apply."""
    return frozenset(name.removeprefix("keep_") for name in answers.names if name.startswith("keep_"))


def carried_by(form: Mapping[str, Any]) -> tuple[int, int, str]:
    """The two ids that the form carries, and the channel it was opened in or an empty text."""
    first, second, channel = [*str(form.get("private_metadata", "")).split(" ")[:3], "", ""][:3]
    one, two = carried_ids(f"{first} {second}", 2)
    return one, two, channel
