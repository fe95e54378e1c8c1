"""The form that writes an outcome down or changes it, and what is said once it is saved.

It listens: whenever somebody pauses, it is drawn again with what the linter found, what reads alike and what was learnt
before, each below the field it is about.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bot.language.values import write_value
from bot.language.words import join_words
from bot.lessons.messages import lesson_lines
from bot.linter.findings import Finding
from bot.outcomes.messages import outcome_entry, outcome_title, show_button, value_or_unknown
from bot.outcomes.messages.disputes import Disputed, dispute_blocks
from bot.outcomes.queries import View
from bot.outcomes.queries.advice import Advice
from bot.outcomes.rules import MEASURE_LIMIT, MILESTONES_LIMIT, REASON_LIMIT, STATEMENT_LIMIT, TYPED_LIMIT, WHY_LIMIT
from bot.people.messages import Reader
from bot.slack.blocks import button, buttons, choice_field, context, form, person_field, section, text_field
from bot.slack.message import Block, Form, Message
from bot.slack.mrkdwn import Markup, lines, md
from bot.slack.typed import Filled

NEW = "outcomes.new"
EDIT = "outcomes.edit"
NEW_BUTTON = "outcomes.new_button"
NEW_SHORTCUT = "outcomes.new_shortcut"
EDIT_BUTTON = "outcomes.edit_button"
TAKE_REWRITE = "outcomes.take_rewrite"
KEEP_MINE = "outcomes.keep_mine"
MORE_FIELDS = "outcomes.more_fields"

FURTHER = ("unit", "start", "milestones", "parent")
"""The fields that are shown once they are asked for, or hold something."""

_ABOUT = {
    "L1": ("statement", "This reads like an output, not a change"),
    "L2": ("measure", "This measure counts activity"),
    "L3": ("target", "There is no number to reach"),
    "L4": ("baseline", "About the baseline"),
    "L5": ("due", "About the date"),
    "L6": ("statement", "These are two outcomes in one"),
    "L7": ("statement", "This is vague"),
    "L8": ("owner", "A full plate"),
    "L9": ("statement", "This reads like another outcome"),
    "L10": ("owner", "About the owner"),
}
"""Below which field a finding is shown, and its heading."""

NAMES = {
    "statement": "the statement",
    "measure": "the measure",
    "unit": "the unit",
    "baseline": "the baseline",
    "target": "the target",
    "start": "the start",
    "due": "the due date",
    "milestones": "the milestones",
    "team": "the team",
    "priority": "the priority",
    "parent": "the parent outcome",
    "why": "the reason",
    "owner": "the owner",
}
"""What people call each field, in history and when two edits meet."""


@dataclass(frozen=True)
class Choices:
    """What can be chosen in the form."""

    teams: Mapping[int, str]
    priorities: Mapping[int, str]


@dataclass(frozen=True)
class FilledOutcome(Filled):
    """The form as far as it is filled, and what stands in it besides its fields."""

    kept: frozenset[str] = frozenset()
    """The findings that somebody is about to dismiss, saying why."""
    shows_more: bool = False


def outcome_form(
    filled: FilledOutcome,
    choices: Choices,
    advice: Advice,
    *,
    reader: Reader,
    carries: str,
    edited: View | None = None,
    disputes: Sequence[Disputed] = (),
) -> Form:
    """Writes a new outcome down, or changes the one that is `edited`, whose owner passes by handover only."""
    blocks = dispute_blocks(disputes, NAMES)
    for name, block in _fields(filled, choices, with_owner=edited is None).items():
        blocks += [block, *_findings_below(name, filled, advice)]
        if name == "statement":
            blocks += _remembered(advice, reader)
    if not _shows_more(filled):
        blocks.append(
            buttons(button("More fields", MORE_FIELDS, says="Show unit, start, milestones and parent outcome"))
        )
    if edited:
        return form(EDIT, f"Edit {edited.outcome.key}", blocks, carries=carries)
    return form(NEW, "New outcome", blocks, carries=carries)


def filled_with(view: View, reader: Reader) -> dict[str, str]:
    """What each field of the form says of an outcome, for its reader."""
    outcome = view.outcome
    unit = outcome.unit

    def value(amount: object) -> str:
        return "" if amount is None else write_value(amount, unit, locale=reader.locale)  # type: ignore[arg-type]

    return {
        "statement": outcome.statement,
        "measure": outcome.measure,
        "baseline": value(outcome.baseline),
        "target": value(outcome.target),
        "due": outcome.due_on.isoformat(),
        "team": str(outcome.team_id),
        "priority": str(outcome.priority_id or ""),
        "why": outcome.why,
        "unit": unit.words,
        "start": outcome.starts_on.isoformat(),
        "milestones": "\n".join(f"{one.on}: {value(one.value)}" for one in view.milestones),
        "parent": "",
    }


def _fields(filled: FilledOutcome, choices: Choices, *, with_owner: bool) -> dict[str, Block]:
    block_id = filled.block_id
    fields = {
        "statement": text_field(
            block_id("statement"),
            "What should be different in the end?",
            hint="The change itself, not the work: “Trial users reach their first report within a day”.",
            initial=filled["statement"],
            limit=STATEMENT_LIMIT,
            many_lines=True,
            focus=True,
            dispatch=True,
        ),
        "measure": text_field(
            block_id("measure"),
            "What will you measure?",
            placeholder="Trial conversion",
            initial=filled["measure"],
            limit=MEASURE_LIMIT,
            dispatch=True,
        ),
        "baseline": text_field(
            block_id("baseline"),
            "Where does it stand today?",
            placeholder="8%",
            hint="Leave it empty if nobody knows: the first result becomes it.",
            initial=filled["baseline"],
            limit=TYPED_LIMIT,
            optional=True,
            dispatch=True,
        ),
        "target": text_field(
            block_id("target"),
            "Where should it be?",
            placeholder="12%",
            initial=filled["target"],
            limit=TYPED_LIMIT,
            dispatch=True,
        ),
        "due": text_field(
            block_id("due"),
            "By when?",
            placeholder="end of Q1",
            hint="A date, or words such as next Friday, in 6 weeks, end of quarter.",
            initial=filled["due"],
            limit=TYPED_LIMIT,
            dispatch=True,
        ),
    }
    if with_owner:
        fields["owner"] = person_field(
            block_id("owner"),
            "Who owns it?",
            initial=filled["owner"] or None,
            hint="One person, who answers for it.",
            dispatch=True,
        )
    teams = {str(key): name for key, name in choices.teams.items()}
    fields["team"] = choice_field(block_id("team"), "Team", teams, initial=filled["team"], dispatch=True)
    if choices.priorities:
        names = {str(key): name for key, name in choices.priorities.items()}
        fields["priority"] = choice_field(
            block_id("priority"), "Which priority does it serve?", names, initial=filled["priority"], optional=True
        )
    fields["why"] = text_field(
        block_id("why"),
        "Why does it matter?",
        hint="One or two lines.",
        initial=filled["why"],
        limit=WHY_LIMIT,
        many_lines=True,
        optional=True,
    )
    return fields | (_further_fields(filled) if _shows_more(filled) else {})


def _further_fields(filled: FilledOutcome) -> dict[str, Block]:
    hints = {
        "unit": ("Unit", "%, USD, days, signups … Leave it empty to take it from the target.", TYPED_LIMIT),
        "start": ("When does it start?", "Leave it empty for today.", TYPED_LIMIT),
        "milestones": (
            "Milestones",
            "Where the path is not a straight line: one a line, a day and a value, such as 1 Dec: 9%",
            MILESTONES_LIMIT,
        ),
        "parent": ("Which outcome is it part of?", "Its key, such as OUT-3.", TYPED_LIMIT),
    }
    return {
        name: text_field(
            filled.block_id(name),
            label,
            hint=hint,
            initial=filled[name],
            limit=limit,
            many_lines=name == "milestones",
            optional=True,
        )
        for name, (label, hint, limit) in hints.items()
    }


def _shows_more(filled: FilledOutcome) -> bool:
    return filled.shows_more or any(filled[name] for name in FURTHER)


def _findings_below(name: str, filled: FilledOutcome, advice: Advice) -> list[Block]:
    blocks: list[Block] = []
    for finding in advice.findings:
        if _ABOUT[finding.id][0] == name:
            blocks += _finding(finding, is_kept=finding.id in filled.kept)
    return blocks


def _finding(finding: Finding, *, is_kept: bool) -> list[Block]:
    told = section(finding_words(finding))
    if is_kept:
        why = text_field(f"keep_{finding.id}", "Why does this not apply here?", limit=REASON_LIMIT, optional=True)
        return [told, why]
    choices = [button("Keep it as it is", KEEP_MINE, value=finding.id[1:], says=f"Keep it in spite of {finding.id}")]
    if finding.rewrite:
        choices.insert(0, button("Use this wording", TAKE_REWRITE, value=finding.id[1:]))
    return [told, buttons(*choices)]


def finding_words(finding: Finding) -> Markup:
    """A finding: what it is about, the words it saw, the reason, and what could stand there instead."""
    seen = md(" “{words}”", words=finding.words) if finding.words else ""
    return lines(
        md("*{heading}*{seen} ({id})", heading=finding_heading(finding), seen=seen, id=finding.id),
        finding.reason,
        md("Perhaps: _{rewrite}_", rewrite=finding.rewrite) if finding.rewrite else "",
    )


def finding_heading(finding: Finding) -> str:
    """A finding in a few words."""
    return _ABOUT[finding.id][1]


def _remembered(advice: Advice, reader: Reader) -> list[Block]:
    blocks: list[Block] = []
    if advice.alike:
        entries = [outcome_entry(view, reader) for view in advice.alike]
        blocks.append(context(lines(md("*Outcomes that read alike*"), *entries)))
    if advice.lessons:
        blocks.append(context(lines(md("*Learnt before*"), lesson_lines(advice.lessons, reader))))
    return blocks


def outcome_logged(view: View, findings: Sequence[Finding], *, reader: Reader) -> Message:
    """What was saved, read back to the person who saved it, with what is still open about its wording."""
    outcome = view.outcome
    text = lines(
        md("{title} is written down.", title=outcome_title(outcome)),
        _promise(view, reader),
        md("Check-ins will ask {owner} what moved, {rhythm}.", owner=view.owner.name, rhythm=str(view.team.rhythm)),
        _still_open(findings),
    )
    return Message(text, [section(text, button=show_button(outcome))])


def outcome_edited(view: View, changed: Sequence[str], taken: Sequence[str], *, reader: Reader) -> Message:
    """What was changed, read back; `taken` are the fields that somebody else changed meanwhile, which stay theirs."""
    outcome = view.outcome
    names = join_words([NAMES[name] for name in changed])
    theirs = join_words([NAMES[name] for name in taken])
    text = lines(
        md("{title}: {names} changed.", title=outcome_title(outcome), names=names)
        if changed
        else md("{title} stays as it was.", title=outcome_title(outcome)),
        _promise(view, reader),
        md("Somebody else changed {theirs} meanwhile; that is kept too.", theirs=theirs) if taken else "",
    )
    return Message(text, [section(text, button=show_button(outcome))])


def no_team_yet() -> Message:
    """The answer to `/outcome new` where there is no team to have it."""
    text = md("There is no team to own an outcome yet. Type `/rhythm setup` in a team's channel first.")
    return Message(text, [section(text)])


def _promise(view: View, reader: Reader) -> Markup:
    outcome = view.outcome
    return md(
        "{measure} from *{baseline}* to *{target}* by *{due}*, owned by {owner} in {team}.",
        measure=outcome.measure,
        baseline=value_or_unknown(outcome.baseline, outcome, reader),
        target=reader.value(outcome.target, outcome.unit),
        due=reader.day(outcome.due_on),
        owner=view.owner.name,
        team=view.team.name,
    )


def _still_open(findings: Sequence[Finding]) -> str:
    if not findings:
        return ""
    headings = [finding_heading(one) for one in findings]
    return f"Still open: {'; '.join(headings)}. Edit it when you know better words."
