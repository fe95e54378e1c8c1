"""What people ask of outcomes, by the same functions that the listeners call."""

from collections.abc import Mapping
from decimal import Decimal

from bot.cards.queries import card_of
from bot.db.database import Tx
from bot.outcomes.queries import PAGE_SIZE, find_outcome, list_outcomes, search_outcomes
from bot.outcomes.queries.advice import Written, advise, findings_of, outcomes_alike
from bot.outcomes.rules import Filter
from bot.people.rules import Viewer
from bot.results.actions import Measured, log_result
from bot.search.rules import terms
from tests.benchmarks.asking import Asked, Question
from tests.benchmarks.company import GUESTS_TEAMS, LONG, NOW, SHORT, VIEWERS
from tests.benchmarks.phrases import RARE_WORD
from tests.benchmarks.stories import TODAY


def _listed(*, is_mine: bool = False, narrowed: Filter | None = None, team: int | None = None, page: int = 1) -> Asked:
    def ask(tx: Tx, viewer: Viewer) -> object:
        found = list_outcomes(
            tx,
            viewer,
            today=TODAY,
            owner_id=viewer.person_id if is_mine else None,
            team_ids=None if team is None else [team],
            narrowed=narrowed,
            offset=(page - 1) * PAGE_SIZE,
        )
        return findings_of(tx, viewer, found.views)

    return ask


def _searched(query: str) -> Asked:
    def ask(tx: Tx, viewer: Viewer) -> object:
        page = search_outcomes(tx, viewer, terms(query))
        return page if page.views else outcomes_alike(tx, viewer, query)

    return ask


def _own(viewer: Viewer, numbers: range) -> int:
    """The number of the viewer's own outcome among the first ones."""
    return 1 + numbers[list(VIEWERS.values()).index(int(viewer.person_id.removeprefix("U")))]


def _shown(numbers: range) -> Asked:
    def ask(tx: Tx, viewer: Viewer) -> object:
        return card_of(tx, viewer, find_outcome(tx, viewer, _own(viewer, numbers)), today=TODAY, focus_limit=3)

    return ask


def _logged(numbers: range) -> Asked:
    def ask(tx: Tx, viewer: Viewer) -> object:
        view = find_outcome(tx, viewer, _own(viewer, numbers))
        return log_result(tx, viewer, view, Measured(Decimal(20), "The portal is live"), now=NOW)

    return ask


def _advised(tx: Tx, viewer: Viewer) -> object:
    typed = {
        "statement": "Customers in Germany renew without being asked after the trial",
        "measure": "Share of customers that renew",
        "baseline": "12%",
        "target": "30%",
        "unit": "",
        "due": "in 13 weeks",
        "owner": viewer.person_id,
        "team": str(GUESTS_TEAMS[0] + 1),
    }
    return advise(tx, viewer, Written(typed, TODAY, "en-US"), besides=None, focus_limit=3)


QUESTIONS: Mapping[str, Question] = {
    "list mine": Question(_listed(is_mine=True)),
    "list of a team": Question(_listed(team=GUESTS_TEAMS[0] + 1)),
    "list all": Question(_listed()),
    "list all, page 5": Question(_listed(page=5)),
    **{f"list all {narrowed}": Question(_listed(narrowed=narrowed)) for narrowed in Filter},
    "search for a rare word": Question(_searched(RARE_WORD)),
    "search for a frequent beginning": Question(_searched("cust")),
    "search for two words": Question(_searched("renewals brazil")),
    "search for one letter": Question(_searched("s")),
    "search that finds nothing": Question(_searched("customers renewing holidays quickly")),
    "show, 20 results": Question(_shown(SHORT)),
    "show, 1,000 results": Question(_shown(LONG)),
    "advice in the form": Question(_advised),
    "log a result beside 20": Question(_logged(SHORT), writes=True),
    "log a result beside 1,000": Question(_logged(LONG), writes=True),
}
