"""The words of the obstacles room, and the ids of its forms and buttons."""

from collections.abc import Sequence
from datetime import datetime

from bot.language.dates import write_span
from bot.language.words import counted, one_line, shorten
from bot.lessons.messages import lesson_lines
from bot.lessons.queries import LessonView
from bot.obstacles.model import Obstacle
from bot.obstacles.queries import Answer, ObstacleView
from bot.obstacles.rules import TEXT_LIMIT
from bot.outcomes.messages import outcome_title, show_button
from bot.outcomes.model import Outcome
from bot.people.messages import Reader
from bot.slack.blocks import (
    Button,
    button,
    buttons,
    checks_field,
    choice_field,
    context,
    form,
    person_field,
    section,
    text_field,
)
from bot.slack.message import Block, Form, Message
from bot.slack.mrkdwn import Markup, joined, lines, link, md

RAISE = "obstacles.raise"
RAISE_BUTTON = "obstacles.raise_button"
RAISE_SHORTCUT = "obstacles.raise_shortcut"
RAISE_FROM_MESSAGE = "obstacles.raise_from_message"
CHANGE = "obstacles.change"
CHANGE_BUTTON = "obstacles.change_button"
RESOLVE = "obstacles.resolve"
RESOLVE_BUTTON = "obstacles.resolve_button"
ASK_BUTTON = "obstacles.ask_button"
ANSWER_BUTTON = "obstacles.answer_button"
"""The two of the decision that an obstacle needs: the decisions room listens to them."""

DECISION = "decision"

_MOST_BLOCKS = 8
"""Of a fragment: a card and My week have several of them."""
_IN_LIST = 200
"""How many characters of an obstacle, or of what was decided about it, a list shows."""


def raise_button(outcome: Outcome) -> Button:
    """Opens the form that raises an obstacle."""
    return button("Raise obstacle", RAISE_BUTTON, value=str(outcome.id), says=f"Raise an obstacle to {outcome.key}")


def raise_form(outcome: Outcome, lessons: Sequence[LessonView] = (), *, reader: Reader, channel_id: str) -> Form:
    """Raises an obstacle to one outcome. `lessons` are alike, and shown in case one of them helps."""
    fields = [section(outcome_title(outcome)), *_fields(owner_id=outcome.owner_id), *_learnt(lessons, reader)]
    return form(RAISE, "Raise an obstacle", fields, submit="Raise", carries=f"{outcome.id} {channel_id}")


def raise_from_message_form(
    outcomes: Sequence[Outcome], lessons: Sequence[LessonView] = (), *, text: str, place: str, reader: Reader
) -> Form:
    """Raises an obstacle from a message: to which outcome, in which words. `place`: the message's channel and ts."""
    choices = {str(outcome.id): f"{outcome.key} {outcome.statement}" for outcome in outcomes}
    fields = [
        choice_field("outcome", "Which outcome does it stand in the way of?", choices),
        _text_field(shorten(text, TEXT_LIMIT), "The message is linked, and only what you leave here is kept."),
        person_field("owner", "Who sees to it?", optional=True, hint="Left empty, the outcome's owner does."),
        _decision_field(False),
        *_learnt(lessons, reader),
    ]
    return form(RAISE_FROM_MESSAGE, "Raise an obstacle", fields, submit="Raise", carries=place)


def change_form(view: ObstacleView, *, channel_id: str) -> Form:
    """Rewords an obstacle, or gives it to somebody else."""
    obstacle = view.obstacle
    fields = _fields(owner_id=obstacle.owner_id, text=obstacle.text, needs_decision=obstacle.needs_decision)
    above = section(outcome_title(view.brief.outcome))
    return form(CHANGE, "Change this obstacle", [above, *fields], carries=f"{obstacle.id} {channel_id}")


def resolve_form(view: ObstacleView, *, reader: Reader, channel_id: str) -> Form:
    """Says what resolved an obstacle."""
    fields = [
        section(lines(outcome_title(view.brief.outcome), obstacle_line(view, reader))),
        text_field(
            "resolution",
            "What resolved it?",
            hint="One or two lines, for the next one who meets it.",
            limit=TEXT_LIMIT,
            many_lines=True,
            focus=True,
        ),
    ]
    carries = f"{view.obstacle.id} {channel_id}"
    return form(RESOLVE, "Resolve this obstacle", fields, submit="Resolved", carries=carries)


def obstacle_raised(view: ObstacleView, lessons: Sequence[LessonView] = (), *, reader: Reader) -> Message:
    """What was raised, read back to the person who raised it, with the lessons that are alike."""
    message = _read_back(md("*{key}* has an obstacle:", key=view.brief.outcome.key), view, reader)
    return Message(lines(message.text, _learnt_lines(lessons, reader)), [*message.blocks, *_learnt(lessons, reader)])


def obstacle_changed(view: ObstacleView, *, reader: Reader) -> Message:
    """What an obstacle says now, read back to the person who changed it."""
    return _read_back(md("The obstacle to *{key}* now says:", key=view.brief.outcome.key), view, reader)


def obstacle_resolved(view: ObstacleView, *, reader: Reader) -> Message:
    """What was resolved, and how long it had stood."""
    obstacle, outcome = view.obstacle, view.brief.outcome
    text = lines(
        md("An obstacle to *{key}* is resolved: {text}", key=outcome.key, text=obstacle.text),
        md("What resolved it: {resolution}", resolution=obstacle.resolution),
        md("It stood for {span}.", span=_span(obstacle.raised_at, reader)),
    )
    return Message(text, [section(text, button=show_button(outcome))])


def nothing_to_choose() -> Message:
    """The answer to the shortcut for somebody who can see no live outcome."""
    text = md("There is no live outcome that you can see yet. `/outcome new` writes down the first one.")
    return Message(text, [section(text)])


def on_card(obstacles: Sequence[ObstacleView], *, reader: Reader) -> Message:
    """What stands in an outcome's way, for its card; nothing when nothing does."""
    return _listed(obstacles, md("*Obstacles*"), [obstacle_line(view, reader, _IN_LIST) for view in obstacles])


def my_obstacles(obstacles: Sequence[ObstacleView], *, reader: Reader) -> Message:
    """What a person sees to, for My week; nothing when there is nothing."""

    def entry(view: ObstacleView) -> Markup:
        return lines(outcome_title(view.brief.outcome, 140), obstacle_line(view, reader, _IN_LIST))

    return _listed(obstacles, md("*Obstacles you see to*"), [entry(view) for view in obstacles])


def obstacle_line(view: ObstacleView, reader: Reader, limit: int = TEXT_LIMIT) -> Markup:
    """An obstacle with its age, who sees to it, and what it needs. `limit`: how much of its words is shown."""
    obstacle = view.obstacle
    facts = joined(
        [
            _age(obstacle, reader),
            md("{owner} sees to it", owner=view.owner.name),
            "needs a decision" if obstacle.needs_decision and view.answer is None else "",
            link(obstacle.link, "from this message") if obstacle.link else "",
        ]
    )
    answer = _answer(view.answer, reader) if view.answer else ""
    return lines(md("{text}", text=shorten(obstacle.text, limit)), facts, answer)


def _answer(answer: Answer, reader: Reader) -> Markup:
    """How the decision stands that it needs."""
    if answer.choice:
        return md("*{key}* is decided: “{choice}”", key=answer.key, choice=shorten(one_line(answer.choice), _IN_LIST))
    if answer.is_over:
        return md("*{key}* was {state}.", key=answer.key, state=answer.state)
    who = f"{answer.decider} decides it" if answer.decider else "nobody is named to decide it"
    day = answer.needed_by_on
    by = md(", needed by {day}", day=reader.day(day)) if day else md("")
    return md("*{key}* is open: {who}{by}.", key=answer.key, who=who, by=by)


def _learnt(lessons: Sequence[LessonView], reader: Reader) -> list[Block]:
    return [context(_learnt_lines(lessons, reader))] if lessons else []


def _learnt_lines(lessons: Sequence[LessonView], reader: Reader) -> Markup:
    return lines(md("*Learnt before*"), lesson_lines(lessons, reader)) if lessons else Markup("")


def _read_back(opening: Markup, view: ObstacleView, reader: Reader) -> Message:
    text = lines(opening, obstacle_line(view, reader))
    carried = str(view.obstacle.id)
    offered = [button("Change", CHANGE_BUTTON, value=carried, says="Change this obstacle")]
    if view.may_resolve:
        offered.append(_resolve_button(view))
    if decision := _decision_button(view):
        offered.append(decision)
    return Message(text, [section(text), buttons(*offered)])


def _listed(obstacles: Sequence[ObstacleView], title: Markup, entries: Sequence[Markup]) -> Message:
    if not obstacles:
        return Message("", [])
    blocks, shown = [section(title)], list[Markup]()
    for view, entry in zip(obstacles, entries, strict=True):
        its = _with_buttons(view, entry)
        if len(blocks) + len(its) >= _MOST_BLOCKS:
            break
        blocks += its
        shown.append(entry)
    more = len(entries) - len(shown)
    rest = f"And {counted(more, 'more obstacle')}, raised later." if more else ""
    if rest:
        blocks.append(context(rest))
    return Message(lines(title, *shown, rest), blocks)


def _with_buttons(view: ObstacleView, entry: Markup) -> list[Block]:
    """One button beside it; two are in a row below it."""
    found = [_decision_button(view), _resolve_button(view) if view.may_resolve else None]
    offered = [one for one in found if one is not None]
    if len(offered) > 1:
        return [section(entry), buttons(*offered)]
    return [section(entry, button=offered[0] if offered else None)]


def _resolve_button(view: ObstacleView) -> Button:
    says = f"Say what resolved an obstacle to {view.brief.outcome.key}"
    return button("Resolve", RESOLVE_BUTTON, value=str(view.obstacle.id), says=says)


def _decision_button(view: ObstacleView) -> Button | None:
    """Opens the form in which the decision is asked for that it needs, or shows that decision."""
    carried, answer = str(view.obstacle.id), view.answer
    if answer is not None and not answer.is_over:
        return button(f"Show {answer.key}", ANSWER_BUTTON, value=carried, says=f"Show the decision {answer.key}")
    if not view.obstacle.needs_decision:
        return None
    says = f"Open the decision that an obstacle to {view.brief.outcome.key} needs"
    return button("Open the decision", ASK_BUTTON, value=carried, says=says)


def _age(obstacle: Obstacle, reader: Reader) -> str:
    return "raised today" if _days(obstacle.raised_at, reader) == 0 else f"open for {_span(obstacle.raised_at, reader)}"


def _span(since: datetime, reader: Reader) -> str:
    return write_span(_days(since, reader)) if _days(since, reader) else "less than a day"


def _days(since: datetime, reader: Reader) -> int:
    return max((reader.today - reader.day_of(since)).days, 0)


def _fields(*, owner_id: str, text: str = "", needs_decision: bool = False) -> list[Block]:
    owner = person_field("owner", "Who sees to it?", initial=owner_id)
    return [_text_field(text, "What it is, and what it holds up."), owner, _decision_field(needs_decision)]


def _text_field(text: str, hint: str) -> Block:
    return text_field(
        "text",
        "What stands in the way?",
        hint=hint,
        initial=text,
        limit=TEXT_LIMIT,
        many_lines=True,
        focus=True,
        dispatch=True,
    )


def _decision_field(needs_decision: bool) -> Block:
    choices = {DECISION: "Yes, somebody has to decide something first"}
    return checks_field(
        DECISION, "Does it need a decision?", choices, initial=[DECISION] if needs_decision else [], optional=True
    )
