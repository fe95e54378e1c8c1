"""Two people edit the same outcome: what of a form can be saved, and what its sender has to choose. Pure."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Merged:
    """A form that was opened at an older version, brought together with what the outcome says now."""

    values: dict[str, str]
    """What each field says: what the sender typed where they changed it, else what it says now."""
    taken: tuple[str, ...]
    """The fields that somebody else changed and the sender did not: theirs are taken."""
    disputed: tuple[str, ...]
    """The fields that both changed, each to something else: the sender's are in `values`, and they have to choose."""


def merge(
    opened_with: Mapping[str, str], sent: Mapping[str, str], now: Mapping[str, str], changed: Collection[str]
) -> Merged:
    """Merges field by field. The three are texts as the form shows them, to one person and in one locale.

    Args:
        opened_with: what the form showed when it was opened; a field it does not name counts as changed by the sender.
        sent: what it held when it was sent.
        now: what it would show if it were opened now.
        changed: the fields that somebody changed in between.
    """
    touched = {name for name in now if opened_with.get(name) != sent.get(name, "")}
    taken = tuple(name for name in now if name in changed and name not in touched)
    disputed = tuple(name for name in now if name in changed and name in touched and sent.get(name, "") != now[name])
    values = {name: now[name] if name in taken else sent.get(name, "") for name in now}
    return Merged(values, taken, disputed)
