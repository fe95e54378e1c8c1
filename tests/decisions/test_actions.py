"""Decisions are opened, made, changed, objected to, reopened, replaced and withdrawn; and their history says so."""

import threading
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest

from bot.decisions.actions.deciding import decide, log_decision
from bot.decisions.actions.history import refresh_decided_by
from bot.decisions.queries import find_decision_by_id
from bot.decisions.queries.waiting import Wait
from bot.decisions.rules import NEVER, DecisionState
from bot.decisions.rules.drafts import Choice, Question
from bot.decisions.rules.options import Option
from bot.errors import FormRefused, NotAllowed, NotFound, Refused, RhythmError
from bot.people.model import Person
from bot.teams.actions import Membership, note_left
from bot.teams.model import Team
from tests.decisions.deciding import (
    RAISE,
    around,
    decided,
    edited,
    history,
    logged,
    objected,
    opened,
    owed,
    reopened,
    seen,
    superseded,
    withdrawn,
)
from tests.workspaces.firm import Firm, profile

ASKED = Question("Do we raise prices?", "Support costs rise", (Option("Raise", "money", "churn"), Option("Keep")))


@pytest.fixture
def team(firm: Firm) -> Team:
    firm.channel(members=["UOLGA"])
    return firm.team()


def test_whoever_sees_the_team_opens_a_decision_and_the_decider_is_told_once(firm: Firm, team: Team) -> None:
    view = opened(firm, team, "UMAX", question=ASKED, heard=["UANN"])
    assert (view.decision.key, view.state, view.opened_by.name) == ("DEC-1", DecisionState.OPEN, "Max")
    assert view.decider is not None
    assert (view.decider.name, [one.name for one in view.heard]) == ("Olga", ["Ann"])
    assert view.options == ASKED.options
    assert history(firm) == [("UMAX", "opened", "", "")]
    [(key, (place, text))] = owed(firm).items()
    assert (key, place) == (f"decision:D{view.decision.id}:asked:UOLGA", "UOLGA")
    assert "Max asks you to decide *DEC-1* Do we raise prices?" in text


def test_who_opens_their_own_is_not_told(firm: Firm, team: Team) -> None:
    opened(firm, team, "UOLGA")
    assert owed(firm) == {}


def test_one_that_nobody_decides_is_debt_from_its_first_day(firm: Firm, team: Team) -> None:
    alone = opened(firm, team, decider=None).decision
    assert (alone.debt_from_on, alone.next_on) == (firm.now.date(), NEVER)
    due = opened(firm, team, needed_by_on=date(2026, 3, 6)).decision
    assert (due.debt_from_on, due.next_on) == (date(2026, 3, 7), date(2026, 3, 6))


@pytest.mark.parametrize(
    ("who", "why"), [("UBOT", "is a bot"), ("UGONE", "is deactivated"), ("UGUEST", "is not in the channel")]
)
def test_bots_and_those_who_are_gone_or_see_nothing_neither_decide_nor_are_heard(
    firm: Firm, team: Team, who: str, why: str
) -> None:
    firm.meet(profile("UBOT", is_bot=True), profile("UGONE", is_active=False), profile("UGUEST", is_guest=True))
    with pytest.raises(FormRefused, match=why) as refused:
        opened(firm, team, decider=who)
    assert list(refused.value.errors) == ["decider"]
    with pytest.raises(FormRefused, match=why) as refused:
        opened(firm, team, heard=[who])
    assert list(refused.value.errors) == ["heard"]
    with pytest.raises(FormRefused, match=why):
        logged(firm, team, decider=who)
    assert history(firm) == []


def test_editing_leaves_a_line_for_each_field_that_differs(firm: Firm, team: Team) -> None:
    opened(firm, team, question=ASKED)
    asked = Question("Do we raise prices in May?", "Support costs rise", ASKED.options, date(2026, 3, 9))
    after = edited(firm, 1, "UMAX", asked, team, around(firm))
    assert (after.decision.version, after.decision.next_on) == (2, date(2026, 3, 9))
    assert history(firm)[1:] == [
        ("UMAX", "question", "Do we raise prices?", "Do we raise prices in May?"),
        ("UMAX", "needed_by", "", "2026-03-09"),
    ]
    assert edited(firm, 1, "UMAX", asked, team, around(firm)).decision.version == 2


def test_a_new_decider_is_asked_and_the_old_one_is_not_any_more(firm: Firm, team: Team) -> None:
    view = opened(firm, team)
    edited(firm, 1, "UMAX", Question("Do we raise prices?"), team, around(firm, "UANN"))
    assert list(owed(firm)) == [f"decision:D{view.decision.id}:asked:v2:UANN"]
    edited(firm, 1, "UMAX", Question("Do we raise prices?"), team, around(firm, "UOLGA"))
    assert list(owed(firm)) == [f"decision:D{view.decision.id}:asked:v3:UOLGA"]


def test_a_bystander_does_not_edit_withdraw_or_decide(firm: Firm, team: Team) -> None:
    firm.meet(profile("UBY", name="Bo"))
    opened(firm, team)
    with pytest.raises(NotAllowed, match="Whoever opened DEC-1, Olga, who decides it, the lead of Team C1 or an admin"):
        edited(firm, 1, "UBY", Question("Why?"), team, around(firm))
    with pytest.raises(NotAllowed, match="can withdraw it"):
        withdrawn(firm, 1, "UBY")
    for who in ("UBY", "UMAX", "UANN"):
        with pytest.raises(NotAllowed, match=r"DEC-1 is Olga's to decide. They or the lead of Team C1 can decide it\."):
            decided(firm, 1, who)
    assert len(history(firm)) == 1


def test_one_without_a_decider_is_the_leads_who_then_is_its_decider(firm: Firm, team: Team) -> None:
    opened(firm, team, decider=None)
    with pytest.raises(NotAllowed, match="Nobody decides DEC-1 yet"):
        decided(firm, 1, "UOLGA")
    assert decided(firm, 1, "ULEAD").decision.decider_id == "ULEAD"


def test_a_decider_who_left_makes_it_debt_and_the_lead_decides(firm: Firm, team: Team) -> None:
    opened(firm, team)
    firm.meet(profile("UOLGA", name="Olga", is_active=False))
    asked = Question("Do we raise prices?", "They are gone")
    after = edited(firm, 1, "UMAX", asked, team, around(firm))
    assert after.decision.debt_from_on == firm.now.date()
    assert decided(firm, 1, "ULEAD").state == DecisionState.DECIDED


def test_what_somebody_decides_is_debt_while_they_are_gone(firm: Firm, team: Team) -> None:
    view = opened(firm, team)
    for is_active, since in ((False, firm.now.date()), (True, None)):
        firm.meet(profile("UOLGA", name="Olga", is_active=is_active))
        with firm.db.begin() as tx:
            refresh_decided_by(tx, tx.get_one(Person, ("T1", "UOLGA")), now=firm.now)
        assert seen(firm, view.decision.number, "ULEAD").decision.debt_from_on == since


def test_a_choice_is_kept_with_what_its_measure_said_then(firm: Firm, team: Team) -> None:
    outcome = firm.outcome(team, "UOLGA")
    firm.result(outcome.outcome, "UOLGA", 30)
    opened(firm, team)
    choice = Choice(
        "Raise them",
        "Costs",
        effect_outcome_id=outcome.outcome.id,
        effect_value=Decimal(60),
        effect_on=date(2026, 4, 6),
        confidence=7,
        is_reversible=False,
        review_on=date(2026, 4, 7),
    )
    view = decided(firm, 1, choice=choice)
    assert view.chosen is not None
    assert (view.chosen.effect_from, view.chosen.effect_value, view.chosen.confidence) == (Decimal(30), Decimal(60), 7)
    assert (view.decision.next_on, view.decision.debt_from_on) == (date(2026, 4, 7), date(2026, 4, 8))
    assert history(firm)[-1] == ("UOLGA", "decided", "", "Raise them")


def test_it_is_announced_in_the_channel_without_a_ping_and_the_ask_is_taken_back(firm: Firm, team: Team) -> None:
    view = opened(firm, team)
    decided(firm, 1)
    [(key, (place, text))] = owed(firm).items()
    assert (key, place) == (f"decision:D{view.decision.id}:v1", "C1")
    assert "Olga decided *DEC-1* Do we raise prices?" in text
    assert "<@" not in text


def test_what_the_lead_decides_in_somebodys_place_they_are_told(firm: Firm, team: Team) -> None:
    view = opened(firm, team)
    decided(firm, 1, "ULEAD")
    assert owed(firm)[f"decision:D{view.decision.id}:v1:UOLGA"][0] == "UOLGA"


def test_a_change_needs_a_reason_and_makes_a_version_that_stands_beside_the_first(firm: Firm, team: Team) -> None:
    opened(firm, team)
    decided(firm, 1)
    with pytest.raises(FormRefused, match="what made you change it"):
        decided(firm, 1)
    view = decided(firm, 1, choice=Choice("Keep them", "They grumble", reason="Two customers left"))
    assert [(one.version, one.choice, one.reason) for one in view.choices] == [
        (1, "Raise them by 10%", ""),
        (2, "Keep them", "Two customers left"),
    ]
    assert history(firm)[-1] == ("UOLGA", "changed", "Raise them by 10%", "Keep them")
    told = owed(firm)[f"decision:D{view.decision.id}:v2"][1]
    assert "Before: “Raise them by 10%”" in told
    assert "Two customers left" in told


def test_a_logged_decision_is_made_at_once_and_titled_by_its_choice(firm: Firm, team: Team) -> None:
    view = logged(firm, team, "UMAX", decider="UOLGA")
    assert (view.decision.question, view.state) == ("Raise them by 10%", DecisionState.DECIDED)
    assert [line[1] for line in history(firm)] == ["logged"]
    places = {key.rpartition(":")[2]: place for key, (place, _) in owed(firm).items()}
    assert places == {"v1": "C1", "UOLGA": "UOLGA"}
    assert logged(firm, team, question="Which?").decision.question == "Which?"


def test_those_who_are_heard_are_told_once_and_object_while_the_window_is_open(firm: Firm, team: Team) -> None:
    view = opened(firm, team, heard=["UANN", "UMAX"])
    decided(firm, 1, choice=Choice("Raise", "Costs", objection_days=2))
    told = owed(firm)[f"decision:D{view.decision.id}:v1:heard:UANN"]
    assert told[0] == "UANN"
    assert "say so until" in told[1]
    after = objected(firm, 1, "UANN")
    assert [(one.person_id, one.version, one.objection) for one in after.objections] == [
        ("UANN", 1, "We have too little data")
    ]
    assert any("Ann objects to" in text and place == "UOLGA" for place, text in owed(firm).values())
    assert [one.objection for one in objected(firm, 1, "UANN", "Still").objections] == ["Still"]
    with pytest.raises(Refused, match="Those who are heard on DEC-1 can object: Ann, Max"):
        objected(firm, 1, "ULEAD")
    firm.clock.advance(timedelta(days=2))
    with pytest.raises(Refused, match="The time to object to DEC-1 is over"):
        objected(firm, 1, "UMAX")


def test_without_a_window_nobody_is_told_and_nobody_objects(firm: Firm, team: Team) -> None:
    opened(firm, team, heard=["UANN"])
    decided(firm, 1)
    assert [key for key in owed(firm) if "heard" in key] == []
    with pytest.raises(Refused, match="is over"):
        objected(firm, 1, "UANN")


@pytest.mark.parametrize("words", ["", "x" * 1_001])
def test_an_objection_needs_words_and_not_too_many(firm: Firm, team: Team, words: str) -> None:
    opened(firm, team, heard=["UANN"])
    decided(firm, 1, choice=Choice("Raise", "Costs", objection_days=1))
    with pytest.raises(FormRefused, match="at most 1,000"):
        objected(firm, 1, "UANN", words)


def test_an_objection_to_one_version_stays_when_the_next_is_objected_to(firm: Firm, team: Team) -> None:
    opened(firm, team, heard=["UANN"])
    decided(firm, 1, choice=Choice("Raise", "Costs", objection_days=1))
    objected(firm, 1, "UANN", "first")
    decided(firm, 1, choice=Choice("Raise twice", "Costs", reason="Ann", objection_days=1))
    assert [(one.version, one.objection) for one in objected(firm, 1, "UANN", "second").objections] == [
        (1, "first"),
        (2, "second"),
    ]


def test_reopened_without_evidence_it_is_debt_from_that_day(firm: Firm, team: Team) -> None:
    opened(firm, team)
    decided(firm, 1, choice=Choice("Raise", "Costs", review_on=date(2026, 4, 1)))
    firm.clock.advance(timedelta(days=3))
    view = reopened(firm, 1, "UMAX")
    assert (view.state, view.decision.debt_from_on) == (DecisionState.OPEN, firm.now.date())
    assert history(firm)[-1] == ("UMAX", "reopened", "Raise", "")
    assert owed(firm)[f"decision:D{view.decision.id}:asked:v3:UOLGA"][0] == "UOLGA"
    assert "Without new evidence" in owed(firm)[f"decision:D{view.decision.id}:reopened:3"][1]


def test_reopened_with_evidence_it_is_open_until_it_is_needed_and_decided_again(firm: Firm, team: Team) -> None:
    opened(firm, team, needed_by_on=date(2026, 3, 3))
    decided(firm, 1)
    view = reopened(firm, 1, evidence="A rival halved theirs", needed_by_on=date(2026, 3, 20))
    assert (view.decision.evidence, view.decision.debt_from_on) == ("A rival halved theirs", date(2026, 3, 21))
    again = decided(firm, 1, choice=Choice("Keep them", "The rival"))
    assert (again.decision.choice_version, again.decision.evidence, again.decision.reopened_at) == (2, "", None)
    assert history(firm)[-1][1] == "decided"


def test_only_what_is_decided_is_reopened_and_only_what_is_open_is_edited_or_withdrawn(firm: Firm, team: Team) -> None:
    opened(firm, team)
    with pytest.raises(Refused, match="DEC-1 is not decided yet"):
        reopened(firm, 1)
    decided(firm, 1)
    with pytest.raises(Refused, match="DEC-1 is decided"):
        edited(firm, 1, "UMAX", ASKED, team, around(firm))
    with pytest.raises(Refused, match="DEC-1 is decided"):
        withdrawn(firm, 1)


def test_another_decision_takes_its_place(firm: Firm, team: Team) -> None:
    logged(firm, team)
    logged(firm, team, choice=Choice("Keep them", "They left"))
    view = superseded(firm, 1, 2, note="Prices were too high")
    assert (view.state, view.decision.ending_note, view.decision.next_on) == (
        DecisionState.SUPERSEDED,
        "Prices were too high",
        NEVER,
    )
    assert view.superseded_by is not None
    assert view.superseded_by.key == "DEC-2"
    assert [one.key for one in seen(firm, 2).takes_place_of] == ["DEC-1"]
    assert history(firm)[-1] == ("UOLGA", "superseded", "Raise them by 10%", "DEC-2")
    ways: list[Callable[[], object]] = [
        lambda: decided(firm, 1),
        lambda: reopened(firm, 1),
        lambda: superseded(firm, 1, 2),
    ]
    for way in ways:
        with pytest.raises(Refused, match="Another decision took the place of DEC-1"):
            way()


def test_nothing_takes_its_own_place_nor_does_what_has_ended(firm: Firm, team: Team) -> None:
    logged(firm, team)
    opened(firm, team, "UMAX")
    withdrawn(firm, 2)
    for successor, why in ((1, "this one itself"), (2, "is withdrawn")):
        with pytest.raises(FormRefused, match=why):
            superseded(firm, 1, successor)
    assert seen(firm, 1).state == DecisionState.DECIDED


def test_a_question_is_withdrawn_with_the_reason(firm: Firm, team: Team) -> None:
    view = opened(firm, team)
    with pytest.raises(FormRefused, match="Say in a line why"):
        withdrawn(firm, 1, reason="")
    withdrawn(firm, 1)
    assert history(firm)[-1] == ("UMAX", "withdrawn", "", "The question went away")
    assert list(owed(firm)) == [f"decision:D{view.decision.id}:withdrawn"]
    with pytest.raises(Refused, match="was withdrawn"):
        decided(firm, 1)


def test_of_two_who_decide_at_once_the_later_one_is_refused(firm: Firm, team: Team) -> None:
    opened(firm, team)
    start, said = threading.Barrier(2), []

    def choose(who: str) -> None:
        start.wait(10)
        try:
            with firm.db.begin() as tx:
                view = find_decision_by_id(tx, firm.viewer(who), 1, hold=True)
                said.append(str(decide(tx, firm.viewer(who), view, Choice(who, "Why"), now=firm.now).decision.version))
        except RhythmError as error:
            said.append(str(error))

    threads = [threading.Thread(target=choose, args=[who]) for who in ("UOLGA", "ULEAD")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert sorted(said) == ["2", "Say what made you change it."]
    assert len(seen(firm, 1).choices) == 1


def test_what_waits_for_it_is_kept_though_who_edits_cannot_see_all_of_it(firm: Firm, team: Team) -> None:
    firm.channel("C2", ["ULEAD", "UOLGA"], is_private=True)
    hidden = firm.outcome(firm.team("C2"), "UOLGA")
    shown = firm.outcome(team, "UOLGA")
    opened(firm, team, "UOLGA", waits=[Wait(hidden), Wait(shown)])
    assert [one.words for one in seen(firm, 1, "UMAX").waits] == [f"OUT-2 {shown.outcome.statement}"]
    edited(firm, 1, "UANN", Question("Do we raise prices?"), team, around(firm))
    assert [one.brief.outcome.number for one in seen(firm, 1, "UOLGA").waits] == [1]
    assert seen(firm, 1, "UMAX").waits == ()
    assert all(hidden.outcome.statement not in str(line) or "OUT-1" not in str(line) for line in history(firm))


def test_the_history_says_of_what_waits_elsewhere_only_that_it_does(firm: Firm, team: Team) -> None:
    firm.channel("C2", ["ULEAD", "UOLGA"], is_private=True)
    hidden = [Wait(firm.outcome(firm.team("C2"), "UOLGA")) for _ in range(3)]
    opened(firm, team, "UOLGA", waits=hidden[:1])
    edited(firm, 1, "UOLGA", Question("Do we raise prices?"), team, around(firm, waits=hidden[1:2]))
    edited(firm, 1, "UOLGA", Question("Do we raise prices?"), team, around(firm, waits=hidden[1:]))
    assert [line[1:] for line in history(firm)[1:]] == [
        ("waits", "something of another team", "something of another team"),
        ("waits", "something of another team", "2 things of other teams"),
    ]
    assert seen(firm, 1).decision.version == 3


def test_one_that_was_made_earlier_is_logged_as_of_then_and_its_heard_may_object(firm: Firm, team: Team) -> None:
    outcome = firm.outcome(team, "UOLGA")
    firm.result(outcome.outcome, "UOLGA", 10)
    firm.clock.advance(timedelta(days=2))
    made_at = firm.now
    firm.clock.advance(timedelta(days=5))
    firm.result(outcome.outcome, "UOLGA", 40)
    choice = Choice(
        "Raise",
        "Costs",
        effect_outcome_id=outcome.outcome.id,
        effect_value=Decimal(60),
        effect_on=date(2026, 4, 6),
        objection_days=2,
    )
    with firm.db.begin() as tx:
        view = log_decision(
            tx,
            firm.viewer("UOLGA"),
            team=team,
            question="",
            choice=choice,
            decider=firm.people["UOLGA"],
            heard=[firm.people["UMAX"]],
            made_at=made_at,
            now=firm.now,
        )
    assert view.chosen is not None
    assert view.chosen.made_at == view.decision.decided_at == made_at
    assert view.chosen.effect_from == 10
    assert view.chosen.objections_until_at == firm.now + timedelta(days=2)
    assert [one.id for one in view.heard] == ["UMAX"]
    assert "decision:D1:v1:heard:UMAX" in owed(firm)
    assert len(objected(firm, 1, "UMAX").objections) == 1


def test_what_is_logged_for_somebody_is_theirs_and_says_who_wrote_it_down(firm: Firm, team: Team) -> None:
    view = logged(firm, team, "UMAX", decider="UOLGA")
    assert view.chosen is not None
    logger = view.logger_of(view.chosen)
    assert (view.chosen.made_by, view.is_logged, logger and logger.name) == ("UOLGA", True, "Max")
    assert owed(firm)["decision:D1:logged:UOLGA"][1].startswith("Max logged this as your decision")
    changed = decided(firm, 1, "UOLGA", replace(RAISE, reason="A rival raised theirs"))
    assert changed.chosen is not None
    assert (changed.chosen.made_by, changed.logger_of(changed.chosen)) == ("UOLGA", None)


def test_a_decision_of_ones_own_and_one_that_was_asked_for_were_not_written_down_for_anybody(
    firm: Firm, team: Team
) -> None:
    opened(firm, team, "UMAX", decider="UOLGA")
    views = [logged(firm, team, "UOLGA"), decided(firm, 1, "UOLGA")]
    assert [view.is_logged for view in views] == [False, False]


def test_who_writes_down_what_somebody_else_decided_is_not_asked_to_object_to_it(firm: Firm, team: Team) -> None:
    with firm.db.begin() as tx:
        log_decision(
            tx,
            firm.viewer("UMAX"),
            team=team,
            question="",
            choice=replace(RAISE, objection_days=2),
            decider=firm.people["UOLGA"],
            heard=[firm.people["UMAX"], firm.people["UANN"]],
            now=firm.now,
        )
    assert [key for key in owed(firm) if ":heard:" in key] == ["decision:D1:v1:heard:UANN"]


def test_nobody_is_heard_on_what_they_cannot_see(firm: Firm) -> None:
    firm.channel("C2", ["ULEAD", "UOLGA"], is_private=True)
    team = firm.team("C2")
    with firm.db.begin() as tx, pytest.raises(FormRefused, match="Max"):
        log_decision(
            tx,
            firm.viewer("UOLGA"),
            team=team,
            question="",
            choice=RAISE,
            decider=firm.people["UOLGA"],
            heard=[firm.people["UMAX"]],
            now=firm.now,
        )


def test_an_effect_on_a_private_outcome_is_not_told_to_those_who_cannot_see_it(firm: Firm, team: Team) -> None:
    firm.channel("C2", ["ULEAD", "UOLGA"], is_private=True)
    hidden = firm.outcome(firm.team("C2"), "UOLGA").outcome
    opened(firm, team, heard=["UMAX", "UANN"])
    choice = Choice(
        "Raise",
        "Costs",
        effect_outcome_id=hidden.id,
        effect_value=Decimal(60),
        effect_on=date(2026, 4, 6),
        objection_days=1,
    )
    decided(firm, 1, choice=choice)
    assert [text for _, text in owed(firm).values() if "OUT-1" in text or "Reports" in text] == []
    assert list(seen(firm, 1, "UOLGA").outcomes) == [hidden.id]
    assert seen(firm, 1, "UMAX").outcomes == {}


def test_a_decision_of_a_private_team_is_seen_by_its_members_alone(firm: Firm) -> None:
    firm.meet(profile("UGUEST", is_guest=True))
    firm.channel("C2", ["ULEAD", "UOLGA"], is_private=True)
    opened(firm, firm.team("C2"), "UOLGA")
    other = Firm(firm.db, firm.clock, "T2").open()
    other.meet(profile("UOLGA"))
    assert seen(firm, 1, "ULEAD").decision.number == 1
    for who in ("UANN", "UMAX", "UGUEST"):
        with pytest.raises(NotFound, match="There is no DEC-1 that you can see"):
            seen(firm, 1, who)
    with pytest.raises(NotFound):
        seen(other, 1, "UOLGA")
    with pytest.raises(NotFound):
        decided(other, 1, "UOLGA")


def test_a_guest_in_the_channel_opens_decides_and_objects(firm: Firm) -> None:
    firm.meet(profile("UGUEST", name="Gus", is_guest=True))
    firm.channel(members=["UOLGA", "UGUEST"])
    team = firm.team()
    opened(firm, team, "UGUEST", decider="UGUEST")
    assert decided(firm, 1, "UGUEST").state == DecisionState.DECIDED
    opened(firm, team, heard=["UGUEST"])
    decided(firm, 2, choice=Choice("Raise", "Costs", objection_days=1))
    assert len(objected(firm, 2, "UGUEST").objections) == 1


def test_whoever_left_the_private_channel_is_not_told(firm: Firm) -> None:
    firm.channel("C2", ["ULEAD", "UOLGA", "UMAX"], is_private=True)
    opened(firm, firm.team("C2"), "UOLGA", heard=["UMAX"])
    with firm.db.begin() as tx:
        note_left(tx, Membership("T1", "C2", "UMAX", False))
    decided(firm, 1, choice=Choice("Raise", "Costs", objection_days=1))
    assert [place for place, _ in owed(firm).values()] == ["C2"]
    with pytest.raises(NotFound):
        objected(firm, 1, "UMAX")
