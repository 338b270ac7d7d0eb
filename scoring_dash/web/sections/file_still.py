"""Parts of a page that nobody changes: sent as one piece of markup instead of hundreds of components.

Dash's renderer subscribes every component to its store, one inside the other: on the machine where this was measured a
thousand of them, two tables of credits, held the browser for ten seconds and more. The same content as markup takes
a few milliseconds and a tenth of the bytes.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from html import escape
from types import MappingProxyType
from typing import Any, Final

from dash import html
from dash.development.base_component import Component

from scoring_dash.core.errors import ScoringError

_NAME: Final = re.compile(r"[a-z][a-z0-9-]*")
_SAFE_LINK: Final = re.compile(r"\?|#|data:image/svg")
_EMPTY_ELEMENTS: Final = frozenset({"br", "hr", "img"})
_ELEMENTS: Final = frozenset(
    {
        *(
            "a",
            "b",
            "br",
            "caption",
            "dd",
            "details",
            "div",
            "dl",
            "dt",
            "em",
            "h2",
            "h3",
            "h4",
            "hr",
            "i",
            "img",
            "li",
        ),
        *("mark", "nav", "ol", "p", "small", "span", "strong", "summary", "table", "tbody", "td", "th", "thead", "tr"),
        "ul",
    }
)
_ATTRIBUTES: Final[Mapping[str, str]] = MappingProxyType(
    {
        "alt": "alt",
        "className": "class",
        "height": "height",
        "href": "href",
        "hrefLang": "hreflang",
        "id": "id",
        "lang": "lang",
        "open": "open",
        "role": "role",
        "scope": "scope",
        "src": "src",
        "tabIndex": "tabindex",
        "title": "title",
        "width": "width",
    }
)


class Still(Component):
    """Components that become markup when they are sent; the script of the page puts it in place.

    They stay readable as ``children``, for tests and whoever looks at a page without a browser. Links work as
    elsewhere, since the script follows them from the document.

    Parameters
    ----------
    children : sequence of Component or str
        Elements of text, lists and tables; no charts, no controls with a state of their own.

    Raises
    ------
    UnsafeMarkupError
        If something among them may not become markup.
    """

    _namespace = "scoring_dash"
    _type = "Still"
    _prop_names = ("html",)
    _valid_wildcard_attributes = ()
    available_wildcard_properties = ()
    available_properties = ("html",)

    def __init__(self, children: Any) -> None:
        super().__init__(html=markup(children))
        self.children = children  # not a property of the component: it is not sent


class UnsafeMarkupError(ScoringError):
    """A component that may not become markup: an element, an attribute or a link that is not on the list."""


def markup(content: Any) -> str:
    """HTML of text and of Dash's elements, every text and value escaped.

    Raises
    ------
    UnsafeMarkupError
        If an element, an attribute or the start of a link is not one of those allowed here.
    """
    if content is None:
        return ""
    if isinstance(content, str):
        return escape(content, quote=False)
    if isinstance(content, int | float):
        return str(content)
    if isinstance(content, list | tuple):
        return "".join(map(markup, content))
    return _element(content)


def _element(component: Any) -> str:
    kind = type(component).__name__
    name = kind.lower()
    if name not in _ELEMENTS or getattr(html, kind, None) is not type(component):
        raise UnsafeMarkupError(
            f"{kind} cannot be part of a Still; allowed: {', '.join(sorted(_ELEMENTS))}. Place it beside the Still."
        )
    properties = component.to_plotly_json()["props"]
    children = properties.pop("children", None)
    attributes = "".join(_attribute(key, value) for key, value in properties.items())
    start = f"<{name}{attributes}>"
    return start if name in _EMPTY_ELEMENTS else f"{start}{markup(children)}</{name}>"


def _attribute(key: str, value: Any) -> str:
    name = key if key.startswith(("data-", "aria-")) else _ATTRIBUTES.get(key)
    if name is None or not _NAME.fullmatch(name):
        raise UnsafeMarkupError(
            f"The attribute {key!r} cannot be part of a Still; allowed: data-*, aria-*, {', '.join(_ATTRIBUTES)}. "
            "Use one of these or a class of the style sheets."
        )
    if name in ("href", "src") and not _SAFE_LINK.match(str(value)):
        raise UnsafeMarkupError(
            f"The link {str(value)[:40]!r} cannot be part of a Still; allowed: those of this page, which start with "
            "'?' or '#', and pictures of our own. Build it with Address.href."
        )
    if value is None or value is False or value == "":
        return ""
    return f" {name}" if value is True else f' {name}="{escape(str(value))}"'
