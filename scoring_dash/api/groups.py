"""Routes about groups: a client among past files, the files most like him, and groups by themselves."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Any

from flask import Blueprint, Response, request

from scoring_dash.api.requests import current_services, read_language, read_limit
from scoring_dash.api.serialise import Document, json_response
from scoring_dash.core.client_id import parse_client_id
from scoring_dash.core.comparisons import (
    OTHERS,
    Axis,
    BarBounds,
    Comparison,
    CrossComparison,
    GroupSummary,
    Profile,
    SimilarFiles,
)
from scoring_dash.core.errors import InvalidRequestError
from scoring_dash.core.groups import FEWEST_FILES, Group, read_group
from scoring_dash.i18n.catalogue import load_texts
from scoring_dash.i18n.groups import group_text, withheld_sentence
from scoring_dash.services import Services

_MOST_SIMILAR = 500
_DEFAULT_SIMILAR = 20
_OWN_PARAMETERS = frozenset({"group", "client", "lang"})
_BOTH, _ACROSS, _UP = "xy", "x", "y"

groups = Blueprint("groups", __name__, url_prefix="/api/v1")


@groups.get("/clients/<client_id>/similar")
def get_similar(client_id: str) -> Response:
    """The past files most like a client, nearest first, and in what they are alike."""
    limit = read_limit(_DEFAULT_SIMILAR, most=_MOST_SIMILAR)
    return json_response(similar_document(current_services().similar(parse_client_id(client_id), limit=limit)))


@groups.get("/clients/<client_id>/comparison")
def get_comparison(client_id: str) -> Response:
    """One fact, or two with ``by=``, of a client among a group."""
    services, number, group = current_services(), parse_client_id(client_id), _read_group()
    feature, second = request.args.get("feature", ""), request.args.get("by")
    if second is None:
        document = comparison_document(services.compare(number, feature, group))
    else:
        document = cross_document(services.cross(number, (feature, second), group, log=_read_log()))
    return json_response({**document, **_words(group, number, services, is_withheld=bool(document["withheld"]))})


@groups.get("/clients/<client_id>/profile")
def get_profile(client_id: str) -> Response:
    """A client's main facts beside a group, what differs most first."""
    services, number, group = current_services(), parse_client_id(client_id), _read_group()
    document = profile_document(services.profile(number, group))
    return json_response({**document, **_words(group, number, services, is_withheld=bool(document["withheld"]))})


@groups.get("/groups/summary")
def get_summary() -> Response:
    """Size and outcome of a group; conditions as one text in ``group=`` or one by one, such as ``income=..90000``."""
    services, client = current_services(), request.args.get("client")
    number = None if client is None else parse_client_id(client)
    group = _with_conditions(_read_group(), request.args)
    document = summary_document(services.summarise(group, number))
    return json_response({**document, **_words(group, number, services, is_withheld=bool(document["withheld"]))})


def comparison_document(comparison: Comparison) -> Document:
    """``GET clients/{id}/comparison?feature=``."""
    return {**asdict(comparison), "group": str(comparison.group), "withheld": comparison.is_withheld}


def cross_document(comparison: CrossComparison) -> Document:
    """``GET clients/{id}/comparison?feature=&by=``; a bar of several rare categories names them in ``categories``."""
    document = asdict(comparison)
    axes = {"x": _axis(comparison.x), "y": _axis(comparison.y)}
    return {**document, **axes, "group": str(comparison.group), "withheld": comparison.is_withheld}


def profile_document(profile: Profile) -> Document:
    """``GET clients/{id}/profile``."""
    return {**asdict(profile), "group": str(profile.group), "withheld": profile.group_size < FEWEST_FILES}


def summary_document(summary: GroupSummary) -> Document:
    """``GET groups/summary``."""
    return {**asdict(summary), "group": str(summary.group), "withheld": summary.is_withheld}


def similar_document(similar: SimilarFiles) -> Document:
    """``GET clients/{id}/similar``; distances and gaps in log-odds."""
    return {
        "client_id": similar.client_id,
        "items": [asdict(item) for item in similar.files],
        "observed": None if similar.observed is None else asdict(similar.observed),
        "themes": [asdict(item) for item in similar.themes],
    }


def _axis(axis: Axis) -> Document:
    bars = [_bar(bar, axis.rest) for bar in axis.bars]
    return {**asdict(axis), "bars": bars, "rest": list(axis.rest)}


def _bar(bar: BarBounds, rest: Sequence[str]) -> Document:
    if bar.category == OTHERS:
        return {"low": None, "high": None, "category": None, "categories": list(rest)}
    return asdict(bar)


def _read_group() -> Group:
    return read_group(request.args.get("group", ""))


def _with_conditions(group: Group, parameters: Mapping[str, str]) -> Group:
    """The group with the conditions that stand as parameters of their own."""
    more = [f"{name}{value}" if value.startswith("~") else f"{name}:{value}" for name, value in parameters.items()
            if name not in _OWN_PARAMETERS]  # fmt: skip
    return read_group(";".join([str(group), *more])) if more else group


def _read_log() -> tuple[bool, bool]:
    text = request.args.get("log", "")
    if text not in ("", _ACROSS, _UP, _BOTH):
        raise InvalidRequestError("log", text, f"{_ACROSS}, {_UP} or {_BOTH}")
    return _ACROSS in text, _UP in text


def _words(group: Group, client: int | None, services: Services, *, is_withheld: bool) -> dict[str, Any]:
    """What the numbers are about, in the language asked for; and why there are none, where there are none."""
    texts = load_texts(read_language())
    facts = None if client is None else services.facts(client)
    values = {} if facts is None else {**facts.described, **facts.features}
    told = group_text(group, services.model.fact, values.get, texts)
    told_why = {"withheld_text": withheld_sentence(texts)} if is_withheld else {}
    return {"text": told, **told_why, "model_version": services.model.version}
