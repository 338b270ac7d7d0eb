"""Groups over HTTP: the engine's numbers, those of the screen, and a reason wherever there is no number."""

from __future__ import annotations

import json
import re
from pathlib import Path
from urllib.parse import quote

import pytest
from flask.testing import FlaskClient
from support.screen import components, rendered_page

from scoring_dash.api.routes import register_api
from scoring_dash.bootstrap import LoadedServices, load_services
from scoring_dash.core.groups import read_group
from scoring_dash.i18n.catalogue import Language, load_texts
from scoring_dash.i18n.numbers import number, percent
from scoring_dash.web.app import create_dash

ENGLISH = load_texts(Language.ENGLISH)
ASSETS = Path(__file__).resolve().parents[3] / "assets"
GROUPS = ("all", "similar", "same_risk", "same_recommendation", "income_type~", "credit_amount~50%;bureau_count:1..5")


@pytest.fixture(scope="module")
def services(tiny_artifacts: Path) -> LoadedServices:
    return load_services(tiny_artifacts)


@pytest.fixture(scope="module")
def browser(services: LoadedServices) -> FlaskClient:
    app = create_dash(services, assets=ASSETS)
    register_api(app.server, services)
    return app.server.test_client()


def get(browser: FlaskClient, path: str) -> dict[str, object]:
    answer = browser.get(path)
    assert answer.status_code == 200, answer.text
    return json.loads(answer.text)


def client(services: LoadedServices, place: int = 3) -> int:
    return int(services.portfolio.current.client_ids[place])


@pytest.mark.parametrize("group", GROUPS)
def test_a_comparison_has_the_numbers_of_the_engine(browser: FlaskClient, services: LoadedServices, group: str) -> None:
    number_, wanted = client(services), read_group(group)
    document = get(browser, f"/api/v1/clients/{number_}/comparison?feature=credit_amount&group={quote(group)}")
    found = services.compare(number_, "credit_amount", wanted)
    assert document["group"] == group
    assert (document["value"], document["median"], document["percentile"]) == (
        found.value,
        found.median,
        found.percentile,
    )
    assert [(item["repaid"], item["defaulted"]) for item in document["bins"]] == [
        (item.repaid, item.defaulted) for item in found.bins
    ]
    assert found.observed is not None
    assert document["observed"]["rate"] == found.observed.rate


@pytest.mark.parametrize("group", GROUPS)
def test_the_screen_tells_the_numbers_of_the_interface(
    browser: FlaskClient, services: LoadedServices, group: str
) -> None:
    """Size, rates and every row of the tables, read back from the rendered page."""
    number_, query = client(services, 7), quote(group)
    page = rendered_page(
        browser, f"?client={number_}&section=compare&feature=credit_amount&by=late_share&group={query}&lang=en"
    )
    told = " ".join(text for item in components(page) for text in strings(item.get("children")))
    summary = get(browser, f"/api/v1/groups/summary?client={number_}&group={query}&lang=en")
    assert f"{number(summary['files'], ENGLISH)} past file" in told
    assert percent(summary["observed"]["rate"], ENGLISH) in told
    path = f"/api/v1/clients/{number_}/comparison?feature=credit_amount&group={query}"
    crossed = get(browser, f"{path}&by=late_share")
    rows = table(page, "cross")
    assert [row[2] for row in rows] == [number(cell["files"], ENGLISH) for cell in crossed["cells"]]
    assert [row[3] for row in rows] == [
        "too few files" if cell["observed"] is None else percent(cell["observed"]["rate"], ENGLISH)
        for cell in crossed["cells"]
    ]
    compared = get(browser, path)
    files = sum(int(row[1].replace(",", "")) for row in table(page, "comparison"))
    assert files == compared["group_size"] == summary["files"]
    profile = get(browser, f"/api/v1/clients/{number_}/profile?group={query}&lang=en")
    assert len(table(page, "profile-table")) == len(profile["rows"])
    similar = get(browser, f"/api/v1/clients/{number_}/similar?limit=5")
    assert re.findall(r"risk ([\d.]+%)", told)[:5] == [
        percent(item["probability_of_default"], ENGLISH) for item in similar["items"]
    ]


def strings(tree: object) -> list[str]:
    if isinstance(tree, str):
        return [tree]
    return [text for item in tree for text in strings(item)] if isinstance(tree, list) else []


def table(page: object, identifier: str) -> list[list[str]]:
    """Cells of the table in an element, row by row, without the head."""
    (box,) = (item for item in components(page) if item.get("id") == identifier)
    rows = [item for item in components(box) if isinstance(item.get("children"), list) and is_row(item)]
    return [[str(cell["props"]["children"]) for cell in row["children"]] for row in rows][1:]


def is_row(item: dict[str, object]) -> bool:
    children = item["children"]
    return (
        isinstance(children, list)
        and bool(children)
        and all(isinstance(child, dict) and child.get("type") in ("Th", "Td") for child in children)
    )


def test_conditions_may_stand_as_parameters(browser: FlaskClient) -> None:
    one = get(browser, "/api/v1/groups/summary?income_type=Working&credit_amount=200000..")
    other = get(browser, "/api/v1/groups/summary?group=income_type:Working;credit_amount:200000..")
    assert one == other
    assert one["group"] == "income_type:Working;credit_amount:200000.."
    assert [facet["field"] for facet in one["facets"]] == ["income_type", "credit_amount"]


def test_too_small_a_group_tells_its_size_and_why_no_more(browser: FlaskClient, services: LoadedServices) -> None:
    path = f"clients/{client(services)}/comparison?feature=credit_amount&group=credit_amount:..1"
    document = get(browser, f"/api/v1/{path}&lang=en")
    assert (document["withheld"], document["group_size"]) == (True, 0)
    assert (document["observed"], document["median"], document["bins"]) == (None, None, [])
    assert document["withheld_text"].startswith("Fewer than 30 files")


@pytest.mark.parametrize(
    ("path", "said"),
    [
        ("clients/{client}/comparison?feature=nope", "feature is 'nope'"),
        ("clients/{client}/comparison?feature=credit_amount&by=nope", "feature is 'nope'"),
        ("clients/{client}/comparison?feature=credit_amount&group=nobody", "group is 'nobody'"),
        ("clients/{client}/comparison?feature=credit_amount&by=late_share&log=z", "log is 'z'; allowed: x, y or xy"),
        ("clients/{client}/similar?limit=501", "limit is 501; allowed: a whole number from 1 to 500"),
        ("clients/{client}/profile?group=income_type:Nobody", "allowed: values of income_type: Pensioner, Working, ?"),
        ("groups/summary?group=similar", "a group without a client"),
        ("groups/summary?nope=1..2", "group is 'nope'"),
        ("groups/summary?credit_amount=1..2&group=credit_amount:3..", "each field in one condition at most"),
    ],
)
def test_problems_say_what_is_allowed(browser: FlaskClient, services: LoadedServices, path: str, said: str) -> None:
    answer = browser.get("/api/v1/" + path.format(client=client(services)))
    assert answer.status_code == 400
    assert said in json.loads(answer.text)["detail"]
    assert browser.get("/api/v1/clients/1/similar").status_code == 404
