"""The words of an outcome's card, and the ids of its own form and button."""

from decimal import Decimal

from bot.absences.messages import away_by_status_words, away_words
from bot.cards.messages.history import history_lines
from bot.cards.queries import Card
from bot.decisions.messages import beside as decisions
from bot.dependencies import messages as dependencies
from bot.execution import messages as execution
from bot.handovers import messages as handovers
from bot.language.units import SECONDS
from bot.language.words import shorten
from bot.lessons import messages as lessons
from bot.measuring.forecast import Forecast, Sureness
from bot.obstacles import messages as obstacles
from bot.outcomes.messages import ending_word, health_sentence, outcome_title, value_or_unknown
from bot.outcomes.messages.chart import path_chart
from bot.outcomes.messages.closing import CLOSE_BUTTON, REOPEN_BUTTON
from bot.outcomes.messages.form import EDIT_BUTTON, finding_words
from bot.outcomes.model import Outcome
from bot.outcomes.queries import Brief, View
from bot.outcomes.rules import COMMENT_LIMIT
from bot.people.messages import Reader
from bot.results.messages import LOG_RESULT
from bot.signals.messages import why_stalled
from bot.slack.blocks import Button, button, buttons, context, divider, fields, form, section, text_field
from bot.slack.message import Block, Form, Message
from bot.slack.mrkdwn import Markup, joined, lines, md

COMMENT = "cards.comment"
COMMENT_BUTTON = "cards.comment_button"

_LATEST = 5


def outcome_card(card: Card, *, reader: Reader) -> Message:
    """Everything about one outcome, on one page."""
    parts = _parts(card, reader)
    head, facts, tail = _head(card, reader), _facts(card, reader), _tail(card, reader)
    told = [md("{name}: {value}", name=name, value=value) for name, value in facts.items()]
    latest, chart = _latest(card.view, reader), path_chart(card.view, reader)
    blocks: list[Block] = [*map(section, head), fields(facts)]
    if drawn := chart.drawn():
        blocks.append(drawn)
    if latest:
        blocks.append(section(latest))
    for part in parts:
        if part.blocks:
            blocks += [divider(), *part.blocks]
    if tail:
        blocks += [divider(), *map(context, tail)]
    blocks += _buttons(card)
    texts = [part.text for part in parts]
    return Message(lines(*head, *told, chart.told(reader), latest, *texts, *tail), blocks)


def comment_form(view: View, *, channel_id: str) -> Form:
    """Asks for a comment."""
    return form(
        COMMENT,
        f"Comment on {view.outcome.key}",
        [
            section(outcome_title(view.outcome)),
            text_field("comment", "What do you want to say?", limit=COMMENT_LIMIT, many_lines=True, focus=True),
        ],
        carries=f"{view.outcome.id} {channel_id}",
    )


def commented(outcome: Outcome) -> Message:
    """What was saved, read back to the person who saved it."""
    text = md("Your comment is kept with {key}. Whoever opens it will find it there.", key=outcome.key)
    return Message(text, [section(text)])


def _head(card: Card, reader: Reader) -> list[Markup]:
    """What it is, and how it stands."""
    view, outcome = card.view, card.view.outcome
    title = lines(outcome_title(outcome), md("Why: {why}", why=outcome.why) if outcome.why else "")
    if outcome.closed_at is not None:
        return [title, _ended(card, reader)]
    stands = lines(
        health_sentence(view.standing(reader.today)),
        _forecast(card.forecast, view, reader) if card.forecast else "",
    )
    return [part for part in (title, stands, why_stalled(card.signals, reader)) if part]


def _ended(card: Card, reader: Reader) -> Markup:
    outcome = card.view.outcome
    when = reader.day(reader.day_of(outcome.closed_at)) if outcome.closed_at else ""
    return lines(
        md("*Closed as {ending}* on {when}.", ending=ending_word(outcome), when=when),
        md("“{note}”", note=outcome.closing_note) if outcome.closing_note else "",
        md("Its place was taken by {title}.", title=outcome_title(card.rescoped_to.outcome, 200))
        if card.rescoped_to
        else "",
    )


def _forecast(forecast: Forecast, view: View, reader: Reader) -> Markup:
    """Where the results lead, and how sure that is."""
    outcome = view.outcome
    at_due = md(
        "If it goes on like this: {value} on {due} (between {low} and {high})",
        value=reader.value(_rounded(forecast.at_due, view), outcome.unit),
        due=reader.day(outcome.due_on),
        low=reader.value(_rounded(forecast.low, view), outcome.unit),
        high=reader.value(_rounded(forecast.high, view), outcome.unit),
    )
    if forecast.sureness == Sureness.TOO_EARLY:
        return md("It is too early for a forecast: results of five days or more are needed.")
    reached = forecast.reaches_on
    when = md("the target on {day}", day=reader.day(reached)) if reached else "the target is not reached"
    return md("{at_due}; {when}. {sureness}.", at_due=at_due, when=when, sureness=forecast.sureness.capitalize())


def _away(card: Card, reader: Reader) -> str:
    if card.away:
        return away_words(card.away, reader)
    return away_by_status_words(card.away_by_status, reader) if card.away_by_status else ""


def _facts(card: Card, reader: Reader) -> dict[str, str]:
    view, outcome = card.view, card.view.outcome
    age = reader.age(outcome.latest_at) if outcome.latest_at else "no result yet"
    facts = {
        "Measure": outcome.measure,
        "Now": joined([value_or_unknown(view.latest_value, outcome, reader), age]),
        "From": value_or_unknown(outcome.baseline, outcome, reader),
        "To": reader.value(outcome.target, outcome.unit),
        "Owner": joined([view.owner.name, _away(card, reader)], ", "),
        "Team": view.team.name,
        "Due": reader.day(outcome.due_on),
        "Started": reader.day(outcome.starts_on),
    }
    if card.priority:
        facts["Priority"] = card.priority.name
    if card.parent:
        facts["Part of"] = f"{card.parent.outcome.key} {shorten(card.parent.outcome.statement, 80)}"
    return facts


def _latest(view: View, reader: Reader) -> Markup:
    told = [
        joined(
            [
                md(
                    "{day}: *{value}*{correction}",
                    day=reader.day(reader.day_of(result.measured_at)),
                    value=reader.value(result.value, view.outcome.unit),
                    correction=" (corrected)" if result.replaces_id else "",
                ),
                shorten(result.note, 200),
                md("<{link}|message>", link=result.link) if result.link else "",
            ],
            " – ",
        )
        for result in reversed(view.results[-_LATEST:])
    ]
    return lines(md("*Latest results*"), *told) if told else Markup("")


def _parts(card: Card, reader: Reader) -> list[Message]:
    """What the other rooms say of it, each as it is drawn there."""
    return [
        execution.on_card(card.path, reader=reader, may_change=card.may_change),
        obstacles.on_card(card.obstacles, reader=reader),
        decisions.on_card(card.view.outcome, card.decisions, reader=reader),
        dependencies.on_card(card.needs, card.circles, reader=reader),
        handovers.on_card(card.offer, reader=reader, may_change=card.may_change),
        lessons.on_card(card.lessons, reader=reader),
    ]


def _tail(card: Card, reader: Reader) -> list[Markup]:
    """What is quieter: its parts, the wording, and the history."""
    told = []
    if card.parts:
        told.append(lines(md("*Made of*"), *(_part(part, reader) for part in card.parts)))
    if card.findings:
        told.append(lines(md("*About its wording*"), *(finding_words(one) for one in card.findings)))
    if card.history:
        told.append(lines(md("*History*, the newest first"), *history_lines(card.history, reader)))
    return told


def _part(part: Brief, reader: Reader) -> Markup:
    return joined([outcome_title(part.outcome, 100), str(part.health(reader.today))])


def _buttons(card: Card) -> list[Block]:
    outcome, may_change = card.view.outcome, card.may_change
    value, key = str(outcome.id), outcome.key
    is_live = outcome.closed_at is None
    row: list[Button] = []
    if may_change and is_live:
        row += [
            button("Log result", LOG_RESULT, value=value, style="primary", says=f"Log a result for {key}"),
            button("Edit", EDIT_BUTTON, value=value, says=f"Edit {key}"),
        ]
    if is_live:
        row += [execution.add_button(outcome.id, may_change=may_change), obstacles.raise_button(outcome)]
    if may_change and is_live:
        row += [dependencies.ask_button(outcome), handovers.offer_button(outcome)]
    row.append(button("Comment", COMMENT_BUTTON, value=value, says=f"Comment on {key}"))
    if may_change:
        row.append(
            button("Close", CLOSE_BUTTON, value=value, says=f"Close {key}")
            if is_live
            else button("Reopen", REOPEN_BUTTON, value=value, says=f"Reopen {key}")
        )
    return [buttons(*row)]


def _rounded(value: Decimal, view: View) -> Decimal:
    """A forecast to a tenth of the path or finer: more digits would say more than anybody knows."""
    outcome = view.outcome
    scale = SECONDS[outcome.unit.span] if outcome.unit.span else Decimal(1)
    way = abs(view.path.target - view.path.baseline) / scale or Decimal(1)
    step = Decimal(1).scaleb((way / 10).adjusted())
    return (value / scale).quantize(step) * scale
