"""What the screen answers to an address, without a browser: the callback that the page sends, and its components."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from flask.testing import FlaskClient


def rendered_page(browser: FlaskClient, search: str) -> Any:
    """Every component of the page at an address such as ``?client=100002``."""
    answer = browser.post(
        "/_dash-update-component", json=page_question(browser.get("/_dash-dependencies").text, search)
    )
    assert answer.status_code == 200, answer.text
    return json.loads(answer.text)["response"]


def page_question(dependencies: str, search: str) -> dict[str, Any]:
    """What a browser sends for the page at an address, given the answer of ``/_dash-dependencies``."""
    callbacks = json.loads(dependencies)
    page = next(item for item in callbacks if any(entry["property"] == "search" for entry in item["inputs"]))
    return {
        "output": page["output"],
        "outputs": [_reference(name) for name in page["output"][2:-2].split("...")],
        "inputs": [{**page["inputs"][0], "value": search}],
        "state": [{**entry, "value": None} for entry in page["state"]],
        "changedPropIds": ["{id}.{property}".format(**page["inputs"][0])],
    }


def rendered_decision(browser: FlaskClient, client_id: int) -> dict[str, str]:
    """Attributes of the panel that tells the decision: the exact numbers behind its sentence."""
    page = rendered_page(browser, f"?client={client_id}&section=decision")
    (panel,) = (item for item in components(page) if "data-probability" in item)
    return panel


def components(tree: Any) -> Iterator[dict[str, Any]]:
    """Properties of every component in a callback's answer."""
    if isinstance(tree, dict):
        if "props" in tree:
            yield tree["props"]
        for value in tree.values():
            yield from components(value)
    elif isinstance(tree, list):
        for value in tree:
            yield from components(value)


def _reference(name: str) -> dict[str, str]:
    identifier, prop = name.rsplit(".", 1)
    return {"id": identifier, "property": prop}
