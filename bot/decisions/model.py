"""The tables of the decisions room."""

from datetime import date, datetime
from decimal import Decimal

from sqlalchemy import Boolean, Date, ForeignKeyConstraint, Index, Integer, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from bot.db.base import Base, InWorkspace, Key, KeyedInWorkspace, SlackId
from bot.db.types import ExactDecimal, UtcDateTime
from bot.decisions.rules import DecisionState, Verdict

_OF_DECISION = (["workspace_id", "decision_id"], ["decision.workspace_id", "decision.id"])
"""A part of a decision, whose key is the decision's and its own."""


class Decision(InWorkspace, Base):
    """A question, and what became of it. What was chosen is in its choices, one for each version."""

    __tablename__ = "decision"

    id: Mapped[int] = mapped_column(Key, primary_key=True, autoincrement=True)
    number: Mapped[int] = mapped_column(Integer)
    team_id: Mapped[int] = mapped_column(Key)
    state: Mapped[DecisionState] = mapped_column(String(10))
    question: Mapped[str] = mapped_column(Text)
    context: Mapped[str] = mapped_column(Text)
    decider_id: Mapped[str | None] = mapped_column(SlackId)
    """Null while nobody is to decide it, which is debt."""
    needed_by_on: Mapped[date | None] = mapped_column(Date)
    link: Mapped[str] = mapped_column(String(500))
    """The message it was taken from, or empty."""
    obstacle_id: Mapped[int | None] = mapped_column(Key)
    """The obstacle that needs it, or null."""
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    created_by: Mapped[str] = mapped_column(SlackId)
    version: Mapped[int] = mapped_column(Integer)
    """Counts the edits of the question and what belongs to it: a form opened at an older one is told what changed."""

    asked_version: Mapped[int] = mapped_column(Integer)
    """The version at which its decider was asked, which is in the key of that message; 0 when they were not."""
    choice_version: Mapped[int] = mapped_column(Integer)
    """The version of the choice that stands, or that stood until it was reopened; 0 before the first."""
    decided_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    review_on: Mapped[date | None] = mapped_column(Date)
    reviewed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    """When the choice that stands was made, is to be reviewed, and was; null while it is open, and for none."""
    reopened_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    """When it was reopened, while it has not been decided again; else null."""
    evidence: Mapped[str] = mapped_column(Text)
    """What was new when it was reopened; empty when it was reopened without any, and when it was not."""
    superseded_by_id: Mapped[int | None] = mapped_column(Key)
    ended_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    """When it was superseded or withdrawn."""
    ending_note: Mapped[str] = mapped_column(Text)
    """Why, in the words of who did; else empty."""

    next_on: Mapped[date] = mapped_column(Date)
    """When it needs somebody next: by when it is needed, or when it is to be reviewed; NEVER for none. Lists are in
    this order. With the two below, it is what `refresh` derives from the columns above."""
    debt_from_on: Mapped[date | None] = mapped_column(Date)
    """The first day on which it is decision debt, if nothing more happens; null for never."""
    next_word_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    """When its decider is to be told something next; null for nothing."""

    __table_args__ = (
        UniqueConstraint("workspace_id", "number"),
        UniqueConstraint("id", "workspace_id"),
        ForeignKeyConstraint(["workspace_id", "team_id"], ["team.workspace_id", "team.id"]),
        ForeignKeyConstraint(["workspace_id", "decider_id"], ["person.workspace_id", "person.id"]),
        ForeignKeyConstraint(["workspace_id", "obstacle_id"], ["obstacle.workspace_id", "obstacle.id"]),
        ForeignKeyConstraint(["workspace_id", "superseded_by_id"], ["decision.workspace_id", "decision.id"]),
        # What a list is narrowed by is in the index it is read in the order of.
        Index("ix_decision_next", "workspace_id", "next_on", "number", "id", "team_id", "state"),
        Index("ix_decision_newest", "workspace_id", "number", "id", "team_id"),
        Index("ix_decision_of_team", "workspace_id", "team_id", "next_on", "number", "state"),
        Index("ix_decision_of_decider", "workspace_id", "decider_id", "next_on", "number", "team_id", "state"),
        Index("ix_decision_debt", "workspace_id", "debt_from_on", "number", "id", "team_id", "decider_id"),
        Index(None, "workspace_id", "obstacle_id"),
        Index(None, "workspace_id", "superseded_by_id"),
        Index(None, "next_word_at"),
    )

    @property
    def key(self) -> str:
        """The name people use: `DEC-3`."""
        return f"DEC-{self.number}"


class DecisionOption(KeyedInWorkspace, Base):
    """One of the ways to go, with what speaks for and against it."""

    __tablename__ = "decision_option"

    decision_id: Mapped[int] = mapped_column(Key, primary_key=True)
    position: Mapped[int] = mapped_column(Integer, primary_key=True)
    text: Mapped[str] = mapped_column(Text)
    pro: Mapped[str] = mapped_column(Text)
    con: Mapped[str] = mapped_column(Text)

    __table_args__ = (ForeignKeyConstraint(*_OF_DECISION),)


class DecisionHeard(KeyedInWorkspace, Base):
    """Somebody who is heard on a decision: told of it, and may object in its window."""

    __tablename__ = "decision_heard"

    decision_id: Mapped[int] = mapped_column(Key, primary_key=True)
    person_id: Mapped[str] = mapped_column(SlackId, primary_key=True)

    __table_args__ = (
        ForeignKeyConstraint(*_OF_DECISION),
        ForeignKeyConstraint(["workspace_id", "person_id"], ["person.workspace_id", "person.id"]),
        Index(None, "workspace_id", "person_id"),
    )


class DecisionObjection(KeyedInWorkspace, Base):
    """What somebody who is heard has against one version of the choice."""

    __tablename__ = "decision_objection"

    decision_id: Mapped[int] = mapped_column(Key, primary_key=True)
    version: Mapped[int] = mapped_column(Integer, primary_key=True)
    person_id: Mapped[str] = mapped_column(SlackId, primary_key=True)
    objection: Mapped[str] = mapped_column(Text)
    objected_at: Mapped[datetime] = mapped_column(UtcDateTime)

    __table_args__ = (
        ForeignKeyConstraint(*_OF_DECISION),
        ForeignKeyConstraint(["workspace_id", "person_id"], ["person.workspace_id", "person.id"]),
    )


class DecisionWait(InWorkspace, Base):
    """Something that waits for a decision: an outcome, or an action of one."""

    __tablename__ = "decision_wait"

    id: Mapped[int] = mapped_column(Key, primary_key=True, autoincrement=True)
    decision_id: Mapped[int] = mapped_column(Key)
    outcome_id: Mapped[int | None] = mapped_column(Key)
    action_id: Mapped[int | None] = mapped_column(Key)
    """One of the two is null."""

    __table_args__ = (
        UniqueConstraint("id", "workspace_id"),
        ForeignKeyConstraint(*_OF_DECISION),
        ForeignKeyConstraint(["workspace_id", "outcome_id"], ["outcome.workspace_id", "outcome.id"]),
        ForeignKeyConstraint(["workspace_id", "action_id"], ["action.workspace_id", "action.id"]),
        Index(None, "workspace_id", "decision_id"),
        Index(None, "workspace_id", "outcome_id"),
        Index(None, "workspace_id", "action_id"),
    )


class DecisionChoice(KeyedInWorkspace, Base):
    """What was chosen, why, and what it is expected to do. Never changed: another choice is another version."""

    __tablename__ = "decision_choice"

    decision_id: Mapped[int] = mapped_column(Key, primary_key=True)
    version: Mapped[int] = mapped_column(Integer, primary_key=True)
    choice: Mapped[str] = mapped_column(Text)
    why: Mapped[str] = mapped_column(Text)
    effect: Mapped[str] = mapped_column(Text)
    """What it is expected to do, in words; may be empty."""
    effect_outcome_id: Mapped[int | None] = mapped_column(Key)
    effect_from: Mapped[Decimal | None] = mapped_column(ExactDecimal)
    """Where that outcome's measure stood when it was decided; null when it was not known, and without an outcome."""
    effect_value: Mapped[Decimal | None] = mapped_column(ExactDecimal)
    """Where it is expected to be on `effect_on`."""
    effect_on: Mapped[date | None] = mapped_column(Date)
    confidence: Mapped[int | None] = mapped_column(Integer)
    """From 0 to 10, how sure who made it was of the effect; null when they did not say."""
    is_reversible: Mapped[bool] = mapped_column(Boolean)
    review_on: Mapped[date | None] = mapped_column(Date)
    objections_until_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    """Until when those who are heard may object; null for not at all."""
    made_at: Mapped[datetime] = mapped_column(UtcDateTime)
    made_by: Mapped[str] = mapped_column(SlackId)
    """Who decided. One that was logged may have been written down by somebody else: who opened the decision."""
    reason: Mapped[str] = mapped_column(Text)
    """Why the choice was changed; empty for the first."""

    __table_args__ = (
        ForeignKeyConstraint(*_OF_DECISION),
        ForeignKeyConstraint(["workspace_id", "effect_outcome_id"], ["outcome.workspace_id", "outcome.id"]),
        ForeignKeyConstraint(["workspace_id", "made_by"], ["person.workspace_id", "person.id"]),
        Index(None, "workspace_id", "effect_outcome_id"),
        Index(None, "workspace_id", "made_by"),
    )


class DecisionReview(KeyedInWorkspace, Base):
    """What came of one version of the choice, and what was learnt from it."""

    __tablename__ = "decision_review"

    decision_id: Mapped[int] = mapped_column(Key, primary_key=True)
    version: Mapped[int] = mapped_column(Integer, primary_key=True)
    verdict: Mapped[Verdict] = mapped_column(String(12))
    learnt: Mapped[str] = mapped_column(Text)
    value: Mapped[Decimal | None] = mapped_column(ExactDecimal)
    """What the measure of the expected effect said then; null without one."""
    reviewed_at: Mapped[datetime] = mapped_column(UtcDateTime)
    reviewed_by: Mapped[str] = mapped_column(SlackId)

    __table_args__ = (
        ForeignKeyConstraint(*_OF_DECISION),
        ForeignKeyConstraint(["workspace_id", "reviewed_by"], ["person.workspace_id", "person.id"]),
    )


class DecisionEvent(InWorkspace, Base):
    """One line of a decision's history: who did what, when, from what to what. Only ever added to."""

    __tablename__ = "decision_event"

    id: Mapped[int] = mapped_column(Key, primary_key=True, autoincrement=True)
    decision_id: Mapped[int] = mapped_column(Key)
    made_at: Mapped[datetime] = mapped_column(UtcDateTime)
    actor_id: Mapped[str] = mapped_column(SlackId)
    what: Mapped[str] = mapped_column(String(20))
    """A field such as `question`, or what happened, such as `decided` or `reopened`."""
    before: Mapped[str] = mapped_column(Text)
    after: Mapped[str] = mapped_column(Text)
    version: Mapped[int] = mapped_column(Integer)
    """The decision's version after it."""

    __table_args__ = (
        UniqueConstraint("id", "workspace_id"),
        ForeignKeyConstraint(*_OF_DECISION),
        ForeignKeyConstraint(["workspace_id", "actor_id"], ["person.workspace_id", "person.id"]),
        Index(None, "workspace_id", "decision_id", "id"),
        # What happened lately is what a trend has to go through.
        Index("ix_decision_event_lately", "workspace_id", "made_at", "decision_id"),
    )
