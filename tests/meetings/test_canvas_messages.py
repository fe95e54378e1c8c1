"""What a channel's canvas says of its team's meetings."""

from dataclasses import replace

from syrupy.assertion import SnapshotAssertion

from bot.meetings.messages.canvas import Written, page
from bot.sandbox.canvases import content_problem
from tests.meetings.test_held_messages import BERLIN, EMPTY, ENDED, REPORT, WORST, changed
from tests.outcomes.samples import team

SCORED = changed(ENDED, decisions=1, obstacles_cleared=1, actions_agreed=2, attendee_minutes=136, outcomes_moved=1)


def test_as_it_is_written(snapshot: SnapshotAssertion) -> None:
    written = [
        Written(EMPTY, [], BERLIN),
        Written(replace(REPORT, meeting=SCORED), ["Lea Lind", "Olga_Ortiz"], BERLIN),
    ]
    assert page(team("R&D"), written) == snapshot


def test_before_the_first_meeting(snapshot: SnapshotAssertion) -> None:
    assert page(team("R&D"), []) == snapshot


def test_the_longest_fits_and_has_the_newest() -> None:
    written = page(team("&" * 80), [Written(WORST, ["*" * 80] * 100, BERLIN)] * 8)
    assert content_problem(written) is None
    assert "## " in written
    assert "- and 0 more" not in written
