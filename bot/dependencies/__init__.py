"""Dependencies: what an outcome needs from another team, by when, and what that team promised."""
