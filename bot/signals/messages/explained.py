"""What `/rhythm help signals` says: each rule in plain words, with the numbers that the code uses."""

from bot.language.words import counted
from bot.measuring.effort import LEAST_ACTIVITY, LEAST_MOVEMENT, PERIODS
from bot.measuring.health import AT_RISK_WITHIN, ON_TRACK_WITHIN, STALE_AFTER_PERIODS
from bot.outcomes.messages import percent
from bot.signals.rules import HANDED_OVER_TOO_OFTEN, Cause
from bot.slack.blocks import context, header, section
from bot.slack.message import Message
from bot.slack.mrkdwn import Markup, lines, md

_TITLE = "How signals are found"
_INTRODUCTION = (
    "A signal is a finding by rule, from what was logged: the same numbers always give the same finding, and each says "
    "the numbers it used. An outcome is compared with itself, never a person with another."
)
_FOOT = "`/rhythm signals` lists what has stalled. A period is the time from one check-in of the team to the next."


def rules_explained(*, focus_limit: int, actions_limit: int) -> Message:
    """Every rule that is computed, for people. The limits are this installation's settings."""
    told = [
        _PROGRESS,
        _health(),
        _FORECAST,
        _effort(),
        _causes(focus_limit),
        md(
            "*Focus.* At most {owned} for one owner, and {actions} for one outcome.",
            owned=counted(focus_limit, "live outcome"),
            actions=counted(actions_limit, "open action"),
        ),
        _DEBT,
    ]
    foot = md(_FOOT)
    blocks = [header(_TITLE), section(_INTRODUCTION), *map(section, told), context(foot)]
    return Message(lines(_TITLE, _INTRODUCTION, *told, foot), blocks)


_PROGRESS = md(
    "*Progress* is the share of the way from the baseline to the target that the latest result has come. "
    "*Expected* is the share of the time that has passed, or what the milestones say."
)

_FORECAST = md(
    "*Forecast.* A line through the results, whose slope is the middle one of those between every two of them, so that "
    "one odd result does not turn it. With results of fewer than five days it is too early for one."
)

_DEBT = md(
    "*Decision debt* is a decision that is overdue, that nobody is named to decide, that was reopened without new "
    "evidence, or that is past its review without one. `/decision debt` lists it, with its age and what it blocks."
)


def _health() -> Markup:
    return md(
        "*Health.* Achieved at the target. On track up to {near} of the path behind what is expected, at risk up to "
        "{far}, off track beyond. Stale without a result for {stale}, whatever the last one said.",
        near=percent(ON_TRACK_WITHIN),
        far=percent(AT_RISK_WITHIN),
        stale=counted(STALE_AFTER_PERIODS, "period"),
    )


def _effort() -> Markup:
    return md(
        "*Effort without movement.* In the last {window} as much was done as is usual for this outcome, and at least "
        "{least}, while the measure moved by less than {movement} of the path, forwards or backwards. Things done are "
        "actions done, obstacles resolved, comments, results with a note, check-ins answered, and meetings in which "
        "something came of a line about it; usual is what {window} saw on average before these. An outcome younger "
        "than that is left alone.",
        window=counted(PERIODS, "period"),
        least=counted(LEAST_ACTIVITY, "thing"),
        movement=percent(LEAST_MOVEMENT),
    )


def _causes(focus_limit: int) -> Markup:
    stale = counted(STALE_AFTER_PERIODS, "period")
    said = {
        Cause.NO_END: "a finding about the statement, the measure, the target or the date is open; an edit mends it, "
        "or a reason to keep it.",
        Cause.FRAGMENTED: f"the owner has more than {counted(focus_limit, 'live outcome')}.",
        Cause.NO_OWNER: "the owner has left, or is away for more than a period while nobody is asked instead, or it "
        f"was handed over {counted(HANDED_OVER_TOO_OFTEN, 'time')} or more.",
        Cause.NO_FEEDBACK: f"no result for {stale}.",
    }
    title = md(
        "*The four causes* are looked for where there is effort without movement, where an outcome is off track or "
        "stale, and where {stale} went by without a first result.",
        stale=stale,
    )
    return lines(title, *(md("• *{cause}:* {when}", cause=cause, when=when) for cause, when in said.items()))
