"""Check-ins: the ask to one owner for one period, over all of the owner's outcomes that are due."""
