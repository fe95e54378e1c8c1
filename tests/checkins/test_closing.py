"""A period closes with something unanswered: recorded, and said to the team once."""

import threading
from datetime import UTC, datetime

import pytest

from bot.checkins.actions.answering import answer
from bot.checkins.actions.closing import close_next
from bot.checkins.jobs import closes_of_check_ins_due
from bot.checkins.queries.due import closes_due
from bot.outcomes.model import Outcome
from bot.teams.model import Team
from tests.checkins.diary import check_ins, deliveries, lived, periods
from tests.checkins.test_answering import answered, sent
from tests.workspaces.firm import Firm, profile


def march(day: int, hour: int = 0, minute: int = 0) -> datetime:
    return datetime(2026, 3, day, hour, minute, tzinfo=UTC)


@pytest.fixture
def team(firm: Firm) -> Team:
    """Olga and Max own an outcome each, and are asked on Mondays at nine."""
    firm.channel(members=["UOLGA", "UMAX"])
    return firm.team()


@pytest.fixture
def outcomes(firm: Firm, team: Team) -> list[Outcome]:
    return [firm.outcome(team, who).outcome for who in ("UOLGA", "UMAX")]


def late(firm: Firm, outcome: Outcome, period: str, by: str = "UOLGA") -> None:
    """An answer to a check-in of some time ago."""
    [checkin] = [one for one in check_ins(firm, by) if one.period == period]
    with firm.db.begin() as tx:
        ids = {"checkin_id": checkin.id, "outcome_id": outcome.id}
        answer(tx, firm.viewer(by), **ids, measured=None, note="busy weeks", now=firm.now)


def newest(firm: Firm, key: str) -> str:
    """The newest wording of a line."""
    return list(deliveries(firm, key).values())[-1].text


def test_silence_is_recorded_and_the_team_reads_one_line(firm: Firm, outcomes: list[Outcome], team: Team) -> None:
    lived(firm, march(9, 12))
    assert periods(firm)[0] == ("2026-W10", "unanswered")
    [(key, line)] = deliveries(firm, "unanswered:").items()
    assert (key, line.place, line.due_at) == (f"unanswered:{team.id}:2026-W10", "C1", march(9, 9))
    assert "The check-in of Mon, Mar 2 closed without news of:" in line.text
    assert all(said in line.text for said in ("OUT-1", "(Olga)", "OUT-2", "(Max)"))


def test_it_is_said_once_for_each_period(firm: Firm, outcomes: list[Outcome], team: Team) -> None:
    lived(firm, march(16, 12))
    assert list(deliveries(firm, "unanswered:")) == [f"unanswered:{team.id}:2026-W{week}" for week in (10, 11)]


def test_what_was_answered_is_not_named(firm: Firm, outcomes: list[Outcome]) -> None:
    lived(firm, march(2, 12))
    answered(firm, outcomes[0], 42)
    lived(firm, march(9, 12))
    assert periods(firm)[0] == ("2026-W10", "asked")
    text = newest(firm, "unanswered:")
    assert ("OUT-1" in text, "OUT-2" in text) == (False, True)


def test_where_everybody_answered_nothing_is_said(firm: Firm, outcomes: list[Outcome]) -> None:
    lived(firm, march(2, 12))
    answered(firm, outcomes[0], 42)
    late(firm, outcomes[1], "2026-W10", "UMAX")
    lived(firm, march(9, 12))
    assert deliveries(firm, "unanswered:") == {}


def test_an_answer_before_the_team_reads_of_it_is_in_time(firm: Firm, outcomes: list[Outcome]) -> None:
    lived(firm, march(9, 8))
    for outcome, who in zip(outcomes, ("UOLGA", "UMAX"), strict=True):
        late(firm, outcome, "2026-W10", who)
    lived(firm, march(9, 12))
    assert deliveries(firm, "unanswered:") == {}


def test_a_late_answer_takes_its_outcome_off_the_line(firm: Firm, outcomes: list[Outcome]) -> None:
    lived(firm, march(10, 12))
    sent(firm)
    late(firm, outcomes[0], "2026-W10")
    text = newest(firm, "unanswered:")
    assert ("OUT-1" in text, "OUT-2" in text) == (False, True)
    assert firm.see("UOLGA", 1).results[-1].note == "busy weeks"
    late(firm, outcomes[1], "2026-W10", "UMAX")
    assert newest(firm, "unanswered:") == "Every answer to the check-in of Mon, Mar 2 is in by now."


def test_each_team_reads_of_its_own_outcomes(firm: Firm, outcomes: list[Outcome]) -> None:
    firm.channel("C2", members=["UOLGA"])
    firm.outcome(firm.team("C2"), "UOLGA")
    lived(firm, march(9, 12))
    said = {line.place: line.text for line in deliveries(firm, "unanswered:").values()}
    assert ("OUT-3" in said["C1"], "OUT-3" in said["C2"], "OUT-1" in said["C2"]) == (False, True, False)


def test_owners_elsewhere_join_the_same_line_in_their_own_morning(firm: Firm, outcomes: list[Outcome]) -> None:
    firm.meet(profile("UMAX", name="Max", zone="America/New_York"))
    lived(firm, march(9, 10))
    assert "OUT-2" not in newest(firm, "unanswered:")
    sent(firm)
    lived(firm, march(9, 15))
    assert all(said in newest(firm, "unanswered:") for said in ("OUT-1", "OUT-2"))
    assert len([key for key in deliveries(firm, "unanswered:") if "#" not in key]) == 1


def test_nobody_who_left_is_named(firm: Firm, outcomes: list[Outcome]) -> None:
    lived(firm, march(4))
    firm.meet(profile("UOLGA", name="Olga", is_active=False))
    lived(firm, march(9, 12))
    assert "Olga" not in newest(firm, "unanswered:")


def test_owners_whose_check_ins_close_together_share_the_line(firm: Firm, outcomes: list[Outcome]) -> None:
    lived(firm, march(9, 8))
    firm.clock.move_to(march(9, 9))
    with firm.db.read() as tx:
        found = closes_due(tx, now=firm.now, limit=10)
    start = threading.Barrier(len(found) * 2)

    def beat(n: int) -> None:
        start.wait(10)
        due = found[n % len(found)]
        with firm.db.begin() as tx:
            close_next(tx, *due, now=firm.now)

    threads = [threading.Thread(target=beat, args=[n]) for n in range(len(found) * 2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert len(found) == 2
    assert len(deliveries(firm, "unanswered:")) == 1
    assert all(said in newest(firm, "unanswered:") for said in ("OUT-1", "OUT-2"))


def test_ones_trouble_does_not_hold_up_the_others(
    firm: Firm, outcomes: list[Outcome], monkeypatch: pytest.MonkeyPatch
) -> None:
    lived(firm, march(9, 8))

    def trouble_with_olga(tx: object, owner: object, *ids: object, **given: object) -> bool:
        if owner == firm.viewer("UOLGA"):
            raise RuntimeError("trouble")
        return close_next(tx, owner, *ids, **given)  # type: ignore[arg-type]

    firm.clock.move_to(march(9, 9))
    with monkeypatch.context() as patched:
        patched.setattr("bot.checkins.jobs.close_next", trouble_with_olga)
        assert closes_of_check_ins_due(firm.db) == 2
    assert "OUT-1" not in newest(firm, "unanswered:")
    lived(firm, march(9, 10))
    assert "OUT-1" in newest(firm, "unanswered:")
