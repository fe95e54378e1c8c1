"""The small words of English that the rules find their way by, and what may stand before a statement, as data."""

THINGS = (
    "time times rate rates cost costs coverage duration delay delays failure failures error errors speed quality "
    "volume frequency week day month minutes hours queue success satisfaction engagement adherence accuracy score "
    "share size price prices revenue sales margin spend slips lag lead cycle backlog occupancy findings uptime"
)
"""Nouns a measure is named by. After a word that is verb and noun they make it a noun: `build times`."""

NO_VERBS = (
    "all both half double twice such many few not only once even just plus almost nearly exactly is are was were do "
    "does did i we you they he she it who everyone everybody nobody none neither either another each every and or "
    "but yet unlike following including concerning regarding considering should would could may might than like "
    "near along beyond despite behind beside besides inside outside above below around past toward towards upon "
    "except quite rather still always never today tomorrow"
)
"""Words that may stand before `the` and are no verbs."""

BORDERS = (
    "that which who whose where because so if when while whilst until unless although though after before as since "
    "whether how what why"
)
"""Words that open a clause of their own; what follows says nothing about the main verb."""

STATES = (
    "is are was were has have had will can must does do stays stay remains remain takes take rises rise falls fall "
    "drops drop grows grow doubles double halves halve triples triple increases decreases declines decline climbs "
    "climb reaches reach exceeds exceed goes becomes become improves shrinks shrink stops hits moves happens comes "
    "passes saves brings lasts succeeds fails converges matches match beats pays arrives attracts earns wins sells "
    "agree resolves resolve sinks sink settles make makes stand stands gets turns turn dips jumps jump plunges slips "
    "loses lose costs ends end lead respond responds meet arrive leave cover covers needs works"
)
"""Finite verbs that tell a sentence about something from an order to do something."""

COMMON_VERBS = (
    "give feel find get know see use trust close answer wait waits gives feels finds knows sees uses trusts closes "
    "answers need need want wants start starts return returns buy buys stay stays recommend recommends report reports "
    "spend spends solve solves learn learns understand understands renew renews complete completes join joins pay pays "
    "happen come go improve stop save bring last fail earn win sell reach visit choose vote ride walk drive eat sleep "
    "open opens load loads work works plan plans help helps"
)
"""More finite verbs, which count where a plural or a name stands before them (L6)."""

NOUNS_TOO = (
    "increases decreases costs needs ends lead cover covers works drop rise fall grow turn jump match stand moves "
    "double make decline climb slips end answers uses reports returns plans closes starts works pays helps opens loads"
)
"""Those that may be a noun: they count as verbs only after a plural, or as the third word or later."""

SUBJECTS_WITHOUT_S = "people children staff women men everyone everybody nobody they we one police"

FEWER = (
    "reduce reduces cut cuts fewer less drop drops fall falls lower halve halves decrease decreases shrink shrinks "
    "below under no eliminate avoid stop stops decline declines down save saves instead nobody zero minus replace "
    "avoided"
)
"""Doing less of an activity is a change: a statement with one of these words counts nothing amiss."""

CAUSES = "help let enable make get have allow train teach encourage ensure empower support"
"""Verbs after which an `and` joins what somebody else does: `Help customers find and fix problems`."""

JOINERS = "and & ; plus as_well_as"

ADVERBS = (
    "successfully quickly fully finally formally jointly proactively continuously consistently significantly "
    "regularly effectively efficiently actively rapidly gradually further also then just soon smoothly safely "
    "officially publicly substantially dramatically sustainably constantly measurably carefully swiftly immediately "
    "timely on-time first"
)
"""Adverbs that may stand before the opening verb, or before the one after an `and`."""

_TEAM = r"(?:we|i|you|they|(?:the|our|my) (?:[\w&-]+ ){0,2}(?:team|department|company|board))"

_WILL = (
    r"(?:'ll|'re going to| will| shall| must| should| can| want to| need to| plan to| aim to| intend to|"
    r" are going to| is going to| have to| would like to)"
)

_MONTH = (
    r"(?:january|february|march|april|may|june|july|august|september|october|november|december|jan|feb|mar|apr|jun|jul|"
    r"aug|sept?|oct|nov|dec)\b\.?"
)

_PERIOD = (
    r"(?:q[1-4]|h[12]|fy ?\d{2,4}|(?:this|next|the) (?:coming |next )?(?:quarter|year|month|half|half-year|week|"
    r"spring|summer|autumn|fall|winter)|20\d\d)(?:[ /'-]{1,3}(?:fy ?)?(?:20)?\d\d)?"
)

LEADS: tuple[tuple[str, bool], ...] = (
    (r"[-*•·▪◦–—>☐✓]+\s+|\(?\d{1,2}[.)]\s+|[a-z][.)]\s+", False),
    (r"\[[\w &/-]{1,30}\]\s*(?!\[)", False),
    (r"(?:okrs?|krs?|key results?|objectives?|goals?|outcomes?|targets?|priority|initiative|milestones?|o(?=\d))"
     r"\s*#?\d*(?:\.\d+)*\s*(?::\s*|[.)]\s+|[–—-]\s+)", False),
    (_PERIOD + r"\s*(?:[:,]\s*|[–—-]\s+)", False),
    (r"(?:in|by|for|during|until|before|starting|from) (?:(?:the )?end of |early |late |mid )?" + _PERIOD + r",?\s+",
     False),
    (r"(?:by|in|before|until|from|as of|starting|on) (?:the )?(?:(?:end|middle|start|beginning) of )?"
     r"(?:\d{1,2}(?:st|nd|rd|th)?\.? (?:of )?)?" + _MONTH + r"(?: \d{1,2}(?:st|nd|rd|th)?)?(?:,? 20\d\d)?,?\s+", False),
    (r"(?:by|in|before|until|during|from|as of|within|over|starting|on|at) [^,:.\d]{1,40},\s*", False),
    (r"(?:our|the|my|this quarter's) (?:[\w-]+ )?(?:goal|aim|objective|plan|target|ambition|intention|mission|priority)"
     r" (?:is|will be) (?:for us )?to\s+", True),
    (_TEAM + _WILL + r"\s+", True),
    (r"(?:to|in order to|continue to|aim to|plan to|try to|need to|strive to|seek to|begin to|start to|"
     r"work to|continue)\s+", True),
    (r"be (?=[\w-]+ing\b)", False),
    (r"(?:please|also|ensure that|make sure that|make sure|ensure|then)\s+", False),
)  # fmt: skip
"""What may stand before the statement itself, as regular expressions, and whether an order must follow it."""

DETERMINERS = "the a an our my their its his her your this that these those any some"

PREPOSITIONS = (
    "of to for in on at by with from into across within per between through over under during about against via among "
    "without throughout onto"
)

OPENS_AN_OBJECT = "a an the our my their these"
"""Words that, right after the first one, show that the first is a verb."""

PARTICLES = "up out down over in off together forward through back"

NOT_A_VERB = r"(?:[^s]s|ly|ed|er|tion|ment|ness|ity|body|one)$"
"""Endings of first words that are no orders."""

BE = "is are was were be been being gets get"

AUXILIARIES = "have has had will shall must should is are now also just already be been going"

BEFORE_AN_OUTPUT = "the a an our successful full timely complete company-wide phased initial final"

AFTER_A_HEADLINE = "and before , . ( ; – — &"

QUANTITIES = (
    "% percent fewer less more no nothing nobody none never not half share rate percentage number faster every each "
    "most zero cost time lead average quality can proportion"
)
"""Words that make the subject of a sentence a quantity, so that what follows is no output."""

BETTER = (
    "faster cheaper fewer safer shorter simpler better smoother quicker easier lower higher greater stronger smarter"
)

COMPARISON = r"\b(?:below|above|under|over|up|down|at|of|from|to) (?:[$€£]\s?)?\d"

SCOPE = r"^\s+(?:to|for|in|on|across|at) (?:\d+ ?%|all\b|every\b)"
"""Whom an output reaches: that says nothing of how well, as in `is enabled for 100 % of staff`."""

AUDIENCES = "views opens clicks attendees readers guests"
"""Nouns that turn a counted thing into what came of it: `newsletter readers`."""

MORE = "increase increases grow grows double doubles raise raises rise rises triple boost boosts more climb climbs goes"

NUMBER_WORDS = (
    "two three four five six seven eight nine ten eleven twelve fifteen twenty thirty fifty hundred hundreds dozens "
    "dozen"
)

QUANTITY_NOUNS = "number amount count quantity volume total"

SO_OFTEN = r"\b(?:\d+|once|twice|two|three|four|five|daily|weekly)(?: times)? (?:a|per|each|every) \w+"

AFTER_A_COUNT = "a an each every per this until before and held is are"

GUARDS = "keep hold maintain stay stays remain remains"
"""Verbs that guard one outcome against its price rather than name another: `… and keep churn below 3 %`."""

WITH_NUMBER = "to by from above below under over at"

BY_WAY_OF = "by through via from without of for"
"""Words after which an `-ing` form says how, and no second outcome: `by hiring and training`."""

SMALL_WORDS = (
    "the a an our my we us to of for in on at by with from into and or is are be been will that which so more less per "
    "as than their its his her it this"
)
"""Words that say nothing of what a statement is about (L9)."""
