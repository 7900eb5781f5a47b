"""Parts running text into sentences, in English and German. Pure."""

import re

# Stands in the text for a citation or a note of company data, and belongs to the sentence that it follows.
MARK = "\ue000"

# What ends a sentence: the sign, what closes around it, and the marks that follow.
_END = re.compile(rf"[.!?…]+[\"'”’»«“)\]]*(\s*{MARK}+)*")
_WORD = re.compile(r"[^\s(\[\"'“„»«–—/]*$")
_NEXT = re.compile(rf"[\s{MARK}]*[\"'“„»«‘‚(\[]*(\w[\w'’-]*)")
_SPACE = re.compile(r"[ \t\r\f\v]+")
_SAYS = re.compile(r"\w")

# Never the end of a sentence.
_TITLES = {
    *("dr", "prof", "mr", "mrs", "ms", "st", "fig", "figs", "eq", "ref", "refs", "no", "nos", "vol", "p", "pp", "vs"),
    *("cf", "viz", "approx", "incl", "excl", "e.g", "i.e", "eg", "ie", "ca", "sect", "tab", "suppl", "dept", "est"),
    *(
        "nr",
        "abb",
        "bzw",
        "vgl",
        "inkl",
        "exkl",
        "ggf",
        "evtl",
        "sog",
        "max",
        "min",
        "mind",
        "durchschn",
        "abs",
        "ziff",
    ),
    *("s", "st", "std", "tgl", "wöchentl", "ung", "insb", "hrsg", "bspw", "entspr", "jew", "chron", "röm", "lt"),
}
# May end one; then the next word shows it.
_OPEN = {"al", "etc", "usw", "inc", "ltd", "co", "corp", "jr", "sr", "a.m", "p.m", "jan", "feb", "mar", "apr"}
_OPEN |= {"jun", "jul", "aug", "sep", "sept", "oct", "nov", "dec", "okt", "dez"}
# Single letters, with their full stops between them: U.S, b.i.d, z. B, J.
_LETTERS = re.compile(r"(?:[^\W\d_]\.\s?)*[^\W\d_]")
_MONTHS = (
    *("Januar", "Februar", "März", "April", "Mai", "Juni", "Juli", "August", "September", "Oktober", "November"),
    *(
        "Dezember",
        "Quartal",
        "Generation",
        "Linie",
        "Zyklus",
        "Lebensjahr",
        "Tag",
        "Woche",
        "Monat",
        "Jahr",
        "Trimenon",
    ),
)
# Words with which a sentence begins, and hardly ever a name.
_STARTERS = {
    *("the", "a", "an", "in", "it", "its", "this", "these", "those", "that", "there", "no", "not", "for", "with", "if"),
    *(
        "when",
        "patients",
        "data",
        "results",
        "at",
        "on",
        "of",
        "to",
        "after",
        "before",
        "during",
        "however",
        "all",
        "as",
    ),
    *("both", "each", "he", "she", "they", "we", "do", "store", "use", "give", "because", "although", "by", "from"),
    *(
        "der",
        "die",
        "das",
        "ein",
        "eine",
        "im",
        "bei",
        "mit",
        "es",
        "dies",
        "diese",
        "dieser",
        "dieses",
        "wenn",
        "nach",
    ),
    *("vor", "für", "zur", "zum", "patienten", "daten", "keine", "nicht", "auch", "am", "auf", "aus", "unter", "sie"),
}


def sentences(text: str) -> list[str]:
    """The sentences of `text`, each with the marks that follow it; a line break ends a sentence.

    Only where a full stop is followed by white space or a mark it may end one; whether it does, the words on both
    sides tell: what is read as an abbreviation here joins two sentences rather than to break one in the middle.
    """
    lines = [_SPACE.sub(" ", line).strip() for line in text.splitlines()]
    return _attached([piece.strip() for line in lines for piece in _pieces(line)])


def _pieces(line: str) -> list[str]:
    found: list[str] = []
    start = 0
    for end in _END.finditer(line):
        if end.end() < len(line) and _is_end(line, start, end):
            found.append(line[start : end.end()])
            start = end.end()
    return [*found, line[start:]]


def _attached(pieces: list[str]) -> list[str]:
    """`pieces` without those that say nothing, whose marks go to the one before."""
    kept: list[str] = []
    for piece in pieces:
        if _SAYS.search(piece.replace(MARK, "")):
            kept.append(piece)
        elif kept:
            kept[-1] += piece
    return kept


def _is_end(line: str, start: int, end: re.Match[str]) -> bool:
    following = _NEXT.match(line, end.end())
    has_mark = MARK in end[0]
    if not following or not (has_mark or line[end.end()].isspace()):
        return False
    word, sign = following[1], end[0][0]
    if has_mark:
        return True
    is_initial = len(word) == 1 and line[following.end() :][:1] == "."
    said = line[start : end.end()]
    if is_initial or said.count("(") > said.count(")"):
        return False
    if word[0].islower() and not (sign in "!?" and end[0][-1] not in "\"'”’»«“)]"):
        return False
    return sign != "." or not _is_abbreviated(line[start : end.start()], word)


def _is_abbreviated(before: str, following: str) -> bool:
    """Whether the full stop between both belongs to the last word of `before`."""
    word = _WORD.search(before)
    last = word[0].lower() if word else ""
    if last in _TITLES:
        return True
    if last in _OPEN or (_LETTERS.fullmatch(last) and not _is_letter_after_noun(before)):
        return following.lower() not in _STARTERS
    return last.isdecimal() and following in _MONTHS


def _is_letter_after_noun(before: str) -> bool:
    """Whether `before` ends as in "vitamin D" or "Child-Pugh B", whose letter names and abbreviates nothing."""
    return bool(
        re.search(r"\b(?:vitamin|group|class|arm|type|hepatitis|gruppe|klasse|typ|arm|pugh)\s\w$", before, re.I)
    )
