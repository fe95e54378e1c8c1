"""What is true of a canvas that is kept: when to try again, and what Slack's refusals mean. Pure."""

from datetime import timedelta
from enum import StrEnum

from bot.outbox.rules import OUTCOME_UNKNOWN

IN_HAND = timedelta(seconds=90)
"""How long nobody else writes a canvas that somebody is writing: longer than its calls to Slack take together."""

NO_ANSWER = "no_answer"
UNCLEAR = OUTCOME_UNKNOWN | {NO_ANSWER}
"""Errors after which Slack may have done what it was asked."""

TOO_MUCH_AT_ONCE = "canvas_editing_failed"
"""What Slack is said to answer, too, to a change of more than some 4,000 characters."""
_PIECE = 3_500

_SOON, _LONGEST = timedelta(seconds=30), timedelta(hours=6)


class Trouble(StrEnum):
    """Why a canvas is not kept any more."""

    TAKEN = "taken"
    """The channel has one of its own, which people wrote."""
    PLAN = "plan"
    OFF = "off"
    """The workspace has switched canvases off."""
    SCOPE = "scope"
    """Rhythm was installed without the permission."""
    GONE = "gone"
    """Somebody deleted it."""
    OUT_OF_REACH = "reach"
    """The channel is archived, or Rhythm is not in it any more."""
    REFUSED = "refused"


_MEANINGS = {
    "channel_canvas_already_exists": Trouble.TAKEN,
    "free_team_canvas_tab_already_exists": Trouble.TAKEN,
    "team_tier_cannot_create_channel_canvases": Trouble.PLAN,
    "free_teams_cannot_edit_standalone_canvases": Trouble.PLAN,
    "canvas_disabled_user_team": Trouble.OFF,
    "missing_scope": Trouble.SCOPE,
    "canvas_not_found": Trouble.GONE,
    "channel_not_found": Trouble.OUT_OF_REACH,
    "not_in_channel": Trouble.OUT_OF_REACH,
    "is_archived": Trouble.OUT_OF_REACH,
    "restricted_action": Trouble.REFUSED,
    "no_permission": Trouble.REFUSED,
    "access_denied": Trouble.REFUSED,
    "method_not_supported_for_channel_type": Trouble.REFUSED,
    "unknown_method": Trouble.REFUSED,
}


def in_pieces(content: str, *, limit: int = _PIECE) -> list[str]:
    """A document in as few pieces as a limit allows, cut between its blocks; one block alone may be longer."""
    pieces: list[str] = []
    for block in content.strip().split("\n\n"):
        if pieces and len(pieces[-1]) + len(block) + 2 <= limit:
            pieces[-1] += f"\n\n{block}"
        else:
            pieces.append(block)
    return pieces


def trouble_of(code: str) -> Trouble | None:
    """What an error of `conversations.canvases.create` or `canvases.edit` means; None for one that may pass."""
    return _MEANINGS.get(code)


def try_again_in(fails: int) -> timedelta:
    """How long to wait after so many failures in a row: half a minute, doubling, six hours at most."""
    return min(_SOON * 2.0 ** min(fails - 1, 20), _LONGEST)
