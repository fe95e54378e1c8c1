"""What arrives from Slack, read."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.slack.blocks import people_field, several_field, text_field
from bot.slack.mrkdwn import escape
from bot.slack.typed import (
    Answers,
    Line,
    as_read,
    channel_in,
    clean,
    field_name,
    initial_choices,
    made_anew,
    people_in,
    person_in,
    read_line,
    thread_of,
    unescaped,
)

anything = st.text(st.characters() | st.sampled_from("\x00\x1f\x7f\ud800\r\n\t "))


@given(anything)
def test_what_is_kept_can_be_stored_anywhere(text: str) -> None:
    kept = clean(text)
    kept.encode()
    assert all(
        character in "\t\n\r" or unicodedata.category(character) != "Cc" or ord(character) > 0x7F for character in kept
    )
    assert kept == kept.strip()


@given(anything)
def test_cleaning_twice_changes_nothing(text: str) -> None:
    assert clean(clean(text)) == clean(text)


@given(st.text(st.characters(exclude_categories=["Cc", "Cs"])))
def test_ordinary_text_is_only_stripped(text: str) -> None:
    assert clean(text) == text.strip()


def test_emoji_and_right_to_left_text_are_kept_whole() -> None:
    for text in ("👩‍👩‍👧‍👦 🇩🇪 ✊🏽", "שלום עולם", "مرحبا \u200fبالعالم", "e\u0301"):
        assert clean(text) == text


def test_nothing_is_an_empty_text() -> None:
    assert (clean(None), read_line(None)) == ("", Line("", ""))


@pytest.mark.parametrize(
    ("typed", "word", "rest"),
    [
        ("", "", ""),
        ("  ", "", ""),
        ("NEW", "new", ""),
        ("new  Trial users ", "new", "Trial users"),
        ("new\nTrial users\nstay", "new", "Trial users\nstay"),
        ("new\tTrial", "new", "Trial"),
        ("new\u00a0Trial", "new", "Trial"),
        ("result OUT-12 42 because …", "result", "OUT-12 42 because …"),
    ],
)
def test_a_line_is_a_word_and_the_rest(typed: str, word: str, rest: str) -> None:
    assert read_line(typed) == Line(word, rest)


@given(anything)
def test_a_line_keeps_everything_but_the_space_between(text: str) -> None:
    line = read_line(text)
    assert clean(text).lower().startswith(line.word)
    assert clean(text).endswith(line.rest)


@given(st.text())
def test_a_command_is_read_as_it_was_typed_before_slack_escaped_it(text: str) -> None:
    assert unescaped(escape(text)) == text


def test_an_entity_that_a_person_typed_stays_one() -> None:
    assert unescaped("&amp;lt;") == "&lt;"


@pytest.mark.parametrize("text", ["<@U123|olga>", "<@U123>", " <@W9Z> "])
def test_a_person_is_found_where_one_is_named(text: str) -> None:
    assert person_in(text) in {"U123", "W9Z"}


@pytest.mark.parametrize(
    "text", ["", "@olga", "<@U1", "<@C123>", "<@U123> and <@U124>", "<@u123>", "<!channel>", "&lt;@U123&gt;"]
)
def test_nobody_is_found_where_nobody_or_several_are_named(text: str) -> None:
    assert person_in(text) is None


@pytest.mark.parametrize(
    ("text", "channel"), [("<#C123|x>", "C123"), ("<#G123>", "G123"), ("#general", None), ("<#D12>", None)]
)
def test_a_channel_is_found_likewise(text: str, channel: str | None) -> None:
    assert channel_in(text) == channel


def test_answers_are_found_whatever_they_were_given_with() -> None:
    given = {
        "text": {"value": " 42\x00 "},
        "choice": {"selected_option": {"value": "0", "text": {"type": "plain_text", "text": "None"}}},
        "person": {"selected_user": "U1"},
        "day": {"selected_date": "2026-03-31"},
        "time": {"selected_time": "09:00"},
        "nothing": {"value": None},
        "no choice": {"selected_option": None},
    }
    answers = Answers({"state": {"values": {name: {"value": element} for name, element in given.items()}}})
    assert [answers[name] for name in given] == ["42", "0", "U1", "2026-03-31", "09:00", "", ""]


def test_several_choices_are_found_whatever_they_were_chosen_from() -> None:
    given = {
        "boxes": {"selected_options": [{"value": "b"}, {"value": "a"}]},
        "people": {"selected_users": ["U2", "U1"]},
        "none": {"selected_options": []},
        "text": {"value": "words"},
    }
    answers = Answers({"state": {"values": {name: {"value": element} for name, element in given.items()}}})
    assert [answers.many(name) for name in (*given, "absent")] == [["b", "a"], ["U2", "U1"], [], [], []]


@given(st.text(st.characters(exclude_characters="~"), min_size=1), st.integers(0, 30))
def test_a_field_keeps_its_name_however_often_it_is_made_anew(name: str, times: int) -> None:
    ids = [name]
    for _ in range(times):
        ids.append(made_anew(ids[-1]))
    assert len(set(ids)) == times + 1
    assert {field_name(block_id) for block_id in ids} == {name}


def test_the_answer_of_a_field_made_anew_is_found_by_its_name() -> None:
    state = {block_id: {"value": {"value": block_id}} for block_id in ("due~2", "due~10", "due", "why")}
    answers = Answers({"state": {"values": state}})
    assert (answers["due"], answers.block_id("due")) == ("due~10", "due~10")
    assert (answers["why"], answers.block_id("why")) == ("why", "why")
    assert answers.block_id("absent") == "absent"


@pytest.mark.parametrize(
    ("body", "thread"),
    [
        ({}, None),
        ({"container": {"type": "view"}}, None),
        ({"container": {"message_ts": "2.0"}}, None),
        ({"container": {"message_ts": "2.0", "thread_ts": "1.0"}}, "1.0"),
        ({"container": {"message_ts": "1.0", "thread_ts": "1.0"}}, None),
        ({"message_ts": "2.0", "message": {"ts": "2.0", "thread_ts": "1.0"}}, "1.0"),
        ({"message_ts": "1.0", "message": {"ts": "1.0", "thread_ts": "1.0"}}, None),
    ],
)
def test_a_thread_is_found_where_the_message_is_a_reply(body: dict[str, object], thread: str | None) -> None:
    assert thread_of(body) == thread


@pytest.mark.parametrize("view", [{}, {"state": None}, {"state": {}}, {"state": {"values": {"a": None}}}])
def test_a_form_without_answers_has_empty_ones(view: dict[str, object]) -> None:
    assert Answers(view)["a"] == ""


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("8 &lt; 9 &amp;amp; so on", "8 < 9 &amp; so on"),
        ("thanks to <@U1> and <@U2|ben> and <@U3>", "thanks to @Olga and @ben and @somebody"),
        ("see <#C1|growth> and <https://x.example|the report>", "see #growth and the report"),
        ("<https://x.example/a?b=1&amp;c=2>", "https://x.example/a?b=1&c=2"),
        ("<!here> <!subteam^S1|@writers> <!date^1|today>", "@here @writers today"),
    ],
)
def test_a_message_is_read_as_people_read_it(text: str, read: str) -> None:
    assert as_read(text, {"U1": "Olga"}) == read


def test_those_whom_a_message_names_are_found() -> None:
    assert people_in("<@U1> and <@U2|ben> in <#C1|growth>, not &lt;@U3&gt;") == {"U1", "U2"}


@given(anything)
def test_what_somebody_typed_is_read_as_it_was_typed(text: str) -> None:
    assert as_read(escape(text), {}) == clean(text)


def test_what_several_choices_began_with_is_found_by_the_fields_name() -> None:
    blocks = [
        text_field("question", "Question", limit=10),
        people_field("heard", "Heard", initial=["U1", "U2"]),
        several_field("waits", "Waits", {"o1": "One", "a2": "Two"}, initial=["a2", "o9"]),
        several_field(made_anew("more"), "More", {"o1": "One"}, initial=["o1"]),
    ]
    assert initial_choices({"blocks": blocks}) == {"question": [], "heard": ["U1", "U2"], "waits": ["a2"]}
