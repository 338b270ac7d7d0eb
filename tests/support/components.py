"""Walking Dash components without a browser."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from dash.development.base_component import Component

_TOLD = ("alt", "title", "aria-label", "label", "placeholder")


def walk(content: Any) -> Iterator[Component]:
    """Every component, outermost first."""
    if isinstance(content, list | tuple):
        for item in content:
            yield from walk(item)
    elif isinstance(content, Component):
        yield content
        yield from walk(getattr(content, "children", None))


def of_type(content: Any, kind: str) -> list[Component]:
    """Components of one kind, such as ``"H1"``."""
    return [item for item in walk(content) if type(item).__name__ == kind]


def with_id(content: Any, identifier: str) -> Component:
    """The one component with an identifier."""
    (found,) = (item for item in walk(content) if getattr(item, "id", None) == identifier)
    return found


def text_of(content: Any) -> str:
    """What can be read, in order, without what is only told to a screen reader."""
    if isinstance(content, list | tuple):
        return " ".join(text for text in map(text_of, content) if text)
    if isinstance(content, Component):
        return text_of(getattr(content, "children", None))
    return content if isinstance(content, str) else ""


def everything_told(content: Any) -> str:
    """All words of components: read, told to a screen reader, or written in a figure."""
    told = [text_of(content)]
    for item in walk(content):
        properties = item.to_plotly_json()["props"]
        told += [str(properties[name]) for name in _TOLD if properties.get(name)]
        if "figure" in properties:
            told += [note["text"] for note in properties["figure"]["layout"]["annotations"]]
    return " ".join(told)
