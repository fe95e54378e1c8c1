"""Results from a CSV file, on both databases."""

from collections.abc import Iterable, Sequence
from contextlib import AbstractContextManager, nullcontext
from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.errors import CannotStart, Refused
from bot.language.units import PERCENT
from bot.outcomes.actions.closing import Closing, close_outcome
from bot.outcomes.queries import find_outcome
from bot.outcomes.rules import Ending
from bot.sources.listeners.files import import_results
from bot.sources.messages import import_summary
from bot.sources.rules.sheets import Line, NotASheet, Refusal, Report
from tests.sources.conftest import Growth
from tests.workspaces.firm import Firm, draft, profile


def unseen(lines: Sequence[Line]) -> AbstractContextManager[Iterable[Line]]:
    """A progress that nobody looks at."""
    return nullcontext(lines)


def bring_in(growth: Growth, text: str | bytes, **options: bool | str) -> Report:
    """Imports a file."""
    data = text.encode() if isinstance(text, str) else text
    return import_results(growth.firm.db, data, progress=unseen, **options)  # type: ignore[arg-type]  # a test's choice


def counts(report: Report) -> tuple[int, int, int]:
    return report.new, report.there, len(report.refusals)


def test_every_column_is_kept(growth: Growth) -> None:
    text = (
        "Outcome;Value;Date;Note;Confidence;Author\n"
        "OUT-1;12;2026-02-20;The launch, at last;8;UMAX\n"
        "out-1;14;2026-03-01T09:30;;;\n"
        "1;16;;;;\n"
    )
    assert counts(bring_in(growth, text)) == (3, 0, 0)
    first, second, third = growth.results()
    assert (first.value, first.note, first.confidence, first.author_id) == (
        Decimal(12),
        "The launch, at last",
        8,
        "UMAX",
    )
    assert (first.measured_at, first.source) == (datetime(2026, 2, 20, 12, tzinfo=UTC), "import")
    assert (second.measured_at, second.author_id) == (datetime(2026, 3, 1, 9, 30, tzinfo=UTC), "UOLGA")
    assert third.measured_at == growth.firm.now
    assert growth.firm.see("UOLGA", 1).outcome.latest_value == 16


@pytest.mark.parametrize(
    "data", [b"\xef\xbb\xbfoutcome,value\r\n1,5\r\n", b"value,outcome\n5,1", b"outcome;value\r1;5"]
)
def test_files_are_read_as_spreadsheets_save_them(growth: Growth, data: bytes) -> None:
    assert counts(bring_in(growth, data)) == (1, 0, 0)
    assert growth.results()[0].value == 5


def test_times_and_days_are_those_of_the_outcomes_owner(firm: Firm, growth: Growth) -> None:
    firm.meet(profile("UOLGA", zone="Asia/Kolkata"))
    bring_in(growth, "outcome,value,date\n1,5,2026-02-20\n1,6,2026-02-20 18:00\n")
    assert [result.measured_at.hour for result in growth.results()] == [6, 12]


def test_values_are_read_in_the_locale_that_is_said(growth: Growth) -> None:
    bring_in(growth, "outcome;value\n1;1.250,5\n", locale="de-DE")
    assert growth.results()[0].value == Decimal("1250.5")


def test_every_refused_line_is_told_with_its_number_and_reason_and_then_nothing_is_saved(growth: Growth) -> None:
    firm = growth.firm
    firm.outcome(growth.team, "UOLGA", draft(unit=PERCENT))
    firm.outcome(growth.team, "UOLGA")
    with firm.db.begin() as tx:
        closed = find_outcome(tx, firm.viewer("UOLGA"), 3)
        close_outcome(tx, firm.viewer("UOLGA"), closed, Closing(Ending.MISSED), now=firm.now)
    lines = {
        "1,5,,,,": "",
        "7,5,,,,": "There is no OUT-7.",
        "x,5,,,,": "Name the outcome by its key",
        "1,,,,,": "The value is missing.",
        "1,5%,,,,": "percentage",
        "2,$5,,,,": "percent",
        "3,5,,,,": "OUT-3 is closed.",
        "1,5,2026-03-03,,,": "That day has not come yet.",
        "1,5,2026-02-30,,,": "2026",
        "1,5,2026-02-20T25:00,,,": "is not a time I can read",
        f"1,5,,{'x' * 1_001},,": "The note is 1,001 characters",
        "1,5,,,11,": "whole number from 0 to 10",
        "1,5,,,,UNOBODY": "met nobody whose Slack id is “UNOBODY”",
        '1,5,,a "b",,': "",
        '1,5,,"a" b,,': "quotes",
        "1,1,250,,,,x": "7 cells for 6 columns",
    }
    text = "outcome,value,date,note,confidence,author\n" + "\n".join(lines)
    report = bring_in(growth, text)
    told = {refusal.number: refusal.reason for refusal in report.refusals}
    for number, (line, reason) in enumerate(lines.items(), start=2):
        assert (number in told) == bool(reason), line
        assert reason in told.get(number, "")
    assert counts(report) == (2, 0, 14)
    assert not report.is_saved
    assert growth.results() == []
    assert counts(bring_in(growth, text, skip_refused=True)) == (2, 0, 14)
    assert len(growth.results()) == 2


def test_the_line_numbers_are_the_files_own(growth: Growth) -> None:
    text = 'outcome,value,note\n\n1,5,"two\nlines"\n,,\n1,x,\n1,y,"never closed\n'
    assert [refusal.number for refusal in bring_in(growth, text).refusals] == [6, 7]


def test_a_line_that_is_not_utf_8_is_refused(growth: Growth) -> None:
    report = bring_in(growth, b"outcome,value,note\n1,5,caf" + b"\xe9\n1,6,\n")
    assert [(one.number, "UTF-8" in one.reason) for one in report.refusals] == [(2, True)]


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\n\n",
        b"1,5\n",
        b"outcome,amount\n1,5",
        b"outcome,value,value\n",
        b"outcome\n1",
        "outcome,value\n1,5\n".encode("utf-16"),
        b'"outcome,value\n1,5\n',
        b"\x00" * 100,
    ],
)
def test_a_file_without_the_columns_is_refused_whole(growth: Growth, data: bytes) -> None:
    with pytest.raises(NotASheet, match="The first line has to name the columns"):
        bring_in(growth, data)


def test_a_dry_run_says_the_same_and_saves_nothing(growth: Growth) -> None:
    text = "outcome,value,date\n1,5,2026-02-20\n1,6,2026-02-21\n"
    assert counts(bring_in(growth, text, dry_run=True)) == (2, 0, 0)
    assert growth.results() == []
    bring_in(growth, text)
    assert counts(bring_in(growth, text + "1,7,2026-02-22\n", dry_run=True)) == (1, 2, 0)
    assert len(growth.results()) == 2


def test_run_twice_it_imports_once(growth: Growth) -> None:
    text = "outcome,value,date,note\n1,5,2026-02-20,a\n1,5,,b\n"
    assert counts(bring_in(growth, text)) == (2, 0, 0)
    growth.firm.clock.advance(timedelta(hours=3))
    assert counts(bring_in(growth, text.replace("5,2026", "5.0,2026"))) == (0, 2, 0)
    assert len(growth.results()) == 2


def test_on_another_day_a_line_without_a_date_is_another_result(growth: Growth) -> None:
    bring_in(growth, "outcome,value\n1,5\n")
    growth.firm.clock.advance(timedelta(days=7))
    assert counts(bring_in(growth, "outcome,value\n1,5\n")) == (1, 0, 0)


def test_lines_that_say_the_same_are_a_result_each(growth: Growth) -> None:
    text = "outcome,value,date\n" + "1,5,2026-02-20\n" * 3
    assert counts(bring_in(growth, text)) == (3, 0, 0)
    assert counts(bring_in(growth, text + "1,5,2026-02-20\n")) == (1, 3, 0)


def test_the_earliest_line_becomes_the_baseline_of_an_outcome_that_has_none(firm: Firm, growth: Growth) -> None:
    with firm.db.begin() as tx:
        find_outcome(tx, firm.viewer("UOLGA"), 1).outcome.baseline = None
    bring_in(growth, "outcome,value,date\n1,30,2026-02-20\n1,20,2026-02-10\n")
    assert firm.see("UOLGA", 1).outcome.baseline == 20


def test_an_outcome_that_was_closed_while_its_lines_were_read_keeps_everything_out(firm: Firm, growth: Growth) -> None:
    firm.outcome(growth.team, "UOLGA")

    def closing(lines: Sequence[Line]) -> AbstractContextManager[Iterable[Line]]:
        with firm.db.begin() as tx:
            view = find_outcome(tx, firm.viewer("UOLGA"), 2)
            close_outcome(tx, firm.viewer("UOLGA"), view, Closing(Ending.MISSED), now=firm.now)
        return nullcontext(lines)

    with pytest.raises(Refused, match="closed meanwhile"):
        import_results(firm.db, b"outcome,value\n1,5\n2,5\n", progress=closing)
    assert growth.results() == []


def test_two_imports_of_one_file_at_once_are_one(firm: Firm, growth: Growth) -> None:
    text = b"outcome,value\n1,5\n1,6\n"

    def meanwhile(lines: Sequence[Line]) -> AbstractContextManager[Iterable[Line]]:
        import_results(firm.db, text, progress=unseen)
        return nullcontext(lines)

    assert counts(import_results(firm.db, text, progress=meanwhile)) == (0, 2, 0)
    assert len(growth.results()) == 2


def test_of_several_workspaces_one_has_to_be_named(firm: Firm, growth: Growth) -> None:
    text = "outcome,value\n1,5\n"
    Firm(firm.db, firm.clock, "T2").open()
    with pytest.raises(CannotStart, match=r"--workspace which one is meant: T1 \(T1\), T2 \(T2\)"):
        bring_in(growth, text)
    assert counts(bring_in(growth, text, workspace="T2")) == (0, 0, 1)
    assert counts(bring_in(growth, text, workspace="T1")) == (1, 0, 0)


def test_thousands_of_lines_are_one_import(growth: Growth) -> None:
    """All of one outcome: were what its row says derived for each line, this would not end today."""
    began = datetime(2024, 1, 1, tzinfo=UTC)
    rows = (f"1,{n % 997},{(began + timedelta(hours=n * 0.9)).isoformat()},note {n}" for n in range(5_000))
    text = "outcome,value,date,note\n" + "\n".join(rows)
    assert counts(bring_in(growth, text)) == (5_000, 0, 0)
    assert growth.firm.see("UOLGA", 1).outcome.latest_value == 4_999 % 997


CELL = st.sampled_from(
    ["1", "OUT-1", "5", "5%", "1,250", "2026-02-20", '"', '""', '"a"', ";", "", "\x00", "\udc80", "é"]
)
LINE = st.lists(CELL | st.text(max_size=5), max_size=8).map(",".join)


@settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    body=st.binary(max_size=200)
    | st.lists(LINE, max_size=12).map(lambda lines: "\n".join(lines).encode("utf-8", "surrogatepass"))
)
def test_whatever_a_file_holds_each_line_is_new_there_or_refused(growth: Growth, body: bytes) -> None:
    report = bring_in(growth, b"outcome,value,date,note,confidence,author\n" + body, skip_refused=True)
    assert report.lines == sum(counts(report)) <= body.count(b"\n") + body.count(b"\r") + 1
    assert all(refusal.reason.endswith(".") or "?" in refusal.reason for refusal in report.refusals)
    again = bring_in(growth, b"outcome,value,date,note,confidence,author\n" + body, skip_refused=True)
    assert counts(again) == (0, report.new + report.there, len(report.refusals))


@pytest.mark.parametrize(
    ("report", "dry_run", "said"),
    [
        (Report(118, 1, [Refusal(3, "No.")], True), False, "120 lines: 118 new, 1 already there, 1 refused."),
        (Report(1, 0, [], True), False, "1 line: 1 new, 0 already there, 0 refused."),
        (Report(1, 0, [Refusal(3, "No.")], False), False, "Nothing was saved: correct what was refused, or add --skip"),
        (Report(1, 0, [], False), True, "Nothing was saved: this was a dry run."),
    ],
)
def test_the_summary_says_what_became_of_the_lines(report: Report, dry_run: bool, said: str) -> None:
    assert said in import_summary(report, dry_run=dry_run)
