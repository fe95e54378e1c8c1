"""Obstacles: what stands in the way of an outcome; raised, owned, resolved."""
