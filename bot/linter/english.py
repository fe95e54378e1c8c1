"""The English the linter knows, as data. Each entry says what it is, and has examples beside it: statements it must
find and statements it must leave alone. A test runs every example, so a new word comes with the sentence it is for.

Verbs are written in their base form, separated by spaces, with `_` inside a phrase: `roll_out`. The other forms
(rolls out, rolling out, rolled out) are made by `bot.linter.inflections`.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Activities:
    """Verbs for what a team does (L1).

    `service`: the verb also names a service that is done over and over, so it is left alone when the statement says
    how fast, how well or for what share: `Ship every order within 24 hours`.
    `in_passive`: what it was done to is an output, `is built`; otherwise only some of them are, see `DONE_TO`.
    """

    kind: str
    verbs: str
    found: tuple[str, ...]
    left: tuple[str, ...]
    service: bool = False
    in_passive: bool = True


ACTIVITIES = (
    Activities(
        "bringing something into the world",
        "launch relaunch re-launch roll_out release introduce implement deploy unveil inaugurate roll-out",
        found=("Launch the new onboarding emails", "New CRM is rolled out", "We have introduced feature flags"),
        left=("Launch week sign-ups grow from 200 to 500", "Release failures fall from 15% to 5%"),
    ),
    Activities(
        "making something",
        "build rebuild create develop design redesign draft write rewrite construct produce compile assemble "
        "prototype code program craft formulate author record film print paint renovate refurbish rebrand flesh_out "
        "build_out wireframe sketch storyboard shoot edit proofread draw_up put_together pull_together come_up_with "
        "erect lay put_up compose invent mock_up cook brew sew knit dig drill bake rework conceptualise "
        "conceptualize",
        found=("Build a data warehouse", "Building a community of practice", "The onboarding flow has been redesigned"),
        left=(
            "Build times drop below 5 minutes",
            "Design reviews end within two days",
            "Building occupancy climbs to 85%",
            "Create 300 jobs in the region",
        ),
    ),
    Activities(
        "putting something in place",
        "set_up setup put_in_place establish install configure integrate adopt form found appoint assign formalise "
        "formalize institute instal enforce define redefine obtain decide_on agree_on codify enable activate "
        "switch_on turn_on equip furnish provision spin_up stand_up allocate connect embed instrument wire link "
        "back_up harden nominate elect enact ratify amend incorporate register license patent trademark",
        found=("Set up a referral programme", "Install 200 bike racks", "MFA is enabled for all employees"),
        left=("Installed base grows to 12,000 machines", "Setting up a new store takes one day instead of ten"),
    ),
    Activities(
        "holding an event",
        "host organise organize hold run stage convene facilitate attend conduct arrange schedule plan celebrate "
        "co-host sponsor moderate throw take_part_in participate_in join rehearse",
        found=("Hold 10 customer interviews", "Run 5 workshops", "Attend the Hannover trade fair"),
        left=("Hold churn below 2%", "Plan adherence rises from 70% to 90%", "Run the plant at 92% availability"),
        service=True,
        in_passive=False,
    ),
    Activities(
        "telling people",
        "publish post tweet blog email call phone contact present communicate announce share broadcast circulate "
        "promote advertise reach_out follow_up meet_with collaborate_with coordinate_with liaise_with speak pitch "
        "distribute submit visit educate reach_out_to lobby consult invite engage_with partner_with work_with "
        "cooperate_with team_up_with hand_out write_to talk_to speak_to mail file upload apply_for negotiate "
        "renegotiate canvass advocate_for champion inform notify remind thank",
        found=("Publish 20 blog posts by the end of Q3", "Call 200 prospects", "Brand guidelines are published"),
        left=(
            "Call volume falls by 35%",
            "Email open rate rises from 18% to 25%",
            "Post engagement rises 20%",
            "Share of meetings that end with a decision rises from 20% to 70%",
            "Published prices match the shelf in 99% of checks",
        ),
        in_passive=False,
    ),
    Activities(
        "delivering, again and again",
        "send deliver ship complete finish finalise finalize conclude process review prepare provide offer hand_over "
        "issue execute supply onboard hire recruit patch maintain manage archive approve audit inspect check document "
        "serve translate test update refresh reconcile invoice scan verify validate sign_off triage supervise oversee "
        "backfill enrol enroll import export pack stock source calculate estimate forecast budget fund finance hand_in",
        found=("Send 12 newsletters this year", "Completion of the new library", "Q3: ship v2", "Hire 12 engineers"),
        left=(
            "Ship every order within 24 hours",
            "Orders are delivered within two days",
            "Maintain 99.9% uptime",
            "Deliver $3M of new business from partners",
            "Sending costs drop from €1.10 to €0.80 per parcel",
        ),
        service=True,
        in_passive=False,
    ),
    Activities(
        "teaching",
        "train coach mentor brief certify upskill instruct teach lecture shadow tutor",
        found=("Train 200 teachers", "All managers are trained in giving feedback", "Training agents on the product"),
        left=("Training costs per head fall by 20%", "Train delays fall below 3 minutes"),
    ),
    Activities(
        "changing a tool or a place",
        "migrate upgrade refactor port re-platform decommission sunset consolidate standardise standardize centralise "
        "centralize localise localize overhaul restructure reorganise reorganize revise revamp replatform customise "
        "customize containerise containerize encrypt rename merge extend outsource insource retire add fix clean_up "
        "tidy_up debug transition rotate realign deprecate delete rehost scale_out repaint repair "
        "resurface segment scale rearrange remodel subdivide split",
        found=("Migrate the monolith to Kubernetes", "Refactor the billing module", "The expense policy is revised"),
        left=("Migration costs stay under €20,000", "Fixed costs fall by 5%"),
    ),
    Activities(
        "changing a share of something",
        "automate digitise digitize digitalise digitalize replace move transfer relocate purchase buy procure "
        "acquire_a plant open label map tag catalogue switch switch_to bring_in",
        found=("Automate accounts payable", "Move the office to the city centre", "Open a shelter in Leeds"),
        left=(
            "Move 30% of customers to annual plans",
            "Open roles are filled before the team feels the gap",
            "Opening an account takes under 5 minutes",
        ),
        service=True,
        in_passive=False,
    ),
    Activities(
        "looking into something",
        "investigate explore evaluate assess analyse analyze research study survey interview examine benchmark "
        "look_into identify pilot trial monitor track measure observe perform carry_out undertake model scope "
        "experiment_with poll gather collect look_at dive_into sort_out figure_out think_about learn_about try_out try "
        "simulate backtest visualise visualize sample list count compare check_out",
        found=("Interview churned customers", "Carry out a market study", "Pilot the four-day week"),
        left=("Trial to paid conversion rises from 8% to 12%", "Research grants won rise from 3 to 7"),
        in_passive=False,
    ),
    Activities(
        "beginning or being busy",
        "start begin commence initiate kick_off work_on focus_on prioritise prioritize progress proceed_with "
        "pursue discuss brainstorm deal_with take_care_of spend_time_on engage_in",
        found=("Start a podcast", "Kick off the data governance project", "Work on the new pricing model"),
        left=("Starting salaries match the market within 3%",),
        in_passive=False,
    ),
)

DONE_TO = (
    "complete finish finalise finalize conclude deliver publish hold conduct organise organize host schedule plan "
    "automate digitise digitize digitalise digitalize replace relocate approve distribute submit carry_out hire "
    "recruit onboard review update document communicate announce purchase procure send ship present negotiate test "
    "archive plant sign execute agree validate"
)
"""Verbs of the other groups whose passive is an output too: `Budget approved by the board`."""

TEAM_VERBS = (
    "launch relaunch roll_out release introduce implement deploy build rebuild create develop design redesign draft "
    "write rewrite set_up put_in_place establish install host organise organize run conduct publish migrate refactor "
    "pilot produce kick_off"
)
"""Verbs that are a task when a team is the subject: `Engineering will release the offline mode`. Others are left alone
there, because a team may also do something better: `Support answers within an hour`."""

TEAMS = (
    "marketing engineering sales hr finance support product legal it ops operations procurement design security "
    "devops qa pr communications logistics management leadership"
)

IRREGULAR = {
    "build": "built",
    "rebuild": "rebuilt",
    "write": "written",
    "rewrite": "rewritten",
    "set": "set",
    "setup": "setup",
    "put": "put",
    "hold": "held",
    "run": "run",
    "send": "sent",
    "begin": "begun",
    "buy": "bought",
    "meet": "met",
    "speak": "spoken",
    "find": "found",
}
"""Past participles that do not end in -ed."""

DOUBLING = "ship plan set setup run begin submit map tag program put cut debug"
"""Verbs that double their last letter before -ing and -ed."""

CHANGES = (
    "reduce increase grow cut double halve triple raise lower shrink lift decrease win earn achieve reach retain "
    "keep attract gain convert save eliminate prevent stop avoid shorten accelerate close become expand free "
    "speed_up minimise minimize quadruple generate attain secure slash trim recover drive bring help exceed hit "
    "sell sign acquire lengthen widen narrow remove regain restore beat outperform overtake surpass own know be "
    "stay remain sustain preserve protect defend safeguard break end bridge fill unlock land push turn get have "
    "make let empower inspire delight satisfy convince persuade motivate deserve capture dominate lead enter "
    "penetrate conquer crack reverse top pass cross overcome solve resolve cure heal combat fight tackle ease "
    "relieve simplify clarify understand learn give grant guarantee assure ensure claim diversify balance stabilise "
    "stabilize harmonise harmonize unify align unite contain curb limit cap restrict control mitigate slow hasten "
    "advance deepen broaden prolong ensure want need allow cover answer pay spend earn match clear see feel find "
    "rank place settle collect_more lose eradicate outgrow abolish phase_out refill exceed offset neutralise "
    "neutralize consume use_less borrow repay return renew recycle reuse rescue cheer"
)
"""Verbs that say a change; a statement that opens with one is no task."""

PURE_CHANGES = (
    "reduce increase grow double halve triple raise lower shrink decrease eliminate shorten accelerate minimise "
    "minimize improve boost enhance expand retain attract achieve gain generate optimise optimize quadruple slash "
    "strengthen prevent avoid exceed"
)
"""Those that are no nouns, so that a second outcome begins where one follows an `and`: `… and reduce churn`."""


@dataclass(frozen=True)
class Spared:
    """Words after an activity verb that make it a change after all (L1)."""

    verbs: str
    followed_by: str
    example: str


SPARED = (
    Spared(
        "build rebuild create establish develop produce",
        r"(?:\S+ ){0,3}(?:trust|confidence|loyalty|awareness|pipeline|momentum|reputation|resilience|demand|goodwill|"
        r"jobs?|savings|capacity|revenue|habits?|culture|mindset|leadership position)\b(?! \w+s )",
        "Build a $5M pipeline for the second half",
    ),
    Spared(
        "deliver produce provide",
        r"(?:\S+ ){0,3}(?:value|savings|growth|profit|uptime|revenue|business|margin|returns?|emissions)\b",
        "Deliver $3M of new business from partners",
    ),
    Spared("deliver produce", r"[$€£]|(?:\S+ ){0,2}\d[\d.,]*\s?%", "Deliver 99.9% uptime"),
    Spared(
        "hold run maintain manage open move train schedule extend scale switch transfer",
        r"(?:\S+ ){1,7}(?:below|under|above|at|steady|within|over|to)\s+[$€£]?\d",
        "Hold churn below 2%",
    ),
    Spared(
        "deliver provide create offer build",
        r"(?:a |an |the )?(?:better|great|best|world-class|excellent|outstanding|seamless|superior|first-class)\b",
        "Deliver a better customer experience",
    ),
    Spared("obtain", r"[$€£]|\d", "Obtain 500 signatures from residents"),
    Spared("bring_in", r"[$€£]|\d|more\b", "Bring in $2M from new donors"),
    Spared(
        "deploy release ship", r".*\b(?:times (?:a|per)|daily|weekly|every day|on demand)\b", "Deploy 5 times a day"
    ),
    Spared("maintain", r"(?:a |an |the |our )?\d", "Maintain a 4.5 rating in the app stores"),
    Spared("establish", r"(?:ourselves|\S+ as)\b", "Establish ourselves as the first choice of farmers"),
    Spared("share record study test plan research", r"(?:of|high|low|holders?)\b", "Record high of 500 visitors a day"),
    Spared("form found code label enable", r"(?:customers|users|people|teams?|staff)\b", "Enable users to help others"),
)

SERVICE_LEVEL = (
    (r"\b(?:within|in|in under|under|after|inside)\s+(?:under |less than |fewer than |at most |the )?"
     r"(?:\d+|an?|one|two|three|four|five|six|seven|eight|ten|twelve)\s?(?:working |business |calendar )?"
     r"(?:s|seconds?|secs?|minutes?|mins?|h|hours?|hrs?|days?)\b", "Send every quote within 4 hours"),
    (r"\b(?:on time|on budget|in \d+ of \d+|on the (?:same )?day|(?:same|next)[- ]day|first time|on first|at once)\b",
     "Orders are delivered on the same day"),
    (r"\b(?:quickly|promptly|reliably|correctly|fairly|well|properly|personally|on schedule|as often as)\b",
     "Customers are onboarded quickly"),
    (r"\b(?:without|error-free|free of|right first)\b", "Changes are deployed without downtime"),
    (r"\b(?:faster|sooner|earlier|cheaper|twice as|half the|more often|less often|as soon as|"
     r"before (?:they|customers|users|anyone|anybody|people|patients))\b",
     "Features are shipped twice as fast"),
    (r"\btimes (?:a|per|each)\b", "Changes are deployed ten times a day"),
    (r"\b(?:below|above|at least|at most|no more than|fewer than|less than|more than|up from|down from|from)\s+"
     r"[$€£]?\d", "Parts are supplied at less than 5 dollars"),
    (r"\d\s?(?:%|percent\b|per cent\b)", "Process 95% of claims before Friday"),
)  # fmt: skip
"""How fast, how well or for what share a service is done: that is a change to a service, no task."""

DONE = (
    "live in_place in_production into_production up_and_running operational in_operation in_use ready_for_launch "
    "rolled_out complete done finished"
)
"""States that say an output is there: `The new portal is live`."""

GOES = "goes_live go_live went_live gone_live"

OUTPUTS = (
    "launch relaunch rollout roll-out implementation deployment migration introduction completion creation "
    "development delivery publication release go-live redesign rebrand rewrite installation establishment "
    "integration preparation construction upgrade setup adoption kickoff kick-off renovation finalisation "
    "finalization execution production recruitment selection training testing distribution certification "
    "procurement purchase hiring planning gathering cleansing documentation evaluation analysis assessment move "
    "consolidation standardisation standardization piloting start beginning organisation organization automation "
    "digitisation digitization review audit modernisation modernization"
)
"""Nouns for an activity: `Rollout of SSO to all teams`, `ERP migration`."""

OUTPUTS_THAT_STAND_LAST = (
    "launch relaunch rollout roll-out implementation deployment migration introduction go-live redesign rebrand "
    "rewrite installation kickoff kick-off renovation upgrade setup integration testing selection move recruitment "
    "evaluation analysis assessment certification cleansing gathering consolidation standardisation standardization "
    "relocation"
)

DELIVERABLES = (
    "website site portal page app handbook dashboard platform system tool policy framework playbook campaign "
    "programme program training workshop webinar report strategy roadmap guide documentation process checklist "
    "newsletter template module feature integration api chatbot database intranet office centre center warehouse "
    "curriculum brochure catalogue catalog plan module hub library course toolkit manual initiative event prototype "
    "dashboards guidelines features policies tools templates pages workshops webinars reports logo brand podcast "
    "committee council board architecture scheme chart kit charter protocol whitepaper brief leaflet video blog "
    "presentation talk lecture speech"
)
"""Things a team makes. A statement that is only such a thing, marked as new, is an output: `New pricing page`."""

DELIVERABLES_AFTER_NEW = (
    "site page system tool process office centre center warehouse module feature integration database library course "
    "plan event features policies tools pages logo brand committee council board architecture scheme platform hub "
    "chart program programme protocol brief module api catalogue catalog blog charter"
)
"""Those of them that are made, or are there already: they count only after a word for new."""

NEW = "new updated revised redesigned a an the our"


@dataclass(frozen=True)
class Counts:
    """Nouns whose number is the amount of work done (L2).

    `alone`: the noun is our own activity wherever it is counted. Otherwise only after a verb for doing it, since a
    visit or an article may be somebody else's.
    """

    kind: str
    nouns: str
    found: tuple[str, ...]
    left: tuple[str, ...]
    alone: bool = True


COUNTS = (
    Counts(
        "messages",
        "emails e-mails mails newsletters posts blog_posts tweets mailings press_releases letters flyers",
        found=("Send 12 newsletters this year", "Number of blog posts grows from 4 to 8 a month"),
        left=(
            "Email open rate rises from 18% to 25%",
            "Reduce inbound emails about invoices from 400 to 150 a week",
            "Newsletter readers who book a demo grow from 30 to 90 a month",
        ),
    ),
    Counts(
        "calls",
        "calls cold_calls phone_calls",
        found=("Make 500 cold calls a month", "Every rep makes 40 calls a day"),
        left=(
            "Calls answered within 20 s rise from 60% to 85%",
            "Reply rate to our cold calls doubles",
            "Answer 90% of calls within 20 seconds",
        ),
    ),
    Counts(
        "meetings and events",
        "meetings workshops webinars trainings seminars town_halls meetups syncs training_sessions interviews "
        "consultations roundtables retrospectives standups offsites site_visits outreach_visits hackathons "
        "coaching_sessions focus_groups",
        found=("Hold 10 customer interviews", "Meetings with prospects increase to 60 a month", "Run 5 workshops"),
        left=(
            "Meetings that lead to an offer grow from 20% to 35%",
            "Cut the number of status meetings from 12 to 5 a week",
            "Meetings are shorter than 30 minutes",
            "Half of our webinar guests start a trial",
        ),
    ),
    Counts(
        "units of work",
        "story_points commits pull_requests lines_of_code training_hours hours_of_training velocity proposals pitches",
        found=("Close 400 story points in Q2", "Training hours per employee rise from 10 to 20"),
        left=("Every pull request is reviewed within a day",),
    ),
    Counts(
        "things that were made",
        "articles videos reports case_studies features releases surveys talks sessions tasks messages presentations "
        "visits events campaigns simulations demos podcasts episodes guides whitepapers white_papers courses tests "
        "reviews audits studies experiments stories documents chats usability_tests drills exercises classes "
        "screenings assessments ads brochures inspections",
        found=("Write 50 help articles", "Ship 15 features this quarter", "Give 20 talks at conferences"),
        left=("Increase website visits from 1,000 to 5,000", "Customers publish 200 reviews on the marketplace"),
        alone=False,
    ),
)

NOUNS_AS_WELL = (
    "launch release design draft program film paint plan pilot trial test train coach model map label code study "
    "survey research poll process review audit patch update upgrade report record call email post contact visit "
    "host stage sponsor schedule measure track monitor stock source budget forecast shadow print form list sample "
    "project document"
)
"""Activity verbs that are nouns too: with a plural and a verb after them they name a kind: `pilot sites save`."""

DOING = "make do have give answer handle log complete close merge write place"
"""Plain verbs that count work when a number of it follows: `give 20 talks`."""

DOERS = "rep reps agent agents we team manager managers employee employees advisor advisors consultant consultants"


@dataclass(frozen=True)
class Vague:
    """Ways to say better without saying how much (L7)."""

    kind: str
    words: str
    found: tuple[str, ...]
    left: tuple[str, ...]


VAGUE_VERBS = Vague(
    "verbs for making better",
    "improve optimise optimize enhance strengthen streamline boost foster elevate maximise maximize modernise "
    "modernize refine bolster revitalise revitalize support leverage empower transform nurture uplift "
    "professionalise professionalize perfect better",
    found=(
        "Improve quality",
        "To enhance transparency",
        "Optimising the supply chain",
        "Customer experience is enhanced",
    ),
    left=("Improve uptime from 99.5% to 99.95%", "Support tickets fall", "Improved tools save 3 hours a week"),
)
VAGUE_NOUNS = Vague(
    "nouns and adjectives for better",
    "improvement optimisation optimization enhancement modernisation modernization better improved enhanced optimised "
    "optimized stronger",
    found=("Improvement of internal communication", "Better collaboration with suppliers"),
    left=("Better tools save 3 hours a week", "Improvement suggestions rise from 20 to 50 a year"),
)
VAGUE_PHRASES = (
    r"make (?:\S+ ){1,6}(?:better|stronger|smarter|smoother|great|greater|nicer|easier)\b",
    r"(?:deliver|provide|create|offer|build|have|be) (?:a |an |the )?"
    r"(?:better|great|best|world-class|excellent|outstanding|seamless|superior|first-class)\b",
    r"(?:be |become )?(?:more|highly) (?:efficient|effective|agile|modern|professional|customer-centric|transparent|"
    r"innovative|data-driven|attractive|inclusive|sustainable|user-friendly|robust|resilient|digital)\b",
)
"""`Make our meetings better`, `More efficient processes`."""
GETS_BETTER = (
    r"\b(?:improves?|gets? better|gets? stronger|becomes? better|becomes? more efficient|improved|enhanced|"
    r"optimi[sz]ed|strengthened|streamlined|modernised)$"
)
"""`Internal communication gets better`."""

MADE = "made given taken done closed booked logged"
"""Participles beside those of the activities that count work in a measure's name: `calls made`."""

TELLING = "post tweet blog email call phone publish visit interview contact reach"
"""Verbs after which a number of people, or of times, counts work: `call 200 prospects`, `post three times a week`."""
