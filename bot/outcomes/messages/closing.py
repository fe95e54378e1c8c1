"""The form that closes an outcome, and what is said when one is closed or opened again."""

from bot.lessons.rules import TEXT_LIMIT
from bot.outcomes.messages import health_sentence, outcome_title, show_button, value_or_unknown
from bot.outcomes.messages.form import EDIT_BUTTON
from bot.outcomes.queries import View
from bot.outcomes.rules import NOTE_LIMIT, TYPED_LIMIT, Ending
from bot.people.messages import Reader
from bot.slack.blocks import button, buttons, form, radio_field, section, text_field
from bot.slack.message import Form, Message
from bot.slack.mrkdwn import Markup, lines, md

CLOSE = "outcomes.close"
CLOSE_BUTTON = "outcomes.close_button"
REOPEN_BUTTON = "outcomes.reopen_button"

_ENDINGS = {
    Ending.ACHIEVED: "Achieved: the change is there",
    Ending.MISSED: "Missed: it is not, and the time is over",
    Ending.RESCOPED: "Re-scoped: another outcome takes its place",
    Ending.ABANDONED: "Abandoned: it is no longer worth it",
}
_ENDED = {
    Ending.ACHIEVED: "as achieved",
    Ending.MISSED: "as missed",
    Ending.RESCOPED: "as re-scoped",
    Ending.ABANDONED: "as abandoned",
}


def closing_form(view: View, ending: Ending | None, *, reader: Reader, channel_id: str) -> Form:
    """Asks how an outcome ended, what its measure says, and what was learnt."""
    outcome = view.outcome
    at = view.standing(reader.today)
    chosen = ending or (Ending.ACHIEVED if at.progress >= 1 else None)
    stands = lines(outcome_title(outcome), _moved(view, reader), health_sentence(at))
    last = md("Has it moved since? `/outcome result {key}` first, then close.", key=outcome.key)
    return form(
        CLOSE,
        f"Close {outcome.key}",
        [
            section(lines(stands, last)),
            radio_field(
                "ending",
                "How did it end?",
                {str(one): words for one, words in _ENDINGS.items()},
                initial=str(chosen) if chosen else None,
            ),
            text_field("note", "What does the measure say?", limit=NOTE_LIMIT, many_lines=True, optional=True),
            text_field(
                "lesson",
                "What did we learn?",
                hint="Kept as a lesson of the team, and shown to whoever writes down something alike.",
                limit=TEXT_LIMIT,
                many_lines=True,
                optional=True,
            ),
            text_field(
                "replaced",
                "Re-scoped into",
                hint="The key of the outcome that takes its place, such as OUT-14. Empty: you write it down next.",
                limit=TYPED_LIMIT,
                optional=True,
            ),
        ],
        submit="Close it",
        carries=f"{outcome.id} {channel_id}",
    )


def outcome_closed(view: View, *, by: str, reader: Reader) -> Message:
    """Tells the team that an outcome was closed, and how far it came."""
    outcome = view.outcome
    text = lines(
        md("{by} closed {title} {ended}.", by=by, title=outcome_title(outcome, 200), ended=_ended(view)),
        _moved(view, reader),
        md("“{note}”", note=outcome.closing_note) if outcome.closing_note else "",
    )
    return Message(text, [section(text, button=show_button(outcome))])


def closed_by_you(view: View, *, with_lesson: bool) -> Message:
    """What was saved, read back to the person who closed it."""
    outcome = view.outcome
    text = lines(
        md("{title} is closed {ended}. The team's channel is told.", title=outcome_title(outcome), ended=_ended(view)),
        "The lesson is kept; `/rhythm lessons` finds it again." if with_lesson else "",
    )
    return Message(text, [section(text, button=show_button(outcome))])


def outcome_reopened(view: View, *, by: str) -> Message:
    """Tells the team that a closed outcome is live again."""
    outcome = view.outcome
    text = md("{by} reopened {title}.", by=by, title=outcome_title(outcome, 200))
    return Message(text, [section(text, button=show_button(outcome))])


def reopened_by_you(view: View, *, reader: Reader) -> Message:
    """What was done, read back to the person who reopened it."""
    outcome = view.outcome
    past = outcome.due_on < reader.today
    text = lines(
        md("{title} is live again. The team's channel is told.", title=outcome_title(outcome)),
        md("It was due {due}: choose a new date.", due=reader.day(outcome.due_on)) if past else "",
    )
    blocks = [section(text, button=show_button(outcome))]
    if past:
        blocks.append(buttons(button("Edit", EDIT_BUTTON, value=str(outcome.id), says=f"Edit {outcome.key}")))
    return Message(text, blocks)


def _moved(view: View, reader: Reader) -> Markup:
    outcome = view.outcome
    return md(
        "{measure}: {baseline} → *{value}* (target {target}).",
        measure=outcome.measure,
        baseline=value_or_unknown(outcome.baseline, outcome, reader),
        value=value_or_unknown(view.latest_value, outcome, reader),
        target=reader.value(outcome.target, outcome.unit),
    )


def _ended(view: View) -> str:
    ending = view.outcome.closed_as
    return _ENDED[Ending(ending)] if ending else ""
