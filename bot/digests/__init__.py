"""Digests: what needs somebody, once a week in a team's channel; meetings say the same before they begin."""
