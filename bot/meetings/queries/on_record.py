"""What a span of time left on record in a team: plain data, read by `changes`."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from bot.decisions.model import Decision, DecisionChoice, DecisionEvent
from bot.dependencies.model import Dependency
from bot.execution.model import Action
from bot.meetings.rules.agenda import About, Became
from bot.obstacles.model import Obstacle
from bot.outcomes.model import Change, Outcome
from bot.outcomes.queries import View


@dataclass(frozen=True)
class Choice:
    """A decision, and the newest version of its choice that was made."""

    decision: Decision
    choice: DecisionChoice
    by: str


@dataclass(frozen=True)
class Moved:
    """An outcome of which results were logged: where its measure stood before, and where it stands after them."""

    view: View
    before: Decimal | None
    after: Decimal | None

    @property
    def has_moved(self) -> bool:
        """Whether it stands elsewhere than before."""
        return self.before != self.after

    @property
    def share(self) -> Decimal:
        """How much of the path it moved, up or down: what the most important one is found by."""
        return abs(self.progress)

    @property
    def progress(self) -> Decimal:
        """How much of the path it came closer to its target; negative when it fell behind, 0 when that is not known."""
        if self.before is None or self.after is None or self.view.outcome.baseline is None:
            return Decimal(0)
        return self.view.path.progress(self.after) - self.view.path.progress(self.before)


@dataclass(frozen=True)
class Step:
    """An action or an obstacle with its outcome, and who sees to it."""

    item: Action | Obstacle
    outcome: Outcome
    who: str


@dataclass(frozen=True)
class Agreed:
    """Something that one team promised another; `outcome` is None where it is another team's."""

    dependency: Dependency
    outcome: Outcome | None


@dataclass(frozen=True)
class Other:
    """What else was changed about an outcome or a decision, line by line of its history."""

    key: str
    title: str
    lines: tuple[Change | DecisionEvent, ...]


@dataclass(frozen=True)
class Changes:
    """Everything that changed in a span of time. Each record is in one of these."""

    decisions: tuple[Choice, ...] = ()
    moved: tuple[Moved, ...] = ()
    """The one that moved most of its path first; those that stand where they stood are last."""
    agreed: tuple[Step, ...] = ()
    done: tuple[Step, ...] = ()
    raised: tuple[Step, ...] = ()
    resolved: tuple[Step, ...] = ()
    dependencies: tuple[Agreed, ...] = ()
    other: tuple[Other, ...] = ()
    opened: frozenset[int] = frozenset()
    """The decisions that were opened or reopened, by id."""
    reviewed: frozenset[int] = frozenset()
    """The decisions that were reviewed, by id."""
    rescoped: frozenset[int] = frozenset()
    """The outcomes that were edited or closed, by id."""
    hands: Mapping[int, str] = field(default_factory=dict)
    """Who changed an outcome last, by its id."""

    def __bool__(self) -> bool:
        return any([*self._told, self.other])

    @property
    def _told(self) -> list[tuple[Any, ...]]:
        steps: list[tuple[Any, ...]] = [self.agreed, self.done, self.raised, self.resolved]
        return [self.decisions, self.moved, *steps, self.dependencies]

    @property
    def count(self) -> int:
        """How many things changed."""
        return sum(map(len, self._told)) + sum(len(one.lines) for one in self.other)

    def became(self, about: About, what: str) -> Became | None:
        """What became of a line about something, in these words; None for nothing yet.

        A decision that answers the line's own words, as its form offers them, is that line decided.
        """
        if any(about.decision_id == one.decision.id or what == one.decision.question for one in self.decisions):
            return Became.DECIDED
        itself = {
            Became.REVIEWED: about.decision_id in self.reviewed,
            Became.OBSTACLE: about.obstacle_id in {one.item.id for one in self.resolved},
            Became.DONE: about.action_id in {one.item.id for one in self.done},
            Became.ANSWERED: about.dependency_id in {one.dependency.id for one in self.dependencies},
        }
        if ended := next((became for became, is_so in itself.items() if is_so), None):
            return ended
        return self._of_outcome(about)

    def _of_outcome(self, about: About) -> Became | None:
        """What was done for the outcome of a line: for an obstacle an action, for the outcome itself all of it."""
        outcome = about.outcome_id
        is_itself = about == About(outcome)
        came = {
            Became.ACTION: outcome in {one.outcome.id for one in self.agreed} and (is_itself or about.obstacle_id),
            Became.RESULT: is_itself and outcome in {one.view.outcome.id for one in self.moved},
            Became.OBSTACLE: is_itself and outcome in {one.outcome.id for one in self.raised},
            Became.RESCOPED: is_itself and outcome in self.rescoped,
        }
        return next((became for became, is_so in came.items() if is_so), None)
