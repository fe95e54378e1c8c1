"""What is said once an execution path has changed, to the person who changed it."""

from bot.execution.messages import change_button, not_doing_line, step_lines
from bot.execution.model import NotDoing
from bot.execution.queries import Step
from bot.execution.rules import ActionState, EffectSeen, Ending
from bot.language.words import shorten
from bot.outcomes.messages import show_button
from bot.outcomes.queries import Brief
from bot.people.messages import Reader
from bot.slack.blocks import section
from bot.slack.message import Message
from bot.slack.mrkdwn import Markup, lines, md


def action_added(step: Step, *, reader: Reader, gave_way: Step | None = None) -> Message:
    """An action, read back as it was understood; and what became of the one that gave way to it."""
    text = lines(
        md("Added to the path of *{key}*:", key=step.brief.outcome.key),
        step_lines(step, reader),
        _gave_way(gave_way) if gave_way else "",
    )
    return Message(text, [section(text, button=change_button(step))])


def action_proposed(step: Step, *, reader: Reader) -> Message:
    """A proposal, read back; and who decides."""
    text = lines(
        md("Proposed for *{key}*:", key=step.brief.outcome.key),
        step_lines(step, reader),
        md("{owner} sees it in their week and accepts or declines it.", owner=step.brief.owner.name),
    )
    return Message(text, [section(text, button=show_button(step.brief.outcome))])


def proposal_accepted(step: Step, *, reader: Reader, gave_way: Step | None = None) -> Message:
    """A proposal that is on the path now."""
    text = lines(
        md("Accepted. On the path of *{key}*:", key=step.brief.outcome.key),
        step_lines(step, reader),
        _gave_way(gave_way) if gave_way else "",
    )
    return Message(text, [section(text, button=change_button(step))])


def action_changed(step: Step, *, reader: Reader) -> Message:
    """An action as it now reads."""
    text = lines(md("Changed on the path of *{key}*:", key=step.brief.outcome.key), step_lines(step, reader))
    return Message(text, [section(text, button=change_button(step))])


def action_ended(step: Step, ending: Ending) -> Message:
    """An action that is done or dropped, or a proposal that was declined."""
    outcome = step.brief.outcome
    if step.action.state == ActionState.DONE:
        text = _done(step)
    else:
        text = lines(
            md("“{text}” is off the path of *{key}*.", text=step.action.text, key=outcome.key),
            md("Kept as not-doing: {reason}", reason=ending.reason) if ending.is_not_doing else "",
        )
    return Message(text, [section(text, button=show_button(outcome))])


def not_doing_kept(view: Brief, line: NotDoing) -> Message:
    """A not-doing line, read back."""
    text = lines(
        md("Not doing, for *{key}*:", key=view.outcome.key),
        not_doing_line(line),
        md("It is on the card, and answers whoever proposes the same again."),
    )
    return Message(text, [section(text, button=show_button(view.outcome))])


def _done(step: Step) -> Markup:
    key = step.brief.outcome.key
    nothing = md("What else could move it? `/outcome action {key}` writes it down.", key=key)
    return lines(
        md("Done for *{key}*: {text}", key=key, text=step.action.text),
        md("Effect seen: {seen}.", seen=step.action.effect_seen),
        nothing if step.action.effect_seen == EffectSeen.NO else "",
    )


def _gave_way(step: Step) -> Markup:
    return md("“{text}” gave way: it is {state}.", text=shorten(step.action.text, 100), state=step.action.state)
