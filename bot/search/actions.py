"""What changes in the search room."""

from collections.abc import Iterable

from sqlalchemy import delete, select

from bot.db.database import Tx, insert
from bot.search.model import SearchWord
from bot.search.rules import words


def index(tx: Tx, *, workspace_id: str, kind: str, item_id: int, texts: Iterable[str]) -> None:
    """Makes an item findable by the words of these texts, and by no others."""
    its_words = (SearchWord.workspace_id == workspace_id, SearchWord.kind == kind, SearchWord.item_id == item_id)
    known = set(tx.scalars(select(SearchWord.word).where(*its_words)))
    wanted = words("\n".join(texts))
    if gone := known - wanted:
        chosen = delete(SearchWord).where(*its_words, SearchWord.word.in_(sorted(gone)))
        tx.execute(chosen.execution_options(synchronize_session=False))
    if new := sorted(wanted - known):
        item = {"workspace_id": workspace_id, "kind": kind, "item_id": item_id}
        tx.execute(insert(tx, SearchWord).on_conflict_do_nothing(), [{**item, "word": word} for word in new])
