"""What was chosen, as every message about a decision says it."""

from bot.decisions.model import Decision, DecisionChoice
from bot.decisions.queries import DecisionView
from bot.decisions.rules.options import Option
from bot.language.words import one_line
from bot.outcomes.messages import value_or_unknown
from bot.people.messages import Reader
from bot.slack.mrkdwn import Markup, joined, lines, md


def option_lines(place: int, option: Option) -> Markup:
    """One of the ways to go, with what speaks for and against it."""
    return lines(
        md("*{place}. {text}*", place=place, text=option.text),
        md("For: {pro}", pro=option.pro) if option.pro else "",
        md("Against: {con}", con=option.con) if option.con else "",
    )


def choice_lines(decision: Decision, choice: DecisionChoice) -> Markup:
    """The choice, and why. A choice that is its decision's title is not said twice."""
    is_title = one_line(choice.choice) == decision.question
    return lines(
        "" if is_title else md("*Choice:* {choice}", choice=choice.choice),
        md("*Why:* {why}", why=choice.why) if choice.why else "",
    )


def logged_line(view: DecisionView, choice: DecisionChoice) -> Markup:
    """Who wrote the choice down, where that is not who made it."""
    logger = view.logger_of(choice)
    return md("{name} logged it.", name=logger.name) if logger else md("")


def effect_lines(view: DecisionView, choice: DecisionChoice, reader: Reader) -> Markup:
    """What the choice is expected to do, how sure that is, and when it is looked at again; as far as it was said."""
    return lines(_effect(view, choice, reader), joined(_facts(choice, reader)))


def _effect(view: DecisionView, choice: DecisionChoice, reader: Reader) -> Markup:
    said = joined([_measured(view, choice, reader), choice.effect], " ")
    by = md(" By {day}.", day=reader.day(choice.effect_on)) if choice.effect_on and choice.effect_value is None else ""
    return md("*Expected:* {said}{by}", said=said, by=by) if said or by else md("")


def _measured(view: DecisionView, choice: DecisionChoice, reader: Reader) -> Markup:
    """Where the measure is expected to be; nothing when the viewer may not see its outcome."""
    brief = view.outcomes.get(choice.effect_outcome_id or 0)
    if brief is None or choice.effect_value is None or choice.effect_on is None:
        return md("")
    outcome = brief.outcome
    return md(
        "{measure} ({key}) from {before} to {value} by {day}.",
        measure=outcome.measure,
        key=outcome.key,
        before=value_or_unknown(choice.effect_from, outcome, reader),
        value=reader.value(choice.effect_value, outcome.unit),
        day=reader.day(choice.effect_on),
    )


def _facts(choice: DecisionChoice, reader: Reader) -> list[str]:
    return [
        md("Review on {day}", day=reader.day(choice.review_on)) if choice.review_on else "No review planned",
        f"confidence {choice.confidence} of 10" if choice.confidence is not None else "",
        "can be undone" if choice.is_reversible else "hard to undo",
    ]
