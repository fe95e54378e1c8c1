"""A decider is reminded once before and once after, asked to review once, and never in vain."""

from datetime import UTC, date, datetime

import pytest
from sqlalchemy import select, update

from bot.absences.actions.leaving import go_away
from bot.absences.rules import Days
from bot.decisions.jobs import next_word, words_to_deciders_due
from bot.decisions.model import Decision
from bot.decisions.rules.drafts import Choice, Question
from bot.deliveries.rules import kind_of
from bot.outbox.model import Delivery
from bot.outbox.rules import State
from bot.teams.model import Team
from tests.decisions.deciding import around, decided, edited, logged, opened, reopened, withdrawn
from tests.decisions.test_reviewing import reviewed
from tests.workspaces.firm import Firm, profile

TUESDAY = date(2026, 3, 10)


@pytest.fixture
def team(firm: Firm) -> Team:
    firm.channel(members=["UOLGA"])
    return firm.team()


def march(day: int, hour: int = 12) -> datetime:
    return datetime(2026, 3, day, hour, tzinfo=UTC)


def words(firm: Firm) -> dict[str, Delivery]:
    """What deciders were told of Rhythm's own accord, by the word and the day or version of it."""
    with firm.db.read() as tx:
        found = tx.scalars(select(Delivery).where(Delivery.kind == "post").order_by(Delivery.id))
        named = {one.key.split(":", 2)[2]: one for one in found}
    return {name: one for name, one in named.items() if name.split(":")[0] in ("before", "overdue", "review")}


def lived(firm: Firm, until: datetime, most_a_week: int = 7) -> None:
    """Lets time pass, and everything that is owed be sent."""
    while True:
        words_to_deciders_due(firm.db, most_a_week)
        with firm.db.begin() as tx:
            owed = (Delivery.state == State.OWED) & (Delivery.due_at <= firm.now)
            tx.execute(update(Delivery).where(owed).values(state=State.SENT, sent_at=firm.now, channel="D", ts="1"))
        soonest = next_word(firm.db)
        if soonest is None or soonest > until:
            return firm.clock.move_to(until)
        firm.clock.move_to(max(soonest, firm.now))


def test_once_the_working_day_before_and_once_after_then_nothing(firm: Firm, team: Team) -> None:
    opened(firm, team, needed_by_on=TUESDAY)
    lived(firm, march(31))
    told = words(firm)
    assert {name: one.due_at for name, one in told.items()} == {
        "before:UOLGA:2026-03-10": march(9, 9),
        "overdue:UOLGA:2026-03-10": march(11, 9),
    }
    assert "needed by" in told["before:UOLGA:2026-03-10"].text
    assert "on the agenda" in told["overdue:UOLGA:2026-03-10"].text
    assert next_word(firm.db) is None


def test_a_decision_that_was_made_in_time_is_not_asked_for(firm: Firm, team: Team) -> None:
    opened(firm, team, needed_by_on=TUESDAY)
    lived(firm, march(6))
    decided(firm, 1)
    lived(firm, march(31))
    assert words(firm) == {}


def test_what_is_owed_is_called_off_when_it_is_decided_meanwhile(firm: Firm, team: Team) -> None:
    opened(firm, team, needed_by_on=TUESDAY)
    words_to_deciders_due(firm.db)
    firm.clock.move_to(march(9, 9))
    words_to_deciders_due(firm.db)
    decided(firm, 1)
    assert words(firm)["before:UOLGA:2026-03-10"].state == State.CANCELLED


def test_what_was_sent_says_what_became_of_it_once(firm: Firm, team: Team) -> None:
    opened(firm, team, needed_by_on=TUESDAY)
    lived(firm, march(9))
    decided(firm, 1)
    decided(firm, 1, choice=Choice("Keep them", "", reason="Nobody paid"))
    with firm.db.read() as tx:
        rewritten = [one.text for one in tx.scalars(select(Delivery)) if ":before:" in one.key and "#" in one.key]
    [text] = rewritten
    assert "Olga decided it" in text


@pytest.mark.parametrize("end", [lambda firm: withdrawn(firm, 1), lambda firm: decided(firm, 1)])
def test_whatever_ends_it_calls_the_second_reminder_off(firm: Firm, team: Team, end: object) -> None:
    opened(firm, team, needed_by_on=TUESDAY)
    lived(firm, march(9))
    end(firm)  # type: ignore[operator]
    lived(firm, march(31))
    assert list(words(firm)) == ["before:UOLGA:2026-03-10"]


def test_another_decider_is_reminded_and_the_one_before_is_not_any_more(firm: Firm, team: Team) -> None:
    opened(firm, team, needed_by_on=TUESDAY)
    firm.clock.move_to(march(4))
    edited(firm, 1, "ULEAD", Question("Do we raise prices?", needed_by_on=TUESDAY), team, around(firm, "UANN"))
    lived(firm, march(31))
    assert list(words(firm)) == ["before:UANN:2026-03-10", "overdue:UANN:2026-03-10"]


def test_another_day_has_its_own_reminders(firm: Firm, team: Team) -> None:
    opened(firm, team, needed_by_on=TUESDAY)
    lived(firm, march(9))
    edited(firm, 1, "ULEAD", Question("Do we raise prices?", needed_by_on=date(2026, 3, 20)), team, around(firm))
    lived(firm, march(31))
    assert list(words(firm)) == [
        "before:UOLGA:2026-03-10",
        "before:UOLGA:2026-03-20",
        "overdue:UOLGA:2026-03-20",
    ]


def test_nobody_is_reminded_while_away(firm: Firm, team: Team) -> None:
    opened(firm, team, needed_by_on=TUESDAY)
    with firm.db.begin() as tx:
        go_away(tx, firm.viewer("UOLGA"), Days(date(2026, 3, 6), date(2026, 3, 13)), delegate=None, now=firm.now)
    lived(firm, march(31))
    assert {name: one.due_at for name, one in words(firm).items()} == {
        "before:UOLGA:2026-03-10": march(5, 9),
        "overdue:UOLGA:2026-03-10": march(16, 9),
    }


def test_a_review_is_asked_for_once_with_the_prediction(firm: Firm, team: Team) -> None:
    logged(firm, team, choice=Choice("By mail", "It is read", effect="More opens", review_on=date(2026, 3, 14)))
    lived(firm, march(31))
    [(name, review)] = words(firm).items()
    assert (name, review.place, review.due_at) == ("review:UOLGA:v1", "UOLGA", march(16, 9))
    assert "More opens" in review.text
    assert next_word(firm.db) is None


def test_what_is_reviewed_before_is_not_asked_for(firm: Firm, team: Team) -> None:
    logged(firm, team, choice=Choice("By mail", "", review_on=date(2026, 3, 14)))
    words_to_deciders_due(firm.db)
    reviewed(firm)
    lived(firm, march(31))
    assert words(firm) == {}


def test_a_reopened_decision_is_not_asked_for_a_review(firm: Firm, team: Team) -> None:
    logged(firm, team, choice=Choice("By mail", "", review_on=date(2026, 3, 14)))
    reopened(firm, 1)
    lived(firm, march(31))
    assert words(firm) == {}


def test_reminders_count_in_the_week_and_are_kept_back_in_a_full_one(firm: Firm, team: Team) -> None:
    for _ in range(3):
        opened(firm, team, needed_by_on=TUESDAY)
    lived(firm, march(9), most_a_week=2)
    with firm.db.read() as tx:
        states = [one.state for one in tx.scalars(select(Delivery).order_by(Delivery.id)) if ":before:" in one.key]
    assert states == [State.SENT, State.SENT, State.WITHHELD]


def test_who_left_or_cannot_see_it_any_more_is_not_told(firm: Firm, team: Team) -> None:
    opened(firm, team, needed_by_on=TUESDAY)
    firm.meet(profile("UOLGA", name="Olga", is_active=False))
    lived(firm, march(31))
    assert words(firm) == {}


def test_why_one_came_is_said_by_its_key(firm: Firm, team: Team) -> None:
    names = [kind_of(f"decision:D7:{word}:UOLGA:2026-03-10").name for word in ("before", "overdue", "review", "asked")]
    assert len(set(names)) == 4
    with firm.db.read() as tx:
        assert list(tx.scalars(select(Decision))) == []
