"""tantivy, a search library in Rust: any of the words, BM25 of each field, boosted."""

from collections.abc import Sequence

import tantivy

from benchmarks.peers.entries import DEPTH, WEIGHTS, Entry

_FIELDS = ("names", "synonyms", "question", "answer")


class Tantivy:
    name = "tantivy, OR"

    def __init__(self, entries: Sequence[Entry]) -> None:
        builder = tantivy.SchemaBuilder()
        for field in ("content_id", "drug_key"):
            builder.add_text_field(field, stored=True, tokenizer_name="raw")
        for field in _FIELDS:
            builder.add_text_field(field, tokenizer_name="whitespace")
        self._schema = builder.build()
        self._index = tantivy.Index(self._schema)
        writer = self._index.writer(num_threads=1)
        for entry in entries:
            writer.add_document(tantivy.Document(**entry._asdict()))
        writer.commit()
        writer.wait_merging_threads()
        self._index.reload()
        self._searcher = self._index.searcher()

    def search(self, tokens: list[str], drug_key: str) -> list[str]:
        wanted = [
            (tantivy.Occur.Should, tantivy.Query.boost_query(self._term(field, token), weight))
            for token in tokens
            for field, weight in zip(_FIELDS, WEIGHTS, strict=True)
        ]
        query = tantivy.Query.boolean_query(wanted)
        if drug_key:
            within = tantivy.Query.const_score_query(self._term("drug_key", drug_key), 0.0)
            query = tantivy.Query.boolean_query([(tantivy.Occur.Must, within), (tantivy.Occur.Must, query)])
        found = self._searcher.search(query, DEPTH).hits
        return [self._searcher.doc(place)["content_id"][0] for _, place in found]

    def close(self) -> None:
        del self._searcher, self._index

    def _term(self, field: str, value: str) -> tantivy.Query:
        return tantivy.Query.term_query(self._schema, field, value)
