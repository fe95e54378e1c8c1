"""What people are told of an absence: who goes, what was noted; who stands in, what is asked of them."""

from collections.abc import Sequence

from bot.absences.messages import back_button, when
from bot.absences.queries import Away, Shared
from bot.absences.rules import Days
from bot.language.words import counted, join_words
from bot.outcomes.messages import outcome_title
from bot.outcomes.queries import Brief
from bot.people.messages import Reader
from bot.slack.blocks import context, section
from bot.slack.message import Message
from bot.slack.mrkdwn import Markup, joined, lines, md

_MOST = 5


def you_are_away(
    away: Away,
    shared: Shared,
    *,
    replaced: Sequence[Days] = (),
    shortened: Sequence[Away] = (),
    left_alone: Sequence[Away] = (),
    reader: Reader,
) -> Message:
    """What was noted, read back to the person who goes."""
    text = lines(
        md("*You are away {when}.*", when=when(away.days, reader)),
        _asked_instead(away, shared),
        *(md("This takes the place of what you said before: away {when}.", when=when(one, reader)) for one in replaced),
        *(md("What you said before ends earlier now: {when}.", when=_span(one.days, reader)) for one in shortened),
        _nobody_stands_in(left_alone),
        md("Back early? `/rhythm back` says so.") if away.days.first <= reader.today else "",
    )
    return Message(text, [section(text, button=back_button(away, reader))])


def you_are_back(away: Away, *, despite_status: bool = False, reader: Reader) -> Message:
    """Confirms the end of an absence, or that it was called off; `despite_status`: theirs says away all the same."""
    if away.absence.first_on > reader.today:
        said = md("You are not away {when} any more.", when=when(away.days, reader))
    else:
        said = md("*Welcome back.* You are asked about your outcomes again.")
    told = f"{away.delegate.name} is told." if away.delegate else ""
    text = joined([said, told, _status_left_aside() if despite_status else ""], " ")
    return Message(text, [section(text)])


def you_are_not_away(ahead: Sequence[Away], *, reader: Reader) -> Message:
    """The answer to `/rhythm back` from somebody who is there; `ahead`: what they have planned."""
    text = md("You are not away now. `/rhythm away FROM TO` says when you are.")
    planned = [md("You are away {when}.", when=when(away.days, reader)) for away in ahead[:_MOST]]
    blocks = [section(line, button=back_button(away, reader)) for away, line in zip(ahead, planned, strict=False)]
    return Message(lines(text, *planned), [section(text), *blocks])


def you_stand_in(away: Away, outcomes: Sequence[Brief], *, reader: Reader) -> Message:
    """Tells the delegate what they are asked to do, and when."""
    text = md(
        "{name} is away {when} and names you to stand in: in that time you are asked how their outcomes move.",
        name=away.person.name,
        when=when(away.days, reader),
    )
    titles = [outcome_title(one.outcome, 140) for one in outcomes[:_MOST]]
    more = len(outcomes) - _MOST
    listed = lines(*titles, f"and {counted(more, 'more outcome')}" if more > 0 else "")
    hint = md(
        "Nothing is needed now. If it does not suit you, tell {name}: they can name somebody else.",
        name=away.person.name,
    )
    blocks = [section(text), *([section(listed)] if listed else []), context(hint)]
    return Message(lines(text, listed, hint), blocks)


def you_stand_in_for_less(away: Away, *, reader: Reader) -> Message:
    """Tells the delegate that it ends earlier than they were told."""
    text = md(
        "{name} changed when they are away: you stand in for them {when}.",
        name=away.person.name,
        when=_span(away.days, reader),
    )
    return Message(text, [section(text)])


def you_no_longer_stand_in(away: Away, *, reader: Reader) -> Message:
    """Tells the delegate that nothing is asked of them any more."""
    if away.absence.first_on > reader.today:
        said = md("{name} does not need you to stand in {when} any more.", **_named(away, reader))
    else:
        said = md(
            "You do not stand in for {name} any more: they are back, or named somebody else.", name=away.person.name
        )
    text = joined([said, "Nothing more of theirs is asked of you. Thank you."], " ")
    return Message(text, [section(text)])


def delegate_is_away(delegate_away: Away, *, reader: Reader) -> Message:
    """Tells somebody who is away, or will be, that the person who stands in for them is away too."""
    text = lines(
        md("{name}, who stands in for you, is away {when}.", **_named(delegate_away, reader)),
        md("Nobody is asked about your outcomes in that time. `/rhythm away` can name somebody else."),
    )
    return Message(text, [section(text)])


def delegate_is_gone(away: Away, *, reader: Reader) -> Message:
    """Tells somebody who is away, or will be, that the person who stands in for them has left."""
    name = away.delegate.name if away.delegate else "Whoever stands in for you"
    text = lines(
        md(
            "{name}'s account was deactivated, and you named them to stand in for you {when}.",
            name=name,
            when=when(away.days, reader),
        ),
        md("Nobody is asked about your outcomes in that time. `/rhythm away` can name somebody else."),
    )
    return Message(text, [section(text)])


def back_despite_status() -> Message:
    """The answer to `/rhythm back` from somebody whose status alone says that they are away."""
    text = joined([md("*Welcome back.* You are asked about your outcomes again."), _status_left_aside()], " ")
    return Message(text, [section(text)])


def _status_left_aside() -> Markup:
    return md("Your Slack status still says that you are away; Rhythm does not go by it until you change it.")


def _named(away: Away, reader: Reader) -> dict[str, str]:
    return {"name": away.person.name, "when": when(away.days, reader)}


def _span(days: Days, reader: Reader) -> str:
    """The days, whether or not they have begun or are over."""
    if days.first == days.last:
        return f"on {reader.day(days.first)}"
    return f"from {reader.day(days.first)} to {reader.day(days.last)}"


def _asked_instead(away: Away, shared: Shared) -> Markup:
    if away.delegate is None:
        return md("Nobody is asked about your outcomes in that time. Add `delegate @person` to name somebody who is.")
    name, total = away.delegate.name, len(shared.seen) + shared.hidden
    told = md("{name} is asked about your outcomes instead, and is told so.", name=name)
    if not shared.hidden:
        return told
    hidden = f"{shared.hidden} of your {counted(total, 'outcome')}"
    return joined([told, md("They cannot see {hidden}; nobody is asked about those.", hidden=hidden)], " ")


def _nobody_stands_in(left_alone: Sequence[Away]) -> Markup:
    if not left_alone:
        return Markup("")
    names = join_words(sorted({away.person.name for away in left_alone}))
    return md("You stand in for {names} in that time. They are told that you are away too.", names=names)
