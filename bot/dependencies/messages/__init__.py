"""The words of the dependencies room, and the ids of its buttons."""

from collections.abc import Mapping, Sequence
from datetime import date

from bot.dependencies.queries import Circle, DependencyView
from bot.dependencies.rules import DependencyState, Lateness
from bot.language.dates import write_age
from bot.language.words import shorten
from bot.outcomes.messages import outcome_title
from bot.outcomes.model import Outcome
from bot.people.messages import Reader
from bot.slack.blocks import Button, button, buttons, context, section
from bot.slack.message import Block, Message
from bot.slack.mrkdwn import Markup, joined, lines, md

ASK_BUTTON = "dependencies.ask_button"
OPEN = "dependencies.open"
ACCEPT_BUTTON = "dependencies.accept_button"
DECLINE_BUTTON = "dependencies.decline_button"
AGREE = "dependencies.agree"
DELIVERED = "dependencies.delivered"
WITHDRAW = "dependencies.withdraw"

_ON_CARD = 5
_IN_WEEK = 6
"""One block each, of the eight that a fragment may have."""
_IN_LIST = 200
"""How many characters of what is asked a list shows."""
_IN_CIRCLE = 5
"""How many links of a circle are named."""


def ask_button(outcome: Outcome) -> Button:
    """Opens the form that asks another team for something."""
    return button(
        "Ask a team", ASK_BUTTON, value=str(outcome.id), says=f"Ask another team for what {outcome.key} needs"
    )


def need_asked(view: DependencyView, circle: Circle | None, *, reader: Reader) -> Message:
    """What was asked, read back to the person who asked."""
    if view.may_answer and view.lead and view.lead.id == view.asker.id:
        opening = md("You lead *{team}*, so the answer is yours too:", team=_team(view))
    else:
        lead = view.lead.name if view.lead else "Its lead"
        opening = md("*{team}* is asked. {lead} gets a message and answers:", team=_team(view), lead=lead)
    return told(opening, view, circle, reader=reader)


def asked_of_you(view: DependencyView, circle: Circle | None, *, reader: Reader) -> Message:
    """Tells the lead of a team what it is asked for; drawn anew when something became of it."""
    opening = md("{asker} asked *{team}* for something:", asker=view.asker.name, team=_team(view))
    return told(opening, view, circle, reader=reader)


def answered(view: DependencyView, *, by: str, reader: Reader) -> Message:
    """Tells those who wait what the asked team said."""
    return told(md("{by} answered for *{team}*:", by=by, team=_team(view)), view, None, reader=reader)


def delivered(view: DependencyView, *, by: str, reader: Reader) -> Message:
    """Tells those who wait that it is there."""
    return told(md("{by} says that this is delivered:", by=by), view, None, reader=reader)


def agreed(view: DependencyView, *, by: str, reader: Reader) -> Message:
    """Tells the lead of the asked team that the day they proposed will do."""
    opening = md("{by} agrees with the day that *{team}* proposed:", by=by, team=_team(view))
    return told(opening, view, None, reader=reader)


def withdrawn(view: DependencyView, *, by: str, reader: Reader) -> Message:
    """Tells the lead of the asked team that it is not needed any more."""
    opening = md("{by} does not need this from *{team}* any more:", by=by, team=_team(view))
    return told(opening, view, None, reader=reader)


def dependency_shown(view: DependencyView, circle: Circle | None, *, reader: Reader) -> Message:
    """One dependency, with what this viewer may do about it."""
    return told(md("{asker} asked *{team}*:", asker=view.asker.name, team=_team(view)), view, circle, reader=reader)


def told(opening: Markup, view: DependencyView, circle: Circle | None, *, reader: Reader) -> Message:
    """A dependency below an opening sentence, with the circle that it closes and what its reader may do about it."""
    quoted = md("“{text}”", text=view.dependency.text)
    text = lines(opening, quoted, _for(view), _status(view, reader), circle_sentence(circle))
    offered = _offered(view, reader)
    return Message(text, [section(text), *([buttons(*offered)] if offered else [])])


def on_card(needs: Sequence[DependencyView], circles: Mapping[int, Circle], *, reader: Reader) -> Message:
    """What an outcome needs from other teams, for its card; nothing when it needs nothing.

    Args:
        circles: those that are closed, by the dependency's id.
    """

    def entry(view: DependencyView) -> Markup:
        return lines(_what(view), _status(view, reader), circle_sentence(circles.get(view.dependency.id)))

    return _listed(needs, md("*Needs from other teams*"), [entry(view) for view in needs], _ON_CARD)


def my_dependencies(waiting: Sequence[DependencyView], *, reader: Reader) -> Message:
    """What waits for a person's answer, for My week; nothing when nothing does."""
    entries = [dependency_entry(view, reader) for view in waiting]
    return _listed(waiting, md("*Teams wait for your answer*"), entries, _IN_WEEK)


def dependency_entry(view: DependencyView, reader: Reader) -> Markup:
    """What is asked, for which outcome, and where it is: in three lines."""
    return lines(_what(view), _for(view), _status(view, reader))


def circle_sentence(circle: Circle | None) -> Markup:
    """That teams wait for each other; without their names where one of them is hidden."""
    if circle is None:
        return Markup("")
    if not circle.links:
        return md(
            "*This closes a circle*: through teams that you cannot see, it waits for itself. Somebody has to go first."
        )
    links = [f"{team} waits for {asked} ({key})" for team, asked, key in circle.links[:_IN_CIRCLE]]
    if more := circle.links[_IN_CIRCLE:]:
        links.append(f"{len(more)} more follow")
    return md("*This closes a circle*: {links}. Somebody has to go first.", links=", ".join(links))


def _what(view: DependencyView) -> Markup:
    text, asker = shorten(view.dependency.text, _IN_LIST), view.asker.name
    return md("“{text}” from *{team}*, asked by {asker}", text=text, team=_team(view), asker=asker)


def _for(view: DependencyView) -> Markup:
    if view.waiting is None:
        return md("For an outcome that you cannot see.")
    return md("For {title}", title=outcome_title(view.waiting.outcome, 140))


def _team(view: DependencyView) -> str:
    return view.asked.name if view.asked else "a team that you cannot see"


def _status(view: DependencyView, reader: Reader) -> Markup:
    """Where it is, in a sentence; what is late says so."""
    one = view.dependency
    match one.state:
        case DependencyState.DECLINED:
            said = md("*Declined:* {reason}", reason=one.reason)
        case DependencyState.DELIVERED:
            there_on = reader.day_of(one.delivered_at) if one.delivered_at else reader.today
            said = md("*Delivered* {day}.", day=reader.day(there_on))
        case DependencyState.WITHDRAWN:
            said = md("*Withdrawn:* it is not needed any more.")
        case _:
            wanted = md("Wanted by {day}", day=reader.day(one.wanted_on))
            said = joined([wanted, _promised(view, reader) or _unanswered(view, reader)], ". ")
    return said


def _promised(view: DependencyView, reader: Reader) -> Markup | None:
    """What the asked team said, while the other side waits; None before it has."""
    one = view.dependency
    if one.promised_on is None:
        return None
    day = reader.day(one.promised_on)
    if one.state == DependencyState.PROPOSED:
        why = md("Why: {reason}", reason=one.reason) if one.reason else ""
        return joined([md("*Another day is proposed: {day}.*", day=day), why], " ")
    if view.lateness(reader.today) == Lateness.OVERDUE:
        return md("*Late: it was promised for {day}*, {age}.", day=day, age=_from(one.promised_on, reader))
    return md("Promised for *{day}*.", day=day)


def _unanswered(view: DependencyView, reader: Reader) -> Markup:
    one = view.dependency
    if view.lateness(reader.today) == Lateness.UNANSWERED:
        verb = "was" if one.wanted_on < reader.today else "is"
        return md("*No answer yet, and that {verb} {age}.*", verb=verb, age=_from(one.wanted_on, reader))
    return md("No answer yet; asked {day}.", day=reader.day(reader.day_of(one.asked_at)))


def _from(day: date, reader: Reader) -> str:
    return write_age((reader.today - day).days)


def _offered(view: DependencyView, reader: Reader) -> list[Button]:
    """What this viewer may do about it, as it is."""
    one = view.dependency
    carried, offered = str(one.id), []
    if not view.is_live:
        return []
    if one.state == DependencyState.PROPOSED and view.may_decide and one.promised_on:
        day = f"{carried} {one.promised_on.toordinal()}"
        offered.append(button(f"Agree to {reader.day(one.promised_on)}", AGREE, value=day, style="primary"))
    if view.may_answer:
        is_open = one.state == DependencyState.ASKED
        label = "Accept" if is_open else "Change the day"
        offered.append(button(label, ACCEPT_BUTTON, value=carried, style="primary" if is_open else None))
        offered.append(button("Decline", DECLINE_BUTTON, value=carried))
    if view.may_deliver and one.state == DependencyState.ACCEPTED:
        offered.append(button("Delivered", DELIVERED, value=carried))
    if view.may_decide:
        sure = ("Withdraw this?", "The team is told that it is not needed any more.", "Withdraw", "Keep it")
        offered.append(button("Withdraw", WITHDRAW, value=carried, confirm=sure))
    return offered


def _listed(needs: Sequence[DependencyView], title: Markup, entries: Sequence[Markup], most: int) -> Message:
    if not needs:
        return Message("", [])
    shown = entries[:most]
    more = len(entries) - len(shown)
    rest = f"And {more:,} more." if more else ""
    blocks = [section(title), *(_with_button(view, entry) for view, entry in zip(needs, shown, strict=False))]
    if rest:
        blocks.append(context(rest))
    return Message(lines(title, *shown, rest), blocks)


def _with_button(view: DependencyView, entry: Markup) -> Block:
    may_do = view.is_live and (view.may_answer or view.may_decide or view.may_deliver)
    opens = button("Open", OPEN, value=str(view.dependency.id), says="Show this, and what you can do about it")
    return section(entry, button=opens if may_do else None)
