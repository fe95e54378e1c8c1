"""Rhythm: a Slack bot that keeps a company's operating rhythm."""
