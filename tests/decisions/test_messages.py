"""The words of the decisions room."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

import pytest

from bot.decisions.messages import asking, card, deciding, ending, lists, news, places
from bot.decisions.messages.card import May
from bot.decisions.messages.expected import Measured
from bot.decisions.messages.logging import log_form
from bot.decisions.queries import DecisionBrief
from bot.decisions.queries.lists import DecisionPage
from bot.decisions.rules import DecisionState
from bot.decisions.rules.lists import Asked, Filter, Scope
from bot.outcomes.messages.disputes import Disputed
from bot.slack.message import Form, Message
from bot.slack.mrkdwn import Markup
from bot.slack.typed import Filled
from tests.decisions.samples import CHANGED, LINK, OUTCOME, asked, choice, made, objection, question, worst
from tests.outcomes.samples import NOW, READER, team
from tests.slack.every_message import (
    test_as_it_is_read,
    test_at_its_limits_a_message_still_fits_and_pings_nobody,
    test_the_payload,
    test_the_text_says_every_word_that_the_blocks_say,
)
from tests.slack.reading import read

__all__ = [
    "test_as_it_is_read",
    "test_at_its_limits_a_message_still_fits_and_pings_nobody",
    "test_the_payload",
    "test_the_text_says_every_word_that_the_blocks_say",
]

ALL = May(decide=True, change=True, object=True)
NOBODY = asked(decision=question(decider_id=None, needed_by_on=None), decider=None, waits=(), heard=(), options=())
OVERDUE = asked(decision=question(needed_by_on=date(2026, 3, 27)))
AGAIN = replace(made(), decision=question(reopened_at=NOW, evidence="A rival halved theirs", choice_version=1))
NOT_NEW = replace(made(), decision=question(reopened_at=NOW, choice_version=1))
LATER = question(9, decided=True, question="Which prices do we have in two years?")
REPLACED = made(
    decision=question(
        decided=True, state=DecisionState.SUPERSEDED, ended_at=NOW, ending_note="The rival is gone", choice_version=1
    ),
    superseded_by=LATER,
)
WITHDRAWN = asked(
    decision=question(state=DecisionState.WITHDRAWN, ended_at=NOW, ending_note="Nobody asks for it any more")
)
OF_ANOTHER = made(is_logged=True)
WORDS_ONLY = made([choice(effect_outcome_id=None, effect_value=None, confidence=None, is_reversible=False)])
BRIEFS = [OVERDUE, NOBODY, made(), REPLACED, made(decision=question(decided=True, review_on=date(2026, 3, 1)))]
PAGE = DecisionPage([DecisionBrief(one.decision, one.team, one.decider, one.chosen) for one in BRIEFS], 57, 20)
FILLED = Filled(asking.filled_with(asked()))
MEASURED = Measured([OUTCOME.outcome], OUTCOME)
TEAMS = {1: "Growth", 2: "Platform"}

MESSAGES: dict[str, Callable[[], Message]] = {
    "card_open": lambda: card.decision_card(asked(), May(decide=True, change=True), reader=READER),
    "card_of_nobody": lambda: card.decision_card(NOBODY, May(), reader=READER),
    "card_overdue": lambda: card.decision_card(OVERDUE, May(), reader=READER),
    "card_decided": lambda: card.decision_card(made(), ALL, reader=READER),
    "card_logged_by_another": lambda: card.decision_card(OF_ANOTHER, May(change=True), reader=READER),
    "card_changed": lambda: card.decision_card(CHANGED, May(change=True), reader=READER),
    "card_reopened": lambda: card.decision_card(AGAIN, May(decide=True), reader=READER),
    "card_reopened_without_evidence": lambda: card.decision_card(NOT_NEW, May(), reader=READER),
    "card_superseded": lambda: card.decision_card(REPLACED, ALL, reader=READER),
    "card_withdrawn": lambda: card.decision_card(WITHDRAWN, ALL, reader=READER),
    "card_from_a_message": lambda: card.decision_card(
        replace(WORDS_ONLY, decision=question(decided=True, link=LINK), takes_place_of=(LATER,)), May(), reader=READER
    ),
    "asked_to_decide": lambda: news.asked_to_decide(asked(), by="Max Muster", reader=READER),
    "not_asked_any_more_decided": lambda: news.not_asked_any_more(made(), READER),
    "not_asked_any_more_other": lambda: news.not_asked_any_more(asked(), READER),
    "not_asked_any_more_withdrawn": lambda: news.not_asked_any_more(WITHDRAWN, READER),
    "you_may_object": lambda: news.you_may_object(made(), choice(), reader=READER),
    "decided_for_you": lambda: news.decided_for_you(made(), READER),
    "logged_for_you": lambda: news.logged_for_you(made(), by="Max Muster", reader=READER),
    "objected": lambda: news.objected(made(), by="Grace Whitfield", objection="We lose the schools"),
    "decision_announced": lambda: news.decision_announced(made(), choice(), reader=READER),
    "decision_announced_logged_by_another": lambda: news.decision_announced(OF_ANOTHER, choice(), reader=READER),
    "decision_announced_changed": lambda: news.decision_announced(CHANGED, CHANGED.choices[1], reader=READER),
    "decision_reopened": lambda: news.decision_reopened(AGAIN, by="Max Muster"),
    "decision_reopened_without_evidence": lambda: news.decision_reopened(NOT_NEW, by="Max Muster"),
    "decision_superseded": lambda: news.decision_superseded(REPLACED, LATER, by="Olga Ortiz"),
    "decision_withdrawn": lambda: news.decision_withdrawn(WITHDRAWN, by="Max Muster"),
    "decision_opened": lambda: news.decision_opened(asked(), reader=READER, is_mine=False),
    "decision_opened_mine": lambda: news.decision_opened(asked(), reader=READER, is_mine=True),
    "decision_opened_nobody": lambda: news.decision_opened(NOBODY, reader=READER, is_mine=False),
    "decision_edited": lambda: news.decision_edited(asked(), ["the question", "the options"], ["the context"]),
    "decision_not_edited": lambda: news.decision_edited(asked(), [], []),
    "decision_made": lambda: news.decision_made(made(), reader=READER, place=Markup("<#C1>")),
    "decision_made_by_another": lambda: news.decision_made(OF_ANOTHER, reader=READER, place=Markup("")),
    "decision_made_quietly": lambda: news.decision_made(WORDS_ONLY, reader=READER, place=Markup("")),
    "objection_kept": lambda: news.objection_kept(made()),
    "reopened_by_you": lambda: news.reopened_by_you(NOT_NEW, reader=READER, may_decide=True),
    "superseded_by_you": lambda: news.superseded_by_you(REPLACED, LATER),
    "withdrawn_by_you": lambda: news.withdrawn_by_you(WITHDRAWN),
    "no_team_yet": news.no_team_yet,
    "list": lambda: lists.decision_list(
        PAGE, title="Decisions you can see, open", empty="", reader=READER, asked=Asked(Scope.EVERY, offset=20)
    ),
    "list_empty": lambda: lists.decision_list(
        DecisionPage([], 0), title="", empty="You decide nothing that is open.", reader=READER
    ),
    "search_result": lambda: lists.search_result(PAGE, "raise prices", reader=READER),
    "nothing_found": lambda: lists.nothing_found("raise <prices>"),
    "not_a_team_channel": lambda: lists.not_a_team_channel(Markup("<#C1>")),
    "announced_there": lambda: places.announced_there(team(), Markup("<#C1>"), is_new=False),
    "announced_nowhere": lambda: places.announced_there(team(), None, is_new=True),
    "place_changed": lambda: places.place_changed(team(), "C2", by="Olga Ortiz"),
}
FORMS: dict[str, Callable[[], Form]] = {
    "need_form": lambda: asking.need_form(Filled({"team": "1"}), TEAMS, [], reader=READER, carries="0 C1"),
    "edit_form": lambda: asking.edit_form(question(), FILLED, TEAMS, asked().waits, reader=READER, carries="3 1 C1"),
    "edit_form_disputed": lambda: asking.edit_form(
        question(),
        FILLED,
        TEAMS,
        asked().waits,
        reader=READER,
        carries="3 2 C1",
        disputes=[Disputed("question", "Do we lower them?", "Grace Whitfield")],
    ),
    "decide_form": lambda: deciding.decide_form(asked(), Filled(), MEASURED, reader=READER, carries="3 1 C1"),
    "decide_form_without_options": lambda: deciding.decide_form(
        NOBODY, Filled(), Measured(), reader=READER, carries="3 1"
    ),
    "change_form": lambda: deciding.decide_form(
        made(), Filled(deciding.filled_with_choice(made(), READER)), MEASURED, reader=READER, carries="3 1 C1"
    ),
    "decide_form_overtaken": lambda: deciding.decide_form(
        made(),
        Filled({"choice": "Mine"}),
        Measured(),
        reader=READER,
        carries="3 2 C1",
        notice=deciding.decided_meanwhile(made(), "Lea Lind"),
    ),
    "log_form": lambda: log_form(
        Filled({"choice": "We raise prices", "decider": "UOLGA", "team": "1"}),
        TEAMS,
        MEASURED,
        reader=READER,
        carries="0 C1",
    ),
    "log_form_with_more_fields": lambda: log_form(
        Filled({"choice": "We raise prices", "heard": "UGRACE"}), TEAMS, Measured(), reader=READER, carries="0 C1"
    ),
    "log_form_from_message": lambda: log_form(
        Filled({"choice": "ok, 10% it is"}),
        TEAMS,
        Measured(),
        reader=READER,
        carries="0 C1 1.0",
        from_message=True,
        may_be_open=True,
    ),
    "object_form": lambda: ending.object_form(made(), said="We lose the schools", carries="3 1 C1"),
    "reopen_form": lambda: ending.reopen_form(made(), carries="3 1 C1"),
    "supersede_form": lambda: ending.supersede_form(made(), carries="3 1 C1"),
    "withdraw_form": lambda: ending.withdraw_form(asked(), carries="3 1 C1"),
}
EXTREMES: dict[str, Callable[[], Message]] = {
    "card": lambda: card.decision_card(worst(), ALL, reader=READER),
    "card_open": lambda: card.decision_card(worst(decided=False), ALL, reader=READER),
    "asked_to_decide": lambda: news.asked_to_decide(worst(decided=False), by="<" * 200, reader=READER),
    "you_may_object": lambda: news.you_may_object(worst(), worst().choices[-1], reader=READER),
    "announced": lambda: news.decision_announced(worst(), worst().choices[-1], reader=READER),
    "opened": lambda: news.decision_opened(worst(decided=False), reader=READER, is_mine=False),
    "made": lambda: news.decision_made(worst(), reader=READER, place=Markup("nowhere")),
    "reopened": lambda: news.decision_reopened(worst(decided=False), by="<" * 200),
    "superseded": lambda: news.decision_superseded(worst(), worst().decision, by="<" * 200),
    "list": lambda: lists.decision_list(
        DecisionPage([worst()] * 20, 1_000, 20), title="<" * 200, empty="", reader=READER, asked=Asked(Scope.TEAM, "9")
    ),
}


@pytest.mark.parametrize(
    ("view", "may", "offered"),
    [
        (asked(), May(), ["History"]),
        (asked(), ALL, ["Decide", "Edit", "Withdraw", "Object", "History"]),
        (asked(), May(change=True), ["Edit", "Withdraw", "History"]),
        (made(), May(decide=True, change=True), ["Review", "Change", "Supersede", "Reopen", "History"]),
        (made(), May(object=True), ["Object", "History"]),
        (REPLACED, May(decide=True, change=True), ["History"]),
        (WITHDRAWN, May(decide=True, change=True), ["History"]),
    ],
)
def test_a_card_offers_what_its_viewer_may_do_now(view: object, may: May, offered: list[str]) -> None:
    blocks = card.decision_card(view, may, reader=READER).blocks  # type: ignore[arg-type]  # of the samples
    last = blocks[-1]
    found = [one["text"]["text"] for one in last["elements"]] if last["type"] == "actions" else []
    assert found == offered


def test_those_who_are_heard_may_object_until_the_window_closes() -> None:
    ends = NOW + timedelta(days=2)
    assert card.may_object(made(), "UGRACE", now=ends - timedelta(seconds=1))
    assert not card.may_object(made(), "UGRACE", now=ends)
    assert not card.may_object(made(), "UOLGA", now=NOW)
    assert not card.may_object(AGAIN, "UGRACE", now=NOW)
    assert not card.may_object(made([choice(objections_until_at=None)]), "UGRACE", now=NOW)


def test_objections_are_shown_whole() -> None:
    shown = card.decision_card(made(objections=(objection("x" * 1_000),)), May(), reader=READER)
    assert "x" * 1_000 in shown.text


def test_the_effect_on_an_outcome_one_cannot_see_is_not_told() -> None:
    shown = card.decision_card(made(outcomes={}), May(), reader=READER)
    assert "OUT-12" not in shown.text.partition("What waits")[0]
    assert "Trial conversion" not in shown.text.partition("What waits")[0]


def test_the_choice_comes_back_from_the_form_of_a_change() -> None:
    filled = deciding.filled_with_choice(made([choice(choice="Keep them: for now")]), READER)
    assert (filled["option"], filled["choice"]) == ("3", "for now")
    filled = deciding.filled_with_choice(made([choice(choice="Sell the firm")]), READER)
    assert (filled["option"], filled["choice"]) == ("other", "Sell the firm")
    past = deciding.filled_with_choice(made([choice(effect_on=NOW.date(), review_on=NOW.date())]), READER)
    assert (past["effect_on"], past["review"]) == ("", "")


def test_forms_fit_at_their_limits() -> None:
    views, values = (worst(), worst(decided=False)), asking.filled_with(worst(decided=False))
    teams = dict.fromkeys(range(130), "&" * 80)
    waits = worst().waits
    measured = Measured([OUTCOME.outcome] * 100, OUTCOME)
    carries = "999999999999999999 999999999 " + "C" * 11
    for shown in (
        asking.need_form(Filled(values), teams, waits, reader=READER, carries=carries),
        asking.edit_form(views[1].decision, Filled(values), teams, waits, reader=READER, carries=carries),
        *(deciding.decide_form(one, Filled(), measured, reader=READER, carries=carries) for one in views),
        log_form(Filled({"choice": "<" * 600}), teams, measured, reader=READER, carries=carries),
        ending.object_form(views[0], said="&" * 1_000, carries=carries),
        ending.reopen_form(views[0], carries=carries),
        ending.supersede_form(views[0], carries=carries),
        ending.withdraw_form(views[1], carries=carries),
    ):
        assert len(shown.view["blocks"]) <= 100
        assert len(shown.view["private_metadata"]) <= 3_000
        assert read(shown)


def test_every_filter_has_its_words() -> None:
    assert set(lists.SUCH) == set(Filter)
