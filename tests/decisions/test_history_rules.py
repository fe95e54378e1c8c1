"""How a decision stood, from the lines of its history."""

from datetime import date, timedelta

from bot.decisions.rules.debt import SETTLED, Span, Standing, spans
from bot.decisions.rules.history import Happened, stood


def day(number: int) -> date:
    return date(2026, 3, 2) + timedelta(days=number)


def test_from_a_question_without_a_decider_to_a_review() -> None:
    history = stood(
        [
            Happened(day(0), "opened"),
            Happened(day(3), "decider", "", "Olga"),
            Happened(day(4), "needed_by", day(5).isoformat(), day(8).isoformat()),
            Happened(day(10), "decided", "", "Raise them"),
            Happened(day(40), "reviewed", "", "better"),
        ],
        has_decider=True,
        needed_by_on=day(8),
        reviews_on=[day(30)],
    )
    assert history == [
        (day(0), Standing(day(0), False, day(5))),
        (day(3), Standing(day(0), True, day(5))),
        (day(4), Standing(day(0), True, day(8))),
        (day(10), Standing(review_on=day(30))),
        (day(40), SETTLED),
    ]
    assert spans(history, day(60)) == [Span(day(0), day(2)), Span(day(9), day(9)), Span(day(31), day(39))]


def test_reopened_without_evidence_until_it_is_decided_again() -> None:
    history = stood(
        [
            Happened(day(0), "logged", "", "By mail"),
            Happened(day(5), "reopened", "By mail", ""),
            Happened(day(9), "decided", "By mail", "By post"),
        ],
        has_decider=True,
        needed_by_on=None,
        reviews_on=[day(3), None],
    )
    assert spans(history, day(20)) == [Span(day(4), day(8))]
    assert history[1] == (day(5), Standing(day(5), True, None, day(5)))


def test_new_evidence_is_no_debt() -> None:
    lines = [Happened(day(0), "logged"), Happened(day(5), "reopened", "By mail", "It was filtered")]
    assert spans(stood(lines, has_decider=True, needed_by_on=None, reviews_on=[None]), day(20)) == []


def test_what_ends_it_settles_it_whatever_is_said_after() -> None:
    lines = [Happened(day(0), "opened"), Happened(day(2), "withdrawn"), Happened(day(3), "decider", "", "Olga")]
    assert spans(stood(lines, has_decider=True, needed_by_on=day(1), reviews_on=[]), day(20)) == [Span(day(0), day(1))]
