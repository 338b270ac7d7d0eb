"""An evaluation as JSON: numbers rounded to 6 decimals, the same evaluation in the same bytes."""

from __future__ import annotations

import json
import types
import typing
from collections.abc import Callable, Mapping
from dataclasses import asdict, fields, is_dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any

from scoring_dash.core.errors import ArtifactError
from scoring_dash.model.evaluation.results import Evaluation

FILE_NAME = "evaluation.json"
_DECIMALS = 6


def as_document(result: Any) -> dict[str, Any]:
    """JSON values of a tree of frozen dataclasses.

    Parameters
    ----------
    result : dataclass
        Such as :class:`Evaluation`.
    """
    document: dict[str, Any] = _rounded(asdict(result))
    return document


def to_json(document: Mapping[str, Any]) -> str:
    """Text of a document; a number that is not finite is an error, since JSON has none."""
    return json.dumps(document, indent=1, sort_keys=True, ensure_ascii=False, allow_nan=False) + "\n"


def write_evaluation(evaluation: Evaluation, directory: Path) -> None:
    """Write ``evaluation.json`` into the model's directory."""
    (directory / FILE_NAME).write_text(to_json(as_document(evaluation)), encoding="utf-8")


def read_evaluation(directory: Path) -> Evaluation:
    """Read what :func:`write_evaluation` wrote.

    Raises
    ------
    ArtifactError
        If the file is missing, or an entry is missing or of the wrong kind.
    """
    path = directory / FILE_NAME
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
        evaluation: Evaluation = _decoded(Evaluation, content)
    except FileNotFoundError as error:
        raise ArtifactError(f"{path}: is missing: the model was written by an older program. Train again.") from error
    except (OSError, KeyError, TypeError, ValueError, AttributeError) as error:
        raise ArtifactError(
            f"{path}: an entry is missing or of the wrong kind ({error!r}). Train again with this program."
        ) from error
    return evaluation


def _rounded(value: Any) -> Any:
    if isinstance(value, float):
        return round(value, _DECIMALS)
    if isinstance(value, Mapping):
        return {str(key): _rounded(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_rounded(item) for item in value]
    return value


def _decoded(kind: Any, value: Any) -> Any:
    """A value of JSON as the annotated type wants it."""
    origin, arguments = typing.get_origin(kind), typing.get_args(kind)
    if origin is types.UnionType:  # only "X | None" occurs
        return None if value is None else _decoded(arguments[0], value)
    if origin is tuple:
        return tuple(_decoded(arguments[0], item) for item in value)
    if origin is Mapping:
        return {key: _decoded(arguments[1], item) for key, item in value.items()}
    return _decoded_single(kind, value)


def _decoded_single(kind: Any, value: Any) -> Any:
    if is_dataclass(kind):
        hints = typing.get_type_hints(kind)
        make = typing.cast(Callable[..., Any], kind)
        return make(**{field.name: _decoded(hints[field.name], value[field.name]) for field in fields(kind)})
    if issubclass(kind, StrEnum):
        return kind(value)
    wanted = (float, int) if kind is float else kind
    if not isinstance(value, wanted):
        raise TypeError(f"{value!r} is no {kind.__name__}")
    return kind(value)
