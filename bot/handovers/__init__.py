"""Handovers: an outcome passes to a new owner once they accept it."""
