"""A review: what was expected beside what came, the verdict, and what was learnt."""

from bot.decisions.messages import decision_title, show_button
from bot.decisions.messages.choices import choice_lines, effect_lines
from bot.decisions.model import Decision, DecisionReview
from bot.decisions.queries import DecisionView
from bot.decisions.queries.reviewing import Foretold
from bot.decisions.rules import Verdict
from bot.decisions.rules.effects import Came, Effect, share_words
from bot.lessons.rules import TEXT_LIMIT
from bot.outcomes.messages import percent, value_or_unknown
from bot.outcomes.messages.chart import Chart, chart_of
from bot.people.messages import Reader
from bot.slack.blocks import Button, button, buttons, form, radio_field, section, text_field
from bot.slack.message import Form, Message
from bot.slack.mrkdwn import Markup, joined, lines, md

REVIEW = "decisions.review"
REVIEW_BUTTON = "decisions.review_button"

_VERDICTS = {
    Verdict.AS_EXPECTED: "As expected",
    Verdict.BETTER: "Better than expected",
    Verdict.WORSE: "Worse than expected",
    Verdict.CANNOT_TELL: "Nobody can tell",
}
_MUCH_MORE = 11
"""Tenths of the change that was expected, from which on it is said that more came."""


def review_button(decision: Decision) -> Button:
    """Opens the form that asks what came of a choice; once it was reviewed, nothing waits for that any more."""
    waits = decision.reviewed_at is None
    asks = "Review" if waits else "Review again"
    carried, says = str(decision.id), f"{asks}: {decision.key}"
    return button(asks, REVIEW_BUTTON, value=carried, style="primary" if waits else None, says=says)


def review_due(view: DecisionView, told: Foretold | None, *, reader: Reader) -> Message:
    """Asks the decider, once, what came of a choice: what was expected beside what its measure did since."""
    opening = md("What came of this decision? {title}", title=decision_title(view.decision))
    said = prediction_lines(view, told, reader)
    closing = md("It takes a minute: how it came, and what you would tell a colleague who decides something alike.")
    chart = _chart(told, reader)
    drawn = chart.drawn() if chart else None
    blocks = [section(lines(opening, said)), *([drawn] if drawn else [])]
    blocks += [section(closing), buttons(review_button(view.decision), show_button(view.decision))]
    return Message(lines(opening, said, chart.told(reader) if chart else "", closing), blocks)


def review_form(view: DecisionView, told: Foretold | None, *, reader: Reader, channel_id: str) -> Form:
    """Asks for the verdict and what was learnt; of one that was reviewed before, with what was said then."""
    before, planned = review_of(view), view.decision.review_on
    note = Markup("")
    if planned is not None and planned > reader.today and before is None:
        note = md("It is planned for {day}. Answered now, it is not asked again.", day=reader.day(planned))
    return form(
        REVIEW,
        f"Review {view.decision.key}",
        [
            section(lines(decision_title(view.decision), prediction_lines(view, told, reader), note)),
            radio_field(
                "verdict",
                "How did it come?",
                {str(one): words for one, words in _VERDICTS.items()},
                initial=before.verdict if before else None,
            ),
            text_field(
                "learnt",
                "What did we learn?",
                hint="Kept as a lesson of the team, and shown to whoever decides something alike.",
                initial=before.learnt if before else "",
                limit=TEXT_LIMIT,
                many_lines=True,
                optional=True,
            ),
        ],
        carries=f"{view.decision.id} {channel_id}",
    )


def decision_reviewed(view: DecisionView, *, with_lesson: bool) -> Message:
    """What was saved, read back to who reviewed it."""
    review = review_of(view)
    verdict = _VERDICTS[Verdict(review.verdict)].lower() if review else ""
    text = lines(
        md("{title} is reviewed: *{verdict}*.", title=decision_title(view.decision), verdict=verdict),
        "The lesson is kept; `/rhythm lessons` finds it again." if with_lesson else "",
    )
    return Message(text, [section(text, button=show_button(view.decision))])


def reviewed_already(view: DecisionView) -> Message:
    """Takes the place of the message that asked for a review."""
    text = lines(decision_title(view.decision), review_lines(view) or "Its review is not needed any more.")
    return Message(text, [section(text, button=show_button(view.decision))])


def review_of(view: DecisionView) -> DecisionReview | None:
    """The review of the choice that stands; None before it, and once the decision was reopened."""
    if view.decision.reviewed_at is None:
        return None
    return next((one for one in view.reviews if one.version == view.decision.choice_version), None)


def review_lines(view: DecisionView) -> Markup:
    """The verdict on the choice that stands and what was learnt; empty before its review."""
    review = review_of(view)
    if review is None:
        return Markup("")
    said = md("*Review:* {verdict}", verdict=_VERDICTS[Verdict(review.verdict)].lower())
    return lines(joined([said, view.name_of(review.reviewed_by)], ", "), verdict_learnt(review.learnt))


def verdict_learnt(learnt: str) -> Markup:
    """What was learnt, quoted; empty when nothing was written."""
    return md("“{learnt}”", learnt=learnt) if learnt else Markup("")


def prediction_lines(view: DecisionView, told: Foretold | None, reader: Reader) -> Markup:
    """The choice, what was expected of it, and what its measure did since."""
    if view.chosen is None:
        return Markup("")
    said = effect_lines(view, view.chosen, reader)
    return lines(choice_lines(view.decision, view.chosen), said, _since(told, reader) if told else "")


def _since(told: Foretold, reader: Reader) -> Markup:
    outcome, effect = told.view.outcome, told.effect
    if effect is None:
        value = value_or_unknown(told.view.latest_value, outcome, reader)
        return md("*Since:* {measure} is at {value}.", measure=outcome.measure, value=value)
    if effect.latest is None or effect.latest_on is None:
        return md("*Since:* no result of {measure} was logged.", measure=outcome.measure)
    return md(
        "*Since:* {value} on {day}. {came} {time}",
        value=reader.value(effect.latest, outcome.unit),
        day=reader.day(effect.latest_on),
        came=came_words(effect),
        time=_time_words(effect, reader),
    )


def came_words(effect: Effect) -> str:
    """How much of the change that was expected came, as a sentence."""
    share = effect.share
    if effect.came == Came.UNKNOWN or share is None:
        return "No result was logged since."
    if effect.prediction.before == effect.prediction.expected:
        return "It stayed, as expected." if effect.came == Came.ALL else "It was expected to stay, and did not."
    if effect.came == Came.OTHER_WAY:
        return "It moved the other way."
    if effect.came == Came.NOTHING:
        return "It has not moved."
    if effect.came == Came.PART:
        return f"{share_words(share).capitalize()} of the expected change came ({percent(share)})."
    more = share * 10 >= _MUCH_MORE
    return f"More came than was expected ({percent(share)})." if more else "All of the expected change came."


def _time_words(effect: Effect, reader: Reader) -> str:
    by_on = effect.prediction.by_on
    if by_on < reader.today:
        return "The day it was expected by has passed."
    if by_on == reader.today:
        return "Today is the day it was expected by."
    return f"{percent(effect.time)} of the time is over."


def _chart(told: Foretold | None, reader: Reader) -> Chart | None:
    """The results around a choice beside the change that was expected, the day on which it was made marked."""
    if told is None or told.effect is None:
        return None
    prediction, view = told.effect.prediction, told.view
    by_day = {reader.day_of(one.measured_at): one.value for one in view.results}
    by_day[prediction.decided_on] = prediction.before
    return chart_of(
        view.outcome,
        by_day,
        prediction.path.expected_value,
        against="what was expected",
        reader=reader,
        marks={prediction.decided_on: "decided"},
    )
