"""OpenSearch as an engine: its scores say where to look, ours rank.

It knows BM25 with our constants, but keeps a passage's length in one byte, cut to four digits in base two: so it takes
a passage for up to an eighth shorter than it is, and scores it that much higher, never lower. From what the last of
those it gives has it follows whether one that was left out may be among the best.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from hashlib import sha256
from typing import Any

from ...errors import IndexBrokenError
from ..engines.base import FIELDS, MAX_PASSAGE_LENGTH, Field, Matched, NearStems, Retrieved, Slip, Statistics, Wish
from ..engines.bm25 import norm
from ..engines.near import near
from .client import AbsentError, Cluster, readable
from .parts import PartReader, gone
from .shelf import Head, natural

OPENSEARCH_NAME = "opensearch"
LEAST_ASKED, ASKED_TIMES, ASKED_AGAIN_TIMES = 200, 3, 4
"""Passages that it is asked for: so many at least, so many times those wanted, and how many times more where these do
not do."""
MOST_GIVEN = 10_000
"""Passages that it gives at most; of more that are about equally good, those with the lowest numbers are looked at."""
CUT = 7 / 8
"""What is left of a length at least when it is cut."""
ROUNDING = 1 - 1e-4
"""Its sums are of single precision."""
STEMS_COUNTED = 2_000
"""Stems that one request counts."""
MAX_STEM = 100
_HASHED = "\ue000"
"""Begins what stands for a stem that no field of words takes as it is."""


def written(stem: str) -> str:
    """A stem as a field has it, which is cut at blanks and holds no long ones."""
    if len(stem) <= MAX_STEM and not any(letter.isspace() or letter == _HASHED for letter in stem):
        return stem
    return _HASHED + sha256(stem.encode("utf-8", "surrogatepass")).hexdigest()


class OpenSearchEngine:
    """The passages of one generation."""

    name = OPENSEARCH_NAME

    def __init__(self, cluster: Cluster, index: str, head: Head, parts: PartReader) -> None:
        self._cluster = cluster
        self._index = index
        self._head = head
        self._parts = parts

    def retrieve(self, wishes: Sequence[Wish], stems: Collection[str] = ()) -> Retrieved:
        """Passages for each wish, and how many hold each of these stems: one trip, where few are equally good."""
        asked = [stem for stem in dict.fromkeys(stems) if stem]
        counting = [asked[at : at + STEMS_COUNTED] for at in range(0, len(asked), STEMS_COUNTED)]
        sizes = [min(MOST_GIVEN, max(LEAST_ASKED, ASKED_TIMES * wish.limit)) for wish in wishes]
        searches = [self._search(wish, size) for wish, size in zip(wishes, sizes, strict=True)]
        replies = self._searched([*map(_counted, counting), *(each for each in searches if each)])
        holding: dict[Field, dict[str, int]] = {field: dict.fromkeys(stems, 0) for field in FIELDS}
        for group in counting:
            _read_counts(next(replies), group, holding, self._head.statistics)
        matched = [
            self._enough(wish, size, _hits(next(replies), wish)) if search else []
            for wish, size, search in zip(wishes, sizes, searches, strict=True)
        ]
        found = {field: known._replace(holding=holding[field]) for field, known in self._head.statistics.items()}
        return Retrieved(found, matched)

    def near(self, slips: Sequence[Slip], most: int, stems: Collection[str] = ()) -> NearStems:
        """What slips may stand for. The vocabulary of a letter is brought once."""
        return near(self, slips, most, stems)

    def stems(self, field: Field = "text", start: str = "") -> Iterator[str]:
        """Every stem that a passage holds and that begins so, once, in order."""
        firsts = [stem.encode() for stem in self._head.vocabulary[field]]
        begin, end = start.encode(), start.encode() + b"\xff"
        parts = range(max(0, bisect_right(firsts, begin) - 1), bisect_left(firsts, end))
        for _, records in self._parts.fetch(f"stems-{field}-{n}" for n in parts):
            yield from (str(stem) for (stem,) in records["stems"] if str(stem).startswith(start))

    def close(self) -> None:
        """Let go of the connections."""
        self._cluster.close()

    def _enough(self, wish: Wish, size: int, hits: list[tuple[float, Matched]]) -> list[Matched]:
        """Passages among which the best are certain to be; where those at hand may lack some, more is asked for."""
        known = self._head.statistics[wish.field]
        longest = self._head.longest[wish.field]
        kept = (1 + norm(round(CUT * longest), known)) / (1 + norm(longest, known)) * ROUNDING
        while len(hits) == size and hits[-1][0] >= kept * hits[wish.limit - 1][0]:
            if size == MOST_GIVEN:
                (lowest,) = self._searched([self._search(wish, MOST_GIVEN, by_number=True)])
                hits += _hits(lowest, wish)
                break
            size = min(MOST_GIVEN, ASKED_AGAIN_TIMES * size)
            (more,) = self._searched([self._search(wish, size)])
            hits = _hits(more, wish)
        least = kept * hits[wish.limit - 1][0] if len(hits) > wish.limit else 0.0
        return list({each.passage: each for score, each in hits if score >= least or size == MOST_GIVEN}.values())

    def _search(self, wish: Wish, size: int, *, by_number: bool = False) -> dict[str, Any]:
        """The request for a wish's passages; none where there can be none."""
        empty = wish.limit < 1 or not wish.weights or not self._head.statistics[wish.field].passages
        if empty or (wish.documents is not None and not wish.documents):
            return {}
        terms = [
            {"term": {wish.field: {"value": written(stem), "boost": weight}}} for stem, weight in wish.weights.items()
        ]
        query: dict[str, Any] = {"should": terms, "minimum_should_match": 1}
        if wish.documents is not None:
            query["filter"] = [{"terms": {"document": sorted(wish.documents)}}]
        by_score = [{"_score": "desc"}, {"number": "asc"}]
        return {
            "size": size,
            "query": {"bool": query},
            "sort": by_score[by_number:],
            "track_scores": True,
            "track_total_hits": False,
            "_source": ["number", "length", wish.field],
        }

    def _searched(self, bodies: Sequence[Mapping[str, Any]]) -> Iterator[Any]:
        """The replies of several searches in one trip; a shard that fails is an error, never a smaller answer."""
        if not bodies:
            return iter(())
        head = {"index": self._index, "search_type": "dfs_query_then_fetch", "allow_partial_search_results": False}
        try:
            reply = self._cluster.many("/_msearch", (line for body in bodies for line in (head, body)))
        except AbsentError as error:
            raise gone(error) from error
        with readable():
            found = list(reply["responses"])
            for each, _ in zip(found, bodies, strict=True):
                _check(each)
        return iter(found)


def _check(reply: Mapping[str, Any]) -> None:
    if reply.get("error"):
        if reply.get("status") == 404:
            raise gone(AbsentError(""))
        raise IndexBrokenError(
            f"part of the index cannot be read on the cluster ({str(reply['error'].get('type'))[:60]})",
            "see whether the cluster is well",
        )
    shards = reply["_shards"]
    if reply["timed_out"] or shards["failed"] or shards["successful"] != shards["total"]:
        raise IndexBrokenError("part of the index cannot be read on the cluster", "see whether the cluster is well")


def _counted(stems: Sequence[str]) -> dict[str, Any]:
    """The request for how many passages hold each stem, of every field."""
    counts = {f: {"filters": {"filters": [{"term": {f: written(stem)}} for stem in stems]}} for f in FIELDS}
    return {"size": 0, "track_total_hits": False, "aggs": counts}


def _read_counts(
    reply: Any, stems: Sequence[str], holding: Mapping[Field, dict[str, int]], known: Mapping[Field, Statistics]
) -> None:
    with readable():
        for field in FIELDS:
            buckets = reply["aggregations"][field]["buckets"]
            for stem, bucket in zip(stems, buckets, strict=True):
                holding[field][stem] = natural(bucket["doc_count"], known[field].passages)


def _hits(reply: Any, wish: Wish) -> list[tuple[float, Matched]]:
    wanted = {written(stem): stem for stem in wish.weights}
    with readable():
        return [(float(hit["_score"]), _matched(hit["_source"], wish.field, wanted)) for hit in reply["hits"]["hits"]]


def _matched(source: Any, field: Field, wanted: Mapping[str, str]) -> Matched:
    held = Counter(wanted[each] for each in source[field].split(" ") if each in wanted)
    return Matched(natural(source["number"]), natural(source["length"], MAX_PASSAGE_LENGTH), held)
