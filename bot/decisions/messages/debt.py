"""Decision debt: which decisions are missing, what each blocks, and whether there are more of them than before."""

from collections.abc import Sequence
from datetime import date

from bot.decisions.messages import EDIT_BUTTON, IN_A_LINE, decide_button, decision_title, show_button
from bot.decisions.messages.review import review_button
from bot.decisions.queries.debt import MOST_COUNTED, PAGE_SIZE, DebtPage, InDebt
from bot.decisions.rules.debt import Debt
from bot.decisions.rules.lists import Asked, Scope
from bot.language.dates import write_age
from bot.language.words import counted, join_words
from bot.people.messages import Reader
from bot.slack.blocks import Button, button, buttons, context, header, section
from bot.slack.message import Block, Message
from bot.slack.mrkdwn import Markup, joined, lines, md
from bot.teams.model import Team

DEBT_BACK = "decisions.debt_back"
DEBT_ON = "decisions.debt_on"
DEBT_SHOW = "decisions.debt_show"

_MOST_KEYS = 3
_IN_HOME = 2
_MOST_TEAMS = 4


def debt_list(page: DebtPage, *, title: str, may: Sequence[bool], asked: Asked, reader: Reader) -> Message:
    """The debt in a scope, each with what to do about it a click away; `may` says where the viewer may do it."""
    if not page.total:
        return _none(title, page)
    heading = f"{title}: {_count(page)}"
    around, place = _around(page), _place(page)
    entries = [debt_entry(one, reader) for one in page.debts]
    blocks: list[Block] = [header(heading), context(around)]
    for one, entry, is_theirs in zip(page.debts, entries, may, strict=True):
        blocks.append(section(entry, button=_what_to_do(one) if is_theirs else show_button(one.brief.decision)))
    blocks += [context(place)] if place else []
    blocks += [buttons(*turns)] if (turns := _turns(page, asked)) else []
    return Message(lines(heading, around, *entries, place), blocks)


def debt_entry(one: InDebt, reader: Reader) -> Markup:
    """A decision that is missing in two lines: what it is about, and why it counts."""
    decision, brief = one.brief.decision, one.brief
    told = [_kind(kind, one, reader) for kind in one.kinds]
    facts = joined(
        [
            md("*{why}*", why=_sentence_case(join_words(told))),
            md("{name} decides", name=brief.decider.name) if brief.decider and brief.is_open else "",
            _blocked(one.blocks),
            brief.team.name,
        ]
    )
    return lines(decision_title(decision, IN_A_LINE), facts)


def debt_of_teams(found: Sequence[tuple[Team, Sequence[InDebt]]], *, reader: Reader) -> Message:
    """What a lead's teams have not decided, for App Home and My week; empty when nothing is missing."""
    told, blocks = list[Markup](), list[Block]()
    for team, debts in found[:_MOST_TEAMS]:
        title = md("*Decision debt of {team}:* {count}", team=team.name, count=_decisions(len(debts)))
        text = lines(title, *(debt_entry(one, reader) for one in debts[:_IN_HOME]))
        asked = Asked(Scope.TEAM, str(team.id))
        says = f"Show the decision debt of {team.name}"
        blocks.append(section(text, button=button("Show all", DEBT_SHOW, value=str(asked), says=says)))
        told.append(text)
    return Message(lines(*told), blocks)


def _what_to_do(one: InDebt) -> Button:
    decision = one.brief.decision
    if Debt.PAST_REVIEW in one.kinds:
        return review_button(decision)
    if Debt.NO_DECIDER not in one.kinds:
        return decide_button(decision)
    says = f"Name who decides {decision.key}"
    return button("Name who decides", EDIT_BUTTON, value=str(decision.id), says=says)


def _kind(kind: Debt, one: InDebt, reader: Reader) -> str:
    decision = one.brief.decision
    if kind == Debt.OVERDUE and decision.needed_by_on:
        return f"needed by {_day(decision.needed_by_on, reader)}"
    if kind == Debt.PAST_REVIEW and decision.review_on:
        return f"review was due {_day(decision.review_on, reader)}"
    if kind == Debt.NO_EVIDENCE and decision.reopened_at:
        return f"reopened {reader.age(decision.reopened_at)} without new evidence"
    return f"nobody is named to decide it, opened {reader.age(decision.reopened_at or decision.created_at)}"


def _sentence_case(text: str) -> str:
    return text[:1].upper() + text[1:]


def _day(day: date, reader: Reader) -> str:
    return f"{reader.day(day)}, {write_age((reader.today - day).days)}"


def _blocked(keys: Sequence[str]) -> str:
    if not keys:
        return ""
    more = len(keys) - _MOST_KEYS
    named = join_words([*keys[:_MOST_KEYS], *([f"{more} more"] if more > 0 else [])])
    return f"{named} {'waits' if len(keys) == 1 else 'wait'} for it"


def _around(page: DebtPage) -> Markup:
    """By team and by decider, where there are several, and how it was in the weeks before."""
    teams = [f"{name} {count}" for name, count in page.by_team]
    deciders = [f"{name or 'nobody named'} {count}" for name, count in page.by_decider]
    return lines(
        trend_words(page.trend),
        f"By team: {', '.join(teams)}." if len(teams) > 1 else "",
        f"By who decides: {', '.join(deciders)}." if len(deciders) > 1 else "",
    )


def trend_words(trend: Sequence[int]) -> str:
    """Whether there is more of it than there was, with the numbers of each week."""
    now, month_ago = trend[-1], trend[-5]
    change = now - month_ago
    than = f"{abs(change)} {'more' if change > 0 else 'fewer'} than" if change else "As many as"
    said = f"{than} four weeks ago."
    return f"{said} Week by week: {', '.join(str(one) for one in trend)}."


def _none(title: str, page: DebtPage) -> Message:
    before = trend_words(page.trend) if any(page.trend) else ""
    text = lines(
        md("*{title}: none.* Nothing is overdue, without a decider or past its review.", title=title),
        before,
    )
    return Message(text, [section(text)])


def _count(page: DebtPage) -> str:
    return f"{MOST_COUNTED:,} decisions or more" if page.total >= MOST_COUNTED else _decisions(page.total)


def _decisions(number: int) -> str:
    return counted(number, "decision")


def _place(page: DebtPage) -> str:
    if page.total <= len(page.debts):
        return "What blocks the most comes first, then the oldest." if page.total > 1 else ""
    first, last = page.offset + 1, page.offset + len(page.debts)
    return f"{first:,}–{last:,} of {page.total:,}. What blocks the most comes first, then the oldest."


def _turns(page: DebtPage, asked: Asked) -> list[Button]:
    back = button("Previous", DEBT_BACK, value=str(asked.at(max(0, page.offset - PAGE_SIZE))))
    on = button("Next", DEBT_ON, value=str(asked.at(page.offset + PAGE_SIZE)))
    return [*([back] if page.offset else []), *([on] if page.offset + len(page.debts) < page.total else [])]
