"""Characters that mean something else in Word's symbol typefaces, as Unicode has them. Pure.

The Symbol table follows Adobe's encoding of that typeface, which Word uses with F000 added to each code.
"""

_SYMBOL = {
    **dict(zip(range(0x41, 0x5B), "ΑΒΧΔΕΦΓΗΙϑΚΛΜΝΟΠΘΡΣΤΥςΩΞΨΖ", strict=True)),
    **dict(zip(range(0x61, 0x7B), "αβχδεφγηιϕκλμνοπθρστυϖωξψζ", strict=True)),
    0x22: "∀", 0x24: "∃", 0x27: "∋", 0x2A: "∗", 0x2D: "−", 0x40: "≅", 0x5C: "∴", 0x5E: "⊥", 0x7E: "∼",
    0xA1: "ϒ", 0xA2: "′", 0xA3: "≤", 0xA4: "⁄", 0xA5: "∞", 0xA6: "ƒ", 0xA7: "♣", 0xA8: "♦", 0xA9: "♥",
    0xAA: "♠", 0xAB: "↔", 0xAC: "←", 0xAD: "↑", 0xAE: "→", 0xAF: "↓", 0xB0: "°", 0xB1: "±", 0xB2: "″",
    0xB3: "≥", 0xB4: "×", 0xB5: "∝", 0xB6: "∂", 0xB7: "•", 0xB8: "÷", 0xB9: "≠", 0xBA: "≡", 0xBB: "≈",
    0xBC: "…", 0xBF: "↵", 0xC0: "ℵ", 0xC1: "ℑ", 0xC2: "ℜ", 0xC3: "℘", 0xC4: "⊗", 0xC5: "⊕", 0xC6: "∅",
    0xC7: "∩", 0xC8: "∪", 0xC9: "⊃", 0xCA: "⊇", 0xCB: "⊄", 0xCC: "⊂", 0xCD: "⊆", 0xCE: "∈", 0xCF: "∉",
    0xD0: "∠", 0xD1: "∇", 0xD2: "®", 0xD3: "©", 0xD4: "™", 0xD5: "∏", 0xD6: "√", 0xD7: "⋅", 0xD8: "¬",
    0xD9: "∧", 0xDA: "∨", 0xDB: "⇔", 0xDC: "⇐", 0xDD: "⇑", 0xDE: "⇒", 0xDF: "⇓", 0xE0: "◊", 0xE1: "〈",
    0xE2: "®", 0xE3: "©", 0xE4: "™", 0xE5: "∑", 0xF1: "〉", 0xF2: "∫",
}  # fmt: skip
_WINGDINGS = {
    0x4A: "☺", 0x6C: "●", 0x6E: "■", 0x6F: "□", 0x71: "❑", 0x75: "◆", 0x76: "❖", 0x9F: "•", 0xA7: "▪", 0xA8: "◻",
    0xD8: "➢", 0xDF: "←", 0xE0: "→", 0xE1: "↑", 0xE2: "↓", 0xE8: "➔", 0xF0: "⇨", 0xFB: "✗", 0xFC: "✓", 0xFD: "☒",
    0xFE: "☑",
}  # fmt: skip
# The same sign as people type it elsewhere, so that searching for it finds it.
_USUAL = {"μ": "µ", "∗": "*", "∼": "~", "⋅": "·"}
_TABLES = {"symbol": _SYMBOL, "wingdings": _WINGDINGS}
_PRIVATE = range(0xF000, 0xF100)


def character(code: int, font: str) -> str | None:
    """What `code` shows in `font`; None where nobody can tell."""
    table = _TABLES.get(font.strip().lower())
    if table is None:
        return None if code in _PRIVATE or not 0x20 <= code < 0xD800 else chr(code)
    low = code - 0xF000 if code in _PRIVATE else code
    found = table.get(low)
    if found is None and font.strip().lower() == "symbol" and 0x20 <= low < 0x7F:
        # Figures, brackets and signs of arithmetic stand where ASCII has them.
        found = chr(low)
    return _USUAL.get(found, found) if found else None


def text(words: str, font: str) -> tuple[str, str]:
    """`words` typed in `font` as Unicode, and those of its characters that nobody can tell."""
    typeface = font.strip().lower()
    if typeface not in _TABLES and not any(ord(char) in _PRIVATE for char in words):
        return words, ""
    # In a symbol typeface only codes of one byte are its own; a sign that Unicode knows is itself in any typeface.
    found = {char: _shown(char, typeface) for char in dict.fromkeys(words)}
    return "".join(found[char] or "�" for char in words), "".join(char for char in found if not found[char])


def _shown(char: str, typeface: str) -> str | None:
    code = ord(char)
    if code in _PRIVATE:
        # Word writes these codes for Symbol also where it forgets to name the typeface.
        return character(code, typeface if typeface in _TABLES else "symbol")
    if char.isspace() or code > 0xFF or typeface not in _TABLES:
        return char
    return character(code, typeface)
