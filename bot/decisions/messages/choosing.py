"""The forms in which a choice is made, changed, or logged after the fact."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from bot.decisions.messages import DECIDE, LOG, MORE_FIELDS, NOT_DECIDED, decision_title
from bot.decisions.messages import recall as remembered
from bot.decisions.messages.asking import Filled
from bot.decisions.model import DecisionChoice
from bot.decisions.queries import DecisionView
from bot.decisions.queries.recall import NOTHING, Recall
from bot.decisions.rules import (
    CHOICE_LIMIT,
    EFFECT_LIMIT,
    MOST_HEARD,
    OBJECTION_DAYS,
    QUESTION_LIMIT,
    REASON_LIMIT,
    TYPED_LIMIT,
    WHY_LIMIT,
)
from bot.decisions.rules.drafts import OTHER
from bot.decisions.rules.options import Option
from bot.language.words import counted, shorten
from bot.outcomes.messages import value_or_unknown
from bot.outcomes.model import Outcome
from bot.outcomes.queries import Brief
from bot.people.messages import Reader
from bot.results.messages import CONFIDENCE
from bot.slack.blocks import (
    button,
    buttons,
    choice_field,
    context,
    form,
    people_field,
    person_field,
    radio_field,
    section,
    text_field,
)
from bot.slack.message import Block, Form
from bot.slack.mrkdwn import Markup, lines, md

CHOSEN = ("option", "choice", "why", "reason")
EXPECTED = ("outcome", "effect_value", "effect_on", "effect", "confidence", "review", "reversible", "window")
FURTHER = ("made_on", "heard", "window")
"""The fields of the log form that are shown once they are asked for, or hold something."""
LOGGED = ("question", "choice", "why", "decider", "team", "made_on", "heard")

WINDOWS = {str(days): counted(days, "day") if days else "Not at all: it stands" for days in OBJECTION_DAYS}
USUAL_WINDOW = "2"


@dataclass(frozen=True)
class Measured:
    """The outcomes whose measures a choice may move, and the one that is chosen now."""

    outcomes: Sequence[Outcome] = ()
    chosen: Brief | None = None


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
    blocks += [context(_option_lines(place, one)) for place, one in enumerate(view.options, 1)]
    blocks += remembered.in_form(recall, reader)
    blocks += [*_choice_fields(view, filled), _why_field(filled)]
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
    blocks += _expected_fields(filled, measured, reader)
    if view.heard:
        blocks.append(_window_field(view, filled))
    title = f"Change {view.decision.key}" if is_change else f"Decide {view.decision.key}"
    return form(DECIDE, title, blocks, submit="Change it" if is_change else "Decide", carries=carries)


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
    named = {str(key): name for key, name in teams.items()}
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
        _why_field(filled),
        person_field(filled.block_id("decider"), "Who decided?", initial=filled["decider"] or None),
        *_expected_fields(filled, measured, reader),
        choice_field(
            filled.block_id("team"),
            "Team",
            named,
            initial=filled["team"],
            hint="Whoever can see this team can see the decision.",
        ),
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
        text_field(
            filled.block_id("made_on"),
            "When was it decided?",
            placeholder="last Friday",
            hint="Left empty, today.",
            initial=filled["made_on"],
            limit=TYPED_LIMIT,
            optional=True,
        ),
        people_field(
            filled.block_id("heard"),
            "Who is heard?",
            initial=filled["heard"].split(),
            hint="They are told what was decided, and may object for as long as you say below.",
            optional=True,
            most=MOST_HEARD,
        ),
        choice_field(
            filled.block_id("window"),
            "For how long may those who are heard object?",
            WINDOWS,
            initial=filled["window"] or USUAL_WINDOW,
            hint="Beginning now. Objections are kept with the decision.",
        ),
    ]


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


def _option_lines(place: int, option: Option) -> Markup:
    return lines(
        md("*{place}. {text}*", place=place, text=option.text),
        md("For: {pro}", pro=option.pro) if option.pro else "",
        md("Against: {con}", con=option.con) if option.con else "",
    )


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


def _why_field(filled: Filled) -> Block:
    return text_field(
        filled.block_id("why"),
        "Why?",
        hint="What you know now that speaks for it. A later review learns from it.",
        initial=filled["why"],
        limit=WHY_LIMIT,
        many_lines=True,
    )


def _expected_fields(filled: Filled, measured: Measured, reader: Reader) -> list[Block]:
    blocks: list[Block] = []
    if measured.outcomes:
        blocks += _measure_fields(filled, measured, reader)
    return [
        *blocks,
        text_field(
            filled.block_id("effect_on"),
            "By when?",
            placeholder="end of Q1",
            hint="When the effect should be there.",
            initial=filled["effect_on"],
            limit=TYPED_LIMIT,
            optional=True,
            dispatch=True,
        ),
        text_field(
            filled.block_id("effect"),
            "What do you expect it to do?",
            hint="In words, beside the measure or in place of it.",
            initial=filled["effect"],
            limit=EFFECT_LIMIT,
            many_lines=True,
            optional=True,
        ),
        choice_field(
            filled.block_id("confidence"),
            "How sure are you of that?",
            CONFIDENCE,
            initial=filled["confidence"],
            hint="Only the decider ever sees how well this predicts what comes.",
            optional=True,
        ),
        text_field(
            filled.block_id("review"),
            "When will you look at what came of it?",
            hint="Left empty, on the day the effect is expected.",
            initial=filled["review"],
            limit=TYPED_LIMIT,
            optional=True,
        ),
        radio_field(
            filled.block_id("reversible"),
            "Can it be undone?",
            {"yes": "Yes, without much harm", "no": "No, or hardly"},
            initial=filled["reversible"] or "yes",
        ),
    ]


def _measure_fields(filled: Filled, measured: Measured, reader: Reader) -> list[Block]:
    choices = {str(one.id): f"{one.key} {one.statement}" for one in measured.outcomes}
    fields = [
        choice_field(
            filled.block_id("outcome"),
            "Which outcome should it move?",
            choices,
            initial=filled["outcome"],
            optional=True,
            dispatch=True,
        )
    ]
    if measured.chosen is not None:
        fields.append(context(_stands(measured.chosen, reader)))
    value = text_field(
        filled.block_id("effect_value"),
        "Where do you expect its measure to be?",
        placeholder="12%",
        initial=filled["effect_value"],
        limit=TYPED_LIMIT,
        optional=True,
    )
    return [*fields, value]


def _stands(brief: Brief, reader: Reader) -> Markup:
    outcome = brief.outcome
    return md(
        "{measure} stands at *{value}*; the target is {target} by {due}.",
        measure=outcome.measure,
        value=value_or_unknown(brief.latest_value, outcome, reader),
        target=reader.value(outcome.target, outcome.unit),
        due=reader.day(outcome.due_on),
    )


def _window_field(view: DecisionView, filled: Filled) -> Block:
    names = ", ".join(one.name for one in view.heard)
    return choice_field(
        filled.block_id("window"),
        "For how long may those who are heard object?",
        WINDOWS,
        initial=filled["window"] or USUAL_WINDOW,
        hint=shorten(f"{names}. Objections are kept with the decision; whether they change it is yours to say.", 600),
    )


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
