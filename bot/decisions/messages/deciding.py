"""The form in which an open decision is decided, or the choice that stands is changed."""

from datetime import date

from bot.decisions.messages import DECIDE, decision_title
from bot.decisions.messages import recall as remembered
from bot.decisions.messages.choices import option_lines
from bot.decisions.messages.expected import Measured, expected_fields
from bot.decisions.messages.fields import USUAL_WINDOW, why_field, window_field
from bot.decisions.model import DecisionChoice
from bot.decisions.queries import DecisionView
from bot.decisions.queries.recall import NOTHING, Recall
from bot.decisions.rules import CHOICE_LIMIT, REASON_LIMIT
from bot.decisions.rules.drafts import OTHER
from bot.language.words import shorten
from bot.people.messages import Reader
from bot.slack.blocks import context, form, radio_field, section, text_field
from bot.slack.message import Block, Form
from bot.slack.mrkdwn import Markup, lines, md
from bot.slack.typed import Filled

CHOSEN = ("option", "choice", "why", "reason")


def decide_form(
    view: DecisionView,
    filled: Filled,
    measured: Measured,
    *,
    reader: Reader,
    carries: str,
    notice: Markup | None = None,
    recall: Recall = NOTHING,
) -> Form:
    """Makes the choice of an open decision, or another version of one that stands.

    `notice` says what somebody else did while the form was open; `recall` is what was decided and learnt before about
    the same.
    """
    is_change = not view.is_open
    blocks: list[Block] = [section(notice)] if notice else []
    blocks.append(section(lines(decision_title(view.decision), _before(view) if is_change else "")))
    blocks += [context(option_lines(place, one)) for place, one in enumerate(view.options, 1)]
    blocks += remembered.in_form(recall, reader)
    blocks += [*_choice_fields(view, filled), why_field(filled)]
    if is_change:
        blocks.append(
            text_field(
                filled.block_id("reason"),
                "What made you change it?",
                hint="The earlier choice stays on record, with this beside it.",
                initial=filled["reason"],
                limit=REASON_LIMIT,
                many_lines=True,
            )
        )
    blocks += expected_fields(filled, measured, reader)
    if view.heard:
        blocks.append(_window_field(view, filled))
    title = f"Change {view.decision.key}" if is_change else f"Decide {view.decision.key}"
    return form(DECIDE, title, blocks, submit="Change it" if is_change else "Decide", carries=carries)


def filled_with_choice(view: DecisionView, reader: Reader) -> dict[str, str]:
    """What each field of the form says of the choice that stands, to begin another version from."""
    choice = view.chosen
    if choice is None:
        return {"reversible": "yes", "window": USUAL_WINDOW}
    option, own = _option_of(view, choice)
    brief = view.outcomes.get(choice.effect_outcome_id or 0)
    value = reader.value(choice.effect_value, brief.outcome.unit) if brief and choice.effect_value is not None else ""
    return {
        "option": option,
        "choice": own,
        "why": choice.why,
        "outcome": str(brief.outcome.id) if brief else "",
        "effect_value": value,
        "effect_on": _if_ahead(choice.effect_on, reader),
        "effect": choice.effect,
        "confidence": "" if choice.confidence is None else str(choice.confidence),
        "review": _if_ahead(choice.review_on, reader),
        "reversible": "yes" if choice.is_reversible else "no",
        "window": USUAL_WINDOW,
    }


def decided_meanwhile(view: DecisionView, by: str) -> Markup:
    """What stands above a form that was overtaken: nothing of it is saved, and all of it is still there."""
    said = view.chosen.choice if view.chosen and not view.is_open else ""
    return lines(
        md("*While you were choosing, {by} changed this decision.* Nothing of yours is saved yet.", by=by),
        md("It now says: “{said}”", said=shorten(said, 600)) if said else "The question or its options changed.",
        "Below is what you typed. Change it, or send it as it is.",
    )


def _before(view: DecisionView) -> Markup:
    choice = view.chosen
    return md("Decided: “{choice}”", choice=shorten(choice.choice, 600)) if choice else md("")


def _choice_fields(view: DecisionView, filled: Filled) -> list[Block]:
    """One of the options, or one's own words; without options, one's own words."""
    own = {"initial": filled["choice"], "limit": CHOICE_LIMIT, "many_lines": True}
    if not view.options:
        return [text_field(filled.block_id("choice"), "What do you decide?", focus=True, **own)]  # type: ignore[arg-type]
    choices = {str(place): f"{place}. {one.text}" for place, one in enumerate(view.options, 1)}
    choices[OTHER] = "Something else"
    words = text_field(
        filled.block_id("choice"),
        "In your words",
        hint="For something else; beside an option, what you add to it.",
        optional=True,
        **own,  # type: ignore[arg-type]
    )
    return [radio_field(filled.block_id("option"), "What do you decide?", choices, initial=filled["option"]), words]


def _window_field(view: DecisionView, filled: Filled) -> Block:
    names = ", ".join(one.name for one in view.heard)
    told = f"{names}. Objections are kept with the decision; whether they change it is yours to say."
    return window_field(filled, hint=shorten(told, 600))


def _option_of(view: DecisionView, choice: DecisionChoice) -> tuple[str, str]:
    """Which option a choice was, and the words beside it."""
    for place, one in enumerate(view.options, 1):
        if choice.choice == one.text:
            return str(place), ""
        if choice.choice.startswith(f"{one.text}: "):
            return str(place), choice.choice.removeprefix(f"{one.text}: ")
    return OTHER if view.options else "", choice.choice


def _if_ahead(day: date | None, reader: Reader) -> str:
    """A day as the form says it; one that has passed is asked anew."""
    return day.isoformat() if day and day > reader.today else ""
