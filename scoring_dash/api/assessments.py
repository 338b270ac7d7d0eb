"""``POST assessments``: applications that no portfolio holds, assessed as any other; nothing of them is stored."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from types import MappingProxyType
from typing import Any, Final

from flask import Blueprint, Response, request

from scoring_dash.api.problems import problem
from scoring_dash.api.requests import current_services, read_language
from scoring_dash.api.serialise import Document, assessment_document, json_response
from scoring_dash.assessment.new_applications import NO_NUMBER
from scoring_dash.core.new_application import MOST_BYTES, ApplicationFault, ApplicationFaultsError, FaultCode
from scoring_dash.core.results import Assessment
from scoring_dash.data.new_application.applications import NewApplications
from scoring_dash.data.new_application.faults import refusal
from scoring_dash.data.new_application.opening import drain
from scoring_dash.data.new_application.read import FileForm, read_applications
from scoring_dash.data.new_application.sent import read_json_sent
from scoring_dash.i18n.catalogue import Texts, load_texts
from scoring_dash.i18n.new_application import fault_text
from scoring_dash.services import ModelSummary

assessments = Blueprint("assessments", __name__, url_prefix="/api/v1")

_FORMS: Final = MappingProxyType({"application/json": FileForm.JSON, "text/csv": FileForm.CSV})
_NOT_READ: Final = frozenset(
    {FaultCode.EMPTY_FILE, FaultCode.WRONG_ENCODING, FaultCode.WRONG_FORMAT, FaultCode.DAMAGED}
)
"""The body is not what its type says; everything else is understood, and refused."""


@assessments.post("/assessments")
def post_assessments() -> Response:
    """Assess one application, or a list of them, given by the raw columns of the table of applications.

    An object with the key ``application`` holds tables instead: the applications, and beside them what is known of the
    clients' past (``bureau`` and the others, each a list of objects).
    """
    form = _FORMS.get(request.mimetype)
    if form is None:
        return problem(415, "Unsupported media type", f"The body must be {' or '.join(_FORMS)}.")
    texts, services = load_texts(read_language()), current_services()
    try:
        if (request.content_length or 0) > MOST_BYTES:
            return _refusal(refusal(FaultCode.TOO_LARGE), texts)
        with TemporaryDirectory(prefix="scoring-dash-") as directory:
            applications = _read(form, Path(directory))
            found = services.assess_new(applications)  # what was sent of the past is computed at once
    except ApplicationFaultsError as error:
        drain(request.stream)
        return _refusal(error, texts)
    return Response(_written(applications, found, services.model, texts), mimetype="application/json")


def fault_documents(faults: Sequence[ApplicationFault], texts: Texts) -> list[Document]:
    """Faults by row and column, with their sentences."""
    documents = []
    for fault in faults:
        told = fault_text(fault, texts)
        documents.append(
            {
                "code": fault.code,
                "table": fault.table,
                "row": fault.row,
                "column": fault.column,
                "label": told.label,
                "value": fault.value,
                "allowed": list(fault.candidates),
                "text": told.sentences,
            }
        )
    return documents


def _read(form: FileForm, directory: Path) -> NewApplications:
    if form is FileForm.JSON:
        return read_json_sent(request.stream, directory)
    return read_applications(request.stream, form)


def _refusal(error: ApplicationFaultsError, texts: Texts) -> Response:
    codes = {fault.code for fault in error.faults}
    status = 413 if codes & {FaultCode.TOO_LARGE, FaultCode.TOO_MANY_ROWS} else 400 if codes & _NOT_READ else 422
    count = len(error.faults) + error.more
    document: dict[str, Any] = {
        "type": "about:blank",
        "title": "Invalid applications",
        "status": status,
        "detail": f"{count} fault{'' if count == 1 else 's'} found; nothing was assessed.",
        "instance": request.path,
        "faults": fault_documents(error.faults, texts),
        "more_faults": error.more,
    }
    return json_response(document, status=status, mimetype="application/problem+json")


def _written(
    applications: NewApplications, found: Iterator[Assessment], model: ModelSummary, texts: Texts
) -> Iterator[str]:
    """One JSON document, written as the assessments are computed: ten thousand of them never stand in memory."""
    opening = {
        "model_version": model.version,
        "ignored_columns": list(applications.ignored),
        "absent_columns": sorted(applications.absent),
    }
    yield json.dumps(opening, ensure_ascii=False)[:-1] + ', "items": ['
    for place, assessment in enumerate(found):
        document = assessment_document(assessment, model, texts)
        if assessment.client_id == NO_NUMBER:
            document["client_id"] = None
        yield (", " if place else "") + json.dumps(document, ensure_ascii=False, allow_nan=False)
    yield "]}"
