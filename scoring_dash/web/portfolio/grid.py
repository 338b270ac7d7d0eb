"""The grid as a component of Dash: what the browser's side of it (``assets/grid.js``) is told."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Any, Final

from dash.development.base_component import Component

from scoring_dash.i18n.catalogue import Texts, message
from scoring_dash.i18n.work_list import column_title
from scoring_dash.population.work_list import WorkPlace
from scoring_dash.population.work_query import WorkColumn, WorkListQuery


class Grid(Component):
    """A grid whose rows are asked for as they come into sight; nothing while ``view`` is None.

    Parameters
    ----------
    view : mapping or None
        What :func:`grid_view` gives.
    getRowsRequest, getRowsResponse : mapping or None
        A question of the grid and the answer to it.
    """

    _namespace = "scoring_dash"
    _type = "Grid"
    _children_props: Sequence[str] = ()
    _base_nodes: Sequence[str] = ()

    def __init__(
        self,
        id: str = "",
        view: Mapping[str, Any] | None = None,
        getRowsRequest: Mapping[str, Any] | None = None,
        getRowsResponse: Mapping[str, Any] | None = None,
    ) -> None:
        self._prop_names = self.available_properties = ["id", "view", "getRowsRequest", "getRowsResponse"]
        self._valid_wildcard_attributes: list[str] = []
        self.available_wildcard_properties: list[str] = []
        super().__init__(id=id, view=view, getRowsRequest=getRowsRequest, getRowsResponse=getRowsResponse)


def grid_view(
    query: WorkListQuery, total: int, marked: tuple[int, WorkPlace] | None, library: str, texts: Texts
) -> dict[str, Any]:
    """What the grid needs to know of a list besides its rows.

    Parameters
    ----------
    total : int
        Rows of the list.
    marked : (int, WorkPlace) or None
        Client whose row is brought into sight, and where it stands.
    library : str
        Address of the script that draws grids.
    """
    return {
        "list": query.text,
        "total": total,
        "language": texts.language.value,
        "marked": None if marked is None else {"id": marked[0], "position": marked[1].position},
        "library": library,
        "columns": [_column(column, query, texts) for column in WorkColumn],
        "card": texts.say("Files"),
        "label": texts.say("Files of the list"),
        "loading": texts.say("Loading the list…"),
        "words": {name: texts.say(word) for name, word in _WORDS.items()},
    }


def _column(column: WorkColumn, query: WorkListQuery, texts: Texts) -> dict[str, Any]:
    shown: dict[str, Any] = {
        "field": column.value,
        "headerName": column_title(column, texts),
        "initialSort": query.direction.value if column is query.sort else None,
        "minWidth": _WIDTHS[column],
        "flex": _WIDTHS[column],
        "shownFrom": _SHOWN_FROM.get(column, 0),
    }
    if column in _RIGHT:
        shown |= {"cellClass": "number", "headerClass": "ag-right-aligned-header"}
    return shown


_RIGHT: Final = frozenset({WorkColumn.RISK, WorkColumn.DISTANCE, WorkColumn.AMOUNT, WorkColumn.INSTALMENT})
_WIDTHS: Final[Mapping[WorkColumn, int]] = MappingProxyType(
    {
        WorkColumn.CLIENT: 98,
        WorkColumn.RECOMMENDATION: 182,
        WorkColumn.RISK: 100,
        WorkColumn.DISTANCE: 132,
        WorkColumn.AMOUNT: 112,
        WorkColumn.INSTALMENT: 104,
        WorkColumn.CONTRACT: 130,
        WorkColumn.THEME: 170,
        WorkColumn.CHANGE: 140,
    }
)
"""In pixels; what is left of the page is shared out in the same proportion."""

_SHOWN_FROM: Final[Mapping[WorkColumn, int]] = MappingProxyType(
    {
        WorkColumn.AMOUNT: 700,
        WorkColumn.THEME: 860,
        WorkColumn.CHANGE: 1000,
        WorkColumn.CONTRACT: 1160,
        WorkColumn.INSTALMENT: 1160,
    }
)
"""Width of the grid, in pixels, from which on there is room for a column."""

_WORDS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "noRowsToShow": message("No file in this list."),
        "loadingOoo": message("Loading…"),
        "loadingError": message("Not loaded"),
        "ariaSortableColumn": message("Press Enter to sort"),
        "ariaLabelLoadingOverlay": message("Loading…"),
        "overlayLoadingAriaAnnouncement": message("Loading…"),
        "overlayNoRowsAriaAnnouncement": message("No file in this list."),
        # Never shown, but in the page all the same.
        "firstPage": message("First page"),
        "previousPage": message("Previous page"),
        "nextPage": message("Next page"),
        "lastPage": message("Last page"),
        "ariaPageSizeSelectorLabel": message("Files a page"),
    }
)
"""What the library would say in English; only what can come up in this grid."""
