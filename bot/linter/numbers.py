"""Which words of a statement are a numeric target (L3, L7), as data with examples, and finding them.

A target is a number that says how far: `40%`, `from 8 to 12`, `ten new customers`, `half`, `within a day`. A number
that only names something is none: a date, a year, a quarter, a version, a standard, `24/7`, `top 3`. Words for all or
none (`nobody`, `every`, `zero`) are targets too: they say 100 % or 0.
"""

import re
from dataclasses import dataclass

_MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|"
    r"nov(?:ember)?|dec(?:ember)?)\b\.?"
)
_UNIT = r"(?:second|minute|hour|day|week|month|quarter|year)"


@dataclass(frozen=True)
class Numbers:
    """A kind of number, as a regular expression on small letters, with words that have one and words that have none."""

    kind: str
    pattern: str
    found: tuple[str, ...]
    left: tuple[str, ...] = ()


NAMES = (
    Numbers(
        "days and months",
        rf"\b\d{{1,2}}(?:st|nd|rd|th)?\.? (?:of )?{_MONTH}(?:,? \d{{4}}\b)?|"
        rf"\b{_MONTH} \d{{1,2}}(?:st|nd|rd|th)?\b(?!%)(?:,? \d{{4}}\b)?|"
        rf"\b{_MONTH} ?'?\d{{2,4}}\b|\b\d{{4}}-\d\d(?:-\d\d)?\b|\b\d{{1,2}}[./]\d{{1,2}}[./](?:\d{{4}}|\d\d)?(?!\d)",
        found=("by 30 June 2026", "on March 3rd", "by 2026-06-30", "by 31/12/2026", "in May 2027"),
        left=("may 5% of users", "in 3 countries"),
    ),
    Numbers(
        "years, quarters and weeks",
        r"\b(?:q[1-4]|h[12]|fy ?\d{2,4}|(?:cy|kw|week|month|day|quarter|semester|year) ?\d{1,2})\b"
        r"(?:[ /-]?'?(?:20)?\d\d\b(?!%))?|"
        r"(?<![$€£\d.,])\b20[2-4]\d(?:[/-]\d{2,4})?\b(?! ?%|\s+[a-z]+s\b)|(?<=\bin )(?:19|20)\d\d\b|"
        r"(?<=\bsince )(?:19|20)\d\d\b",
        found=("by Q3", "in Q4 2026", "in H1", "for FY26", "by 2030", "in week 12", "the 2026 budget", "in Q3/2026"),
        left=("2000 customers", "2030 customers"),
    ),
    Numbers(
        "names with a number",
        r"\b(?:iso|soc|iec|din|en|nist|ifrs|ias|basel|sox|psd|article|art\.|section|§|phase|stage|step|level|tier|wave|"
        r"part|version|release|ver\.|v|windows|office|python|java|series|chapter|line|room|gate|sprint|model|round|"
        r"type|class|industry|web|covid|okr|kr|objective|scope|horizon|vision|agenda|http|angular|sap s/4|s/4|form|"
        r"track|batch|cohort|priority|p|ward|district|zone|floor|severity|sev|grade|route|building|gen|generation|"
        r"key stage|annex|postgres(?:ql)?|mysql|php|node|ubuntu|debian|react|vue|rails|django|ios|android|gpt|ipv|"
        r"pci dss|pci)"
        r"[ /-]?\d+(?:[.,:-]\d+)*[a-z]?\b(?!%)",
        found=("ISO 27001", "SOC 2", "phase 2", "tier 1 support", "Python 3.13", "IFRS 16", "COVID-19", "Windows 11"),
        left=("class sizes below 25", "line stops under 3"),
    ),
    Numbers(
        "letters and digits in one word",
        r"\b[a-z]+\d[\w.]*|\b(?:2fa|3d|4d|2d|5g|4g|401k|360|365|4x4|80/20|50/50|1:1s?|1-on-1s?|1on1s?)\b(?!%)|"
        r"\b\d+/7\b|\b24x7\b|\b\d{1,2}-to-\d{1,2}\b|\b\d+(?:st|nd|rd|th)\b",
        found=("B2B customers", "ship v2", "CO2", "24/7", "1:1 talks", "the 3rd party", "360 feedback"),
        left=("10x", "20s", "40k"),
    ),
    Numbers(
        "places in a ranking, and which ones are meant",
        r"\b(?:top|number|no\.|nr\.|#) ?\d+\b|\btop (?:three|five|ten|twenty)\b|\bnumber one\b|#\d+",
        found=("our top 3 customers", "the top ten reasons", "issue #12"),
        left=("ten customers",),
    ),
    Numbers(
        "time that has passed or is to come",
        r"\b(?:next|coming|past|last|previous|following) (?:\d+|two|three|four|five|six|nine|ten|twelve) "
        rf"{_UNIT}s?\b",
        found=("within the next 6 months", "over the coming two quarters"),
        left=("within 2 days",),
    ),
)
"""Numbers that are no target. What they match is set aside before targets are looked for."""

TARGETS = (
    Numbers(
        "digits",
        r"(?:[$€£]\s?)?\d[\d.,]*\s?(?:%|percent\b|per cent\b|[a-z]+\b)?",
        found=("rises to 40%", "to $2M", "from 8 to 12", "below 5 minutes", "10x"),
        left=("more often",),
    ),
    Numbers(
        "numbers in words",
        r"\b(?:two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fifteen|twenty|thirty|forty|fifty|sixty|"
        r"seventy|eighty|ninety|hundreds?|thousands?|millions?|dozens?)\b(?!-)",
        found=("ten new customers", "two thirds"),
        left=("often", "one place", "the four-day week"),
    ),
    Numbers(
        "one, where it counts",
        rf"\bone (?:{_UNIT}|third|quarter|half|click|visit|call|reply|attempt|percent|in \w+)\b|"
        r"\b(?:to|below|under|than|least|most) one\b",
        found=("to one hour", "in one reply", "one in five"),
        left=("one place for everything", "a one-size answer"),
    ),
    Numbers(
        "a time to stay within",
        rf"\b(?:within|in|under|less than|in under|inside) (?:an?|the same) {_UNIT}\b|\bsame[- ]day\b",
        found=("within a day", "in less than a week", "same-day delivery"),
        left=("every week", "longer than a season"),
    ),
    Numbers(
        "shares and multiples",
        r"\b(?:halve[sd]?|half|doubles?|doubled|triples?|tripled|quadruples?|quadrupled|twice|\w+fold)\b(?!-)"
        r"(?! year| of (?:20|the year))|\b(?:a|by a|one|two) (?:third|quarter|fifth|tenth)s?\b(?<!s a quarter)",
        found=("Double revenue", "falls by half", "twice as fast", "by a third", "tenfold"),
        left=("double-entry bookkeeping",),
    ),
    Numbers(
        "nothing and nobody",
        r"\b(?:zero|nobody|no one|no-one|none|nothing|never|no)\b(?! longer\b| matter\b| trust\b|-)",
        found=("Nobody waits overnight", "Zero data loss", "No ticket waits", "falls to zero"),
        left=("no longer notice", "zero-based budgeting", "zero trust"),
    ),
)
"""Numeric targets."""

ABSOLUTES = Numbers(
    "all of them",
    rf"\b(?:all|every|each|always|everyone|everybody)\b(?! (?:{_UNIT}s?|time|other|morning|monday)\b|-)",
    found=("Every invoice is paid", "All employees know the plan", "Everybody is paid fairly"),
    left=("every week", "each quarter", "all-hands", "each other"),
)
"""Words for all: a target in a sentence about a change; only the scope of a task or of a vague wish."""

DEADLINES = Numbers(
    "a deadline at the end",
    r"\b(?:in|within|over) (?:the )?(?:\d+|two|three|four|five|six|nine|ten|twelve) (?:week|month|quarter|year)s?\W*$",
    found=("Improve onboarding within 6 months", "Launch the app in three weeks."),
    left=("Contracts are signed within 2 weeks of the offer", "Improve response to 2 days"),
)
"""After a task or a vague wish, by when it shall be there; in any other statement it may be how fast."""

_NAMES = re.compile("|".join(f"(?:{names.pattern})" for names in NAMES))
_TARGETS = re.compile("|".join(f"(?:{target.pattern})" for target in TARGETS))
_ABSOLUTES = re.compile(ABSOLUTES.pattern)
_DEADLINES = re.compile(DEADLINES.pattern)


def without_names(plain: str) -> str:
    """The text with the numbers that only name something set aside; every other character stays in its place."""
    return _NAMES.sub(lambda found: "·" * len(found[0]), plain)


def has_number(plain: str) -> bool:
    """Whether a numeric target is among these words, which are in small letters."""
    return _TARGETS.search(without_names(plain)) is not None


def without_deadline(plain: str) -> str:
    """The text without a deadline at its end."""
    return _DEADLINES.sub("", plain)


def has_absolute(plain: str) -> bool:
    """Whether a word for all of them is."""
    return _ABSOLUTES.search(plain) is not None
