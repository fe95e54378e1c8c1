"""The table of the search room."""

from sqlalchemy import Index, String
from sqlalchemy.orm import Mapped, mapped_column

from bot.db.base import Base, Key, KeyedInWorkspace
from bot.search.rules import WORD_LIMIT

Word = String(WORD_LIMIT).with_variant(String(WORD_LIMIT, collation="C"), "postgresql")
"""Ordered by code point on both databases, as a range of words with one beginning needs."""


class SearchWord(KeyedInWorkspace, Base):
    """A word by which an item is found. The kind says what the item is, and so whose `item_id` it has."""

    __tablename__ = "search_word"

    kind: Mapped[str] = mapped_column(String(12), primary_key=True)
    word: Mapped[str] = mapped_column(Word, primary_key=True)
    item_id: Mapped[int] = mapped_column(Key, primary_key=True, autoincrement=False)

    __table_args__ = (Index(None, "workspace_id", "kind", "item_id"), {"sqlite_with_rowid": False})
