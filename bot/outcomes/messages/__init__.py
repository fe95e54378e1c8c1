"""The words of the outcomes room that every room about outcomes shares: how one is named, and how it stands."""

from decimal import Decimal

from bot.language.words import counted, shorten
from bot.measuring.health import Health, Standing
from bot.outcomes.model import Outcome
from bot.outcomes.queries import Brief
from bot.outcomes.rules import Ending
from bot.people.messages import Reader
from bot.slack.blocks import Button, button
from bot.slack.mrkdwn import Markup, escape, joined, lines, md

SHOW = "outcomes.show"


def show_button(outcome: Outcome) -> Button:
    """Opens the outcome's card."""
    return button("Show", SHOW, value=str(outcome.id), says=f"Show {outcome.key}")


def outcome_title(outcome: Outcome, limit: int = 300) -> Markup:
    """An outcome's key and statement, on one line."""
    return md("*{key}* {statement}", key=outcome.key, statement=shorten(outcome.statement, limit))


def value_or_unknown(value: Decimal | None, outcome: Outcome, reader: Reader) -> str:
    """A value of the outcome's measure, or that none is known yet."""
    return "not measured yet" if value is None else reader.value(value, outcome.unit)


def outcome_entry(view: Brief, reader: Reader) -> Markup:
    """An outcome in two lines: what it is, and how it stands."""
    outcome = view.outcome
    is_live = outcome.closed_at is None
    return lines(
        outcome_title(outcome, 140),
        joined(
            [
                md("*{stands}*", stands=stands(view, reader)),
                md(
                    "{value}, target {target}",
                    value=value_or_unknown(view.latest_value, outcome, reader),
                    target=reader.value(outcome.target, outcome.unit),
                ),
                escape(view.owner.name),
                md("due {due}", due=reader.day(outcome.due_on)) if is_live else "",
                md("updated {age}", age=reader.age(outcome.latest_at)) if is_live and outcome.latest_at else "",
            ]
        ),
    )


def ending_word(outcome: Outcome) -> str:
    """How a closed outcome ended, in a word."""
    return "re-scoped" if outcome.closed_as == Ending.RESCOPED else str(outcome.closed_as)


def stands(view: Brief, reader: Reader) -> str:
    """How an outcome stands, in a word or two: its health, that it is busy without moving, or how it ended."""
    outcome = view.outcome
    if outcome.closed_at is not None:
        return f"Closed: {ending_word(outcome)}"
    health = str(view.health(reader.today))
    return f"{health}, effort without movement" if view.is_busy(reader.today) else health


def health_sentence(at: Standing) -> Markup:
    """How an outcome stands, with the numbers that say so."""
    if at.health == Health.NO_DATA:
        return md("*No result yet.* {expected} of the time has passed.", expected=percent(at.expected))
    numbers = md(
        "{progress} of the way, {expected} expected by now.",
        progress=percent(at.progress),
        expected=percent(at.expected),
    )
    if at.health == Health.STALE:
        return md("*Stale:* no result for {age}. {numbers}", age=counted(at.age_days or 0, "day"), numbers=numbers)
    return md("*{health}:* {numbers}", health=at.health, numbers=numbers)


def percent(share: Decimal) -> str:
    """A share as a whole percentage; extreme ones are said as such."""
    rounded = round(share * 100)
    return f"{rounded:,}%" if abs(rounded) < 1_000 else ("over 999%" if rounded > 0 else "below -999%")
