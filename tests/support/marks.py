"""What every chart and sentence says of a client, read back from the rendered page and compared with what is stored.

Nothing here asks the figures room where a mark should be: a place on a chart is turned back into a value.
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Iterator
from typing import Any

from flask.testing import FlaskClient
from support.screen import components, rendered_page

from scoring_dash.bootstrap import LoadedServices
from scoring_dash.core.groups import Group, GroupName
from scoring_dash.core.words import Direction
from scoring_dash.figures.bars import with_readable_bars
from scoring_dash.figures.effect import is_in_rows
from scoring_dash.figures.gauge import GaugeScale
from scoring_dash.i18n.catalogue import Language, load_texts
from scoring_dash.i18n.numbers import percent, points, signed_points
from scoring_dash.i18n.values import feature_label, value_text

FRENCH = load_texts(Language.FRENCH)
# A mark is placed in floating point, between bounds that are stored as float64 while values are float32.
_CLOSE = 1e-6


def faults(services: LoadedServices, browser: FlaskClient, client_id: int) -> list[str]:
    """Everything on the four sections of a client that differs from what is stored or answered by the API."""
    return [
        *_decision_faults(services, browser, client_id),
        *_why_faults(services, browser, client_id),
        *_file_faults(services, browser, client_id),
        *_compare_faults(services, browser, client_id),
    ]


def _decision_faults(services: LoadedServices, browser: FlaskClient, client_id: int) -> Iterator[str]:
    page = rendered_page(browser, f"?client={client_id}")
    told = _text(page)
    answer = json.loads(browser.get(f"/api/v1/clients/{client_id}/assessment").text)
    probability, threshold = answer["probability_of_default"], answer["threshold"]
    needle = _trace(page, "gauge", "needle")
    scale = GaugeScale.of(threshold)
    shown = scale.probability(math.atan2(needle["y"][0], needle["x"][0]))
    if abs(shown - min(probability, scale.top)) > _CLOSE:
        yield f"{client_id}: the needle stands at {shown}, not {probability}"
    wanted = [percent(probability, FRENCH), percent(threshold, FRENCH), points(probability - threshold, FRENCH)]
    wanted += [signed_points(reason["probability_points"], FRENCH) for reason in answer["reasons"]]
    wanted += [reason["text"] for reason in answer["reasons"]]
    told = _without_spaces(told)
    yield from (
        f"{client_id}: the decision does not say {text!r}" for text in wanted if _without_spaces(text) not in told
    )
    distances = services.explain(client_id).distances_by_theme()
    for reason in answer["reasons"]:
        raises = reason["direction"] == Direction.RAISES
        if not (raises == (distances[reason["theme"]] > 0) == (reason["probability_points"] > 0)):
            yield f"{client_id}: {reason['code']} goes the other way"


def _why_faults(services: LoadedServices, browser: FlaskClient, client_id: int) -> Iterator[str]:
    page = rendered_page(browser, f"?client={client_id}&section=why")
    assessment, explanation = services.assess(client_id), services.explain(client_id)
    steps = _trace(page, "waterfall", "steps")
    if steps["base"][-1] + steps["x"][-1] != assessment.probability_of_default:
        yield f"{client_id}: the waterfall ends at {steps['x'][-1]}"
    ends = [start + change for start, change in zip(steps["base"], steps["x"], strict=True)]
    for place in range(1, len(ends) - 1):
        if abs(steps["base"][place] - ends[place - 1]) > _CLOSE:
            yield f"{client_id}: a bar of the waterfall does not start where the one before ends"
    distances = list(explanation.distances_by_theme().values())
    if [change > 0 for change in steps["x"][1:-1]] != [distance > 0 for distance in distances]:
        yield f"{client_id}: a bar of the waterfall goes the other way"
    ranks = sorted(rank + 0.5 for rank in _trace(page, "standing", "ranks")["x"])
    if any(
        abs(one - other) > _CLOSE
        for one, other in zip(ranks, sorted(item.rank for item in services.standings(client_id)), strict=True)
    ):
        yield f"{client_id}: the usual weights are another client's"
    yield from _effect_faults(services, browser, client_id, _feature_to_try(services, client_id))


def _effect_faults(services: LoadedServices, browser: FlaskClient, client_id: int, name: str) -> Iterator[str]:
    page = rendered_page(browser, f"?client={client_id}&section=why&feature={name}")
    feature = next(item for item in services.model.features if item.name == name)
    stored = services.facts(client_id).features[name]
    probability = services.assess(client_id).probability_of_default
    table = _values(page, "effect")
    own = [row for row in table if "(ce client)" in row[0]]
    if len(own) != 1 or value_text(stored, feature, FRENCH) not in own[0][0]:
        yield f"{client_id}: the effect of {name} marks {own}, not {stored}"
    elif own[0][1] != percent(probability, FRENCH, 2):
        yield f"{client_id}: the effect of {name} is marked at {own[0][1]}, not {probability}"
    if not is_in_rows(feature) and _trace(page, "effect", "client")["y"] != [probability]:
        yield f"{client_id}: the mark on the effect of {name} is not at the client's risk"


def _file_faults(services: LoadedServices, browser: FlaskClient, client_id: int) -> Iterator[str]:
    facts, themes = services.facts(client_id), sorted({feature.theme for feature in services.model.features})
    theme = themes[client_id % len(themes)]
    told = _text(rendered_page(browser, f"?client={client_id}&section=file&theme={theme}"))
    for feature in services.model.features:
        label, value = feature_label(feature, FRENCH), value_text(facts.features[feature.name], feature, FRENCH)
        if feature.theme == theme and f"{label}|{value}|" not in told:
            yield f"{client_id}: the file does not say {label}: {value}"


def _compare_faults(services: LoadedServices, browser: FlaskClient, client_id: int) -> Iterator[str]:
    name, group = _feature_to_try(services, client_id), [Group(base) for base in GroupName][client_id % len(GroupName)]
    page = rendered_page(browser, f"?client={client_id}&section=compare&feature={name}&group={group}")
    yield from _comparison_faults(services, page, client_id, name, group)
    yield from _cross_faults(services, page, client_id, name, group)
    yield from _profile_faults(services, page, client_id, group)


def _comparison_faults(services: LoadedServices, page: Any, client_id: int, name: str, group: Group) -> Iterator[str]:
    stored = services.facts(client_id).features[name]
    feature = next(item for item in services.model.features if item.name == name)
    comparison = with_readable_bars(services.compare(client_id, name, group), feature)
    lines = [
        shape for shape in _figure(page, "comparison")["layout"].get("shapes", []) if shape.get("name") == "client"
    ]
    if comparison.value != stored:
        yield f"{client_id}: compared as {comparison.value}, not {stored}"
    for line in lines:
        place = comparison.client_bin
        own = comparison.bins[place] if place is not None else None
        if place is None or own is None:
            yield f"{client_id}: a mark on {name} among {group}, where no bar holds {stored}"
        elif isinstance(stored, float) and own.low is not None and own.high is not None:
            shown = own.low + (line["x0"] + 0.5 - place) * (own.high - own.low)
            if abs(shown - stored) > _CLOSE * max(1.0, abs(stored)):
                yield f"{client_id}: marked at {shown} of {name} among {group}, not {stored}"
    marked = [row for row in _values(page, "comparison") if "(ce client)" in row[0]]
    if comparison.client_bin is not None and len(marked) != 1:
        yield f"{client_id}: {len(marked)} bars of {name} are marked among {group}"


def _cross_faults(services: LoadedServices, page: Any, client_id: int, name: str, group: Group) -> Iterator[str]:
    """The ring of the two-fact chart lies in the cell of both stored values, and nothing is drawn over it."""
    figure = _figure(page, "cross")
    ring = figure["data"][-1]
    if ring["name"] != "client" or len(ring["x"]) != 1:
        yield f"{client_id}: the client's ring is not on top of the two-fact chart of {name}"
        return
    other = "income" if name != "income" else "credit_amount"
    crossed = services.cross(client_id, _across_and_up(services, name, other), group)
    stored = services.facts(client_id).features
    up = crossed.y.bars if crossed.y.bars[0].category is None else crossed.y.bars[::-1]
    for axis, bars, place in ((crossed.x, crossed.x.bars, ring["x"][0]), (crossed.y, up, ring["y"][0])):
        bar, value = bars[place], stored[axis.feature]
        inside = (
            (bar.low is None or value >= bar.low) and (bar.high is None or value < bar.high)
            if isinstance(value, float)
            else bar.low is None is bar.high and bar.category == value
        )
        if axis.value != value or not inside:
            yield f"{client_id}: the ring on {axis.feature} lies in {bar}, not at {value}"


def _across_and_up(services: LoadedServices, first: str, second: str) -> tuple[str, str]:
    is_category = {item.name: item.is_categorical for item in services.model.features}
    return (second, first) if is_category[first] and not is_category[second] else (first, second)


def _profile_faults(services: LoadedServices, page: Any, client_id: int, group: Group) -> Iterator[str]:
    """Every row of the profile tells the stored value."""
    told = {row[0]: row[1] for row in _values(page, "profile-table")}
    facts = services.facts(client_id)
    for row in services.profile(client_id, group).rows:
        feature = services.model.fact(row.feature)
        assert feature is not None
        stored = {**facts.features, **facts.described}[row.feature]
        wanted = value_text(stored, feature, FRENCH)
        if told.get(feature_label(feature, FRENCH)) != wanted:
            yield f"{client_id}: the profile tells {told.get(feature_label(feature, FRENCH))}, not {wanted}"


def _feature_to_try(services: LoadedServices, client_id: int) -> str:
    """One feature, another for other clients; every third time a category."""
    features = services.model.features
    categories = [feature.name for feature in features if feature.is_categorical]
    names = categories if client_id % 3 == 0 else [feature.name for feature in features]
    return names[client_id // 3 % len(names)]


def _trace(page: Any, chart: str, name: str) -> dict[str, Any]:
    (found,) = (trace for trace in _figure(page, chart)["data"] if trace["name"] == name)
    return dict(found)


def _figure(page: Any, chart: str) -> dict[str, Any]:
    (found,) = (item["figure"] for item in components(page) if item.get("id") == f"{chart}-graph")
    return dict(found)


def _values(page: Any, chart: str) -> list[list[str]]:
    """Cells of the table beneath a chart, row by row, without the head."""
    (box,) = (item for item in components(page) if item.get("id") == chart)
    rows = [list(_strings(item["children"])) for item in _typed(box, "Tr")]
    return rows[1:]


def _typed(tree: Any, kind: str) -> Iterator[dict[str, Any]]:
    if isinstance(tree, dict):
        if tree.get("type") == kind:
            yield tree["props"]
        for value in tree.values():
            yield from _typed(value, kind)
    elif isinstance(tree, list):
        for value in tree:
            yield from _typed(value, kind)


def _text(page: Any) -> str:
    """All texts of the page in order, with a bar between pieces."""
    return "|".join(_strings(page["shell-content"]["content"]))


def _without_spaces(text: str) -> str:
    """A sentence as it reads when its parts stand in several elements."""
    return re.sub(r"[\s|]+", "", text)


def _strings(tree: Any) -> Iterator[str]:
    if isinstance(tree, str):
        yield tree
    elif isinstance(tree, list):
        for value in tree:
            yield from _strings(value)
    elif isinstance(tree, dict) and "props" in tree:
        yield from _strings(tree["props"].get("children"))
