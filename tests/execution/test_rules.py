"""What people type about actions, as it is understood."""

from contextlib import suppress
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.errors import FormRefused, Refused
from bot.execution.model import NotDoing
from bot.execution.queries import ExecutionPath
from bot.execution.rules import (
    EFFECT_LIMIT,
    REASON_LIMIT,
    TEXT_LIMIT,
    ActionDraft,
    EffectSeen,
    Ending,
    Way,
    read_draft,
    read_effect_seen,
    read_ending,
    read_line,
    read_not_doing,
)
from bot.language.dates import write_date
from bot.people.rules import Viewer

TODAY = date(2026, 3, 2)
DAYS = st.dates(TODAY, date(2027, 2, 28))
WORDS = st.lists(st.text("byxéд7%<&", min_size=1, max_size=9), min_size=1, max_size=6)


def line(typed: str) -> ActionDraft:
    return read_line(typed, owner_id="U1", today=TODAY, locale="en-US")


def fields(text: str = "Call ten customers", due: str = "", effect: str = "", kept: date | None = None) -> ActionDraft:
    typed = {"text": text, "due": due, "effect": effect}
    return read_draft(typed, owner_id="U1", today=TODAY, locale="en-US", kept=kept)


@pytest.mark.parametrize(
    ("typed", "text", "due_on"),
    [
        ("Move the pricing page above the fold by friday", "Move the pricing page above the fold", date(2026, 3, 6)),
        ("Move the pricing page above the fold", "Move the pricing page above the fold", None),
        ("Stand by the booth BY 20 March", "Stand by the booth", date(2026, 3, 20)),
        ("Halve the form by the end of March.", "Halve the form", date(2026, 3, 31)),
        ("Sort the list by name", "Sort the list by name", None),
        ("Cut the steps by 2", "Cut the steps by 2", None),
        ("Go by bus by today", "Go by bus", TODAY),
        ("by friday", "by friday", None),
        ("  Two \n lines  by   next friday ", "Two lines", date(2026, 3, 13)),
        ("", "", None),
    ],
)
def test_a_date_after_the_last_by_is_when_it_is_due(typed: str, text: str, due_on: date | None) -> None:
    assert line(typed) == ActionDraft(text, "U1", due_on)


@given(WORDS, DAYS)
def test_a_line_with_a_date_as_rhythm_writes_it_is_read_back(words: list[str], day: date) -> None:
    text, written = " ".join(words), write_date(day, today=TODAY, locale="en-US")
    assert line(f"{text} by {written}") == ActionDraft(text, "U1", day)


@given(st.text(max_size=TEXT_LIMIT))
def test_whatever_is_typed_is_understood_on_one_line_or_refused(typed: str) -> None:
    with suppress(Refused):
        draft = line(typed)
        assert len(draft.text) <= TEXT_LIMIT
        assert draft.text == " ".join(draft.text.split())


def test_a_date_that_has_passed_is_refused_and_what_was_typed_is_there_to_copy() -> None:
    with pytest.raises(Refused, match=r"Sun, Mar 1 has passed\. .*You typed:\nCall Ann by 2026-03-01"):
        line("Call Ann by 2026-03-01")


def test_a_line_that_is_too_long_is_refused_and_what_was_typed_is_there_to_copy() -> None:
    assert line("x" * TEXT_LIMIT).text == "x" * TEXT_LIMIT
    with pytest.raises(Refused, match="201 characters"):
        line("x" * (TEXT_LIMIT + 1))


def test_a_form_is_read_with_its_date_and_its_effect() -> None:
    assert fields(due="next friday", effect="More\nreplies") == ActionDraft(
        "Call ten customers", "U1", date(2026, 3, 13), "More replies"
    )
    assert fields().due_on is None


@pytest.mark.parametrize(
    ("field", "typed", "said"),
    [
        ("text", " \n ", "Say what is to be done."),
        ("due", "soonish", "is not a date"),
        ("due", "2026-03-01", "Sun, Mar 1 has passed"),
        ("text", "x" * (TEXT_LIMIT + 1), "201 characters"),
        ("effect", "x" * (EFFECT_LIMIT + 1), "301 characters"),
    ],
)
def test_a_form_says_at_the_field_what_to_change(field: str, typed: str, said: str) -> None:
    with pytest.raises(FormRefused) as refused:
        read_draft({"text": "x", "due": "", "effect": "", field: typed}, owner_id="U1", today=TODAY, locale="en-US")
    assert list(refused.value.errors) == [field]
    assert said in refused.value.errors[field]


def test_a_form_names_everything_that_is_wrong_at_once() -> None:
    with pytest.raises(FormRefused) as refused:
        fields(text="", due="soonish")
    assert set(refused.value.errors) == {"text", "due"}


def test_a_date_that_was_there_may_stay_though_it_has_passed() -> None:
    assert fields(due="2026-02-20", kept=date(2026, 2, 20)).due_on == date(2026, 2, 20)
    with pytest.raises(FormRefused):
        fields(due="2026-02-19", kept=date(2026, 2, 20))


@pytest.mark.parametrize(
    ("typed", "understood"),
    [
        ("A mobile app because the web one is enough", ("A mobile app", "the web one is enough")),
        ("A mobile app BECAUSE x because y", ("A mobile app", "x because y")),
        ("A mobile app", ("A mobile app", "")),
        ("because we can", ("because we can", "")),
        ("", ("", "")),
    ],
)
def test_what_follows_because_is_the_reason(typed: str, understood: tuple[str, str]) -> None:
    assert read_not_doing(typed) == understood


@pytest.mark.parametrize("typed", ["x" * (TEXT_LIMIT + 1), "x because " + "y" * (REASON_LIMIT + 1)])
def test_a_not_doing_line_that_is_too_long_is_refused(typed: str) -> None:
    with pytest.raises(Refused, match="too long"):
        read_not_doing(typed)


@pytest.mark.parametrize(
    ("way", "ending"),
    [
        (Way.SEEN, Ending(EffectSeen.YES)),
        (Way.NOT_YET, Ending(EffectSeen.NOT_YET)),
        (Way.NO_EFFECT, Ending(EffectSeen.NO)),
        (Way.DROPPED, Ending(reason="no time")),
        (Way.NOT_DOING, Ending(reason="no time", is_not_doing=True)),
    ],
)
def test_each_way_to_give_way_is_an_ending(way: Way, ending: Ending) -> None:
    assert read_ending(way, " no time ") == ending


def test_not_doing_needs_its_reason_and_an_action_a_way() -> None:
    with pytest.raises(FormRefused, match="why"):
        read_ending(Way.NOT_DOING, " ")
    with pytest.raises(FormRefused, match="what becomes of it"):
        read_ending("", "no time")
    with pytest.raises(FormRefused, match="301 characters"):
        read_ending(Way.DROPPED, "x" * (REASON_LIMIT + 1))
    assert read_ending(Way.DROPPED, "") == Ending()


def test_the_effect_is_yes_not_yet_or_no() -> None:
    assert [read_effect_seen(text) for text in ("yes", "not yet", "no")] == list(EffectSeen)
    with pytest.raises(FormRefused):
        read_effect_seen("maybe")


@pytest.mark.parametrize(
    ("text", "is_the_same"),
    [
        ("Build a mobile app for the field team", True),
        ("Mobile apps for field teams", True),
        ("Call the ten largest customers", False),
        ("", False),
    ],
)
def test_a_path_knows_what_was_decided_against(text: str, is_the_same: bool) -> None:
    lines = [NotDoing(id=1, text="Print a brochure"), NotDoing(id=2, text="A mobile app for the field team")]
    found = ExecutionPath(Viewer("T1", "U1"), not_doing=lines).left_undone(text)
    assert (found.id if found else None) == (2 if is_the_same else None)
