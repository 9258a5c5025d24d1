"""Furniture that comes as whole sentences: who helped with the report, prompts to subscribe, rules for comments.

A pattern here must match a unit from end to end.  Prompts, which address the
reader, are not looked for where somebody is quoted or something is reported: a
sentence of the article about newsletters stays.
"""

from __future__ import annotations

import re

from dragoman.read.findings import DropReason

LONGEST_WORDS = 75

_CREDITED = (
    r"(?:[A-Z][\w'’.\-]*|[A-Z]\.|and|in|from|at|for|of|the|on|also|with|de|van|von|al|bin|both|staff|senior|special|"
    r"freelance|capital|writers?|reporters?|correspondents?|journalists?|producers?|researchers?|editors?|bureau|chief|"
    r"photographers?|intern|colleagues?)"
)
_NAMES = rf"{_CREDITED}(?:[,;]? {_CREDITED})*,?"
_WORK = r"(?:[Rr]eporting|[Ww]riting|[Ee]diting|[Rr]esearch|[Tt]ranslation|[Pp]roduction|[Gg]raphics?|[Pp]hotography)"
_PIECE = r"(?:report|story|article|piece|post|dispatch|analysis|column)"

CONTRIBUTED = (
    (
        rf"[(\[]?(?:\*|—|– )? ?(?=[A-Z]){_NAMES} (?:also )?contributed (?:(?:to )?(?:the )?(?:additional )?"
        rf"(?:reporting|writing|research)(?: (?:to|for) this {_PIECE})?(?: from {_NAMES})?|to this {_PIECE})"
        rf"(?: from {_NAMES})?\.?[)\]]?"
    ),
    (
        rf"[(\[]?(?:(?:[Aa]dditional|[Ww]ith|[Aa]dded|[Ff]urther) )?(?:[Aa]dditional )?"
        rf"{_WORK}(?:(?:,| and|, and) {_WORK})* by:? "
        rf"{_NAMES}(?:[;,.]? (?:[Ww]ith )?(?:[Aa]dditional )?{_WORK}(?:(?:,| and|, and) {_WORK})* by:? "
        rf"{_NAMES})*\.?[)\]]?"
    ),
    rf"Contribut(?:ing|ors?|ed by): {_NAMES}\.?",
    (
        rf"[(\[]?(?:Edited|Compiled|Translated|Produced|Researched|Fact[- ]checked) by:? {_NAMES}"
        rf"(?:[;,.]? (?:and )?(?:[Ee]dited|[Tt]ranslated|[Pp]roduced) by:? {_NAMES})*\.?[)\]]?"
    ),
)

_INBOX = r"(?:newsletters?|inbox|e-?mail (?:alerts?|updates?|list|address)|breaking news alerts?|mailing list)"
_TO_READER = r"(?=.*\b(?:your?|our|us|we|here|free|daily|weekly|now|latest|breaking|newsletters?)\b)"

PROMPTS = (
    (
        r"(?:I|You|By .{3,90}?,? (?:you|I)|Yes,? I)(?: would)? (?:agree|consent|want|like) to (?:receiv(?:e|"
        r"ing)|get|be "
        rf"(?:sent|contacted))\b.{{0,120}}\b(?:updates?|e-?mails?|offers?|messages?|communications?|news|"
        rf"{_INBOX})\b.*"
    ),
    (
        r"(?:I|You|By .{3,90}?,? (?:you|I)|Yes,? I) (?:agree|consent|acknowledge|accept)\b.{0,80}\b(?:send me|"
        r"terms (?:of "
        r"(?:use|service)|and conditions)|privacy (?:policy|notice)|cookies?)\b.*"
    ),
    (
        rf"(?:Sign up|Subscribe|Register|Join|Get|Stay|Receive|Start your day|Don['’]t miss|Want|Enter|Never "
        rf"miss|Need|"
        rf"Please|Click|Tap|Check|Thanks?|Thank you){_TO_READER}\b.{{0,200}}\b(?:{_INBOX}|subscrib\w+|"
        rf"sign(?:ing|ed)? up|free "
        r"trial|breaking (?:\w+ )?news|(?:news|our|the) app|opt[- ]in|latest updates)\b.*"
    ),
    r"(?:Thanks|Thank you) for (?:signing up|subscribing|registering)\b.*",
    r"(?:Stay (?:up to date|informed|in the loop|on top of)|Keep up with (?:us|our|the latest))\b.{0,80}",
    (
        r"(?:No spam\b|You can (?:unsubscribe|opt out)\b|Unsubscribe (?:at )?any ?time\b|We(?:['’]ll| will) "
        r"(?:never|not) "
        r"(?:spam you|(?:share|sell) your)\b|We (?:respect|value) your privacy\b).*"
    ),
    (
        r"(?:You have|You['’]ve|You are|You['’]re) (?:now |already |been )?(?:successfully |succesfully "
        r")?(?:subscribed|signed "
        r"up|registered|on the list)\b.*"
    ),
    (
        r"(?:An e-?mail|A (?:confirmation|verification) e-?mail|A link)\b.{0,60}\bsent to your?\b.*|(?:Check|"
        r"Keep an eye on) "
        r"your (?:inbox|e-?mail)\b.*"
    ),
    (
        r"(?:Sorry[,!]? )?(?:There was an error (?:processing|submitting|loading|with your)\b.*|(?:An error "
        r"(?:has )?occurred|"
        r"Something went wrong)[.!,;]?(?: (?:while|please|try)\b.*)?|We(?:['’]re| are) unable to process your\b.*)"
    ),
    (
        r"(?:Like|Enjoy(?:ed)?|Love|Loved) (?:this|what you)\b.{0,60}\?.{0,80}\b(?:share|subscribe|follow|"
        r"donate|support|"
        r"friend|us)\b.*"
    ),
    (
        r"(?:Do you (?:rely on|value|like|enjoy|have a)|Got|Have|Spotted) .{3,80}\? .{0,20}(?:click|tap|e-?mail|"
        r"contact|send|"
        r"support|let us|tell us|write)\b.*"
    ),
    r"(?:CLICK|TAP|Click|Tap) (?:HERE|here) (?:TO|to|FOR|for)\b.*|(?:GET|Get) .{3,60} (?:ON THE GO|on the go)\b.*",
    (
        r"(?:This|Your) (?:site|page|browser|video|website|device)\b.{0,40}(?:\brequires? (?:[Jj]ava|a |you to|"
        r"cookies)|\b(?:does "
        r"not|doesn['’]t) support|\bcannot be (?:played|displayed)|\bis (?:not supported|out of date)).*|"
        r"[Jj]ava[Ss]cript\b"
        r".{0,20}\b(?:is|must|needs?|required|disabled|enabled)\b.*|(?:Please )?(?:[Ee]nable|[Tt]urn on|"
        r"[Aa]ctivate|[Dd]isable) "
        r"(?:[Jj]ava[Ss]cript|cookies|your ad ?blocker|ads)\b.*"
    ),
    (
        r"(?:Support|Help) (?:us|our|independent|quality|local|nonprofit|fearless)\b.{0,80}\b(?:journalism|"
        r"newsroom|reporting|"
        r"work|mission)\b.*|(?:Donate (?:to us|now|today|here)|Become a (?:member|supporter|subscriber|"
        r"patron))\b.{0,80}"
    ),
)

COMMENT_RULES = (
    (
        r"(?:Note: )?(?:[Ww]e|[Pp]lease|[Aa]s you comment|[Cc]ommenting|[Cc]omments (?:are|submitted|posted|on "
        r"this|that|must|"
        r"will|section|policy)|[Aa]ll comments|[Yy]our comments?|[Rr]eaders are)\b(?=.*\bcomment(?:s|ers?|"
        r"ing)?\b|(?<=comment)|"
        r"(?<=commenting))(?=.*\b(?:moderat(?:ed|ing|ion|ors?)|respectful|(?:comment|community) (?:guidelines|"
        r"standards|rules)|"
        r"abusive|off-topic|civil)\b).*"
    ),
    (
        r"(?:blog )?[Cc]omments (?:are )?powered by .{2,30}|(?:Be the first to|Join the|Start the|Log in to|"
        r"Sign in to|Register "
        r"to|Subscribe to)(?: post a| leave a)? (?:comment|conversation|discussion|reply)\b.{0,60}|[Cc]omments? "
        r"(?:on this "
        r"(?:article|story|post) )?(?:are|is|have been|has been) (?:now )?(?:closed|disabled|turned off|"
        r"switched off|moderated)"
        r"\.?|(?:The )?[Cc]omments? section (?:is|has been) (?:now )?closed\.?|Got (?:something to say|an "
        r"opinion|a comment)\?.*"
    ),
)

_WHERE = r"(?:article|column|commentary|piece|post|site|page|authors?|writers?|publication|op-ed|contributors?|here)"
_LEGAL = (
    (
        r"(?:This material|This content|No part of this|Reproduction|Republication|"
        r"Unauthori[sz]ed)\b.{0,80}\b(?:may not be "
        r"(?:published|reproduced|copied)|reproduced|prohibited|permission)\b.*"
    ),
    (
        r"(?:The )?(?:views|opinions|analysis|statements)(?:,? (?:and|or) \w+)?(?: and \w+)? (?:expressed|"
        r"contained|stated)\b"
        rf"(?=.*\b{_WHERE}\b).{{0,120}}\b(?:do(?:es)? not|are (?:those|solely|his|hers?|theirs?|the|their|our)|"
        rf"is (?:his|hers?|"
        r"the))\b.*"
    ),
    r"[^.?!]{0,80}\b(?:is|are) (?:a |the )?registered (?:trade ?marks?|service marks?) of\b.*",
    r"(?:Real-time )?[Qq]uotes (?:are )?(?:delayed|provided)\b.*|Market [Dd]ata (?:is |are )?provided by\b.*",
    (
        r".{0,160}\b(?:[Ww]e|[Oo]ur \w+|[Tt]his (?:site|post|page)|[A-Z]{2,})\b[^.]{0,60}\b(?:may|might|will) "
        r"(?:receive|earn|get)"
        r" (?:a |an )?(?:small |affiliate |sales )*commissions?\b.*"
    ),
    r"(?:</?(?:span|div|p|br|hr|img|a|script|style|iframe|figure|em|strong|b|i)\b[^<>]*>|&#?\w+;|\s)+",
)
_HANDLE = r"(?:[\w.+-]+@[\w-]+(?:\.[\w-]+)+|@\w{2,})"
_CONTACTS = (
    (
        r"(?:Write to|E-?mail|Contact|Reach|Get in touch with|Follow|Read more from|Send (?:tips|comments|news "
        r"tips|e-?mail) "
        rf"to)\b[^.!?]{{0,80}}{_HANDLE}.{{0,120}}"
    ),
    (
        r"(?:Follow|Like|Find|Join) (?:him|her|us|them|the author|[A-Z][\w.\- ]{2,40}) on (?:Twitter|X|Facebook|"
        r"Instagram|"
        r"Telegram|LinkedIn|YouTube)\b.{0,60}"
    ),
)
_LABELLED = (
    (
        r"(?:In [Tt]his [Aa]rticle|Tags|Tagged(?: with| in| as)?|Topics?|Categories|Category|Keywords):[^.!?]{0,160}|"
        r"(?:This (?:[Aa]rticle|story|post) is (?:related to|tagged|filed under)|Filed [Uu]nder|Posted in|"
        r"Tagged (?:with|in|as)):?"
        r" [^.!?]{0,160}"
    ),
)

_REPORTED = re.compile(r"\b(?:said|told|says|added|wrote|asked|urged|warned|according to)\b")


def sentence_reason(text: str) -> DropReason | None:
    """Why a unit is furniture although it reads as a sentence, or None."""
    reported = _REPORTED.search(text) is not None
    for reason, pattern, only_plain in _PATTERNS:
        if not (only_plain and reported) and pattern.fullmatch(text):
            return reason
    return None


_PATTERNS: tuple[tuple[DropReason, re.Pattern[str], bool], ...] = (
    *(("byline", re.compile(pattern), False) for pattern in CONTRIBUTED),
    *(("byline", re.compile(pattern), True) for pattern in _CONTACTS),
    *(("notice", re.compile(pattern), True) for pattern in (*PROMPTS, *COMMENT_RULES, *_LEGAL)),
    *(("menu", re.compile(pattern), True) for pattern in _LABELLED),
)
