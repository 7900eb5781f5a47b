"""Whether a text that a visitor typed may say who somebody is. Pure; English and German.

What looks personal is never stored. So where a number or a name could be either, a question is given up rather than a
person, but for what medical questions are full of: doses, laboratory values, codes of products, studies and answers.
"""

import re
import unicodedata
from collections.abc import Iterator
from itertools import pairwise

from faq.search.people import FAMILY, GIVEN, NO_NAMES, SURNAMES

# Codes that are long numbers and name nobody; taken out before numbers are looked at.
_CODES = re.compile(
    r"""
    \b10\.\d{4,9}/\S+                                                   # DOI
    | \b20\d\d-\d{6}-\d\d(?:-\d\d)?\b                                   # EudraCT and EU trial numbers
    | \b(?:NCT|ISRCTN|DRKS|JPRN|ACTRN|ChiCTR)\W?\d+\b                   # trial registers
    | \b(?:NDC|PZN|PMID|PMC|GTIN|EAN|CAS|lot|batch|charge|ch\.?-?b\.?)\b\W{0,3}
      (?:n(?:o|r|umber|ummer)\b\W{0,2})?[\w-]*\d[\w-]*                  # what is printed on a pack
    | (?<![\d-])\d{4,5}-\d{3,4}-\d{1,2}(?![\d-])                        # NDC without its name
    | (?<![\d-])\d{2,7}-\d\d-\d(?![\d-])                                # CAS
    | \b[A-Z]{2}_\w+                                                    # content ID
    """,
    re.VERBOSE | re.IGNORECASE,
)
# A quantity is no number of a person.
_UNIT = (
    r"(?!\s?(?:mg|mcg|µg|μg|g|kg|ml|l|dl|iu|ie|i\.e|u|units?|einheiten|cells?|zellen|copies|kopien|cfu|kbe|vg|x|/)"
    r"(?!\w))"
)
_LABEL = r"\W{0,3}(?:n(?:o|r|um|umber|ummer)s?\b\W{0,3}|id\b\W{0,3}|\#\s?)"
_MONTH = (
    r"(?:jan(?:uary|uar)?|j[aä]nner|feb(?:ruary|ruar)?|mar(?:ch)?|m[aä]rz|mrz|apr(?:il)?|may|mai|june?|juni|july?|juli|"
    r"aug(?:ust)?|sept?(?:ember)?|o[ck]t(?:ober)?|nov(?:ember)?|de[cz](?:ember)?)"
)
_YEAR = r"(?:19|20)\d\d"

_PATTERNS = [
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        # E-mail, also as people write it to be read by people only.
        r"\w@\w",
        r"\w\s?@\s?[\w-]+\.[a-z]{2,}\b",
        r"\w\s?[\[(]\s?(?:at|ät)\s?[\])]\s?[\w-]+\s?(?:\.|[\[(]\s?(?:dot|punkt)\b)",
        # Addresses that carry a sign-in or what somebody entered.
        r"\b(?:https?://|www\.)\S*[?#;]\S*=",
        r"\b(?:https?|ftp)://[^\s/]+@",
        r"\b(?:mailto|tel|sip):\S",
        # Telephone numbers: international, American (and NHS numbers), national with a leading zero, announced.
        r"(?<![\w+])\+\d(?:[ ()/.-]{0,2}\d){7,13}(?!\d)" + _UNIT,
        r"(?<![\w.,/-])(?:1[-. ])?\(?\d{3}\)?[-. ]{1,2}\d{3}[-. ]\d{4}(?![\d-])" + _UNIT,
        r"(?<![\w.,/-])\(?0\d(?:[ ()/-]{0,2}\d){7,11}(?![\d-])" + _UNIT,
        r"\b(?:tel|telephone|telefon|phone|mobile|mobil|handy|fax|call|whatsapp|durchwahl)\w*\b\W{0,3}"
        r"(?:(?:me|us|mich|uns|an|at|on|is|ist|unter|number|nummer|no|nr)\b\W{0,3})*\d(?:[ ()/.-]{0,2}\d){5,}" + _UNIT,
        # Numbers of persons: US social security, UK national insurance, German pension and health insurance.
        r"(?<![\w-])\d{3}([- ])\d\d\1\d{4}(?![\w-])" + _UNIT,
        r"\b[a-ceghj-prtw-z]{2} ?\d\d ?\d\d ?\d\d ?[a-d]\b",
        r"\b\d\d ?\d{6} ?[a-z] ?\d{3}\b",
        r"\b[a-z]\d{9}\b",
        r"(?<![\w-])(?:\d{4}[ -]){2,}\d{4}(?![\w-])" + _UNIT,
        # Numbers that are said to be somebody's.
        r"\b(?:mrn|ssn|nino|hospital|nhs|medicare|medicaid|social security|national insurance)\b(?:"
        + _LABEL
        + r"|\W{1,3})[a-z]{0,3}-?\d(?:[ -]?\d){3,}",
        r"\b(?:patient(?:in|en)?|case|record|chart|insurance|policy|member|passport|fall|akten|versicherten|versicherungs|"
        r"(?:kranken|sozial|renten)?versicherungs|ausweis)(?:['’]?s)?[ -]?"
        + _LABEL
        + r"(?:is |ist |lautet )?[a-z]{0,3}[-/]?\d(?:[ /-]?\d){3,}",
        # Days, of birth or of treatment.
        rf"(?<![\d./-])\d{{1,2}}([./-])\s?\d{{1,2}}\1\s?{_YEAR}\b",
        rf"(?<![\d./-]){_YEAR}([./-])\d{{1,2}}\1\d{{1,2}}(?![\d-])",
        rf"\b\d{{1,2}}(?:st|nd|rd|th|\.)?\s?(?:of\s)?{_MONTH}\.?,?\s{_YEAR}\b",
        rf"\b{_MONTH}\.?\s\d{{1,2}}(?:st|nd|rd|th)?,?\s{_YEAR}\b",
        r"\b(?:dob|d\.o\.b\.?|date of birth|birth ?date|born(?: on)?|geb(?:oren)?(?: am)?|geburts(?:datum|tag))\b"
        r"\W{0,3}\d{1,2}[./ -]",
        # Somebody is introduced.
        r"\bmy name(?:['’]s| is)\b|\bmein name (?:ist|lautet)\b|\bich hei(?:ß|ss)e\b",
        r"\bpatient(?:in|en)?(?:['’]?s)?[ -]?names?\b(?! of)(?:\s(?:is|ist|lautet)\b|\s?[:=])",
        r"\bpatient(?:in)?,? (?:(?:is |who is )?(?:named|called)|(?:namens|mit (?:dem )?namen?))\s",
    )
]
_LONG_NUMBER = re.compile(r"(?<![\w.,/-])\d{9,}(?![\w-]|[.,]\d)" + _UNIT)

_REST = r"[^\W\d_]*(?:['’-][^\W\d_]+)*"
_WORD = rf"[^\W\d_]{_REST}"
# MR, MS and DR are an image, a disease and a form of tablets: only written as titles are they titles.
_DEGREE = r"(?:(?:med|rer|nat|dent|univ)\.?\s)*"
_TITLED = re.compile(
    rf"(?<![\w-])(?P<title>Mr|Mrs|Ms|Miss|Mx|Dr|Prof|Professor|Herrn?|Frau|(?<!\d\s)[HF]r(?=\.))\b\.?\s{_DEGREE}"
    rf"(?P<name>[A-ZÄÖÜ]{_REST})"
)
_DOTTED = re.compile(rf"(?<![\w-])(?:mrs?|dr|prof)\.\s?{_DEGREE}(?P<name>{_WORD})", re.IGNORECASE)
_ANYHOW = re.compile(rf"\b(?:mr|mrs|ms|miss|dr|prof|herrn?|frau|patient(?:in)?)\s(?P<name>{_WORD})", re.IGNORECASE)
_PATIENT = re.compile(rf"\bpatient(?:in)?:?\s(?P<given>{_WORD})\s(?P<name>{_WORD})", re.IGNORECASE)
_INITIAL = re.compile(rf"\b[Pp]atient(?:in)?:?\s[A-Z]\.\s?(?:[A-Z]\.\s?)?[A-ZÄÖÜ]{_REST}")
_INTRODUCED = re.compile(rf"\b(?:i am|i['’]m|this is|ich bin|hier ist)\s(?P<given>{_WORD})\s(?P<name>{_WORD})", re.I)
# Before "Frau" as a word for a woman.
_WOMAN = re.compile(r"(?:\b(?:ein|die|der|das|jede|pro|je|zur|von)\w*|\w+(?:jährige|e|en|er))\s$", re.IGNORECASE)
# What German nouns end in that are no names.
_NOUN = re.compile(
    r"\w(?:schaft|ung|heit|keit|krebs|karzinom|tumor|itis|ose|therapie|pause|zeit|wunsch|insuffizienz|ämie|pathie)$"
)


def looks_personal(text: str) -> bool:
    """Whether `text` may name a person, or hold a number, day or address by which one could be found."""
    text = " ".join(unicodedata.normalize("NFKC", text).split())
    numbered = _CODES.sub(" ", text)
    return any(pattern.search(numbered) for pattern in _PATTERNS) or _has_long_number(numbered) or _names(text)


def _has_long_number(text: str) -> bool:
    """Whether there is a number of nine or more digits that is no round quantity."""
    return any(not match[0].endswith("0000") for match in _LONG_NUMBER.finditer(text))


def _names(text: str) -> bool:
    if _INITIAL.search(text):
        return True
    titled = (match["name"] for match in _titled(text))
    if any(_may_be_name(name) for name in titled):
        return True
    if any(_is_surname(match["name"]) for match in _ANYHOW.finditer(text)):
        return True
    introduced = [*_PATIENT.finditer(text), *_INTRODUCED.finditer(text)]
    if any(_is_given(match["given"]) and _may_be_name(match["name"]) for match in introduced):
        return True
    return any(_is_given(first) and _bare(second) in FAMILY for first, second in _neighbours(text))


def _titled(text: str) -> Iterator[re.Match[str]]:
    """Where a title stands before what may be a name."""
    for match in _TITLED.finditer(text):
        if match["title"] == "Frau" and (_WOMAN.search(text[: match.start()]) or _NOUN.search(match["name"])):
            continue
        yield match
    yield from _DOTTED.finditer(text)


def _neighbours(text: str) -> Iterator[tuple[str, str]]:
    """Each word with the one after it, and with the next one where an initial stands between them."""
    words = re.findall(_WORD, text)
    yield from pairwise(words)
    yield from ((words[at - 2], words[at]) for at in range(2, len(words)) if len(words[at - 1]) == 1)


def _may_be_name(word: str) -> bool:
    return len(word) > 1 and _bare(word) not in NO_NAMES


def _is_surname(word: str) -> bool:
    return _bare(word) in SURNAMES


def _is_given(word: str) -> bool:
    return _bare(word) in GIVEN


def _bare(word: str) -> str:
    return word.lower().removesuffix("'s").removesuffix("’s")
