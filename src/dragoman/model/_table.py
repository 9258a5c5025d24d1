"""A frozen, ordered mapping from identifiers to values, which pydantic can fill.

The parts of a case are kept by identifier, in the order of the file.  A plain
``dict`` could be changed by accident and a ``MappingProxyType`` cannot be sent to
another process, so this is a small mapping of its own.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any, Generic, TypeVar, get_args

if TYPE_CHECKING:
    from pydantic import GetCoreSchemaHandler
    from pydantic_core import CoreSchema

V = TypeVar("V")


class Table(Mapping[str, V], Generic[V]):
    """Values by identifier, in the order given; cannot be changed, can be compared, copied and pickled."""

    __slots__ = ("_items",)

    def __init__(self, items: Mapping[str, V] | None = None) -> None:
        self._items: dict[str, V] = dict(items or {})

    def __getitem__(self, key: str) -> V:
        return self._items[key]

    def __iter__(self) -> Iterator[str]:
        return iter(self._items)

    def __len__(self) -> int:
        return len(self._items)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Mapping) and list(self.items()) == list(other.items())

    def __hash__(self) -> int:
        return hash(tuple(self._items.items()))

    def __repr__(self) -> str:
        return f"Table({self._items!r})"

    @classmethod
    def __get_pydantic_core_schema__(cls, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        """Check a mapping of the values' type and wrap it."""
        from pydantic_core import core_schema

        (item,) = get_args(source) or (Any,)
        checked = core_schema.dict_schema(core_schema.str_schema(), handler.generate_schema(item))
        return core_schema.no_info_after_validator_function(cls, checked)


EMPTY: Table[Any] = Table()
"""No entries; what a table holds where the file says nothing."""
