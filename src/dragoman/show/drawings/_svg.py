"""Small helpers to write SVG by hand, where a chart grammar has no form for what is drawn.

Every attribute and every text is escaped here; nothing else in the room builds markup.
"""

from __future__ import annotations

from html import escape


def tag(name: str, *inside: str, **attributes: object) -> str:
    """An element; ``None`` leaves an attribute out, ``_`` in names stands for ``-``, a trailing ``_`` is dropped."""
    pairs = "".join(
        f' {key.rstrip("_").replace("_", "-")}="{escape(number(value), quote=True)}"'
        for key, value in attributes.items()
        if value is not None
    )
    return f"<{name}{pairs}>{''.join(inside)}</{name}>" if inside else f"<{name}{pairs}/>"


def words(text: str, x: float, y: float, **attributes: object) -> str:
    """A text element."""
    return tag("text", escape(text), x=x, y=y, **attributes)


def title(text: str) -> str:
    """What a reader is told who points at the element that holds it."""
    return tag("title", escape(text))


def number(value: object) -> str:
    """A number with at most two decimals, anything else as it prints."""
    if isinstance(value, float):
        return f"{value:.2f}".rstrip("0").rstrip(".") or "0"
    return str(value)


def figure(width: float, height: float, *inside: str, label: str = "") -> str:
    """A drawing of this size that scales with its place."""
    return tag(
        "svg",
        *inside,
        xmlns="http://www.w3.org/2000/svg",
        width=width,
        height=height,
        viewBox=f"0 0 {number(width)} {number(height)}",
        font_size=12,
        role=None,
        aria_label=label or None,
    )
