"""What is said of a decision: to who decides it, to those who are heard, to its channel, and to who changed it."""

from collections.abc import Sequence

from bot.decisions.messages import decide_button, decision_title, object_button, show_button
from bot.decisions.messages.card import instant_said
from bot.decisions.messages.choices import choice_lines, effect_lines, logged_line
from bot.decisions.model import Decision, DecisionChoice
from bot.decisions.queries import DecisionView
from bot.language.words import counted, join_words, shorten
from bot.people.messages import Reader
from bot.slack.blocks import Button, buttons, section
from bot.slack.message import Message
from bot.slack.mrkdwn import Markup, lines, md

_WAITING = 3
_QUOTED = 300


# To one person, in their direct messages


def asked_to_decide(view: DecisionView, *, by: str, reader: Reader) -> Message:
    """Asks the decider, once, with the form a click away."""
    decision = view.decision
    day = decision.needed_by_on
    text = lines(
        md("{by} asks you to decide {title}", by=by, title=decision_title(decision)),
        md("It is needed by {day}.", day=reader.day(day)) if day else "",
        _waiting(view),
        md("{context}", context=shorten(decision.context, _QUOTED)) if decision.context else "",
    )
    return Message(text, [section(text), buttons(decide_button(decision), show_button(decision))])


def not_asked_any_more(view: DecisionView, reader: Reader) -> Message:
    """What the ask says once it is answered, withdrawn, or somebody else's."""
    decision = view.decision
    if view.is_open:
        who = view.decider.name if view.decider else "Nobody"
        text = md("You were asked to decide {title} {who} decides it now.", title=_titled(decision), who=who)
    elif view.chosen is not None and decision.ended_at is None:
        day = reader.day(reader.day_of(view.chosen.made_at))
        by = view.name_of(view.chosen.made_by)
        text = md("{title} {by} decided it on {day}.", title=_titled(decision), by=by, day=day)
    else:
        text = md("{title} It is {state}; nothing is left to decide.", title=_titled(decision), state=decision.state)
    return Message(text, [section(text, button=show_button(decision))])


def you_may_object(view: DecisionView, choice: DecisionChoice, *, reader: Reader) -> Message:
    """Tells somebody who is heard what was decided, and until when they may object."""
    decision = view.decision
    until = instant_said(choice.objections_until_at, reader) if choice.objections_until_at else ""
    what = "changed" if choice.version > 1 else "decided"
    text = lines(
        md("{by} {what} {title}", by=view.name_of(choice.made_by), what=what, title=decision_title(decision)),
        _because(choice),
        choice_lines(view.decision, choice),
        effect_lines(view, choice, reader),
        logged_line(view, choice),
        md("You are heard on this. If something speaks against it, say so until {until}.", until=until),
    )
    return Message(text, [section(text), buttons(object_button(decision), show_button(decision))])


def decided_for_you(view: DecisionView, reader: Reader) -> Message:
    """Tells the decider what somebody else decided in their place."""
    choice = view.chosen
    assert choice is not None
    text = lines(
        md("{by} decided {title}", by=view.name_of(choice.made_by), title=decision_title(view.decision)),
        _because(choice),
        choice_lines(view.decision, choice),
        effect_lines(view, choice, reader),
        "You are named as who decides it, so the review will be asked of you." if choice.review_on else "",
    )
    return Message(text, [section(text, button=show_button(view.decision))])


def logged_for_you(view: DecisionView, *, by: str, reader: Reader) -> Message:
    """Tells somebody that a decision was logged as theirs."""
    choice, day = view.chosen, view.decision.review_on
    text = lines(
        md("{by} logged this as your decision: {title}", by=by, title=decision_title(view.decision)),
        choice_lines(view.decision, choice) if choice else "",
        effect_lines(view, choice, reader) if choice else "",
        "If it is not, tell them, or change it: `/decision show` has the button." if day else "",
    )
    return Message(text, [section(text, button=show_button(view.decision))])


def objected(view: DecisionView, *, by: str, objection: str) -> Message:
    """Tells the decider what somebody who is heard has against the choice."""
    text = lines(
        md("{by} objects to {title}", by=by, title=decision_title(view.decision)),
        md("“{objection}”", objection=objection),
        "It is kept with the decision. Whether it changes anything is yours to say.",
    )
    return Message(text, [section(text, button=show_button(view.decision))])


# To its channel, quietly


def decision_announced(view: DecisionView, choice: DecisionChoice, *, reader: Reader) -> Message:
    """Tells where decisions are announced what was decided; of a change, what it was and why it is another."""
    title, by = decision_title(view.decision), view.name_of(choice.made_by)
    before = next((one for one in view.choices if one.version == choice.version - 1), None)
    if before is None:
        opening = md("{by} decided {title}", by=by, title=title)
    else:
        was = md("Before: “{was}”", was=shorten(before.choice, _QUOTED))
        opening = lines(md("{by} changed the decision {title}", by=by, title=title), was, _because(choice))
    said = (choice_lines(view.decision, choice), effect_lines(view, choice, reader), logged_line(view, choice))
    text = lines(opening, *said)
    return Message(text, [section(text, button=show_button(view.decision))])


def decision_reopened(view: DecisionView, *, by: str) -> Message:
    """Tells it that a decision is open again."""
    evidence = view.decision.evidence
    return _line(
        view,
        md("{by} reopened the decision {title}", by=by, title=decision_title(view.decision, 200)),
        md("What is new: “{evidence}”", evidence=evidence) if evidence else md("Without new evidence."),
    )


def decision_superseded(view: DecisionView, successor: Decision, *, by: str) -> Message:
    """Tells it that another decision took the place of this one."""
    old = decision_title(view.decision, 200)
    opening = md("{by} replaced the decision {old}", by=by, old=old)
    return _line(view, opening, md("In its place: {new}", new=decision_title(successor, 200)), _note(view))


def decision_withdrawn(view: DecisionView, *, by: str) -> Message:
    """Tells it that a question does not need a decision any more."""
    return _line(
        view, md("{by} withdrew the question {title}", by=by, title=decision_title(view.decision, 200)), _note(view)
    )


# To the person who did it


def decision_opened(view: DecisionView, *, reader: Reader, is_mine: bool) -> Message:
    """What was opened, read back; `is_mine` says whether who opened it decides it."""
    decision = view.decision
    if view.decider is None:
        told = md("Nobody is named to decide it yet, so it counts as decision debt from today.")
    else:
        told = md("You decide it.") if is_mine else md("{name} is asked to decide it.", name=view.decider.name)
    by = md("It is needed by {day}.", day=reader.day(decision.needed_by_on)) if decision.needed_by_on else ""
    text = lines(decision_title(decision), told, by, _waiting(view))
    return Message(text, [section(text), buttons(*_own_buttons(view, with_decide=is_mine))])


def decision_edited(view: DecisionView, changed: Sequence[str], taken: Sequence[str]) -> Message:
    """What was changed, read back; `taken` are the fields that somebody else changed meanwhile, which stay theirs."""
    title, names = decision_title(view.decision), join_words(changed)
    text = lines(
        md("{title}: {names} changed.", title=title, names=names)
        if names
        else md("{title} stays as it was.", title=title),
        md("Somebody else changed {theirs} meanwhile; that is kept too.", theirs=join_words(taken)) if taken else "",
    )
    return Message(text, [section(text, button=show_button(view.decision))])


def decision_made(view: DecisionView, *, reader: Reader, place: Markup) -> Message:
    """What was decided, read back to who did; `place` is where it is announced, empty for nowhere."""
    choice, decision = view.chosen, view.decision
    assert choice is not None
    ends = choice.objections_until_at
    heard = counted(len(view.heard), "person", "people")
    text = lines(
        md("*{key}* is decided: “{choice}”", key=decision.key, choice=choice.choice),
        effect_lines(view, choice, reader),
        _for_another(view, choice),
        md("It is announced in {place}.", place=place) if place else "It is announced nowhere.",
        md("{heard} may object until {at}.", heard=heard, at=instant_said(ends, reader)) if ends else "",
    )
    return Message(text, [section(text, button=show_button(decision))])


def objection_kept(view: DecisionView) -> Message:
    """What was said against a choice, read back."""
    who = view.decider.name if view.decider else f"The lead of {view.team.name}"
    text = md("Your objection is kept with {title} {who} is told.", title=_titled(view.decision), who=who)
    return Message(text, [section(text, button=show_button(view.decision))])


def reopened_by_you(view: DecisionView, *, reader: Reader, may_decide: bool) -> Message:
    """What was reopened, read back."""
    day = view.decision.needed_by_on
    text = lines(
        decision_title(view.decision),
        "It is open again.",
        "" if view.decision.evidence else "Without new evidence it counts as decision debt from today.",
        md("It is needed by {day}.", day=reader.day(day)) if day else "",
    )
    return Message(text, [section(text), buttons(*_own_buttons(view, with_decide=may_decide))])


def superseded_by_you(view: DecisionView, successor: Decision) -> Message:
    """What took the place of what, read back."""
    new = decision_title(successor, 200)
    text = lines(new, md("It takes the place of {old}", old=decision_title(view.decision, 200)))
    return Message(text, [section(text, button=show_button(successor))])


def withdrawn_by_you(view: DecisionView) -> Message:
    """What was withdrawn, read back."""
    text = lines(decision_title(view.decision), "It is withdrawn, and stays on record with the reason.")
    return Message(text, [section(text, button=show_button(view.decision))])


def no_team_yet() -> Message:
    """The answer where there is no team to have a decision."""
    text = md("There is no team to have a decision yet. Type `/rhythm setup` in a team's channel first.")
    return Message(text, [section(text)])


def _titled(decision: Decision) -> Markup:
    """The title as the beginning of a sentence that another follows."""
    title = decision_title(decision, 200)
    return title if title.endswith(("?", ".", "!", "…")) else md("{title}.", title=title)


def _waiting(view: DecisionView) -> Markup:
    if not view.waits:
        return md("")
    more = len(view.waits) - _WAITING
    named = [shorten(one.words, 80) for one in view.waits[:_WAITING]] + ([f"{more} more"] if more > 0 else [])
    verb = "waits" if len(view.waits) == 1 else "wait"
    return md("For this {verb}: {named}.", verb=verb, named="; ".join(named))


def _for_another(view: DecisionView, choice: DecisionChoice) -> Markup:
    """What whoever logs somebody else's decision should know of it."""
    if view.logger_of(choice) is None:
        return md("")
    return md("It is kept as the decision of {name}, who is told.", name=view.name_of(choice.made_by))


def _because(choice: DecisionChoice) -> Markup:
    return md("Why it changed: “{reason}”", reason=choice.reason) if choice.reason else md("")


def _note(view: DecisionView) -> Markup:
    return md("“{note}”", note=view.decision.ending_note) if view.decision.ending_note else md("")


def _line(view: DecisionView, *said: Markup) -> Message:
    text = lines(*said)
    return Message(text, [section(text, button=show_button(view.decision))])


def _own_buttons(view: DecisionView, *, with_decide: bool) -> list[Button]:
    return [*([decide_button(view.decision)] if with_decide else []), show_button(view.decision)]
