"""How an execution path is shown: on its outcome's card, in My week, in a check-in; and the ids of its buttons."""

from collections.abc import Sequence

from bot.execution.model import Action, NotDoing
from bot.execution.queries import ExecutionPath, Step
from bot.language.dates import write_span
from bot.language.words import counted, shorten
from bot.outcomes.messages import outcome_title
from bot.people.messages import Reader
from bot.slack.blocks import Button, Menu, button, buttons, overflow, section
from bot.slack.message import Block, Message
from bot.slack.mrkdwn import Markup, joined, lines, md

ADD_BUTTON = "execution.add_button"
CHANGE_BUTTON = "execution.change_button"
DONE_BUTTON = "execution.done_button"
ACCEPT_BUTTON = "execution.accept_button"
DECLINE_BUTTON = "execution.decline_button"
MENU = "execution.menu"

DONE_CHOICE, CHANGE_CHOICE, DROP_CHOICE = "done", "change", "drop"
"""The choices of the menu beside an action; its id follows."""

_MOST_OPEN = 10
_MOST_PROPOSED = 1
_MOST_DONE = 2
_MOST_NOT_DOING = 5
_MOST_DUE = 5
_MOST_DECIDED = 2
"""How many of each are shown, so that a card and My week stay within what one message may hold."""


def on_card(path: ExecutionPath, *, reader: Reader, may_change: bool) -> Message:
    """What is done for an outcome and what is not, for its card: at most 8 blocks while at most 3 actions are open."""
    if not (path.open or path.proposed or path.done or path.not_doing):
        return Message("", [])
    title = _title(path)
    blocks: list[Block] = [section(title)]
    told: list[Markup] = [title]
    for step in path.open[:_MOST_OPEN]:
        entry = step_lines(step, reader)
        told.append(entry)
        blocks.append(_open_entry(step, entry, path, may_change=may_change))
    if len(path.open) > _MOST_OPEN:
        rest = md("And {rest} due later.", rest=counted(len(path.open) - _MOST_OPEN, "open action"))
        told.append(rest)
        blocks.append(section(rest))
    for step in path.proposed[:_MOST_PROPOSED]:
        waiting = len(path.proposed) - _MOST_PROPOSED
        more = md("{more} after this one.", more=counted(waiting, "more proposal")) if waiting > 0 else ""
        entry = lines(_proposal(step, reader), more)
        told.append(entry)
        blocks += [section(entry), *([_decide(step)] if may_change else [])]
    if path.not_doing:
        left = not_doing_lines(path.not_doing)
        told.append(left)
        blocks.append(section(left))
    return Message(lines(*told), blocks)


def my_actions(due: Sequence[Step], proposed: Sequence[Step] = (), *, reader: Reader) -> Message:
    """A person's actions that are due, and what others proposed for their outcomes: for My week, at most 11 blocks."""
    told: list[Markup] = []
    blocks: list[Block] = []
    if due:
        told.append(_shown_of("Your actions", len(due), _MOST_DUE))
        blocks.append(section(told[-1]))
    for step in due[:_MOST_DUE]:
        told.append(lines(step_lines(step, reader, names_owner=False), outcome_title(step.brief.outcome, 100)))
        blocks.append(section(told[-1], button=done_button(step)))
    if proposed:
        told.append(_shown_of("Proposed for your outcomes", len(proposed), _MOST_DECIDED))
        blocks.append(section(told[-1]))
    for step in proposed[:_MOST_DECIDED]:
        told.append(lines(_proposal(step, reader), outcome_title(step.brief.outcome, 100)))
        blocks += [section(told[-1]), _decide(step)]
    return Message(lines(*told), blocks)


def actions_line(due: Sequence[Step], *, reader: Reader) -> Markup:
    """The actions of one outcome that are due, on one line, for a check-in; empty when none is."""
    if not due:
        return Markup("")
    shown = [
        md("{text} ({due})", text=shorten(step.action.text, 80), due=due_words(step.action, reader)) for step in due[:3]
    ]
    more = md("{count} more", count=len(due) - 3) if len(due) > 3 else ""
    return md("Actions: {all}", all=joined([*shown, more]))


def step_lines(step: Step, reader: Reader, *, names_owner: bool = True) -> Markup:
    """An action in two lines: what is to be done, and by whom, by when and what for."""
    effect = step.action.expected_effect
    return lines(
        md("*{text}*", text=step.action.text),
        joined(
            [
                step.owner.name if names_owner else "",
                due_words(step.action, reader),
                md("expected: {effect}", effect=shorten(effect, 150)) if effect else "",
            ]
        ),
    )


def due_words(action: Action, reader: Reader) -> str:
    """When an action is due: `due Fri, Mar 6`, `due today`, `overdue by 3 days, since Tue, Mar 3`, `no due date`."""
    if action.due_on is None:
        return "no due date"
    if action.due_on == reader.today:
        return "due today"
    if action.due_on < reader.today:
        late = write_span((reader.today - action.due_on).days)
        return f"overdue by {late}, since {reader.day(action.due_on)}"
    return f"due {reader.day(action.due_on)}"


def not_doing_line(line: NotDoing) -> Markup:
    """What is left undone, and why."""
    return md("{text} – {reason}", text=line.text, reason=line.reason)


def not_doing_lines(left: Sequence[NotDoing]) -> Markup:
    """The newest of what is left undone."""
    shown = [md("• {line}", line=not_doing_line(line)) for line in left[-_MOST_NOT_DOING:]]
    earlier = len(left) - len(shown)
    return lines(
        md("*Not doing*"),
        *shown,
        md("And {earlier}.", earlier=counted(earlier, "earlier line")) if earlier else "",
    )


def done_button(step: Step) -> Button:
    """Asks whether the effect of an action was seen, and marks it done."""
    return button("Done", DONE_BUTTON, value=str(step.action.id), says=f"Done: this action for {_key(step)}")


def change_button(step: Step) -> Button:
    """Opens an action's form."""
    return button("Change", CHANGE_BUTTON, value=str(step.action.id), says=f"Change: this action for {_key(step)}")


def add_button(outcome_id: int, *, may_change: bool) -> Button:
    """Opens the form that adds an action to an outcome, or proposes one."""
    return button("Add an action" if may_change else "Propose an action", ADD_BUTTON, value=str(outcome_id))


def _title(path: ExecutionPath) -> Markup:
    counts = {"open": len(path.open), "proposed": len(path.proposed), "done": path.done_count}
    said = [md("{count} {state}", count=count, state=state) for state, count in counts.items() if count]
    done = [
        md("{text} (effect seen: {seen})", text=shorten(step.action.text, 80), seen=step.action.effect_seen)
        for step in path.done[:_MOST_DONE]
    ]
    return lines(
        md("*Execution path:* {counts}", counts=joined(list(said)) or "no action yet"),
        md("Done lately: {done}", done=joined(list(done))) if done else "",
    )


def _open_entry(step: Step, entry: Markup, path: ExecutionPath, *, may_change: bool) -> Block:
    if may_change:
        return section(entry, menu=_menu(step.action))
    is_own = step.action.owner_id == path.viewer.person_id
    return section(entry, button=done_button(step) if is_own else None)


def _menu(action: Action) -> Menu:
    choices = {DONE_CHOICE: "Done", CHANGE_CHOICE: "Change", DROP_CHOICE: "Drop"}
    return overflow(MENU, {f"{choice} {action.id}": label for choice, label in choices.items()})


def _proposal(step: Step, reader: Reader) -> Markup:
    return lines(
        step_lines(step, reader),
        md("Proposed by {author} {age}.", author=step.author.name, age=reader.age(step.action.created_at)),
    )


def _decide(step: Step) -> Block:
    ids, about = str(step.action.id), f"this proposal for {_key(step)}"
    return buttons(
        button("Accept", ACCEPT_BUTTON, value=ids, style="primary", says=f"Accept: {about}"),
        button("Decline", DECLINE_BUTTON, value=ids, says=f"Decline: {about}"),
    )


def _key(step: Step) -> str:
    return step.brief.outcome.key


def _shown_of(title: str, count: int, most: int) -> Markup:
    said = f"{most} of {count}" if count > most else f"{count}"
    return md("*{title}:* {said}", title=title, said=said)
