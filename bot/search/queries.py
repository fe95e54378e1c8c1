"""Finding items by their words. Who may see an item is for its room to say: it joins these with its own conditions."""

from collections.abc import Iterable, Sequence

from sqlalchemy import ColumnElement, Select, SQLColumnExpression, and_, bindparam, select, true

from bot.db.database import Tx
from bot.search.model import SearchWord
from bot.search.rules import numbers_of, sharing_most, telling

_LAST_CHARACTER = "\U0010ffff"
"""Sorts after every character that a word can have."""
_LOOKED_UP = 12
"""How many words of a text are looked up to find those that share them: the longest, which are rarer."""
_HOLDERS = 300
"""How many items are read for a word: the newest."""
_NEWEST_HOLDERS = (
    select(SearchWord.item_id)
    .where(
        SearchWord.workspace_id == bindparam("workspace_id"),
        SearchWord.kind == bindparam("kind"),
        SearchWord.word == bindparam("word"),
    )
    .order_by(SearchWord.item_id.desc())
    .limit(_HOLDERS)
)


def matching(workspace_id: str, kind: str, terms: Sequence[str], item: SQLColumnExpression[int]) -> ColumnElement[bool]:
    """The condition that each term begins a word of the item, for a room's own `select(…).where(…)`.

    Args:
        terms: as `rules.terms` reads them; without any, every item matches.
        item: the column that holds the item's id.
    """
    return and_(true(), *(item.in_(_beginning(workspace_id, kind, term)) for term in terms))


def sharing_words(tx: Tx, *, workspace_id: str, kind: str, words: Iterable[str], limit: int = 50) -> list[int]:
    """The items that share most of the rarest of these words, best first. Stop words and numbers do not count.

    A word that more than 300 items have counts for the newest 300 of them, so that the cost has a bound.
    """
    holders: dict[str, set[int]] = {}
    for word in sorted(telling(words), key=lambda word: (-len(word), word))[:_LOOKED_UP]:
        asked = [{"workspace_id": workspace_id, "kind": kind, "word": form} for form in numbers_of(word)]
        holders[word] = {item_id for parameters in asked for item_id in tx.scalars(_NEWEST_HOLDERS, parameters)}
    return sharing_most(holders, common=_HOLDERS)[:limit]


def _beginning(workspace_id: str, kind: str, term: str) -> Select[int]:
    return select(SearchWord.item_id).where(
        SearchWord.workspace_id == workspace_id,
        SearchWord.kind == kind,
        SearchWord.word >= term,
        SearchWord.word < term + _LAST_CHARACTER,
    )
