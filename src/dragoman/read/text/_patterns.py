"""Lines that say what they are: counters, credits, captions, prompts, notices, bylines.

Each reason has patterns over one whole unit.  Patterns for short furniture must
match from end to end and never apply to a whole sentence, legal notices apart; patterns
that may close or open a longer caption apply up to a length that running text of
an article passes.
"""

from __future__ import annotations

import re

from dragoman.read.findings import DropReason
from dragoman.read.text._sentences import LONGEST_WORDS, sentence_reason
from dragoman.read.text._units import Unit

_AGENCY = (
    r"(?:Reuters|AP|AFP|Getty(?: Images)?|EPA|Xinhua|Sputnik|TASS|Kyodo|Yonhap|KCNA|Bloomberg|"
    r"Shutterstock|Alamy|iStock|"
    r"Associated Press|Agence France-Presse|Agencies|Press Association|PA|Rex|UPI|USA TODAY(?: Sports)?|Magnum|Zuma|"
    r"Barcroft(?: Media| Images)?|Newscom|NurPhoto|Anadolu(?: Agency)?|Jiji|ANI|PTI|IANS|dpa|ITAR-TASS|RIA Novosti)"
)
_MONTH = r"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*\.?"
_DAY = (
    rf"(?:{_MONTH} \d{{1,2}},? \d{{4}}|\d{{1,2}} {_MONTH},? \d{{4}}|\d{{4}}-\d\d-\d\d|"
    rf"\d{{1,2}}[./]\d{{1,2}}[./]\d{{2,4}})"
)
_TIME = r"(?:(?:at |[-–|,] ?)?\d{1,2}[:.]\d\d(?::\d\d)? ?(?:[AaPp]\.?[Mm]\.?)?(?: ?[A-Z]{2,4}\b)?)"
_NAME = r"[A-Z][\w'’.\-]*(?: (?:[A-Z][\w'’.\-]*|de|van|von|al|bin|der|la)){1,4}"
_SITES = (
    r"(?:Facebook|Twitter|X|Instagram|YouTube|LinkedIn|Pinterest|WhatsApp|Reddit|Telegram|Tumblr|"
    r"Google\+?|Email|E-mail|"
    r"Messenger|Flipboard|Pocket|Print|RSS|Weibo|WeChat|VK|Line|Snapchat|TikTok|Copy link|More)"
)

_FULL: tuple[tuple[DropReason, str], ...] = (
    ("loading", r"(?:Loading|Please wait|Buffering)\W*(?:…|\.\.\.)?|Loading (?:\w+ ){0,4}(?:\.\.\.|…)"),
    ("counter", r"\d(?:[\d.,]*\d)? ?[KkMm]?\+?"),
    (
        "counter",
        (
            r"\(?[\d.,]+[KkMm]?\)? ?(?:comments?|shares?|likes?|views?|replies|reply|retweets?|votes?|reactions?|"
            r"claps?|followers|points?|min(?:ute)?s? read|photos?|images?|reviews?|ratings?|people "
            r"(?:like|share|recommend).{0,20})(?: on .*)?"
        ),
    ),
    (
        "counter",
        (
            r"(?:Comments?|Shares?|Views?|Likes?|Replies)(?: ?[:(] ?[\d.,]+[KkMm]?\)?)|Comments are closed\.?|No "
            r"comments(?: yet)?\.?"
        ),
    ),
    ("counter", r"\d+ ?(?:m|h|d|w|mins?|hrs?) ago"),
    (
        "counter",
        (
            r"\d+ (?:of|/) \d+|(?:Image|Photo|Slide) \d+ of ?/ ?\d+|(?:Slide|Image|Photo|Page) \d+ (?:of|/) \d+|"
            r"\d{1,2}:\d\d(?: ?/ ?\d{1,2}:\d\d)?"
        ),
    ),
    (
        "share",
        (
            rf"(?:Share|Tweet|Follow|Like|Pin|Send|Save)(?: (?:this|us|on|via|with|to|by|our|the|page|story|"
            rf"article|post|it|{_SITES}))*[:!.]?"
        ),
    ),
    (
        "share",
        (
            rf"(?:(?:Share|Click to share|Click to email|Follow us|Find us|Like us|Tweet "
            rf"this)\b.{{0,60}}\b)?{_SITES}(?:[ ,|/·•]+(?:and )?{_SITES})*"
        ),
    ),
    (
        "share",
        (
            r"(?:Print|E-?mail)(?: this)?(?: (?:page|article|story|post))?|Copy (?:the )?(?:link|URL)(?: to "
            r"clipboard)?|Link copied!?|Back to (?:the )?top\b.{0,12}|Skip to (?:main )?content.{0,20}|Jump to "
            r"(?:navigation|content).*"
        ),
    ),
    (
        "advert",
        (
            r"\W*(?:Advertisements?(?: Continue reading .*)?|Advert|Sponsored(?: content| links?)?|Promoted(?: "
            r"stories)?|Paid (?:content|post)|(?:Story|Article) continues below(?: advertisement)?|Continue "
            r"reading (?:the main|below).*|Advertise with us|Scroll (?:down )?(?:to|for) .{0,40}|Report (?:this "
            r")?ad)\W*"
        ),
    ),
    (
        "notice",
        (
            r".{0,80}(?:All rights reserved|Alle Rechte vorbehalten|Tous droits réservés|Todos los derechos "
            r"reservados|Все права защищены).{0,80}"
        ),
    ),
    ("notice", r"(?:Copyright\b|\(c\) ?\d{4}|©).{0,200}"),
    (
        "notice",
        (
            r"(?:Privacy(?: Policy| Notice)?|Terms(?: of (?:Use|Service)| (?:&|and) Conditions)?|Cookies?(?: "
            r"Policy)?|Contact(?: us)?|About(?: us)?|Site ?map|Careers|Advertise|Newsletters?|Help|FAQ|Imprint|"
            r"Impressum)(?:\W+(?:Privacy(?: Policy| Notice)?|Terms(?: of (?:Use|Service))?|Cookies?(?: "
            r"Policy)?|Contact(?: us)?|About(?: us)?|Site ?map|Careers|Advertise|Newsletters?|Help|FAQ))*"
        ),
    ),
    (
        "notice",
        (
            r"(?:Sign up|Subscribe|Register|Log ?in|Sign in|Log ?out|Join us|Get the app|Download (?:the|our) "
            r".{0,20}app)\b.{0,60}[^.]|(?:Enter|Your) (?:your )?e-?mail(?: address)?.{0,30}|Thank you for "
            r"(?:signing up|subscribing).{0,60}"
        ),
    ),
    (
        "notice",
        (
            r"(?:By (?:using|continuing|clicking|subscribing|signing)|We use|This (?:web)?site uses|You agree|I "
            r"agree|"
            r"Read our|See our|Please read|For more information).{0,160}\b(?:cookies?|privacy policy|terms)\b.{0,240}"
        ),
    ),
    (
        "notice",
        (
            r"(?:Leave|Post|Add|Write) a (?:comment|reply|review)\W*|(?:Your email address will not be "
            r"published).{0,80}|Required fields are marked.{0,10}|(?:View|See|Show|Read|Hide|Load)(?: all| more| "
            r"the)*(?: \d+)? (?:comments?|replies|posts?|more|less|stories|articles|newsletters)\W*|Please "
            r"(?:enter|try again|check|enable|log|sign|click).{0,100}|You (?:must|need to) be logged in.{0,60}"
        ),
    ),
    (
        "teaser",
        (
            r"(?:Read more|Read also|Also read|Related(?: (?:articles?|stories|posts?|content|links?|topics?|news|"
            r"coverage))?|See also|Recommended(?: for you)?|Most (?:read|popular|viewed|shared|commented|recent)|"
            r"Trending(?: now)?|Popular|You (?:may|might) (?:also )?(?:like|be interested in)|More "
            r"(?:from|on|in|stories|news|like this|about)\b.{0,60}|Don['’]t miss|Editor['’]?s['’]? picks?|Top "
            r"stories|Latest(?: (?:news|stories|videos?|headlines))?|Next (?:article|story|post|up(?: in "
            r".{0,30})?)|Previous "
            r"(?:article|story|post)|Up next|Watch(?: now| next| more)?|Must[ -]read|Keep reading|Recent "
            r"posts?|What['’]s (?:hot|new|next)|(?:More|Other) (?:great |top |recent |big )?(?:\w+ "
            r"){0,2}(?:stories|articles|"
            r"headlines|videos)|We recommend|Recommended (?:by|stories|reading|videos|articles).{0,30}|Popular "
            r"(?:on|in|now)"
            r".{0,30}|Featured (?:videos?|stories|articles|content|posts?)|(?:From )?around the web|In case you "
            r"missed "
            r"it|(?:Top|Breaking) (?:headlines|news)|You missed)\W*"
        ),
    ),
    (
        "teaser",
        (
            r"(?:READ MORE|Read more|RELATED|Related|SEE ALSO|See also|ALSO READ|Also "
            r"read|WATCH|Watch|MORE|DON['’]T MISS|SEE MORE|See more)\s?[:|>»].{0,160}|"
            r"Also on [\w.\-]+\.(?:com|org|net)\b.{0,200}"
        ),
    ),
    (
        "caption",
        (
            r"(?:Hide|Show|Toggle) caption|(?:Enlarge|View) (?:this )?image.{0,160}|toggle "
            r"caption.{0,160}|(?:Photo|Photos|Image|Video|Gallery|Play video|Media caption|Image "
            r"caption|Slideshow|Picture)\W*"
        ),
    ),
    (
        "byline",
        (
            rf"(?:By|BY|Written by|Posted by|Reported by|Reporting by|Story by|Published by) "
            rf"(?:{_NAME}|[A-Z][A-Z'’.\- ]+)(?:(?:,| and| in| for| \|| -|/| of) "
            rf"?(?:{_NAME}|[A-Z][\w'’.\-]*))*(?:[,|•·\- ]+(?:{_DAY}.{{0,30}}|"
            r"\d+ (?:minutes?|hours?|days?|weeks?) ago))?"
        ),
    ),
    (
        "byline",
        (
            rf"(?:(?:Published|Posted|Updated|Last (?:updated|modified)|Created|First published|Date|Modified)(?: "
            rf"on| at)?:? ?)?(?:(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)[a-z]*,? )?{_DAY}(?:,? ?{_TIME})?(?:[ "
            rf"|•·\-–,]+.{{0,30}})?"
        ),
    ),
    (
        "byline",
        (
            rf"(?i:Published|Posted|Updated|Last updated)(?: on| at)?:? .{{0,60}}\d.{{0,40}}|{_AGENCY} "
            rf"{_DAY}.{{0,20}}|.{{2,40}} \| "
            rf"(?:Updated|Published): {_DAY}.{{0,20}}|\d+ (?:minutes?|hours?|days?|weeks?|months?|years?) ago|\d+ "
            rf"min(?:ute)? read"
        ),
    ),
    (
        "byline",
        (
            r"(?:@\w+|[\w.+-]+@[\w-]+\.[\w.]+|(?:https?://|www\.)\S+)(?:\s+(?:@\w+|[\w.+-]+@[\w-]+\.[\w.]+|"
            r"(?:https?://|www\.)\S+))*"
        ),
    ),
    (
        "credit",
        (
            r"\(?\[?(?:(?:File )?(?:Photo(?:graph)?|Image|Picture|Video|Illustration|Graphic)s?(?: credit)?(?: "
            r"by|:|/| ©|\|) ?)[^.]{2,80}\]?\)?\.?"
        ),
    ),
    (
        "credit",
        (
            rf"(?:{_NAME} ?[/|,] ?){{0,3}}{_AGENCY}(?: ?[/|,] ?(?:{_NAME}|{_AGENCY}))*(?: (?:photo|via).{{0,40}})?|"
            rf"[^.!?]{{2,80}} via {_AGENCY}|{_NAME} (?:[Ss]ubmitted|[Cc]ourtesy|[Hh]andout|[Ff]ile) photo|"
            rf"(?:Main )?(?:Photo|"
            r"Image|Picture)s? via .{2,60}"
        ),
    ),
)

_NAME_X, _AGENCY_X = _NAME.replace(" ", r"\ "), _AGENCY.replace(" ", r"\ ")
_CAPTION_END = re.compile(
    rf"""(?:
        [\[(] (?:[^\[\]()]{{0,60}}[/:,\ ])? (?:Photo|Picture|Image|File|Handout|{_AGENCY_X})\b
        [^\[\]()]{{0,60}} [\])] \.?
        | \bHide\ Caption (?:\ \d+\ of\ \d+)?
        | (?:^|[.!?”"]\s) (?:(?i:photo)|Picture|Image|Credit)s?: \s [^.]{{2,80}}
        | [.!?”"]\s {_NAME_X} \s? / \s? {_AGENCY_X} (?:\ [A-Z][\w\ ]{{0,30}})?
        | ©\ ?[^.]{{2,60}}
        | \(\ ?(?:(?:[Pp]hoto\ |[Ii]mage\ )?[Cc]redit:?\ [^()]{{2,80}} | [A-Z][A-Z\ .'’\-]+/[A-Z][A-Z\ .'’\-]+)\ ?\) \.?
    ) \s* $""",
    re.VERBOSE,
)
_CAPTION_WORDS = re.compile(
    r"\b(?:in this (?:\w+ ){0,3}(?:photo|photograph|picture|image|handout)|(?:is|are) seen in this)\b|"
    r"\(?File photo\)?\W*$|^This (?:[\w.,]+ ){0,4}(?:photo|photograph|satellite image|image|illustration|"
    r"picture)\b[^.]* shows\b"
)
_CAPTION_START = re.compile(rf"(?:Above|Below|Pictured|Clockwise from [\w ]+): |{_NAME} ?/ ?{_AGENCY} (?=[A-Z])")
_PICTURE = r"(?:Photo(?:graph)?|Image|Picture|Illustration|Graphic)s?"
_BRACKETED = re.compile(
    rf"""\[ (?:File\ )? {_PICTURE} \b [^\[\]]* \] \.?
    | [\[(] (?:File\ )? {_PICTURE} (?:\ (?:caption|credit))? (?:\ [^:()\[\]]{{1,40}})? :
        [^()\[\]]* (?:\( [^()]* \) [^()\[\]]*)* [\])] \.?""",
    re.IGNORECASE | re.VERBOSE,
)
_PLACED = re.compile(r",? \(?(?:left|right|second (?:from )?(?:left|right)|centre|center|[LRC])\b[,)]")
_SIDES = re.compile(r"\([LRC]\)")
_FULL_DATE = re.compile(rf"\b{_MONTH} \d{{1,2}},? (?:19|20)\d\d\b|\b\d{{1,2}} {_MONTH},? (?:19|20)\d\d\b")
_LONGEST = 1500
_CAPTION_LENGTH = 90
_SHORT_LENGTH = 45
_LEADING = re.compile(r"^(?:[*+•·▪◦►»>|–—]|-(?!-)|o(?=\s))\s+")


def reason_of(unit: Unit) -> DropReason | None:
    """Why this unit is no part of an article by its own words, or None."""
    if len(unit.text) > _LONGEST:
        return None
    if unit.words <= _SHORT_LENGTH:
        body = _LEADING.sub("", unit.text)
        for reason, pattern in _COMPILED:
            if (pattern in _FOR_SENTENCES or not unit.prose) and pattern.fullmatch(body):
                return reason
    if unit.words <= LONGEST_WORDS and (found := sentence_reason(_LEADING.sub("", unit.text))):
        return found
    if unit.words <= _CAPTION_LENGTH and (_CAPTION_END.search(unit.text) or _is_caption(unit.text)):
        return "caption"
    return None


def _is_caption(text: str) -> bool:
    if _BRACKETED.fullmatch(text):
        return True
    if text.lstrip().startswith(("“", '"')) or "said" in text:
        return False
    return bool(_CAPTION_WORDS.search(text) or _CAPTION_START.match(text)) or _names_sides(text)


def _names_sides(text: str) -> bool:
    """Whether it says who stands left and right in a picture, as no article does."""
    dated = _PLACED.search(text) is not None and _FULL_DATE.search(text) is not None
    return dated or len(set(_SIDES.findall(text))) > 1


_COMPILED: tuple[tuple[DropReason, re.Pattern[str]], ...] = tuple(
    (
        reason,
        re.compile(
            pattern, re.IGNORECASE if reason in {"loading", "counter", "share", "advert", "notice", "teaser"} else 0
        ),
    )
    for reason, pattern in _FULL
)
_FOR_SENTENCES = frozenset(
    pattern for reason, pattern in _COMPILED if reason == "notice" and re.search(r"©|rights|cookies\?", pattern.pattern)
)
