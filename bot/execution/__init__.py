"""The execution path of an outcome: the few actions that drive it, and what was chosen not to be done."""
