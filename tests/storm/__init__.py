"""A storm over a whole company: real processes that are killed again and again while everything around them fails.

`python -m tests.storm --kills 1000`, or `make faults`. docs/faults.md says what is done and what is counted.
"""
