"""Meetings: when a team meets, and what its channel is told before."""
