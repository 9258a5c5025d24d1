"""The offline file: one document, no request, excerpts only, every link within it leads somewhere."""

from __future__ import annotations

import base64
import hashlib
import re
from html.parser import HTMLParser
from pathlib import Path

import pytest

from dragoman.desk import Desk
from dragoman.errors import InputError
from dragoman.show.page import one_file
from dragoman.show.pages import nav

ATTACKS = ("<script>alert", "<img src=x", "<b onmouseover", "<i>Evil", "<u>Oslo", "<b>often")


@pytest.fixture(scope="module")
def html(desk: Desk) -> str:
    """The file."""
    return one_file(desk)


class Links(HTMLParser):
    """The ids of a document and the addresses that it leads to."""

    def __init__(self) -> None:
        super().__init__()
        self.ids: list[str] = []
        self.hrefs: list[str] = []
        self.loads: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note ids, links, and whatever would be loaded."""
        for name, value in attrs:
            if name == "id":
                self.ids.append(value or "")
            if name == "href":
                (self.hrefs if tag == "a" else self.loads).append(value or "")
            if name in {"src", "srcset", "poster", "data", "action"}:
                self.loads.append(value or "")


def test_every_page_but_the_review_is_a_section(html: str) -> None:
    """The file has all pages that a reader may hand on."""
    for page in nav(offline=True):
        assert f'id="{page.name}"' in html
    assert 'id="review"' not in html


def test_nothing_is_loaded_and_every_link_leads_within(html: str) -> None:
    """No address leaves the file, ids stand once, and every anchor is there."""
    found = Links()
    found.feed(html)
    assert set(found.loads) <= {"data:,"}
    assert len(found.ids) == len(set(found.ids))
    assert {href for href in found.hrefs if not href.startswith("#")} == set()
    assert {href[1:] for href in found.hrefs} <= set(found.ids)


def test_the_policy_names_the_two_blocks_and_nothing_else(html: str) -> None:
    """The file's own policy holds the hash of its style and its script."""
    policy = re.search(r'http-equiv="Content-Security-Policy" content="([^"]+)"', html)
    assert policy
    allowed = policy[1].replace("&#39;", "'")
    assert "default-src 'none'" in allowed
    for block in (
        re.search(r"<style>(.*?)</style>", html, re.DOTALL),
        re.search(r"<script>(.*?)</script>", html, re.DOTALL),
    ):
        assert block
        digest = base64.b64encode(hashlib.sha256(block[1].encode()).digest()).decode()
        assert f"'sha256-{digest}'" in allowed


def test_hostile_words_are_text_in_the_file(html: str) -> None:
    """Nothing that an article says becomes an element."""
    body = html[html.index("<body") : html.rindex("<script>")]
    for attack in ATTACKS:
        assert attack not in body


def test_articles_are_excerpts_with_what_is_cited(desk: Desk, html: str) -> None:
    """An article stands with the words that bear evidence; what lies between is cut."""
    assert desk.record
    article = next(row for row in desk.record.articles() if row.title == "Two men, one island")
    assert f'id="a{article.key}"' in html
    assert "Kim Jong-un" in html
    assert "Der Minister sagte nichts." not in html


def test_an_empty_desk_has_no_file(tmp_path: Path) -> None:
    """A desk that holds nothing is told so."""
    with pytest.raises(InputError, match="nothing to show"):
        one_file(Desk(record=None, base=None))
