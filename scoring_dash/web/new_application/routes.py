"""Where the page of new applications sends its form and its files: answers of this server's pages only, never stored.

A form is answered with the page drawn anew; a file with lines of JSON, one for each step of the work, the last with
the page and the results to download. Personal data travels in the body alone, never in an address.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final

import dash
from flask import Blueprint, Response, request
from plotly.utils import PlotlyJSONEncoder

from scoring_dash.assessment.table import COLUMNS, as_csv, cells
from scoring_dash.core.errors import InvalidRequestError
from scoring_dash.core.new_application import MOST_BYTES, ApplicationFaultsError, FaultCode
from scoring_dash.core.results import Assessment
from scoring_dash.data.new_application.applications import NewApplications
from scoring_dash.data.new_application.columns import COLUMNS as READ
from scoring_dash.data.new_application.faults import refusal
from scoring_dash.data.new_application.form import FIELDS, read_form
from scoring_dash.data.new_application.opening import drain
from scoring_dash.data.new_application.read import FileForm, read_applications
from scoring_dash.data.new_application.sent import read_files, read_json_sent
from scoring_dash.i18n.catalogue import Language, Texts
from scoring_dash.i18n.new_application_form import answer_fault
from scoring_dash.services import ModelSummary, Services
from scoring_dash.web.new_application.file_results import faults_card, results_card
from scoring_dash.web.new_application.form import Answers
from scoring_dash.web.new_application.page import TEMPLATE_PATH, assessment_cards, new_application_page
from scoring_dash.web.protection import is_same_origin, problem, read_body

LARGEST_FORM: Final = 16 * 1024
_STEP: Final = 100
"""Rows between two reports of how far the work is."""

_SEVERAL: Final = "multipart/form-data"
_FILE_TYPES: Final[Mapping[str, FileForm]] = {"text/csv": FileForm.CSV, "application/json": FileForm.JSON}


def register(app: dash.Dash, services: Services, texts: Mapping[Language, Texts]) -> None:
    """Add the routes to the server of the screen."""
    prefix = app.config.routes_pathname_prefix
    routes = Blueprint("new_application", __name__, url_prefix=prefix.rstrip("/") or None)

    @routes.before_request
    def refuse_strangers() -> Response | None:
        if request.method == "POST" and not is_same_origin(dict(request.headers), request.host):
            return problem(403, "New applications are taken from pages of this server only.")
        return None

    @routes.post("/new-application/form")
    def take_form() -> Response:
        words = texts[_language()]
        try:
            return _answer(form_content(_form_answers(), services, words))
        except InvalidRequestError as error:
            return problem(400, str(error))

    @routes.post("/new-application/file")
    def take_file() -> Response:
        if request.mimetype not in (*_FILE_TYPES, _SEVERAL):
            return problem(415, f"The body must be {' or '.join((*_FILE_TYPES, _SEVERAL))}.")
        return _file_answer(services, texts[_language()])

    @routes.get(f"/{TEMPLATE_PATH}")
    def columns_file() -> Response:
        headers = {"Content-Disposition": "attachment; filename=applications.csv"}
        return Response(as_csv([tuple(READ)]), mimetype="text/csv", headers=headers)

    app.server.register_blueprint(routes)


def form_content(answers: Mapping[str, str], services: Services, texts: Texts) -> list[Any]:
    """The page after a form was sent: its result, or what is wrong beside each answer."""
    try:
        applications = read_form(answers)
    except ApplicationFaultsError as error:
        by_column = {fault.column: fault for fault in error.faults}
        faults = {
            field.name: answer_fault(field, by_column[field.column], texts)
            for field in FIELDS
            if field.column in by_column
        }
        return new_application_page(services.model, texts, answers=Answers(answers, faults))
    (assessment,) = services.assess_new(applications)
    cards = assessment_cards(assessment, services.gaps_of_new(applications), services.model, texts)
    return new_application_page(services.model, texts, answers=Answers(answers), found=cards)


def file_steps(
    applications: NewApplications, found: Iterator[Assessment], model: ModelSummary, texts: Texts
) -> Iterator[dict[str, Any]]:
    """How far the work is, then the page with the first results, and all of them as CSV."""
    assessments = []
    for assessment in found:
        assessments.append(assessment)
        if len(assessments) % _STEP == 0:
            yield {"done": len(assessments), "all": len(applications)}
    card = results_card(assessments, applications, texts)
    yield {
        "content": new_application_page(model, texts, found=[card]),
        "csv": as_csv([COLUMNS, *(cells(item) for item in assessments)]),
    }


def _file_answer(services: Services, texts: Texts) -> Response:
    if (request.content_length or 0) > MOST_BYTES:
        return _refused(refusal(FaultCode.TOO_LARGE), services.model, texts)
    try:
        with TemporaryDirectory(prefix="scoring-dash-") as directory:
            applications = _read(Path(directory))
            assessed = services.assess_new(applications)  # what was sent of the past is computed at once
    except ApplicationFaultsError as error:
        drain(request.stream)
        return _refused(error, services.model, texts)
    lines = (_json(step) + "\n" for step in file_steps(applications, assessed, services.model, texts))
    return Response(lines, mimetype="application/x-ndjson")


def _refused(error: ApplicationFaultsError, model: ModelSummary, texts: Texts) -> Response:
    return _answer(new_application_page(model, texts, found=[faults_card(error, texts)]))


def _read(directory: Path) -> NewApplications:
    if request.mimetype == _SEVERAL:
        request.max_content_length = MOST_BYTES
        files = request.files.getlist("files")
        return read_files([(file.filename or "", file.stream) for file in files], directory)
    if _FILE_TYPES[request.mimetype] is FileForm.JSON:
        return read_json_sent(request.stream, directory)
    return read_applications(request.stream, FileForm.CSV)


def _form_answers() -> dict[str, str]:
    """The answers of the body; :func:`read_form` checks their names and lengths."""
    if not request.is_json:
        raise InvalidRequestError("body", request.mimetype, "application/json")
    if (request.content_length or 0) > LARGEST_FORM:
        raise InvalidRequestError("body", f"{request.content_length} bytes", f"at most {LARGEST_FORM} bytes")
    request.max_content_length = LARGEST_FORM
    body = read_body(request.get_data())
    if not isinstance(body, dict) or not all(isinstance(answer, str) for answer in body.values()):
        raise InvalidRequestError("body", type(body).__name__, "an object of texts, by name of the field")
    return body


def _language() -> Language:
    return Language.ENGLISH if request.args.get("lang") == Language.ENGLISH else Language.FRENCH


def _answer(content: list[Any]) -> Response:
    return Response(_json({"content": content}), mimetype="application/json")


def _json(content: object) -> str:
    return json.dumps(content, cls=PlotlyJSONEncoder, ensure_ascii=False)
