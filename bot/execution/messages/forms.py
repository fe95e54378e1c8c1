"""The forms in which actions and not-doing lines are written, changed and ended."""

from collections.abc import Sequence

from bot.execution.messages import not_doing_line, step_lines
from bot.execution.model import NotDoing
from bot.execution.queries import Step
from bot.execution.rules import (
    DUE_LIMIT,
    EFFECT_LIMIT,
    REASON_LIMIT,
    TEXT_LIMIT,
    ActionDraft,
    ActionState,
    EffectSeen,
    Way,
)
from bot.language.words import counted, shorten
from bot.outcomes.messages import outcome_title
from bot.outcomes.queries import Brief
from bot.people.messages import Reader
from bot.slack.blocks import choice_field, form, person_field, radio_field, section, text_field
from bot.slack.message import Block, Form
from bot.slack.mrkdwn import Markup, lines, md

ADD = "execution.add"
ACCEPT = "execution.accept"
CHANGE = "execution.change"
DONE = "execution.done"
DROP = "execution.drop"
NOT_DOING = "execution.not_doing"

NEW = "new"
"""Chosen to give way: the action that was about to be added."""

_SEEN = {EffectSeen.YES: "Yes", EffectSeen.NOT_YET: "Not yet", EffectSeen.NO: "No"}
_WAYS = {
    Way.SEEN: "It is done, and its effect was seen",
    Way.NOT_YET: "It is done, its effect is not seen yet",
    Way.NO_EFFECT: "It is done, without the effect",
    Way.DROPPED: "It is dropped",
    Way.NOT_DOING: "It moves to not-doing, with the reason",
}
_MOST_IN_SIGHT = 10


def add_form(
    view: Brief,
    draft: ActionDraft,
    *,
    reader: Reader,
    channel_id: str,
    may_change: bool,
    line: NotDoing | None = None,
    full: Sequence[Step] = (),
) -> Form:
    """Adds an action to an outcome's path, or proposes one.

    Args:
        line: the not-doing line that it says again; then the form asks whether to add it anyway.
        full: the open actions of a full path; then the form asks which one gives way.
    """
    verb = "Add" if may_change else "Propose"
    blocks = [section(outcome_title(view.outcome))]
    if line is not None:
        blocks.append(section(_decided_not(line, verb)))
    if full:
        blocks += [section(_full(view, full)), *_giving_way(full, "The new one: it is kept as not-doing")]
    return form(
        ADD,
        f"{verb} an action",
        [*blocks, *_action_fields(draft, reader)],
        submit=f"{verb} it anyway" if line else verb,
        carries=f"{view.outcome.id} {line.id if line else 0} {channel_id}",
    )


def accept_form(step: Step, full: Sequence[Step], *, reader: Reader, channel_id: str) -> Form:
    """Asks which of the open actions gives way to one that was proposed."""
    return form(
        ACCEPT,
        "Accept a proposal",
        [
            section(lines(step_lines(step, reader), _proposed_by(step))),
            section(_full(step.brief, full)),
            *_giving_way(full, "The proposed one: it is kept as not-doing"),
        ],
        submit="Accept",
        carries=f"{step.action.id} {channel_id}",
    )


def change_form(step: Step, *, reader: Reader, channel_id: str) -> Form:
    """Changes an action."""
    action = step.action
    draft = ActionDraft(action.text, action.owner_id, action.due_on, action.expected_effect)
    return form(
        CHANGE,
        "Change an action",
        [section(outcome_title(step.brief.outcome)), *_action_fields(draft, reader)],
        carries=f"{action.id} {channel_id}",
    )


def done_form(step: Step, *, channel_id: str) -> Form:
    """Asks whether the effect of an action was seen, and marks it done."""
    expected = step.action.expected_effect
    return form(
        DONE,
        "Done",
        [
            section(
                lines(
                    md("*{text}*", text=step.action.text),
                    md("Expected: {effect}", effect=expected) if expected else "",
                    outcome_title(step.brief.outcome),
                )
            ),
            radio_field(
                "seen",
                "Effect seen?",
                {str(seen): words for seen, words in _SEEN.items()},
                hint="" if expected else "No effect was written down. Did it help the outcome?",
            ),
        ],
        submit="Done",
        carries=f"{step.action.id} {channel_id}",
    )


def drop_form(step: Step, *, channel_id: str) -> Form:
    """Drops an action, or declines the proposal of one."""
    is_proposal = step.action.state == ActionState.PROPOSED
    verb = "Decline" if is_proposal else "Drop"
    by = _proposed_by(step) if is_proposal else step.owner.name
    return form(
        DROP,
        "Decline a proposal" if is_proposal else "Drop an action",
        [
            section(lines(md("*{text}*", text=step.action.text), by)),
            radio_field(
                "way",
                "What becomes of it?",
                {
                    str(Way.DROPPED): f"{verb} it",
                    str(Way.NOT_DOING): f"{verb} it, and keep it as not-doing",
                },
                initial=str(Way.DROPPED),
            ),
            _reason_field(),
        ],
        submit=verb,
        carries=f"{step.action.id} {channel_id}",
    )


def not_doing_form(view: Brief, text: str, *, channel_id: str) -> Form:
    """Writes down what is chosen not to be done."""
    return form(
        NOT_DOING,
        "Not doing",
        [
            section(outcome_title(view.outcome)),
            text_field("text", "What is left undone?", initial=text, limit=TEXT_LIMIT, focus=not text),
            text_field(
                "reason",
                "Why?",
                limit=REASON_LIMIT,
                many_lines=True,
                focus=bool(text),
                hint="It is shown on the card, and answers whoever proposes the same again.",
            ),
        ],
        carries=f"{view.outcome.id} {channel_id}",
    )


def _action_fields(draft: ActionDraft, reader: Reader) -> list[Block]:
    return [
        text_field(
            "text",
            "What is to be done?",
            initial=draft.text,
            placeholder="Move the pricing page above the fold",
            limit=TEXT_LIMIT,
            focus=not draft.text,
        ),
        person_field("owner", "Who does it?", initial=draft.owner_id),
        text_field(
            "due",
            "By when?",
            initial=reader.day(draft.due_on) if draft.due_on else "",
            placeholder="next friday",
            limit=DUE_LIMIT,
            optional=True,
        ),
        text_field(
            "effect",
            "What should it change?",
            initial=draft.expected_effect,
            hint="You are asked whether you saw it, once the action is done.",
            limit=EFFECT_LIMIT,
            many_lines=True,
            optional=True,
        ),
    ]


def _giving_way(full: Sequence[Step], the_new_one: str) -> list[Block]:
    choices = {str(step.action.id): f"{shorten(step.action.text, 50)} ({step.owner.name})" for step in full}
    choices[NEW] = the_new_one
    question = "Which one gives way?"
    return [
        radio_field("gives_way", question, choices)
        if len(choices) <= _MOST_IN_SIGHT
        else choice_field("gives_way", question, choices),
        radio_field(
            "way",
            "What becomes of it?",
            {str(way): words for way, words in _WAYS.items()},
            hint="Not needed when the last one gives way.",
            optional=True,
        ),
        _reason_field(),
    ]


def _reason_field() -> Block:
    return text_field(
        "reason",
        "Why?",
        limit=REASON_LIMIT,
        many_lines=True,
        optional=True,
        hint="Needed for not-doing: it answers whoever proposes the same again.",
    )


def _decided_not(line: NotDoing, verb: str) -> Markup:
    return lines(
        md("*It was decided not to do this:*"),
        not_doing_line(line),
        md("{verb} it anyway?", verb=verb),
    )


def _full(view: Brief, full: Sequence[Step]) -> Markup:
    return md(
        "*{key} has {count}.* A few that get done move it further than many that wait, so one gives way.",
        key=view.outcome.key,
        count=counted(len(full), "open action"),
    )


def _proposed_by(step: Step) -> Markup:
    return md("Proposed by {author}.", author=step.author.name)
