"""The rules of measuring, each a formula that is told to people wherever it is used.

Everything here is pure: days and results are handed in, of results only those that stand, and nothing is remembered.

- `paths`     from a baseline to a target: progress, and what is expected on a day
- `health`    how an outcome stands on a day, and the days on which that turns if nothing more is measured
- `forecast`  where the results lead, and how sure that is
- `effort`    effort without movement
- `jumps`     a result so far from the others that it is worth asking twice
"""
