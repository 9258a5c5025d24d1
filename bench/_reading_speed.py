"""Words a second beside bare spaCy on the same texts in one run; slope and memory over a long corpus."""

from __future__ import annotations

import resource
import time
from collections.abc import Iterable, Iterator
from pathlib import Path

from dragoman.read.parse import PIPELINE
from dragoman.read.reader import read_articles
from dragoman.read.sources import RawArticle, read_paths

EXAMPLE = Path(__file__).resolve().parent.parent / "examples" / "korea" / "articles"
LONG = 5000
ROUNDS = 3


def words(articles: Iterable[RawArticle]) -> int:
    """How many words."""
    return sum(len(article.text.split()) for article in articles)


def table() -> Iterator[str]:
    """The lines of the report."""
    import spacy

    articles = list(read_paths([EXAMPLE]))
    count = words(articles)
    bare = spacy.load(PIPELINE)
    texts = [article.text for article in articles]
    list(bare.pipe(texts[:8]))
    list(read_articles(articles[:8]))
    spent = {"bare": 0.0, "read": 0.0}
    for _ in range(ROUNDS):
        begun = time.perf_counter()
        list(bare.pipe(texts))
        spent["bare"] += time.perf_counter() - begun
        begun = time.perf_counter()
        list(read_articles(articles))
        spent["read"] += time.perf_counter() - begun
    rates = {name: ROUNDS * count / value for name, value in spent.items()}
    ratio = rates["read"] / rates["bare"]
    yield f"bare spaCy {rates['bare']:.0f} words/s, whole reading {rates['read']:.0f} words/s, ratio {ratio:.2f}"
    yield from slope(articles)


def slope(articles: list[RawArticle]) -> Iterator[str]:
    """Seconds and peak memory for each fifth of a corpus of 5,000 articles made by repeating the example's."""
    corpus = [articles[place % len(articles)] for place in range(LONG)]
    stream = read_articles(corpus)
    part = LONG // 5
    for fifth in range(5):
        begun = time.perf_counter()
        for _ in range(part):
            next(stream)
        spent = time.perf_counter() - begun
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
        yield f"articles {fifth * part + 1}-{(fifth + 1) * part}: {spent:.1f} s, peak {peak} MB"
