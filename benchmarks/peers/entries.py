"""What every peer gets: the words of each field as the portal's own analyser gives them. Pure."""

from typing import NamedTuple, Protocol

from benchmarks.holding import Holding
from faq.search import analysis

LANGUAGE = "en"
# Of names, synonyms, question and answer; and for engines that take a common word for as good as a rare one.
WEIGHTS = (4.0, 2.0, 4.0, 0.2)
WEIGHTS_WITHOUT_RARITY = (1.0, 0.5, 0.3, 0.1)
DEPTH = 10


class Entry(NamedTuple):
    """One answer, its fields as tokens with single spaces."""

    content_id: str
    drug_key: str
    names: str
    synonyms: str
    question: str
    answer: str


class Peer(Protocol):
    """Another engine that holds entries. Made with them; `close` gives back what it took."""

    name: str

    def search(self, tokens: list[str], drug_key: str) -> list[str]:
        """The content IDs of the best answers, at most DEPTH, of a drug or, where its key is empty, of all."""
        ...

    def close(self) -> None: ...


def entries(holding: Holding) -> list[Entry]:
    """The answers of `holding` as peers get them."""
    drugs = {drug.key: (_tokens(drug.name), _tokens(" ".join(drug.names))) for drug in holding.drugs}
    return [
        Entry(
            answer.content_id,
            answer.drug_key,
            *drugs[answer.drug_key],
            _tokens(answer.question),
            _tokens(answer.body),
        )
        for answer in holding.answers
    ]


def sought(text: str) -> list[str]:
    """The tokens of a question, each once."""
    return list(dict.fromkeys(analysis.tokens(text, LANGUAGE)))


def _tokens(text: str) -> str:
    return " ".join(analysis.tokens(text, LANGUAGE))
