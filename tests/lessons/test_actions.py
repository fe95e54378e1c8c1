"""Keeping lessons and finding them again, and who sees them; on both databases."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.db.database import Tx
from bot.lessons.actions import add_lesson
from bot.lessons.model import Lesson
from bot.lessons.queries import LessonView, lessons_alike, lessons_of_outcome, newest_lessons, search_lessons
from bot.lessons.rules import PAGE_SIZE
from bot.outcomes.actions.closing import Closing, close_outcome
from bot.outcomes.rules import Ending
from bot.people.rules import Viewer
from bot.priorities.actions import add_priority, retire_priority
from bot.priorities.model import Priority
from bot.search.rules import terms
from bot.teams.actions import Membership, note_left
from bot.teams.model import Team
from tests.workspaces.firm import Firm, profile


@pytest.fixture
def team(firm: Firm) -> Team:
    firm.channel("C1", ["UOLGA", "ULEAD"])
    return firm.team("C1")


def kept(firm: Firm, team: Team, text: str, *, by: str = "UMAX", measure: str = "", priority: int | None = None) -> int:
    """Keeps a lesson a minute after the one before, and answers its id."""
    firm.clock.move_to(firm.now + timedelta(minutes=1))
    with firm.db.begin() as tx:
        viewer = firm.viewer(by)
        lesson = add_lesson(tx, viewer, team=team, text=text, measure=measure, priority_id=priority, now=firm.now)
        return lesson.id


def texts(firm: Firm, ask: Callable[[Tx, Viewer], list[LessonView]], who: str = "UMAX") -> list[str]:
    with firm.db.read() as tx:
        return [view.lesson.text for view in ask(tx, firm.viewer(who))]


def searched(firm: Firm, query: str) -> list[str]:
    return texts(firm, lambda tx, viewer: list(search_lessons(tx, viewer, terms(query)).lessons))


def alike(firm: Firm, text: str, limit: int = 3) -> list[str]:
    return texts(firm, lambda tx, viewer: lessons_alike(tx, viewer, text, limit=limit))


def priority(firm: Firm, name: str) -> Priority:
    with firm.db.begin() as tx:
        return add_priority(tx, firm.viewer("UANN"), name=name, period="H1 2026", now=firm.now)


def closed(firm: Firm, team: Team, lesson: str) -> int:
    """Closes a new outcome with a lesson, and answers the outcome's id."""
    view = firm.outcome(team, "UOLGA")
    with firm.db.begin() as tx:
        close_outcome(tx, firm.viewer("UOLGA"), view, Closing(Ending.MISSED, lesson=lesson), now=firm.now)
    return view.outcome.id


def test_the_newest_come_first_a_page_at_a_time(firm: Firm, team: Team) -> None:
    for number in range(PAGE_SIZE + 2):
        kept(firm, team, f"Lesson {number}")
    with firm.db.read() as tx:
        first = newest_lessons(tx, firm.viewer("UMAX"))
        second = newest_lessons(tx, firm.viewer("UMAX"), offset=PAGE_SIZE)
        beyond = newest_lessons(tx, firm.viewer("UMAX"), offset=500)
    said = [view.lesson.text for page in (first, second, beyond) for view in page.lessons]
    assert said == [f"Lesson {number}" for number in reversed(range(PAGE_SIZE + 2))]
    assert [page.total for page in (first, second, beyond)] == [PAGE_SIZE + 2] * 3
    assert [page.offset for page in (first, second, beyond)] == [0, PAGE_SIZE, 500]


def test_two_of_the_same_instant_keep_their_order_on_every_page(firm: Firm, team: Team) -> None:
    with firm.db.begin() as tx:
        for number in range(PAGE_SIZE + 5):
            add_lesson(tx, firm.viewer("UMAX"), team=team, text=f"Lesson {number}", now=firm.now)
    with firm.db.read() as tx:
        pages = [newest_lessons(tx, firm.viewer("UMAX"), offset=offset) for offset in (0, PAGE_SIZE)]
    assert len({view.lesson.id for page in pages for view in page.lessons}) == PAGE_SIZE + 5


def test_a_lesson_says_whose_it_is_and_what_it_is_about(firm: Firm, team: Team) -> None:
    served = priority(firm, "Customers stay")
    kept(firm, team, "Short forms double sign-ups", by="UANN", measure="Sign-ups", priority=served.id)
    with firm.db.read() as tx:
        [view] = newest_lessons(tx, firm.viewer("UMAX")).lessons
    assert (view.team.name, view.author.name, view.lesson.measure) == ("Team C1", "Ann", "Sign-ups")
    assert (view.priority_name, view.outcome_key) == ("Customers stay", None)


@pytest.mark.parametrize(
    "query", ["forms", "FORM sign", "double short", "sígn-ups", "trial conv", "team c1", "customers stay", "''; short"]
)
def test_a_lesson_is_found_by_its_words_and_by_its_tags(firm: Firm, team: Team, query: str) -> None:
    served = priority(firm, "Customers stay")
    kept(firm, team, "Short forms double sign-ups", measure="Trial conversion", priority=served.id)
    firm.channel("C2", ["ULEAD"])
    kept(firm, firm.team("C2"), "Hiring takes a quarter")
    assert searched(firm, query) == ["Short forms double sign-ups"]


def test_every_word_has_to_be_there(firm: Firm, team: Team) -> None:
    kept(firm, team, "Short forms double sign-ups")
    assert searched(firm, "short sentences") == []


@given(st.text(max_size=40))
@settings(deadline=None, max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_anything_can_be_looked_for(firm: Firm, query: str) -> None:
    with firm.db.read() as tx:
        assert search_lessons(tx, firm.viewer("UMAX"), terms(query)).total == 0
        assert lessons_alike(tx, firm.viewer("UMAX"), query) == []


def test_the_most_alike_come_first_and_others_do_not_come(firm: Firm, team: Team) -> None:
    kept(firm, team, "A shorter sign-up form brings more trials")
    kept(firm, team, "Sign-up forms: three fields beat nine")
    kept(firm, team, "Interviews on Mondays are forgotten")
    assert alike(firm, "The sign-up form is shorter") == [
        "A shorter sign-up form brings more trials",
        "Sign-up forms: three fields beat nine",
    ]
    assert alike(firm, "The sign-up form is shorter", limit=1) == ["A shorter sign-up form brings more trials"]
    assert alike(firm, "Invoices are paid in time") == []
    assert alike(firm, "") == []


def test_the_measure_counts_for_being_alike_and_the_teams_name_does_not(firm: Firm, team: Team) -> None:
    kept(firm, team, "Three fields are enough", measure="Trial conversion")
    assert alike(firm, "Trial conversion") == ["Three fields are enough"]
    assert alike(firm, "Team C1") == []


def test_hidden_lessons_do_not_crowd_out_the_ones_that_are_seen(firm: Firm, team: Team) -> None:
    firm.channel("C2", ["ULEAD"], is_private=True)
    private = firm.team("C2")
    kept(firm, team, "Short forms double sign-ups")
    for number in range(60):
        kept(firm, private, f"Short forms double sign-ups, part {number}", by="ULEAD")
    assert alike(firm, "Short forms double sign-ups") == ["Short forms double sign-ups"]


def test_a_close_leaves_its_lesson_with_its_outcome(firm: Firm, team: Team) -> None:
    first = closed(firm, team, "Ask five users before the first line")
    closed(firm, team, "Something else")
    with firm.db.read() as tx:
        [view] = lessons_of_outcome(tx, firm.viewer("UMAX"), first)
        assert (view.lesson.text, view.outcome_key) == ("Ask five users before the first line", "OUT-1")
        assert view.lesson.measure == "Reports"
        assert lessons_of_outcome(tx, firm.viewer("UMAX"), 999) == []
    assert searched(firm, "OUT1") == ["Ask five users before the first line"]


def test_a_retired_priority_still_tags_its_lessons(firm: Firm, team: Team) -> None:
    served = priority(firm, "Customers stay")
    kept(firm, team, "Short forms double sign-ups", priority=served.id)
    with firm.db.begin() as tx:
        retire_priority(tx, firm.viewer("UANN"), tx.get_one(Priority, served.id), now=firm.now)
    with firm.db.read() as tx:
        [view] = newest_lessons(tx, firm.viewer("UMAX")).lessons
    assert view.priority_name == "Customers stay"


CASES = {
    "a member": (Viewer("T1", "UOLGA"), True, True),
    "somebody else": (Viewer("T1", "UMAX"), True, False),
    "an admin outside": (Viewer("T1", "UANN"), True, False),
    "somebody who left": (Viewer("T1", "ULEFT"), True, False),
    "a guest in the channel": (Viewer("T1", "UGUEST"), True, True),
    "a guest outside": (Viewer("T1", "UOTHERGUEST"), False, False),
    "somebody Rhythm never met": (Viewer("T1", "USTRANGER"), False, False),
    "a member's namesake in another workspace": (Viewer("T2", "UOLGA"), False, False),
}
"""Who may see the lessons of a public team, and of a private one."""

QUERIES: dict[str, Callable[[Tx, Viewer, Lesson], list[LessonView]]] = {
    "newest_lessons": lambda tx, who, it: list(newest_lessons(tx, who).lessons),
    "search_lessons": lambda tx, who, it: list(search_lessons(tx, who, terms("five users")).lessons),
    "lessons_alike": lambda tx, who, it: lessons_alike(tx, who, "Ask five users"),
    "lessons_of_outcome": lambda tx, who, it: lessons_of_outcome(tx, who, it.outcome_id or 0),
}


@pytest.fixture
def there(firm: Firm) -> list[Lesson]:
    """A lesson from an outcome of a public team, and one of a private team; another workspace has the same ids."""
    for person_id in ("UGUEST", "UOTHERGUEST", "ULEFT"):
        firm.meet(profile(person_id, is_guest="GUEST" in person_id))
    other = Firm(firm.db, firm.clock, "T2").open()
    other.meet(profile("UOLGA"))
    for channel_id, is_private in (("CPUBLIC", False), ("CPRIVATE", True)):
        firm.channel(channel_id, ["UOLGA", "UGUEST", "ULEFT"], is_private=is_private)
        other.channel(channel_id, ["UOLGA"], is_private=is_private)
        closed(firm, firm.team(channel_id, lead="UOLGA"), f"Ask five users of {channel_id}")
        with firm.db.begin() as tx:
            note_left(tx, Membership("T1", channel_id, "ULEFT", False))
    with firm.db.read() as tx:
        shown = newest_lessons(tx, firm.viewer("UOLGA")).lessons
    return sorted((view.lesson for view in shown), key=lambda lesson: lesson.id)


@pytest.mark.parametrize("who", CASES)
def test_every_query_shows_each_person_exactly_what_they_may_see(firm: Firm, there: list[Lesson], who: str) -> None:
    viewer, *may = CASES[who]
    with firm.db.read() as tx:
        for lesson, is_seen in zip(there, may, strict=True):
            for name, ask in QUERIES.items():
                seen = lesson.id in {view.lesson.id for view in ask(tx, viewer, lesson)}
                assert seen is is_seen, f"{name}: {lesson.text}"
        assert newest_lessons(tx, viewer).total == sum(may)
        assert search_lessons(tx, viewer, terms("five users")).total == sum(may)


def test_a_guest_reads_a_lesson_without_the_priority_it_served(firm: Firm) -> None:
    firm.meet(profile("UGUEST", is_guest=True))
    firm.channel("C1", ["UOLGA", "UGUEST"])
    served = priority(firm, "Customers stay")
    kept(firm, firm.team("C1"), "Short forms double sign-ups", priority=served.id)
    with firm.db.read() as tx:
        named = [newest_lessons(tx, firm.viewer(who)).lessons[0].priority_name for who in ("UOLGA", "UGUEST")]
    assert named == ["Customers stay", None]
