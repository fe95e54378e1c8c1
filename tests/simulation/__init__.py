"""A deterministic simulation of the deliveries: many lives of several replicas, each replayable from its seed.

docs/simulation.md says what is simulated, what is not, and how to replay a seed.
"""
