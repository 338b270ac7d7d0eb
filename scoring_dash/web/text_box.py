"""A plain text box for the content of a page: it may be described, marked as wrong and numbered by the browser."""

from __future__ import annotations

from collections.abc import Sequence

from dash.development.base_component import Component


class TextBox(Component):
    """``<input type="text">`` as HTML knows it; Dash's own takes no ``aria`` attributes.

    ``assets/content.js`` draws it anew with each page, so that it says what the address says.

    Parameters
    ----------
    value : str
        What it holds when it is drawn.
    attributes : str
        Any others of HTML, by the names that React gives them; ``aria_`` stands for ``aria-``.
    """

    _namespace = "dash_html_components"
    _type = "Input"
    _children_props: Sequence[str] = ()
    _base_nodes: Sequence[str] = ()

    def __init__(self, *, id: str, name: str, value: str = "", **attributes: str) -> None:
        written = {key.replace("_", "-") if key.startswith("aria_") else key: text for key, text in attributes.items()}
        properties = {"id": id, "name": name, "defaultValue": value, "type": "text", "autoComplete": "off", **written}
        self._prop_names = self.available_properties = list(properties)
        self._valid_wildcard_attributes = ["aria-"]
        self.available_wildcard_properties = ["aria-"]
        super().__init__(**properties)
