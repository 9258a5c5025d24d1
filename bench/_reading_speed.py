"""Words a second beside bare spaCy on the same texts in one run; slope and memory over a long corpus.

    OMP_NUM_THREADS=1 python bench/_reading_speed.py [PATH...]

Texts alternate round by round, and rates are by processor time, so that a busy machine slows both alike.
"""

from __future__ import annotations

import random
import resource
import sys
import time
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path

from dragoman.read.parse import PIPELINE
from dragoman.read.reader import read_articles
from dragoman.read.sources import RawArticle, read_paths

EXAMPLE = Path(__file__).resolve().parent.parent / "examples" / "korea" / "articles"
LONG = 5000
PARAGRAPHS = 6
ROUNDS = 3


def main() -> None:
    """Print the report for the example's articles, or for those in the folder or file named."""
    paths = [Path(argument) for argument in sys.argv[1:]] or [EXAMPLE]
    for line in table(paths):
        print(line, flush=True)


def words(articles: Iterable[RawArticle]) -> int:
    """How many words."""
    return sum(len(article.text.split()) for article in articles)


def table(paths: list[Path] | None = None) -> Iterator[str]:
    """The lines of the report."""
    import spacy

    articles = list(read_paths(paths or [EXAMPLE]))
    count = words(articles)
    bare = spacy.load(PIPELINE)
    texts = [article.text for article in articles]
    list(bare.pipe(texts[:8]))
    list(read_articles(articles[:8]))
    spent = {"bare": 0.0, "read": 0.0}
    for _ in range(ROUNDS):
        begun = time.process_time()
        list(bare.pipe(texts))
        spent["bare"] += time.process_time() - begun
        begun = time.process_time()
        list(read_articles(articles))
        spent["read"] += time.process_time() - begun
    rates = {name: ROUNDS * count / value for name, value in spent.items()}
    ratio = rates["read"] / rates["bare"]
    yield f"bare spaCy {rates['bare']:.0f} words/s, whole reading {rates['read']:.0f} words/s, ratio {ratio:.2f}"
    yield from slope(articles)


def generated(articles: list[RawArticle], count: int) -> Iterator[RawArticle]:
    """Articles of paragraphs drawn from the example's, with invented names that no other article has."""
    paragraphs = [part for article in articles for part in article.text.split("\n") if part.strip()]
    for place in range(count):
        draw = random.Random(place)  # noqa: S311 - texts for timing
        pieces = draw.sample(paragraphs, PARAGRAPHS)
        named = [f"{piece} {_name(draw)} of the {_name(draw)} Institute said so on Tuesday." for piece in pieces]
        yield replace(articles[place % len(articles)], text="\n\n".join(named))


def _name(draw: random.Random) -> str:
    return "".join(draw.choice("bdfgklmnprstvz") + draw.choice("aeiou") for _ in range(4)).capitalize()


def slope(articles: list[RawArticle]) -> Iterator[str]:
    """Seconds and peak memory for each fifth of a generated corpus of 5,000 articles, and words a second."""
    stream = read_articles(generated(articles, LONG))
    part = LONG // 5
    for fifth in range(5):
        begun = time.process_time()
        for _ in range(part):
            next(stream)
        spent = time.process_time() - begun
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
        yield f"articles {fifth * part + 1}-{(fifth + 1) * part}: {spent:.1f} s, peak {peak} MB"


if __name__ == "__main__":
    main()
