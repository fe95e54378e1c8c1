"""What the storm left: what was owed and answered, against what stands at the sandbox and in the rows. Pure."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from bot.outbox.rules import ENDED_UNSENT, Kind, State


class Way(StrEnum):
    """How an owner answers."""

    FORM = "in the form"
    REPLY = "in words"
    COMMAND = "by command"


@dataclass
class Answer:
    """One answer: a value of one outcome that nobody else gives. It is `given` once Slack or Rhythm said it was."""

    outcome: int
    value: int
    way: Way
    given: bool = False


@dataclass
class Ledger:
    """What was owed and answered, written down by those who did it."""

    owed: dict[str, str] = field(default_factory=dict)
    """By key: the words that must stand in the end; empty where nobody looks."""
    answers: list[Answer] = field(default_factory=list)


@dataclass(frozen=True)
class Row:
    """A delivery, as the database has it."""

    key: str
    uid: str
    kind: Kind
    state: State
    reason: str | None
    place: tuple[str | None, str | None] = (None, None)
    """Its channel and its timestamp there."""


@dataclass(frozen=True)
class Found:
    """What there is in the end."""

    rows: Iterable[Row]
    posts: Mapping[str, int]
    """How often the sandbox has each uid."""
    words: Mapping[tuple[str, str], str]
    """What the messages of the channels say, by channel and timestamp."""
    results: Mapping[tuple[int, int], int]
    """How often each value of each outcome is kept."""


@dataclass
class Verdict:
    """The count."""

    owed: int = 0
    posted: int = 0
    summaries: int = 0
    """Summaries of meetings among them."""
    rewritten: int = 0
    unsent: dict[str, int] = field(default_factory=dict)
    """Messages that ended without being sent, by state and reason."""
    lost: list[str] = field(default_factory=list)
    doubled: list[str] = field(default_factory=list)
    astray: list[str] = field(default_factory=list)
    """Posted, though the row says that it was not; or without a row."""
    outdated: list[str] = field(default_factory=list)
    """A message that does not say what it said last."""
    given: dict[Way, int] = field(default_factory=dict)
    kept: dict[Way, int] = field(default_factory=dict)
    answers_lost: list[str] = field(default_factory=list)
    answers_doubled: list[str] = field(default_factory=list)
    unconfirmed: int = 0
    """Answers that nobody said were taken; each is kept once or not at all."""

    @property
    def wrong(self) -> list[str]:
        """Everything that must not be."""
        named = ("lost", "doubled", "astray", "outdated", "answers_lost", "answers_doubled")
        return [f"{name}: {one}" for name in named for one in getattr(self, name)]


def count(ledger: Ledger, found: Found) -> Verdict:
    """Compares what should be with what is."""
    verdict = Verdict()
    rows = {row.key: row for row in found.rows}
    _count_posts(verdict, ledger, rows, found.posts)
    _count_words(verdict, ledger, rows, found.words)
    _count_answers(verdict, ledger, found.results)
    return verdict


def _count_posts(verdict: Verdict, ledger: Ledger, rows: Mapping[str, Row], posts: Mapping[str, int]) -> None:
    messages = [row for row in rows.values() if row.kind == Kind.POST]
    forgotten = [key for key in ledger.owed if key not in rows]
    verdict.owed, verdict.lost = len(messages) + len(forgotten), forgotten
    verdict.rewritten = sum(row.kind == Kind.UPDATE and row.state == State.SENT for row in rows.values())
    for row in messages:
        times = posts.get(row.uid, 0)
        verdict.posted += times > 0
        verdict.summaries += times > 0 and row.key.startswith("summary:")
        if times > 1:
            verdict.doubled.append(row.key)
        if row.state in ENDED_UNSENT:
            how = f"{row.state}: {row.reason}"
            verdict.unsent[how] = verdict.unsent.get(how, 0) + 1
        if times and row.state != State.SENT:
            verdict.astray.append(f"{row.key}, {row.state}")
        if not times and row.state not in ENDED_UNSENT:
            verdict.lost.append(f"{row.key}, {row.state}")
    known = {row.uid for row in rows.values()}
    verdict.astray += [f"{uid}, of no row" for uid in posts if uid not in known]


def _count_words(
    verdict: Verdict, ledger: Ledger, rows: Mapping[str, Row], words: Mapping[tuple[str, str], str]
) -> None:
    for key, said_last in ledger.owed.items():
        row = rows.get(key)
        if said_last and row is not None and row.state == State.SENT:
            channel, ts = row.place
            if words.get((channel or "", ts or "")) != said_last:
                verdict.outdated.append(key)


def _count_answers(verdict: Verdict, ledger: Ledger, results: Mapping[tuple[int, int], int]) -> None:
    for answer in ledger.answers:
        times = results.get((answer.outcome, answer.value), 0)
        name = f"OUT-{answer.outcome} {answer.value}, {answer.way}"
        if times > 1:
            verdict.answers_doubled.append(name)
        if not answer.given:
            verdict.unconfirmed += 1
            continue
        verdict.given[answer.way] = verdict.given.get(answer.way, 0) + 1
        verdict.kept[answer.way] = verdict.kept.get(answer.way, 0) + (times > 0)
        if not times:
            verdict.answers_lost.append(name)
