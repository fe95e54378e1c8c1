"""Lists of outcomes."""

from collections.abc import Mapping, Sequence

from bot.language.words import counted
from bot.linter.findings import Finding
from bot.outcomes.messages import outcome_entry, show_button
from bot.outcomes.messages.form import finding_heading
from bot.outcomes.queries import MOST_COUNTED, PAGE_SIZE, Brief, Page
from bot.outcomes.rules import Filter
from bot.outcomes.rules.lists import Asked
from bot.people.messages import Reader
from bot.slack.blocks import Button, button, buttons, context, header, section
from bot.slack.message import Message
from bot.slack.mrkdwn import Markup, escape, lines, md

TURN_BACK = "outcomes.turn_back"
TURN_ON = "outcomes.turn_on"

_NARROWED = {
    Filter.AT_RISK: "at risk",
    Filter.OFF_TRACK: "off track",
    Filter.STALE: "stale",
    Filter.BUSY: "with effort but no movement",
    Filter.DONE: "closed",
}

Findings = Mapping[int, Sequence[Finding]]
"""The linter's open findings, by the outcome's id."""


def outcome_list(
    page: Page, *, title: str, empty: str, reader: Reader, asked: Asked | None = None, findings: Findings | None = None
) -> Message:
    """Outcomes, one below the other, the soonest due first. With `asked` there are buttons to the pages beside it."""
    if not page.views:
        return Message(escape(empty), [section(empty)])
    entries = [_entry(view, (findings or {}).get(view.outcome.id, ()), reader) for view in page.views]
    heading = _heading(title, page, asked)
    place = _place(page)
    blocks = [header(heading)]
    for view, entry in zip(page.views, entries, strict=True):
        blocks.append(section(entry, button=show_button(view.outcome)))
    if place:
        blocks.append(context(place))
    if asked and (turns := _turns(page, asked)):
        blocks.append(buttons(*turns))
    return Message(lines(heading, *entries, place), blocks)


def search_result(page: Page, query: str, *, reader: Reader) -> Message:
    """What a search found: the first outcomes, and how to find fewer."""
    more = page.total > len(page.views)
    found = outcome_list(Page(page.views, len(page.views)), title=f"Found for “{query[:60]}”", empty="", reader=reader)
    if not more:
        return found
    total = f"{MOST_COUNTED:,} or more" if page.total >= MOST_COUNTED else f"{page.total:,}"
    hint = f"These are {len(page.views)} of {total}, the soonest due first. Another word narrows it."
    return Message(lines(found.text, hint), [*found.blocks, context(hint)])


def nothing_found(query: str, alike: Sequence[Brief], *, reader: Reader) -> Message:
    """The answer to a search that finds nothing: the outcomes that read most like it, where there are any."""
    text = md("No outcome that you can see has all of these words: “{query}”.", query=query[:100])
    if not alike:
        hint = "Try fewer words, or the beginning of one."
        return Message(lines(text, hint), [section(text), context(hint)])
    entries = [outcome_entry(view, reader) for view in alike]
    closest = "The closest are:"
    blocks = [section(lines(text, closest))]
    blocks += [section(entry, button=show_button(v.outcome)) for v, entry in zip(alike, entries, strict=True)]
    return Message(lines(text, closest, *entries), blocks)


def not_a_team_channel(channel: Markup) -> Message:
    """The answer to a list of a channel that is no team's home."""
    text = md("{channel} is no team's home that you can see. `/rhythm setup` there makes it one.", channel=channel)
    return Message(text, [section(text)])


def narrowed_words(narrowed: Filter | None) -> str:
    """What a list is narrowed to, as the end of a title: `, off track`; nothing when it is not."""
    return f", {_NARROWED[narrowed]}" if narrowed else ""


def _entry(view: Brief, findings: Sequence[Finding], reader: Reader) -> Markup:
    told = "; ".join(finding_heading(one) for one in findings)
    return lines(outcome_entry(view, reader), md("_{told}_", told=told) if told else "")


def _heading(title: str, page: Page, asked: Asked | None) -> str:
    count = f"{MOST_COUNTED:,} or more" if page.total >= MOST_COUNTED else counted(page.total, "outcome")
    return f"{title}{narrowed_words(asked.narrowed if asked else None)}: {count}"


def _place(page: Page) -> str:
    """Where in a long list this page is: `21–40 of 57`."""
    if page.total <= len(page.views) and not page.offset:
        return ""
    total = "many" if page.total >= MOST_COUNTED else f"{page.total:,}"
    return f"{page.offset + 1:,}–{page.offset + len(page.views):,} of {total}, the soonest due first."


def _turns(page: Page, asked: Asked) -> list[Button]:
    size = len(page.views)
    turns = []
    if page.offset:
        turns.append(button("Previous", TURN_BACK, value=str(asked.at(max(0, page.offset - PAGE_SIZE)))))
    if page.offset + size < page.total or (page.total >= MOST_COUNTED and size == PAGE_SIZE):
        turns.append(button("Next", TURN_ON, value=str(asked.at(page.offset + PAGE_SIZE))))
    return turns
