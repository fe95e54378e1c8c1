"""The words of the sources room: a team's settings, its tokens, and the answers to programs and imports."""

from collections.abc import Sequence
from datetime import UTC, datetime

from bot.language.units import SECONDS
from bot.language.words import counted
from bot.outcomes.model import Result
from bot.outcomes.queries import View
from bot.people.messages import Reader
from bot.slack.blocks import Button, button, buttons, context, form, header, notice, section, text_field
from bot.slack.message import Block, Form, Message
from bot.slack.mrkdwn import Markup, lines, md
from bot.sources.model import Token
from bot.sources.queries import Held
from bot.sources.rules.requests import ResultLogged
from bot.sources.rules.sheets import Report
from bot.sources.rules.tokens import NAME_LIMIT
from bot.teams.model import Team

CREATE = "sources.create"
CREATE_FORM = "sources.create_form"
REVOKE = "sources.revoke"

_CURL = """curl https://your-rhythm-host/api/v1/results \\
  -H "Authorization: Bearer $RHYTHM_TOKEN" \\
  -H 'Content-Type: application/json' \\
  -d '{"outcome": "OUT-12", "value": 42}'"""


def team_settings(team: Team, tokens: Sequence[Held], *, lead_name: str, may_change: bool, reader: Reader) -> Message:
    """What can be chosen for a team: for now, which programs may log results."""
    about = md(
        "*API tokens of {team}*\nWith a token, a program can log results of this team's outcomes.", team=team.name
    )
    none = "" if tokens else md("There are none yet.")
    entries = [_token_entry(held, reader) for held in tokens]
    who = (
        ""
        if may_change
        else md("{lead}, who leads {team}, or an admin can create and revoke them.", lead=lead_name, team=team.name)
    )
    blocks: list[Block] = [header("Settings"), section(lines(about, none))]
    for held, entry in zip(tokens, entries, strict=True):
        blocks.append(section(entry, button=_revoke_button(held.token) if may_change else None))
    if may_change:
        blocks.append(buttons(button("Create a token", CREATE, value=str(team.id))))
    else:
        blocks.append(context(who))
    return Message(lines("Settings", about, none, *entries, who), blocks)


def settings_are_a_teams() -> Message:
    """The answer where there is no team."""
    text = md("Settings are a team's. Type `/rhythm settings` in the channel of the team you mean.")
    return Message(text, [section(text)])


def create_form(team: Team) -> Form:
    """Asks what a new token is for."""
    return form(
        CREATE_FORM,
        "Create an API token",
        [
            section(
                md(
                    "Whoever has the token can log results of every outcome of *{team}*. They can read nothing, apart "
                    "from how an outcome stands after its result.",
                    team=team.name,
                )
            ),
            text_field(
                "name",
                "What will use it?",
                hint="One token for each program, so that you can revoke one alone.",
                placeholder="The nightly export of the warehouse",
                limit=NAME_LIMIT,
                focus=True,
            ),
        ],
        submit="Create",
        carries=str(team.id),
    )


def token_created(token: str, name: str) -> Form:
    """The token, for this once. A form, because a message would keep it in the channel's history."""
    text = lines(
        md("*{name}*", name=name),
        md("```{token}```", token=token),
        md("Copy it now and keep it where you keep passwords: Rhythm keeps no copy of it and cannot show it again."),
    )
    example = md("Try it, with the token in `RHYTHM_TOKEN` and your own host:\n```{curl}```", curl=_CURL)
    return notice("Copy this token now", Message(lines(text, example), [section(text), section(example)]))


def token_created_before() -> Form:
    """In place of a token that was created by the same form, whose answer did not arrive."""
    text = md(
        "This token was created a moment ago and cannot be shown again. "
        "Revoke it in `/rhythm settings`, and create another."
    )
    return notice("Created already", Message(text, [section(text)]))


def token_revoked(token: Token) -> Message:
    """What a revoked token means for whatever used it."""
    text = md(
        "*{name}* (…{ending}) is revoked: whatever used it is refused from now on.",
        name=token.name,
        ending=token.ending,
    )
    return Message(text, [section(text)])


def result_answer(result: Result, view: View, *, is_jump: bool, now: datetime) -> ResultLogged:
    """A result and how its outcome stands, as a program reads it."""
    outcome = view.outcome
    stands = view.standing(now.astimezone(view.owner.zone).date())
    span = outcome.unit.span
    return ResultLogged(
        id=result.id,
        outcome=outcome.key,
        value=float(result.value / SECONDS[span] if span else result.value),
        unit=outcome.unit.words,
        measured_at=result.measured_at.astimezone(UTC).isoformat().replace("+00:00", "Z"),
        health=stands.health.name.lower(),
        progress=round(float(stands.progress), 4),
        warning="This is more than ten times the usual change from the value before. It was logged as it is."
        if is_jump
        else None,
    )


def import_summary(report: Report, *, dry_run: bool) -> str:
    """What an import came to, in two lines at most."""
    counts = f"{report.new:,} new, {report.there:,} already there, {len(report.refusals):,} refused"
    said = f"{counted(report.lines, 'line')}: {counts}."
    if report.is_saved:
        return said
    if dry_run:
        return f"{said}\nNothing was saved: this was a dry run."
    return f"{said}\nNothing was saved: correct what was refused, or add --skip-refused to save the rest."


def _token_entry(held: Held, reader: Reader) -> Markup:
    token = held.token
    used = md("last used {age}", age=reader.age(token.last_used_at)) if token.last_used_at else md("never used")
    return md(
        "*{name}* · ends in …{ending}\nCreated by {creator} on {day}, {used}.",
        name=token.name,
        ending=token.ending,
        creator=held.creator.name,
        day=reader.day(reader.day_of(token.created_at)),
        used=used,
    )


def _revoke_button(token: Token) -> Button:
    return button(
        "Revoke",
        REVOKE,
        value=str(token.id),
        style="danger",
        says=f"Revoke the token that ends in {token.ending}",
        confirm=(
            "Revoke this token?",
            f"Whatever uses the token that ends in …{token.ending} is refused from then on. This cannot be taken back.",
            "Revoke",
            "Keep it",
        ),
    )
