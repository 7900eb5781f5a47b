"""TeX as it stands in bibliographies, as text: accents, signs, and the few tags that a CSL title knows."""

import re
import unicodedata

# Combining characters by the accent's command.
_ACCENTS = (
    {"`": "\u0300", "'": "\u0301", "^": "\u0302", "~": "\u0303", "=": "\u0304", ".": "\u0307", '"': "\u0308"}
    | {"u": "\u0306", "r": "\u030a", "H": "\u030b", "v": "\u030c", "d": "\u0323", "c": "\u0327", "k": "\u0328"}
    | {"b": "\u0331"}
)
_SIGNS = (
    {"ss": "ß", "o": "ø", "O": "Ø", "l": "ł", "L": "Ł", "aa": "å", "AA": "Å", "ae": "æ", "AE": "Æ", "oe": "œ"}
    | {"OE": "Œ", "i": "i", "j": "j", "dh": "ð", "DH": "Ð", "th": "þ", "TH": "Þ", "dj": "đ", "DJ": "Đ"}
    | {"geq": "≥", "ge": "≥", "leq": "≤", "le": "≤", "pm": "±", "times": "×", "cdot": "·", "approx": "≈", "sim": "~"}
    | {"alpha": "α", "beta": "β", "gamma": "γ", "delta": "δ", "epsilon": "ε", "kappa": "κ", "lambda": "λ", "mu": "µ"}
    | {"sigma": "σ", "tau": "τ", "omega": "ω", "chi": "χ", "Delta": "Δ", "Omega": "Ω", "textmu": "µ", "micro": "µ"}
    | {"textregistered": "®", "texttrademark": "™", "textdegree": "°", "degree": "°", "copyright": "©"}
    | {"textendash": "–", "textemdash": "—", "textquoteright": "’", "textquoteleft": "‘", "ldots": "…", "dots": "…"}
    | {"textquotedblleft": "“", "textquotedblright": "”", "textasciitilde": "~", "textbackslash": "\\", "infty": "∞"}
    | {"rightarrow": "→", "textgreater": ">", "textless": "<", "guillemotleft": "«", "guillemotright": "»"}
)
_RAISED = {"textsuperscript": "sup", "textsubscript": "sub", "textit": "i", "emph": "i", "mathit": "i", "it": "i"}
_TOKEN = re.compile(r"\\([A-Za-z]+)[ \t\n]*|\\(.)|([{}])|(---?)|([~$])|([\^_])", re.DOTALL)
_DEEPEST = 40


def text(tex: str) -> str:
    """`tex` as one line of text, in which `<i>`, `<sub>` and `<sup>` stand where TeX slants, lowers and raises."""
    return " ".join(unicodedata.normalize("NFC", _Reader(tex).read()).split())


def plain(tex: str) -> str:
    """As `text`, without tags, for what is no title."""
    return re.sub(r"</?(?:i|sub|sup)>", "", text(tex))


class _Reader:
    """Goes through the tokens once; each open group says what is written at its end."""

    def __init__(self, tex: str) -> None:
        self.tex = tex
        self.out: list[str] = []
        self.groups: list[str] = []
        # A combining character, or a tag, that waits for the next letter or group.
        self.accent = self.tag = ""
        self.in_math = False

    def read(self) -> str:
        place = 0
        for match in _TOKEN.finditer(self.tex):
            self._write(self.tex[place : match.start()])
            self._token(match)
            place = match.end()
        self._write(self.tex[place:])
        return "".join(self.out) + "".join(reversed(self.groups))

    def _write(self, letters: str) -> None:
        if not letters:
            return
        if self.accent and not letters.isspace():
            # The accent goes onto the first letter, whether or not a space comes before it.
            letters = letters.lstrip()
            letters, self.accent = letters[0] + self.accent + letters[1:], ""
        if self.tag and not letters.isspace():
            letters = f"<{self.tag}>{letters[0]}</{self.tag}>{letters[1:]}"
            self.tag = ""
        self.out.append(letters)

    def _token(self, match: re.Match[str]) -> None:
        command, sign, brace, dashes, other, raised = match.groups()
        if command:
            self._command(command)
        elif sign:
            self._sign(sign)
        elif brace:
            self._brace(brace)
        elif dashes:
            self._write("–" if dashes == "--" else "—")
        elif other == "$":
            self.in_math = not self.in_math
        elif other:
            self._write("\u00a0")
        elif raised and (self.in_math or self.tex[match.end() : match.end() + 1] == "{"):
            self.tag = "sup" if raised == "^" else "sub"
        else:
            self._write(raised or "")

    def _command(self, name: str) -> None:
        if name in _ACCENTS:
            self.accent = _ACCENTS[name]
        elif name in _RAISED:
            self.tag = _RAISED[name]
        elif name in _SIGNS:
            self._write(_SIGNS[name])

    def _sign(self, sign: str) -> None:
        if sign in _ACCENTS:
            self.accent = _ACCENTS[sign]
        elif not (sign in "()[]" and self.in_math):
            self._write(" " if sign in ",; \\\n" else sign)

    def _brace(self, brace: str) -> None:
        if brace == "{" and len(self.groups) < _DEEPEST:
            self.out.append(f"<{self.tag}>" if self.tag else "")
            self.groups.append(f"</{self.tag}>" if self.tag else "")
            self.tag = ""
        elif brace == "}" and self.groups:
            self.out.append(self.groups.pop())
            self.accent = self.tag = ""
