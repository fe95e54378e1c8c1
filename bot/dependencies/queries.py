"""Reading dependencies.

One is seen by those who see the outcome that waits. The asked team, its lead and the members of its channel, see what
is asked of them even where that outcome is private: the words and who asks, never the outcome or its team.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, Select, and_, exists, func, or_, select

from bot.db.database import Tx
from bot.dependencies.model import Dependency
from bot.dependencies.rules import LIVE, DependencyState, Edge, Lateness, circle_through, lateness
from bot.errors import NotAllowed, NotFound, Refused
from bot.outcomes.model import Outcome
from bot.outcomes.queries import Brief, outcomes_by_id, visible_outcomes
from bot.outcomes.queries.allowed import may_change
from bot.people.model import Person
from bot.people.queries import find_person, people_by_id
from bot.people.rules import Viewer
from bot.teams.model import ChannelMember, Team
from bot.teams.queries import is_visible_to


@dataclass(frozen=True)
class DependencyView:
    """A dependency as somebody sees it, and what this viewer may do about it.

    `waiting` is None where they may not see the outcome that waits, `asked` where they may not see the asked team.
    """

    dependency: Dependency
    waiting: Brief | None
    asked: Team | None
    lead: Person | None
    asker: Person
    may_answer: bool
    may_decide: bool
    may_deliver: bool

    @property
    def is_live(self) -> bool:
        """Whether somebody still waits for it."""
        return self.dependency.state in LIVE

    @property
    def agreed_on(self) -> date:
        """The day that counts: the one promised once both sides agree, else the one wanted."""
        one = self.dependency
        return one.promised_on if one.state == DependencyState.ACCEPTED and one.promised_on else one.wanted_on

    def lateness(self, today: date) -> Lateness | None:
        """Whether it is late on a day."""
        one = self.dependency
        return lateness(one.state, wanted_on=one.wanted_on, promised_on=one.promised_on, today=today)


@dataclass(frozen=True)
class Circle:
    """Teams that wait for each other: each link as (team, team it waits for, outcome); none where one is hidden."""

    links: tuple[tuple[str, str, str], ...]


def find_dependency(tx: Tx, viewer: Viewer, dependency_id: int) -> DependencyView:
    """The dependency by its id. Raises NotFound when there is none that the viewer may see."""
    found = _dependencies(tx, viewer, Dependency.id == dependency_id)
    if not found:
        raise NotFound("That is not there any more, or you cannot see it.")
    return found[0]


def needs_of(tx: Tx, viewer: Viewer, outcome_id: int) -> list[DependencyView]:
    """What an outcome needs or needed from other teams, but for what was withdrawn: what it waits for comes first."""
    shown = _dependencies(
        tx,
        viewer,
        Dependency.outcome_id == outcome_id,
        Dependency.state != DependencyState.WITHDRAWN,
    )
    seen = [view for view in shown if view.waiting is not None]
    return sorted(seen, key=lambda view: not view.is_live)


def asked_of_team(tx: Tx, viewer: Viewer, team_id: int) -> list[DependencyView]:
    """What live outcomes wait for from a team, as far as the viewer may see it; the soonest wanted first."""
    return _dependencies(tx, viewer, Dependency.team_id == team_id, Dependency.state.in_(LIVE), _is_of_live_outcome())


def needs_to_answer(tx: Tx, viewer: Viewer) -> list[DependencyView]:
    """What waits for this person's answer: as the lead of an asked team, or on another day that a team proposes."""
    leads = exists().where(
        Team.workspace_id == Dependency.workspace_id, Team.id == Dependency.team_id, Team.lead_id == viewer.person_id
    )
    owns = exists().where(
        Outcome.workspace_id == Dependency.workspace_id,
        Outcome.id == Dependency.outcome_id,
        Outcome.owner_id == viewer.person_id,
    )
    mine = or_(
        and_(Dependency.state == DependencyState.ASKED, leads),
        and_(Dependency.state == DependencyState.PROPOSED, or_(Dependency.asked_by == viewer.person_id, owns)),
    )
    return _dependencies(tx, viewer, mine, _is_of_live_outcome())


def circle_of(tx: Tx, viewer: Viewer, dependency_id: int) -> Circle | None:
    """The circle of teams waiting for each other that a live dependency closes, if it closes one."""
    return circles_of(tx, viewer, [dependency_id]).get(dependency_id)


def circles_of(tx: Tx, viewer: Viewer, dependency_ids: Collection[int]) -> dict[int, Circle]:
    """The circles that some dependencies close, by their ids.

    A circle that runs through something the viewer may not see is said, and nothing in it is named.
    """
    own = _edges(tx, _waited_for(viewer).where(Dependency.id.in_(dependency_ids))) if dependency_ids else []
    between = _edges(tx, _between_teams(viewer)) if own else []
    found = {edge.dependency_id: circle_through(edge, between) for edge in own}
    closed = {one: circle for one, circle in found.items() if circle}
    ids = {edge.dependency_id for circle in closed.values() for edge in circle}
    seen = {view.dependency.id: view for view in _dependencies(tx, viewer, Dependency.id.in_(ids))} if ids else {}
    return {one: _circle([seen.get(edge.dependency_id) for edge in circle]) for one, circle in closed.items()}


def check_may_answer(view: DependencyView) -> None:
    """Raises NotAllowed, saying who may, unless the viewer may answer for the asked team."""
    if not view.may_answer:
        raise NotAllowed(f"{_leads(view)} and can answer this; so can an admin.")


def check_may_decide(view: DependencyView) -> None:
    """Raises NotAllowed, saying who may, unless the viewer may speak for the outcome that waits."""
    if not view.may_decide:
        raise NotAllowed(f"{view.asker.name} asked for this. They, or whoever may edit the outcome, can say.")


def check_may_deliver(view: DependencyView) -> None:
    """Raises NotAllowed, saying who may, unless the viewer may say that it is there."""
    if not view.may_deliver:
        raise NotAllowed(f"{_leads(view)} and can say that this is delivered; so can the outcome's owner.")


def check_is_live(view: DependencyView) -> None:
    """Raises Refused when nobody waits for it any more."""
    if not view.is_live:
        raise Refused(f"This is {view.dependency.state} already, so there is nothing left to answer.")


def _leads(view: DependencyView) -> str:
    lead = view.lead.name if view.lead else "The lead"
    return f"{lead} leads {view.asked.name}" if view.asked else f"{lead} leads the team that is asked"


def _circle(views: Sequence[DependencyView | None]) -> Circle:
    links = [
        (view.waiting.team.name, view.asked.name, view.waiting.outcome.key)
        for view in views
        if view and view.waiting and view.asked
    ]
    return Circle(tuple(links) if len(links) == len(views) else ())


def _edges(tx: Tx, chosen: Select[int, int, int]) -> list[Edge]:
    return [Edge(*row) for row in tx.execute(chosen)]


def _waited_for(viewer: Viewer) -> Select[int, int, int]:
    """Everything that is waited for in the workspace, seen or not: a circle is one, whoever looks."""
    return (
        select(Dependency.id, Outcome.team_id, Dependency.team_id)
        .join(Outcome, and_(Outcome.workspace_id == Dependency.workspace_id, Outcome.id == Dependency.outcome_id))
        .where(Dependency.workspace_id == viewer.workspace_id, Dependency.state.in_(LIVE), Outcome.closed_at.is_(None))
    )


def _between_teams(viewer: Viewer) -> Select[int, int, int]:
    """The oldest thing that each team waits for from each other one."""
    pair, oldest = (Outcome.team_id, Dependency.team_id), func.min(Dependency.id)
    return _waited_for(viewer).with_only_columns(oldest, *pair).group_by(*pair).order_by(oldest)


def _is_of_live_outcome() -> ColumnElement[bool]:
    return exists().where(
        Outcome.workspace_id == Dependency.workspace_id,
        Outcome.id == Dependency.outcome_id,
        Outcome.closed_at.is_(None),
    )


def _concerns(viewer: Viewer) -> ColumnElement[bool]:
    """Whether the viewer sees the outcome that waits, or is in the team that is asked."""
    sees = visible_outcomes(viewer).where(Outcome.id == Dependency.outcome_id).correlate(Dependency).exists()
    is_in_channel = exists().where(
        ChannelMember.workspace_id == Team.workspace_id,
        ChannelMember.channel_id == Team.channel_id,
        ChannelMember.person_id == viewer.person_id,
    )
    is_asked = exists().where(
        Team.workspace_id == Dependency.workspace_id,
        Team.id == Dependency.team_id,
        or_(Team.lead_id == viewer.person_id, is_in_channel),
    )
    return or_(sees, is_asked)


def _dependencies(tx: Tx, viewer: Viewer, *wanted: ColumnElement[bool]) -> list[DependencyView]:
    chosen = select(Dependency).where(Dependency.workspace_id == viewer.workspace_id, _concerns(viewer), *wanted)
    rows = tx.scalars(chosen.order_by(Dependency.wanted_on, Dependency.id)).all()
    return _views(tx, viewer, rows) if rows else []


def _views(tx: Tx, viewer: Viewer, rows: Sequence[Dependency]) -> list[DependencyView]:
    waiting = {brief.outcome.id: brief for brief in outcomes_by_id(tx, viewer, [row.outcome_id for row in rows])}
    asked = _teams(tx, viewer, {row.team_id for row in rows})
    people = people_by_id(tx, viewer, {row.asked_by for row in rows} | {team.lead_id for team in asked.values()})
    me = find_person(tx, viewer, viewer.person_id)
    is_admin = me is not None and me.is_admin

    def seen(row: Dependency) -> DependencyView:
        brief, team = waiting.get(row.outcome_id), asked.get(row.team_id)
        may_answer = team is not None and (is_admin or team.lead_id == viewer.person_id)
        return DependencyView(
            dependency=row,
            waiting=brief,
            asked=team,
            lead=people.get(team.lead_id) if team else None,
            asker=people[row.asked_by],
            may_answer=may_answer,
            may_decide=row.asked_by == viewer.person_id or (brief is not None and may_change(tx, viewer, brief)),
            may_deliver=may_answer or (brief is not None and brief.owner.id == viewer.person_id),
        )

    return [seen(row) for row in rows]


def _teams(tx: Tx, viewer: Viewer, ids: set[int]) -> dict[int, Team]:
    """Those of these teams that the viewer may see, or leads: whoever leads a team answers for it."""
    known = or_(is_visible_to(viewer), Team.lead_id == viewer.person_id)
    chosen = select(Team).where(Team.workspace_id == viewer.workspace_id, Team.id.in_(ids), known)
    return {team.id: team for team in tx.scalars(chosen)}
