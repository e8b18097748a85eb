"""JSON to frozen dataclasses, and dataclasses to JSON Schema: both read the same type hints."""

import json
import types
from dataclasses import MISSING, Field, fields, is_dataclass
from typing import Any, Literal, TypeVar, Union, get_args, get_origin, get_type_hints

from server.errors import BadFieldError, BadJsonError

T = TypeVar("T")
JSON_NAMES = {str: "string", int: "integer", float: "number", bool: "boolean"}


def read_json(body: bytes) -> dict[str, Any]:
    """The JSON object in a request body. Raises BadJsonError."""
    try:
        value = json.loads(body.decode("utf-8"))
    except UnicodeDecodeError:
        raise BadJsonError("The body is not valid UTF-8.") from None
    except RecursionError:
        raise BadJsonError("The JSON is nested too deeply.") from None
    except ValueError:
        raise BadJsonError("The body is not valid JSON.") from None
    if not isinstance(value, dict):
        raise BadJsonError('The body must be a JSON object, such as {"text": "..."}.')
    return value


def read_fields(kind: type[T], values: dict[str, Any]) -> T:
    """The dataclass with these values. Unknown names are left out; wrong ones raise BadFieldError."""
    hints = get_type_hints(kind)
    found = {}
    for item in fields(kind):  # type: ignore[arg-type]  # callers pass dataclasses
        if item.name in values:
            found[item.name] = _checked(item.name, values[item.name], hints[item.name])
        elif item.default is MISSING:
            raise BadFieldError(f'"{item.name}" is missing. It must be {_in_words(hints[item.name])}.')
    return kind(**found)


def json_schema(hint: Any) -> dict[str, Any]:
    """The JSON Schema of a type hint; dataclasses become references into components."""
    if is_dataclass(hint):
        return {"$ref": f"#/components/schemas/{hint.__name__}"}  # type: ignore[union-attr]
    origin, args = get_origin(hint), get_args(hint)
    if origin is Literal:
        return {"enum": list(args)}
    if origin in (Union, types.UnionType):
        return {"anyOf": [json_schema(arg) for arg in args]}
    if origin is tuple:
        return {"type": "array", "items": json_schema(args[0])}
    if origin is dict:
        return {"type": "object", "additionalProperties": json_schema(args[1])}
    if hint is types.NoneType:
        return {"type": "null"}
    return {"type": JSON_NAMES[hint]} if hint in JSON_NAMES else {}


def object_schema(kind: type) -> dict[str, Any]:
    """The JSON Schema of one dataclass."""
    hints = get_type_hints(kind)
    items: tuple[Field[Any], ...] = fields(kind)
    return {
        "type": "object",
        "description": (kind.__doc__ or "").strip().split("\n")[0],
        "properties": {item.name: json_schema(hints[item.name]) for item in items},
        "required": [item.name for item in items if item.default is MISSING],
    }


def dataclasses_in(hint: Any) -> set[type]:
    """Every dataclass a type hint reaches."""
    if is_dataclass(hint):
        assert isinstance(hint, type)
        found = {hint}
        for inner in get_type_hints(hint).values():
            found |= dataclasses_in(inner)
        return found
    return {kind for arg in get_args(hint) for kind in dataclasses_in(arg)}


def _checked(name: str, value: Any, hint: Any) -> Any:
    if not any(_matches(value, option) for option in _options(hint)):
        raise BadFieldError(f'"{name}" must be {_in_words(hint)}.')
    return value


def _options(hint: Any) -> tuple[Any, ...]:
    return get_args(hint) if get_origin(hint) in (Union, types.UnionType) else (hint,)


def _matches(value: Any, hint: Any) -> bool:
    if get_origin(hint) is Literal:
        return isinstance(value, str) and value in get_args(hint)
    return isinstance(value, hint)


def _in_words(hint: Any) -> str:
    names: list[str] = []
    for option in _options(hint):
        if get_origin(option) is Literal:
            names.extend(f'"{word}"' for word in get_args(option))
        else:
            names.append("null" if option is types.NoneType else f"a {JSON_NAMES[option]}")
    return " or ".join(names)
