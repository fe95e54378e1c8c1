"""Nothing a person types can become markup."""

import html
import re

from hypothesis import given
from hypothesis import strategies as st

from bot.slack.blocks import context, fields, header, section
from bot.slack.drawing import cut
from bot.slack.mrkdwn import Markup, channel_link, escape, joined, lines, link, md, mention
from bot.slack.typed import unescaped

LIVE = re.compile(r"<[^>]*>")
"""What Slack would draw as a mention, a link or a date."""

hostile = st.lists(
    st.sampled_from(
        ["<!channel>", "<@U123>", "<#C1|x>", "<!date^1^{date}|x>", "&lt;", "&amp;", "&", "<", ">", ";", "{0}"]
    )
    | st.text(max_size=4)
).map("".join)


def shown(markup: str) -> str:
    """Escaped text as Slack shows it."""
    assert not LIVE.search(markup)
    return unescaped(markup)


@given(hostile)
def test_escaped_text_is_shown_as_it_was_typed(text: str) -> None:
    assert shown(escape(text)) == text


@given(hostile)
def test_only_the_three_signs_are_escaped(text: str) -> None:
    assert set(re.findall(r"&\w*;?", escape(text))) <= {"&amp;", "&lt;", "&gt;"}


@given(hostile)
def test_what_is_escaped_is_not_escaped_again(text: str) -> None:
    once = escape(text)
    assert escape(once) == once
    assert md("{a}", a=md("{b}", b=text)) == once
    assert lines(once) == once
    assert joined([once]) == once


@given(hostile, hostile)
def test_a_template_escapes_its_values_and_nothing_of_its_own(title: str, name: str) -> None:
    told = md("*{title}* by {name} in {place}", title=title, name=name, place=channel_link("C1"))
    assert told == f"*{escape(title)}* by {escape(name)} in <#C1>"


@given(hostile)
def test_blocks_show_what_was_typed_once_escaped(text: str) -> None:
    assert shown(section(text)["text"]["text"] if text else "") == text
    if text:
        assert context(text)["elements"][0]["text"] == escape(text)
        assert fields({text: text})["fields"][0]["text"] == f"*{escape(text)}*\n{escape(text)}"


def test_a_team_called_r_and_d_reads_so_among_the_facts() -> None:
    assert fields({"Team": "R&D"})["fields"][0]["text"] == "*Team*\nR&amp;D"


def test_numbers_and_other_things_are_written_as_text() -> None:
    assert md("{n} of {m}", n=3, m=None) == "3 of None"


def test_empty_parts_leave_no_empty_lines() -> None:
    assert (lines("a", "", "b"), joined(["a", "", "b"])) == ("a\nb", "a · b")


def test_a_mention_of_our_own_stays_one() -> None:
    assert lines("for", mention("U1")) == "for\n<@U1>"


@given(hostile, st.integers(1, 60))
def test_a_cut_never_parts_an_escaped_character(text: str, limit: int) -> None:
    short = cut(escape(text), limit)
    assert len(short) <= limit
    assert text.startswith(shown(short.removesuffix("…"))) or short == escape(text)
    assert html.unescape(re.sub(r"&(amp|lt|gt);", "", short)) == re.sub(r"&(amp|lt|gt);", "", short) or "&" not in short


@given(hostile, st.integers(1, 40))
def test_a_cut_never_parts_a_link(text: str, limit: int) -> None:
    short = cut(lines(text, mention("U12345678"), text), limit)
    assert short.count("<") == short.count(">")


@given(st.text())
def test_what_fits_is_not_cut(text: str) -> None:
    assert cut(text, len(text)) == text


def test_a_title_with_an_ampersand_is_cut_at_its_end_and_not_there() -> None:
    assert header("R&D < Sales " + "x" * 200)["text"]["text"].startswith("R&D < Sales xxx")


@given(st.text(min_size=1))
def test_markup_put_together_by_hand_is_text_again(text: str) -> None:
    assert not isinstance(Markup("a") + text, Markup)


def test_a_link_leads_where_it_should_and_its_words_are_text() -> None:
    assert link("https://a.example/p1?a=1&b=2", "<here>") == "<https://a.example/p1?a=1&amp;b=2|&lt;here&gt;>"
