"""Finding items by their words. Who may see an item is for its room to say: it joins these with its own conditions."""

from collections import defaultdict
from collections.abc import Iterable, Sequence

from sqlalchemy import ColumnElement, Select, SQLColumnExpression, and_, select, true, union_all

from bot.db.database import Tx
from bot.search.model import SearchWord
from bot.search.rules import numbers_of, sharing_most, telling

_LAST_CHARACTER = "\U0010ffff"
"""Sorts after every character that a word can have."""
_LOOKED_UP = 16
"""How many words of a text are looked up to find those that share them: the longest, which are rarer."""
_HOLDERS = 500
"""How many items are read for a word: the newest."""


def matching(workspace_id: str, kind: str, terms: Sequence[str], item: SQLColumnExpression[int]) -> ColumnElement[bool]:
    """The condition that each term begins a word of the item, for a room's own `select(…).where(…)`.

    Args:
        terms: as `rules.terms` reads them; without any, every item matches.
        item: the column that holds the item's id.
    """
    return and_(true(), *(item.in_(_beginning(workspace_id, kind, term)) for term in terms))


def sharing_words(tx: Tx, *, workspace_id: str, kind: str, words: Iterable[str], limit: int = 50) -> list[int]:
    """The items that share most of the rarest of these words, best first. Stop words and numbers do not count.

    A word that more than 500 items have counts for the newest 500 of them, so that the cost has a bound.
    """
    chosen = sorted(telling(words), key=lambda word: (-len(word), word))[:_LOOKED_UP]
    forms = {form: word for word in chosen for form in numbers_of(word)}
    if not forms:
        return []
    holders: dict[str, set[int]] = defaultdict(set)
    for form, item_id in tx.execute(union_all(*(_newest_holders(workspace_id, kind, form) for form in forms))):
        holders[forms[form]].add(item_id)
    return sharing_most(holders, common=_HOLDERS)[:limit]


def _beginning(workspace_id: str, kind: str, term: str) -> Select[int]:
    return select(SearchWord.item_id).where(
        SearchWord.workspace_id == workspace_id,
        SearchWord.kind == kind,
        SearchWord.word >= term,
        SearchWord.word < term + _LAST_CHARACTER,
    )


def _newest_holders(workspace_id: str, kind: str, word: str) -> Select[str, int]:
    newest = (
        select(SearchWord.word, SearchWord.item_id)
        .where(SearchWord.workspace_id == workspace_id, SearchWord.kind == kind, SearchWord.word == word)
        .order_by(SearchWord.item_id.desc())
        .limit(_HOLDERS)
        .subquery()
    )
    return select(newest.c.word, newest.c.item_id)
