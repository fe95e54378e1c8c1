"""The database floor: base, types, and the two ways in, `begin()` and `read()`."""
