"""Plain fields of a form, which ``dash.html`` does not have: drawn as elements by ``assets/content.js``."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from dash.development.base_component import Component


class _Element(Component):
    """An element with any attribute, by React's names (``defaultValue``, ``aria-invalid``)."""

    _namespace = "dash_html_components"
    _children_props: Sequence[str] = ()
    _base_nodes: Sequence[str] = ("children",)

    def __init__(self, children: Any = None, **attributes: Any) -> None:
        self._prop_names = self.available_properties = ["children", *attributes]
        self._valid_wildcard_attributes: list[str] = []
        self.available_wildcard_properties: list[str] = []
        super().__init__(children=children, **attributes)


class Input(_Element):
    """A box to type in, or to choose a file with."""

    _type = "Input"


class Select(_Element):
    """A list to choose from; ``defaultValue`` names what is chosen at first."""

    _type = "Select"
