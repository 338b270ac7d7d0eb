"""The content of a page as one component: Dash stores one, the browser draws plain elements.

Dash keeps every component of an answer in its store and asks each of them again after every message, of which one
choice of a client takes about a hundred. What only shows needs none of that: ``assets/content.js`` turns the same
description of components into elements at once, and changes only what differs from what is shown.
"""

from __future__ import annotations

from collections.abc import Sequence

from dash.development.base_component import Component


class Input(Component):
    """A plain ``<input>``, which ``dash.html`` lacks: for content that no callback names.

    Parameters
    ----------
    more : str, int or bool
        ``defaultValue``, ``defaultChecked``, ``placeholder`` …, and attributes that start with ``data-`` or ``aria-``.
    """

    _namespace = "dash_html_components"
    _type = "Input"
    _children_props: Sequence[str] = ()
    _base_nodes: Sequence[str] = ()

    def __init__(self, *, id: str, type: str = "text", **more: str | int | bool) -> None:
        self._prop_names = self.available_properties = [
            "id", "type", "name", "defaultValue", "defaultChecked", "placeholder", "autoComplete", "inputMode",
            "maxLength", "className", "spellCheck",
        ]  # fmt: skip
        self._valid_wildcard_attributes = self.available_wildcard_properties = ["data-", "aria-"]
        super().__init__(id=id, type=type, **more)


class Content(Component):
    """Components that no callback names: any of ``dash.html``, graphs, and text boxes that the page's script reads.

    Parameters
    ----------
    content : sequence of Component
        As they would stand in ``children``. Identifiers in it are those of elements, not of components.
    page : str
        What is shown, but for the client: under another name everything is drawn anew, and what a person opened
        is closed.
    """

    _namespace = "scoring_dash"
    _type = "Content"
    _children_props: Sequence[str] = ()
    _base_nodes: Sequence[str] = ()

    def __init__(self, content: Sequence[Component] = (), page: str = "", id: str = "") -> None:
        self._prop_names = self.available_properties = ["content", "page", "id"]
        self._valid_wildcard_attributes: list[str] = []
        self.available_wildcard_properties: list[str] = []
        super().__init__(content=list(content), page=page, id=id)
