"""Whether a Slack status says that somebody is not there, in the languages in which Slack suggests statuses.

In doubt it does not: to ask somebody who is away costs them a message, not to ask costs everybody an answer.
"""

import re

AWAY_EMOJI = frozenset(
    {
        "palm_tree",
        "beach_with_umbrella",
        "umbrella_on_ground",
        "desert_island",
        "face_with_thermometer",
        "face_with_head_bandage",
        "thermometer",
        "nauseated_face",
    }
)
"""Those of Slack's *Vacationing* and *Out sick*, and their near ones."""

_AWAY = (
    r"vacation(?:ing)?|(?:on|off on) (?:annual )?(?:leave|holidays?)|holidays?(?=\W*$)|annual leave|"
    r"sick(?: leave| day)?|out sick|"
    r"out of (?:the )?office|ooo|oof|pto|(?:parental|maternity|paternity|medical|family|bereavement) leave|sabbatical|"
    r"urlaub|krank(?:geschrieben)?|abwesend|elternzeit|mutterschutz|"
    r"(?:en|de) vacances|en congés?|congé (?:maternité|paternité|parental|maladie)|malade|arrêt maladie|absente?|"
    r"vacaciones|de baja|enferm[oa]|fuera de la oficina|ausente|"
    r"férias|doente|de licença|fora do escritório|"
    r"in (?:ferie|vacanza)|malat[oa]|in malattia|assente|fuori ufficio|"
    r"vakantie|ziek|afwezig|met verlof|ouderschapsverlof"
)
_RETURN = (
    r"(?:back|returning|return|returns)(?! from)|until|till|through|"
    r"bis|zurück|wieder da|de retour|retour|jusqu\S*|vuelvo|regreso|hasta|"
    r"de volta|volto|até|torno|rientro|fino|terug|tot"
)
"""What begins to say when they are there again."""
_AWAY_UNSPACED = r"休暇|病欠|お休み|不在|휴가|병가|부재중|休假|度假|病假"
_THERE = (
    # Works, if not at a desk.
    r"remote(?:ly)?|wfh|meeting|(?:in|on) an? (?:\w+ )?call|commuting|travell?ing for work|"
    r"(?<!not )(?:online|available|working)|"
    r"remoto|télétravail|homeoffice|home office|teletrabajo|thuis(?:werken)?|"
    r"besprechung|réunion|reunión|riunione|"
    # Back already, or not gone yet.
    r"back from|not (?:yet )?(?:on|sick|out|ooo|off|away)|no longer|planning|dreaming|need(?:s|ing)?|"
    r"countdown|counting|soon|before|after|from|"
    r"tomorrow|upcoming|starting|next (?:week|month|monday|tuesday|wednesday|thursday|friday|year)|"
    r"(?:this )?(?:morning|afternoon|evening)|half[- ]day|"
    r"ab|morgen|bald|nächste|demain|bientôt|mañana|pronto|amanhã|domani|nicht|kein|pas|"
    # Sick of it, or simply sick.
    r"sick of|homesick"
)


_SAYS_AWAY = re.compile(rf"(?<!\w)(?:{_AWAY})(?!\w)|{_AWAY_UNSPACED}", re.IGNORECASE)
_SAYS_THERE = re.compile(rf"(?<!\w)(?:{_THERE})(?!\w)", re.IGNORECASE)
_SAYS_UNTIL_WHEN = re.compile(rf"(?<!\w)(?:{_RETURN})(?!\w).*", re.IGNORECASE | re.DOTALL)


def status_says_away(emoji: str, text: str) -> bool:
    """Whether a status, its emoji written as `:palm_tree:`, says that they are on vacation, sick, or out of office.

    Words go before the emoji: `:palm_tree: Working remotely` is there. What is said of another day is not said of now,
    save for the day on which they are back.
    """
    about_now = _SAYS_UNTIL_WHEN.sub("", text)
    if _SAYS_THERE.search(about_now):
        return False
    name = emoji.strip(":").partition("::")[0]
    return name in AWAY_EMOJI or _SAYS_AWAY.search(about_now) is not None
