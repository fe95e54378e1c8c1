"""Any number of decisions in the made-up company, the same way each time; and what people ask of them."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from itertools import count
from random import Random

from bot.db.database import Tx
from bot.decisions.actions.deciding import log_decision
from bot.decisions.model import (
    Decision,
    DecisionChoice,
    DecisionEvent,
    DecisionHeard,
    DecisionOption,
    DecisionReview,
    DecisionWait,
)
from bot.decisions.queries import find_decision
from bot.decisions.queries.beside import decisions_of_outcome
from bot.decisions.queries.debt import debt_page
from bot.decisions.queries.history import history_of
from bot.decisions.queries.lists import PAGE_SIZE, list_decisions, search_decisions
from bot.decisions.queries.mine import decisions_waiting_for
from bot.decisions.queries.recall import recall
from bot.decisions.rules import NEVER, SEARCH_KIND, DecisionState
from bot.decisions.rules.debt import SETTLED, Standing, debt_from_on
from bot.decisions.rules.drafts import Choice
from bot.decisions.rules.lists import Filter
from bot.people.model import Person
from bot.people.rules import Viewer
from bot.search.model import SearchWord
from bot.search.rules import terms, words
from bot.teams.model import Team
from bot.workspaces.model import Counter
from tests.benchmarks.asking import Asked, Question
from tests.benchmarks.company import GUESTS_TEAMS, ID, INSIDERS_TEAMS, MEMBERS_TEAMS, NOW, TEAMS, VIEWERS, Company
from tests.benchmarks.loading import Row, load, loading
from tests.benchmarks.phrases import CHANGES, PLACES, RARE_WORD, WHYS, made_up, phrase
from tests.benchmarks.stories import TODAY

OUTCOMES = 1_000
"""Of both workspaces: what decisions wait for them, and are to move them."""
OWN = 4
"""The first decisions are the viewers' in turn, so many each: the last of them is decided and changed many times."""
CHANGED = 30
_STATES = (
    *(DecisionState.OPEN,) * 4,
    *(DecisionState.DECIDED,) * 12,
    *(DecisionState.SUPERSEDED,) * 3,
    DecisionState.WITHDRAWN,
)
_YEARS = 4


@dataclass(frozen=True)
class Decided:
    """A company with so many decisions, made over four years: a fifth of them open, most decided and reviewed."""

    decisions: int

    def fill(self, url: str) -> None:
        """Loads all of it into an empty, migrated database."""
        company = Company.of(OUTCOMES)
        company.fill(url)
        rows = [self._decision(company, index) for index in range(self.decisions)]
        with loading(url) as connection:
            load(connection, Counter, [{"workspace_id": ID, "kind": "decision", "last": self.decisions}])
            load(connection, Decision, rows)
            load(connection, DecisionOption, _options(rows[::2]))
            load(connection, DecisionHeard, _heard(rows[::3]))
            load(connection, DecisionWait, _waits(rows))
            choices = list(_choices(rows))
            load(connection, DecisionChoice, choices)
            load(connection, DecisionReview, _reviews(rows))
            load(connection, DecisionEvent, _events(rows))
            load(connection, SearchWord, _search_words(rows, choices))

    def _decision(self, company: Company, index: int) -> Row:
        random = Random(index + 2_000_000)
        team, decider = random.randrange(TEAMS), 0
        decider = random.choice(company.members[team])
        if index < OWN * len(VIEWERS):
            decider = index % len(VIEWERS)
            team = random.choice((MEMBERS_TEAMS, INSIDERS_TEAMS, GUESTS_TEAMS)[decider])
        is_changed = OWN * len(VIEWERS) - len(VIEWERS) <= index < OWN * len(VIEWERS)
        state = DecisionState.DECIDED if is_changed else random.choice(_STATES)
        made_on = TODAY - timedelta(days=random.randrange(365 * _YEARS))
        return {
            "workspace_id": ID,
            "id": index + 1,
            "number": index + 1,
            "team_id": team + 1,
            "state": state,
            "question": _question(index, random),
            "context": random.choice(WHYS),
            "decider_id": f"U{decider}" if index < OWN * len(VIEWERS) or random.random() < 0.95 else None,
            "link": "",
            "created_at": datetime.combine(made_on, time(9), UTC),
            "created_by": f"U{decider}",
            "version": 2,
            "asked_version": 1,
            "evidence": "",
            "ending_note": "",
            **_stands(state, made_on, CHANGED if is_changed else 1, random),
        }


def _question(index: int, random: Random) -> str:
    project = RARE_WORD if index % 20 == 7 and index < 100 else made_up(random) if random.random() < 0.5 else ""
    about = f"for {project.title()} " if project else ""
    return f"Do we {random.choice(_VERBS)} {about}so that {phrase(random).lower()}?"


_VERBS = (
    *("raise prices", "sell abroad", "hire a second team", "change the vendor", "open a shop", "drop the old portal"),
    *("store backups elsewhere", "answer by phone", "rent the warehouse", "rewrite the importer", "pay for references"),
)


def _stands(state: DecisionState, made_on: date, versions: int, random: Random) -> Row:
    """Where it stands, and what its row derives of that."""
    needed_by_on = made_on + timedelta(days=random.randrange(200)) if random.random() < 0.8 else None
    review_on = made_on + timedelta(days=90)
    is_reviewed = state == DecisionState.DECIDED and random.random() < 0.8
    is_open, is_decided = state == DecisionState.OPEN, state == DecisionState.DECIDED
    standing = SETTLED
    if is_open:
        standing = Standing(made_on, has_decider=True, needed_by_on=needed_by_on)
    elif is_decided and not is_reviewed:
        standing = Standing(review_on=review_on)
    next_on = (needed_by_on if is_open else review_on if standing != SETTLED else None) or NEVER
    return {
        "needed_by_on": needed_by_on,
        "choice_version": 0 if state in (DecisionState.OPEN, DecisionState.WITHDRAWN) else versions,
        "decided_at": datetime.combine(made_on, time(12), UTC) if is_decided else None,
        "review_on": review_on if is_decided else None,
        "reviewed_at": datetime.combine(review_on, time(12), UTC) if is_reviewed else None,
        "ended_at": NOW if not is_open and not is_decided else None,
        "next_on": next_on,
        "debt_from_on": debt_from_on(standing),
    }


def _options(rows: Sequence[Row]) -> Iterator[Row]:
    for row in rows:
        random = Random(row["id"])
        for position in range(1, 4):
            text = f"{random.choice(_VERBS).capitalize()} {random.choice(PLACES)}"
            yield {**_of(row), "position": position, "text": text, "pro": "It is cheap", "con": "It takes a year"}


def _heard(rows: Sequence[Row]) -> Iterator[Row]:
    for row in rows:
        for person in Random(row["id"]).sample(range(3_000), 2):
            yield {**_of(row), "person_id": f"U{person}"}


def _waits(rows: Sequence[Row]) -> Iterator[Row]:
    ids = count(1)
    for row in rows:
        if row["state"] == DecisionState.OPEN:
            for outcome in Random(row["id"]).sample(range(1, OUTCOMES + 1), 2):
                yield {**_of(row), "id": next(ids), "outcome_id": outcome}


def _choices(rows: Sequence[Row]) -> Iterator[Row]:
    for row in rows:
        random = Random(row["id"])
        for version in range(1, row["choice_version"] + 1):
            made_at = row["created_at"] + timedelta(hours=version)
            yield {
                **_of(row),
                "version": version,
                "choice": f"{random.choice(_VERBS).capitalize()} {random.choice(PLACES)}",
                "why": f"Then they {random.choice(CHANGES)}.",
                "effect": "",
                "effect_outcome_id": random.randrange(1, OUTCOMES + 1),
                "effect_from": Decimal(10),
                "effect_value": Decimal(20),
                "effect_on": made_at.date() + timedelta(days=90),
                "confidence": 7,
                "is_reversible": True,
                "review_on": made_at.date() + timedelta(days=90),
                "made_at": made_at,
                "made_by": row["created_by"],
                "reason": "It was too early" if version > 1 else "",
            }


def _reviews(rows: Sequence[Row]) -> Iterator[Row]:
    for row in rows:
        if row["reviewed_at"]:
            verdict = Random(row["id"]).choice(("as expected", "better", "worse", "can't tell"))
            learnt = f"They {Random(row['id']).choice(CHANGES)} once somebody calls them."
            yield {
                **_of(row),
                "version": row["choice_version"],
                "verdict": verdict,
                "learnt": learnt,
                "reviewed_at": row["reviewed_at"],
                "reviewed_by": row["created_by"],
            }


def _events(rows: Sequence[Row]) -> Iterator[Row]:
    ids = count(1)
    for row in rows:
        happened = [("opened", row["created_at"]), ("context", row["created_at"] + timedelta(hours=1))]
        happened += [("decided", row["created_at"] + timedelta(hours=1 + n)) for n in range(row["choice_version"])]
        happened += [("reviewed", row["reviewed_at"])] if row["reviewed_at"] else []
        for what, made_at in happened:
            yield {
                **_of(row),
                "id": next(ids),
                "made_at": made_at,
                "actor_id": row["created_by"],
                "what": what,
                "before": "",
                "after": "Rent the warehouse",
                "version": 2,
            }


def _search_words(rows: Sequence[Row], choices: Sequence[Row]) -> Iterator[Row]:
    said = {row["id"]: f"DEC-{row['number']}\n{row['question']}\n{row['context']}" for row in rows}
    for choice in choices:
        said[choice["decision_id"]] += f"\n{choice['choice']}\n{choice['why']}"
    for word, item_id in sorted((word, item_id) for item_id, text in said.items() for word in words(text)):
        yield {"workspace_id": ID, "kind": SEARCH_KIND, "word": word, "item_id": item_id}


def _of(row: Row) -> Row:
    return {"workspace_id": ID, "decision_id": row["id"]}


# What people ask, by the same functions that the listeners call


def _listed(narrowed: Filter = Filter.OPEN, *, is_mine: bool = False, team: int | None = None, page: int = 1) -> Asked:
    def ask(tx: Tx, viewer: Viewer) -> object:
        return list_decisions(
            tx,
            viewer,
            today=TODAY,
            decider_id=viewer.person_id if is_mine else None,
            team_ids=None if team is None else [team],
            narrowed=narrowed,
            offset=(page - 1) * PAGE_SIZE,
        )

    return ask


def _searched(query: str) -> Asked:
    return lambda tx, viewer: search_decisions(tx, viewer, terms(query))


def _own(viewer: Viewer, turn: int) -> int:
    """The number of one of the viewer's own decisions among the first."""
    return 1 + turn * len(VIEWERS) + int(viewer.person_id.removeprefix("U"))


def _shown(turn: int) -> Asked:
    def ask(tx: Tx, viewer: Viewer) -> object:
        view = find_decision(tx, viewer, _own(viewer, turn))
        return view, history_of(tx, viewer, view.decision.id, limit=40)

    return ask


def _recalled(tx: Tx, viewer: Viewer) -> object:
    return recall(tx, viewer, "Do we rent a warehouse in Brazil so that shops in the north pay on time?")


def _in_debt(*, is_mine: bool = False, team: int | None = None) -> Asked:
    def ask(tx: Tx, viewer: Viewer) -> object:
        teams = None if team is None else [team]
        return debt_page(tx, viewer, today=TODAY, team_ids=teams, decider_id=viewer.person_id if is_mine else None)

    return ask


def _logged(tx: Tx, viewer: Viewer) -> object:
    team = tx.get_one(Team, find_decision(tx, viewer, _own(viewer, 0)).team.id)
    decider = tx.get_one(Person, (viewer.workspace_id, viewer.person_id))
    choice = Choice("Rent the warehouse in Brazil", "It is cheap", objection_days=0)
    return log_decision(tx, viewer, team=team, question="", choice=choice, decider=decider, now=NOW)


_TEAM = GUESTS_TEAMS[0] + 1

QUESTIONS: Mapping[str, Question] = {
    "list mine": Question(_listed(Filter.WAITING, is_mine=True)),
    "list of a team": Question(_listed(team=_TEAM)),
    **{f"list all {narrowed}": Question(_listed(narrowed)) for narrowed in Filter if narrowed != Filter.ALL},
    "list all": Question(_listed(Filter.ALL)),
    "list all, page 5": Question(_listed(Filter.ALL, page=5)),
    "search for a rare word": Question(_searched(RARE_WORD)),
    "search for a frequent beginning": Question(_searched("ware")),
    "search for two words": Question(_searched("warehouse brazil")),
    "search for one letter": Question(_searched("s")),
    "search that finds nothing": Question(_searched("warehouse holidays xylophone")),
    "remembered in the form": Question(_recalled),
    "show": Question(_shown(0)),
    f"show, {CHANGED} versions": Question(_shown(OWN - 1)),
    "on an outcome's card": Question(lambda tx, viewer: decisions_of_outcome(tx, viewer, 1)),
    "my week": Question(lambda tx, viewer: decisions_waiting_for(tx, viewer, today=TODAY)),
    "debt of mine": Question(_in_debt(is_mine=True)),
    "debt of a team": Question(_in_debt(team=_TEAM)),
    "debt of all": Question(_in_debt()),
    "log one": Question(_logged, writes=True),
}
