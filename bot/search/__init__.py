"""Search: the words of anything that can be found again, whichever room it belongs to."""
