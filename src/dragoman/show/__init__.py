"""What a person sees: pages on this machine, one offline file, a briefing on paper, all from the same views.

``pages`` lists the pages; ``views`` builds each from a desk; ``app`` serves them, ``page`` writes them into one
file, ``brief`` and ``docx`` set the briefing.  Templates print and decide nothing.
"""

from __future__ import annotations

from dragoman.show.blocks import Chart, Ref, Table
from dragoman.show.pages import PAGES, Page, find_page

__all__ = ["PAGES", "Chart", "Page", "Ref", "Table", "find_page"]
