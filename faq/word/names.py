"""Names of the styles by which an exported answer is known again when it comes back. Pure."""

import re

# A run that rendering writes by itself, such as "Table 1."; it is no wording.
LABEL = "answer label"
# Paragraphs about the answer that are not its wording: content ID, dates, related information.
ASIDE = "answer aside"
# The words that say of a statement that it rests on data of the company.
COMPANY = "company data"
SHORT = "answer short"
TABLE_NOTE = "table note"
TABLE_HEAD = "table head"
# Heads, like the one above, that name a group of rows, and that begin a part of a table.
TABLE_GROUP = "table group"
TABLE_PART = "table part"
DESCRIPTION = "figure description"
ABBREVIATIONS = "figure abbreviations"
NOTE = "figure note"
VALUES = "figure values"
FIGURE_PARTS = {DESCRIPTION: "description", ABBREVIATIONS: "abbreviations", NOTE: "note"}

SHORT_HEADINGS = {
    "short answer",
    "summary",
    "executive summary",
    "in short",
    "kurzantwort",
    "kurze antwort",
    "zusammenfassung",
    "kurzfassung",
}
REFERENCE_HEADINGS = {
    "references",
    "reference list",
    "list of references",
    "bibliography",
    "works cited",
    "literature",
    "literature cited",
    "literatur",
    "literaturverzeichnis",
    "referenzen",
    "quellen",
    "quellenverzeichnis",
    "bibliografie",
    "bibliographie",
}
CAPTION_STYLES = {"caption", "figure title", "table title", "figure caption", "table caption"}
TABLE_LABEL = re.compile(r"(?:table|tabelle|tab\.)\s*(\d+)\s*[.:)\-–—]?\s*", re.IGNORECASE)
FIGURE_LABEL = re.compile(r"(?:figure|abbildung|fig\.|abb\.)\s*(\d+)\s*[.:)\-–—]?\s*", re.IGNORECASE)


def bare(title: str) -> str:
    """A heading's words without number, colon and case, to compare with the lists above."""
    return re.sub(r"^\d+(?:\.\d+)*\.?\s+", "", " ".join(title.split())).strip(" :.").lower()
