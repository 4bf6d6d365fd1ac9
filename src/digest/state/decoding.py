"""From JSON back to frozen records, by the types of their fields."""

import dataclasses
import functools
import types
from collections.abc import Mapping
from typing import Any, Union, get_args, get_origin, get_type_hints


def decode(kind: Any, value: Any) -> Any:
    """The value of a type: a dataclass from its mapping, a tuple from its list, either where it is not None."""
    if value is None:
        return None
    origin = get_origin(kind)
    if origin in (Union, types.UnionType):
        (inner,) = (part for part in get_args(kind) if part is not types.NoneType)
        return decode(inner, value)
    if origin is tuple:
        return tuple(decode(get_args(kind)[0], item) for item in value)
    if isinstance(kind, type) and dataclasses.is_dataclass(kind) and isinstance(value, Mapping):
        fields = _fields(kind)
        return kind(**{name: decode(fields[name], item) for name, item in value.items()})
    return value


@functools.cache
def _fields(kind: Any) -> dict[str, Any]:
    return get_type_hints(kind)
