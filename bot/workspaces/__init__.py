"""Workspaces: each Slack workspace that Rhythm serves, and the numbers its keys count with."""
