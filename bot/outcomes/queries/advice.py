"""What the linter and the workspace's memory say of an outcome: while it is written, in lists, on its card."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from bot.db.database import Tx
from bot.lessons.queries import LessonView, lessons_alike
from bot.linter.drafts import Facts, lint_draft
from bot.linter.findings import Finding
from bot.outcomes.model import Dismissal
from bot.outcomes.queries import SEARCH_KIND, Brief, View, live_count, outcomes_by_id
from bot.outcomes.queries.allowed import owner_trouble
from bot.outcomes.rules.drafts import glance
from bot.people.model import Person
from bot.people.queries import find_person
from bot.people.rules import Viewer
from bot.search.queries import sharing_words
from bot.search.rules import READS_ALIKE, closest, words
from bot.teams.queries import find_team

MOST_ALIKE = 3


@dataclass(frozen=True)
class Advice:
    """What may help somebody who writes an outcome down."""

    findings: tuple[Finding, ...] = ()
    alike: tuple[Brief, ...] = ()
    lessons: tuple[LessonView, ...] = ()


@dataclass(frozen=True)
class Written:
    """An outcome's form as far as it is filled, and whose words it is in."""

    typed: Mapping[str, str]
    """The text of each field, by its name; empty where nothing was typed or chosen."""
    today: date
    locale: str


def advise(tx: Tx, viewer: Viewer, written: Written, *, besides: View | None, focus_limit: int) -> Advice:
    """What to say to somebody who fills the form: findings, outcomes that read alike, and lessons.

    `besides` is the outcome that is edited, which is not compared with itself; its dismissed findings stay away.
    """
    typed = written.typed
    own_id = besides.outcome.id if besides else None
    alike = outcomes_alike(tx, viewer, typed["statement"], besides=own_id)
    seen = glance(typed, today=written.today, locale=written.locale)
    owner = find_person(tx, viewer, typed["owner"]) if typed["owner"] else None
    facts = Facts(
        statement=typed["statement"],
        measure=typed["measure"],
        baseline=seen.baseline,
        target=seen.target,
        due_on=seen.due_on,
        today=written.today,
        owner_name=owner.name if owner else "",
        owner_trouble=_trouble_of(tx, viewer, owner, typed["team"]),
        live_of_owner=live_count(tx, viewer, owner_id=owner.id, besides=own_id) if owner else 0,
        focus_limit=focus_limit,
        alike=tuple((view.outcome.key, view.outcome.statement) for view in alike),
    )
    dismissed = dismissals_of(tx, viewer, [own_id]).get(own_id, {}) if own_id else {}
    findings = [one for one in lint_draft(facts) if (one.id, one.words) not in dismissed and not _is_early(one, typed)]
    lessons = lessons_alike(tx, viewer, typed["statement"], limit=MOST_ALIKE) if typed["statement"] else []
    return Advice(tuple(findings), tuple(alike[:MOST_ALIKE]), tuple(lessons))


def outcomes_alike(tx: Tx, viewer: Viewer, statement: str, *, besides: int | None = None) -> list[Brief]:
    """The live outcomes that the viewer may see and that read like this statement, the most alike first."""
    ids = sharing_words(tx, workspace_id=viewer.workspace_id, kind=SEARCH_KIND, words=words(statement))
    seen = {view.outcome.id: view for view in outcomes_by_id(tx, viewer, ids) if view.outcome.closed_at is None}
    seen.pop(besides or 0, None)
    candidates = [(one, view.outcome.statement) for one, view in seen.items()]
    return [seen[one] for one in closest(statement, candidates, MOST_ALIKE, READS_ALIKE)]


def findings_of(tx: Tx, viewer: Viewer, views: Sequence[Brief]) -> dict[int, tuple[Finding, ...]]:
    """The findings that are open on outcomes the caller has already found, by the outcome's id.

    Only what an outcome says by itself: nothing about its owner's other outcomes, or those that read alike.
    """
    dismissed = dismissals_of(tx, viewer, [view.outcome.id for view in views])
    return {
        view.outcome.id: tuple(
            one for one in lint_draft(_facts_of(view)) if (one.id, one.words) not in dismissed.get(view.outcome.id, {})
        )
        for view in views
        if view.outcome.closed_at is None
    }


def dismissals_of(tx: Tx, viewer: Viewer, outcome_ids: Iterable[int]) -> dict[int, dict[tuple[str, str], str]]:
    """The findings that were dismissed, by outcome, then by finding and the words it saw, each with the reason."""
    found: dict[int, dict[tuple[str, str], str]] = {}
    rows = tx.scalars(
        select(Dismissal).where(
            Dismissal.workspace_id == viewer.workspace_id, Dismissal.outcome_id.in_(list(outcome_ids))
        )
    )
    for row in rows:
        found.setdefault(row.outcome_id, {})[row.finding, row.words] = row.reason
    return found


def _facts_of(view: Brief) -> Facts:
    outcome = view.outcome
    return Facts(
        statement=outcome.statement,
        measure=outcome.measure,
        baseline=outcome.baseline,
        target=outcome.target,
        due_on=outcome.due_on,
        # A date that has passed meanwhile was a good one when it was chosen.
        today=outcome.created_at.date(),
        owner_name=view.owner.name,
        owner_trouble="" if view.owner.is_active else "is deactivated",
        live_of_owner=0,
        focus_limit=1,
        alike=(),
    )


def _trouble_of(tx: Tx, viewer: Viewer, owner: Person | None, team_id: str) -> str:
    team = find_team(tx, viewer, int(team_id)) if team_id.isdigit() else None
    return owner_trouble(tx, team, owner) if owner and team else ""


def _is_early(finding: Finding, typed: Mapping[str, str]) -> bool:
    """Whether a finding only says that something is still missing, while somebody is about to type it.

    The form itself refuses what it cannot do without; only a baseline may stay away, once there is a target.
    """
    if finding.id in ("L3", "L5"):
        return not finding.words
    return finding.id == "L4" and not finding.words and (bool(typed["baseline"]) or not typed["target"])
