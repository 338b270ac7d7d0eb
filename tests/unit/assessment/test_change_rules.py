"""The rules of a simulation: what may change, within which bounds, and what follows."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from support.shipped import shipped_clients, shipped_services
from support.tiny_model import load_tiny

from scoring_dash.assessment.change_rules import DOCUMENTS, ChangeRules, needs_duration
from scoring_dash.assessment.check_changes import check_changes
from scoring_dash.assessment.scenario_rows import ScenarioRows
from scoring_dash.bootstrap import LoadedServices
from scoring_dash.core.simulation import (
    NO_CHANGES,
    ChangeField,
    ChangeOption,
    Changes,
    FaultKind,
    InvalidChangesError,
    WhyNot,
)
from scoring_dash.core.words import Book
from scoring_dash.data.assemble import ALL_DEFINITIONS
from scoring_dash.model.description import ModelDescription

CLIENT = shipped_clients(Book.CURRENT, every=10_000)[0]
DOCUMENT_COUNT = next(item.feature for item in ALL_DEFINITIONS if item.name == "document_count")


@pytest.fixture(scope="module")
def reading_documents() -> ModelDescription:
    """The shipped model's description, as if it read the documents too."""
    description = shipped_services().package.description
    return replace(description, features=(*description.features, DOCUMENT_COUNT))


def option_of(rules: ChangeRules, field: ChangeField, changes: Changes = NO_CHANGES) -> ChangeOption:
    application = shipped_services()._client(CLIENT)[1]
    return {option.field: option for option in rules.options(application, changes)}[field]


def test_bounds_are_whole_thousands_that_past_files_held() -> None:
    records = shipped_services().portfolio.past.applications
    rules = shipped_services()._desk._rules
    for field, column in (
        (ChangeField.AMOUNT, "AMT_CREDIT"),
        (ChangeField.PRICE, "AMT_GOODS_PRICE"),
        (ChangeField.INCOME, "AMT_INCOME_TOTAL"),
    ):
        option = option_of(rules, field)
        low, high = float(np.nanmin(records[column])), float(np.nanmax(records[column]))
        assert option.low is not None and option.high is not None
        assert low <= option.low < low + 1_000 and high - 1_000 < option.high <= high
        assert option.low % 1_000 == option.high % 1_000 == 0


def test_documents_are_offered_where_the_model_reads_them_and_only_more_of_them(
    reading_documents: ModelDescription,
) -> None:
    services = shipped_services()
    assert option_of(services._desk._rules, ChangeField.DOCUMENTS).why_not is WhyNot.NOT_READ
    rules = ChangeRules(reading_documents, services.portfolio)
    row, application = services._client(CLIENT)
    own = sum(float(application[name] or 0) for name in DOCUMENTS)
    option = option_of(rules, ChangeField.DOCUMENTS)
    assert (option.value, option.low, option.high, option.why_not) == (own, own, 20, None)
    with pytest.raises(InvalidChangesError) as found:
        check_changes([("documents", own - 1)], rules, application)
    assert [fault.kind for fault in found.value.faults] == [FaultKind.OUT_OF_RANGE]
    changes = check_changes([("documents", own + 3)], rules, application)
    moved = rules.apply(changes, application)
    assert list(moved.values()) == [1.0] * 3
    assert all(application[name] == 0 for name in moved)
    scenarios = ScenarioRows(reading_documents, services.portfolio.text_values)
    longer = replace(row, features=np.append(row.features, [[np.float32(own)]], axis=1))
    found_row = scenarios.rows(longer, application, {name: [value] for name, value in moved.items()})
    assert found_row[0, -1] == own + 3


def test_a_down_payment_may_be_all_but_the_smallest_credit() -> None:
    rules = shipped_services()._desk._rules
    option = option_of(rules, ChangeField.DOWN_PAYMENT, Changes(amount=100_000.0))
    assert (option.low, option.high) == (0, 100_000 - 45_000)
    assert option_of(rules, ChangeField.DOWN_PAYMENT, Changes(amount=45_000.0)).why_not is WhyNot.NO_ROOM


def test_a_personal_loan_that_was_none_needs_a_duration() -> None:
    turned = Changes(contract="Cash loans")
    assert needs_duration(turned, {"NAME_CONTRACT_TYPE": "Revolving loans"})
    assert not needs_duration(replace(turned, duration=12.0), {"NAME_CONTRACT_TYPE": "Revolving loans"})
    assert not needs_duration(turned, {"NAME_CONTRACT_TYPE": "Cash loans"})


def test_a_model_that_reads_little_offers_little(tmp_path_factory: pytest.TempPathFactory) -> None:
    """The smallest portfolio: an amount and a source of income, neither instalment nor price nor documents."""
    services: LoadedServices = load_tiny(tmp_path_factory.mktemp("little") / "artifacts")
    client = int(services.portfolio.current.client_ids[0])
    offered = {option.field for option in services.change_options(client, NO_CHANGES) if option.why_not is None}
    assert offered <= {ChangeField.AMOUNT, ChangeField.DOWN_PAYMENT, ChangeField.INCOME_TYPE}
    assert services.simulate(client, NO_CHANGES).after == services.assess(client)
    offers = services.offers(client, NO_CHANGES)
    assert offers.map is None
    with pytest.raises(InvalidChangesError):
        services.read_changes(client, [("duration", 12)])
