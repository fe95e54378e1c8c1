"""The card of an outcome: everything about it on one page, from all the rooms below."""
