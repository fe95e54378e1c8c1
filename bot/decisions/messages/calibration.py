"""How well somebody's own confidence foretold what came, told to them alone."""

from bot.language.words import counted
from bot.measuring.calibration import FEWEST, Band, Calibration, Lean
from bot.slack.blocks import context, section
from bot.slack.message import Message
from bot.slack.mrkdwn import Markup, lines, md

_LEANS = {
    Lean.TOO_SURE: "You were surer than what came: the next time, take a point or two off.",
    Lean.TOO_CAUTIOUS: "More came than you gave yourself credit for: you may be surer.",
    Lean.ABOUT_RIGHT: "What you say and what comes are close to each other.",
}


def my_calibration(found: Calibration | None, counted_from: int) -> Message:
    """Stated confidence against verdicts; with too few reviewed decisions, how many are missing."""
    if found is None:
        return _too_few(counted_from)
    title = md("*Your confidence against what came*, over {count}", count=_reviews(found.stated))
    bands = [_band(band) for band in found.bands]
    score = md(
        "On average you were sure to {mean} of 10; {true} of {stated} came as expected or better. {lean}",
        mean=f"{found.mean:.1f}",
        true=found.came_true,
        stated=found.stated,
        lean=_LEANS[found.lean],
    )
    foot = md(
        "Brier score {brier}: 0 is best, 1 is worst, and always saying 5 gives 0.25. “Nobody can tell” is not counted. "
        "Only you see this.",
        brier=f"{found.brier:.2f}",
    )
    return Message(lines(title, score, *bands, foot), [section(lines(title, score, *bands)), context(foot)])


def _too_few(counted_from: int) -> Message:
    have = f"So far there {'is' if counted_from == 1 else 'are'} {counted_from or 'none'}."
    text = lines(
        md(
            "It takes {fewest} reviewed decisions of yours with a confidence to say how well it foretells. {have}",
            fewest=FEWEST,
            have=have,
        ),
        "Only you see this.",
    )
    return Message(text, [section(text)])


def _band(band: Band) -> Markup:
    return md(
        "• Sure to {least}–{most}: {true} of {stated} came as expected or better",
        least=band.least,
        most=band.most,
        true=band.came_true,
        stated=band.stated,
    )


def _reviews(number: int) -> str:
    return counted(number, "reviewed decision")
