"""What changes in the handovers room. Until somebody accepts an outcome, it stays with its owner."""
