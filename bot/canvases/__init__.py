"""Canvases: a channel's document that Rhythm keeps, where people asked for it."""
