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
    r"vacation(?:ing)?|(?:on|off on) (?:annual )?(?:leave|holidays?)|annual leave|sick(?: leave| day)?|out sick|"
    r"out of (?:the )?office|ooo|oof|pto|(?:parental|maternity|paternity|medical|family|bereavement) leave|sabbatical|"
    r"urlaub|krank(?:geschrieben)?|abwesend|elternzeit|mutterschutz|"
    r"(?:en|de) vacances|en congés?|congé (?:maternité|paternité|parental|maladie)|malade|arrêt maladie|absente?|"
    r"vacaciones|de baja|enferm[oa]|fuera de la oficina|ausente|"
    r"férias|doente|de licença|fora do escritório|"
    r"in (?:ferie|vacanza)|malat[oa]|in malattia|assente|fuori ufficio|"
    r"vakantie|ziek|afwezig|met verlof|ouderschapsverlof"
)
_AWAY_UNSPACED = r"休暇|病欠|お休み|不在|휴가|병가|부재중|休假|度假|病假"
_THERE = (
    # Works, if not at a desk.
    r"remote(?:ly)?|wfh|meeting|call|commuting|online|available|working|travell?ing for work|"
    r"remoto|télétravail|homeoffice|home office|teletrabajo|thuis(?:werken)?|besprechung|réunion|reunión|riunione|"
    # Back already, or not gone yet.
    r"back from|not|no|no longer|planning|dreaming|need(?:s|ing)?|countdown|counting|soon|before|after|from|"
    r"tomorrow|upcoming|starting|next (?:week|month|monday|tuesday|wednesday|thursday|friday|year)|"
    r"(?:this )?(?:morning|afternoon|evening)|half[- ]day|"
    r"ab|morgen|bald|nächste|demain|bientôt|mañana|pronto|amanhã|domani|nicht|kein|pas|"
    # Sick of it, or simply sick.
    r"sick of|homesick"
)


def _whole_words(words: str) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{words})(?!\w)", re.IGNORECASE)


_SAYS_AWAY = re.compile(rf"(?<!\w)(?:{_AWAY})(?!\w)|{_AWAY_UNSPACED}", re.IGNORECASE)
_SAYS_THERE = _whole_words(_THERE)


def status_says_away(emoji: str, text: str) -> bool:
    """Whether a status, its emoji written as `:palm_tree:`, says that they are on vacation, sick, or out of office.

    Words go before the emoji: `:palm_tree: Working remotely` is there. What is said of another day is not said of now.
    """
    if _SAYS_THERE.search(text):
        return False
    name = emoji.strip(":").partition("::")[0]
    return name in AWAY_EMOJI or _SAYS_AWAY.search(text) is not None
