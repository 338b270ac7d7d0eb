"""A simulation against the code that trains, and what every client is promised."""

from __future__ import annotations

import random
from dataclasses import asdict, replace
from typing import Any

import numpy as np
import pytest
from support.feature_tables import TYPICAL_INCOMES, features_by_client, tiny_raw
from support.shipped import shipped_clients, shipped_services

from scoring_dash.assessment.engine import ClientRow
from scoring_dash.assessment.scenario_rows import ScenarioRows
from scoring_dash.core.results import FeatureValue, Reason
from scoring_dash.core.simulation import NO_CHANGES, ChangeField, ChangeOption, Changes, Move
from scoring_dash.core.words import Book, Direction, Recommendation, TableName, Theme
from scoring_dash.data.assemble import ALL_DEFINITIONS
from scoring_dash.data.schema import TABLES, ColumnKind

APPLICATION = TableName.APPLICATION_TRAIN
RANK = list(Recommendation)


def random_changes(client: int, chance: random.Random) -> Changes:
    """Some allowed changes of a client, each field drawn within its bounds."""
    services = shipped_services()
    entries: dict[ChangeField, object] = {}
    for option in services.change_options(client, NO_CHANGES):
        if option.why_not is None and chance.random() < 0.4:
            entries[option.field] = random_value(option, chance)
    if entries.get(ChangeField.CONTRACT) == "Revolving loans":
        entries.pop(ChangeField.DURATION, None)
    elif ChangeField.CONTRACT in entries:
        entries[ChangeField.DURATION] = chance.randint(6, 60)
    entries.pop(ChangeField.DOWN_PAYMENT, None)
    return services.read_changes(client, [(str(field), value) for field, value in entries.items()])


def random_value(option: ChangeOption, chance: random.Random) -> object:
    if option.categories:
        return chance.choice(option.categories)
    assert option.low is not None and option.high is not None
    if option.is_whole:
        return chance.randint(int(option.low), int(option.high))
    return round(chance.uniform(option.low, option.high), chance.choice([0, 2]))


@pytest.mark.parametrize(("book", "every"), [(Book.CURRENT, 8), (Book.PAST, 60)])
def test_without_a_change_every_bit_is_that_of_the_assessment(book: Book, every: int) -> None:
    services = shipped_services()
    for client in shipped_clients(book, every=every):
        simulation = services.simulate(client, NO_CHANGES)
        assert asdict(simulation.after) == asdict(services.assess(client))
        assert simulation.facts == ()
        assert {item.move for item in simulation.reasons} <= {Move.SAME}


def test_rebuilding_what_is_entered_again_gives_the_same_bits() -> None:
    """Formulas that run on unchanged raw values give the stored row: a simulation starts from nothing else."""
    services = shipped_services()
    scenarios = ScenarioRows(services.package.description, services.portfolio.text_values)
    for book in Book:
        for client in shipped_clients(book, every=40 if book is Book.PAST else 10):
            book_of, place = services.portfolio.find(client) or (book, -1)
            row = services.portfolio.book(book_of).feature_row(place)
            application = services.portfolio.application(book_of, place)
            again = scenarios.rows(
                ClientRow(client, book, row, 0), application, {name: [value] for name, value in application.items()}
            )
            assert np.array_equal(again.view(np.int32), row.view(np.int32))


def cleaned(name: str, value: Any) -> FeatureValue:
    column = TABLES[APPLICATION].column(name)
    return None if value is None or value in column.sentinels else value


def as_stored(value: Any, codes: dict[str, float] | None) -> np.float32:
    if value is None:
        return np.float32(np.nan)
    return np.float32(codes.get(value, np.nan) if codes is not None else value) + np.float32(0)


def test_derived_features_are_those_that_the_training_code_computes_from_the_changed_rows() -> None:
    """Thousands of random clients: their raw rows changed and trained on anew, against the row of the simulation."""
    chance, clients = random.Random(5), 2_500
    raw = tiny_raw(clients=clients, seed=3)
    raw[TableName.APPLICATION_TEST] = []
    before = features_by_client(raw)
    changed_rows, moves = [], []
    for row in raw[APPLICATION]:
        move = random_raw_move(row, chance)
        moves.append(move)
        changed_rows.append({**row, **move})
    after = features_by_client({**raw, APPLICATION: changed_rows})
    names = [item.name for item in ALL_DEFINITIONS if item.name in next(iter(before.values()))]
    categories = {
        item.name: tuple(sorted({str(values[item.name]) for values in before.values()} - {"None"}))
        for item in ALL_DEFINITIONS
        if item.feature.is_categorical and item.name in names
    }
    shipped = shipped_services().package.description
    description = replace(
        shipped,
        features=tuple(item.feature for item in ALL_DEFINITIONS if item.name in names),
        categories=categories,
        typical_incomes=TYPICAL_INCOMES,
    )
    text = [column.name for column in TABLES[APPLICATION].columns if column.kind is ColumnKind.TEXT]
    scenarios = ScenarioRows(description, text)
    codes = {name: {value: float(i) for i, value in enumerate(values)} for name, values in categories.items()}
    wrong: dict[str, int] = {}
    for row, move in zip(raw[APPLICATION], moves, strict=True):
        number = row["SK_ID_CURR"]
        stored, wanted = (
            np.array([[as_stored(values[number][name], codes.get(name)) for name in names]], dtype=np.float32)
            for values in (before, after)
        )
        application = {
            name: cleaned(name, value) for name, value in row.items() if name not in ("SK_ID_CURR", "TARGET")
        }
        found = scenarios.rows(
            ClientRow(number, Book.PAST, stored, 0), application, {name: [value] for name, value in move.items()}
        )
        same = np.array_equal(
            found[0].view(np.int32)[~np.isnan(found[0])], wanted[0].view(np.int32)[~np.isnan(wanted[0])]
        )
        if not same or not np.array_equal(np.isnan(found), np.isnan(wanted)):
            for name, left, right in zip(names, found[0], wanted[0], strict=True):
                if left.tobytes() != right.tobytes() and not (np.isnan(left) and np.isnan(right)):
                    wrong[name] = wrong.get(name, 0) + 1
    assert wrong == {}
    assert sum(before[row["SK_ID_CURR"]] != after[row["SK_ID_CURR"]] for row in raw[APPLICATION]) > clients / 2


def random_raw_move(row: dict[str, Any], chance: random.Random) -> dict[str, Any]:
    """What changes may do to a raw row, drawn without the product's rules."""
    moves: dict[str, Any] = {"AMT_INCOME_TOTAL": row["AMT_INCOME_TOTAL"]}
    if chance.random() < 0.6:
        moves |= {"AMT_CREDIT": float(chance.randint(45, 2_000) * 1_000)}
        moves |= {"AMT_ANNUITY": moves["AMT_CREDIT"] / chance.uniform(6, 40)}
    if chance.random() < 0.3:
        moves["AMT_GOODS_PRICE"] = round(chance.uniform(40_000, 2e6), 2)
    if chance.random() < 0.3:
        moves["NAME_CONTRACT_TYPE"] = chance.choice(["Cash loans", "Revolving loans"])
    if chance.random() < 0.3:
        moves["AMT_INCOME_TOTAL"] = round(chance.uniform(30_000, 1e6), 2)
    if chance.random() < 0.3:
        moves["OCCUPATION_TYPE"] = chance.choice(["Managers", "Laborers"])
        moves["ORGANIZATION_TYPE"] = chance.choice(["Bank", "School"])
    if chance.random() < 0.3:
        moves |= {f"FLAG_DOCUMENT_{number}": 1 for number in range(2, chance.randint(3, 22))}
    return moves


def test_the_raw_columns_that_a_change_moves_are_those_of_a_plain_reference() -> None:
    services, chance = shipped_services(), random.Random(8)
    seen = set()
    for client in shipped_clients(Book.CURRENT, every=6) + shipped_clients(Book.PAST, every=40):
        own = services.facts(client).application
        changes = random_changes(client, chance)
        moved = services.simulate(client, changes).application
        expected = plain_columns(changes, own, services)
        assert moved.keys() == expected.keys()
        for name, value in expected.items():
            assert moved[name] == (pytest.approx(value, rel=1e-12) if isinstance(value, float) else value)
        seen |= moved.keys()
    assert {"AMT_CREDIT", "AMT_ANNUITY", "AMT_GOODS_PRICE", "NAME_CONTRACT_TYPE", "OCCUPATION_TYPE"} <= seen


def plain_columns(changes: Changes, own: Any, services: Any) -> dict[str, FeatureValue]:
    """The rules once more, written out step by step."""
    found: dict[str, FeatureValue] = {}
    for field, column in (
        (changes.price, "AMT_GOODS_PRICE"), (changes.income, "AMT_INCOME_TOTAL"),
        (changes.contract, "NAME_CONTRACT_TYPE"), (changes.income_type, "NAME_INCOME_TYPE"),
        (changes.occupation, "OCCUPATION_TYPE"), (changes.sector, "ORGANIZATION_TYPE"),
    ):  # fmt: skip
        if field is not None:
            found[column] = field
    if (changes.amount, changes.duration, changes.contract) != (None, None, None):
        amount = changes.amount or own["AMT_CREDIT"]
        found |= {"AMT_CREDIT": amount, "AMT_ANNUITY": plain_instalment(changes, own, amount, services)}
    return found


def plain_instalment(changes: Changes, own: Any, amount: float, services: Any) -> float:
    before, after = own["NAME_CONTRACT_TYPE"], changes.contract or own["NAME_CONTRACT_TYPE"]
    if after == "Revolving loans" and before != after:
        return amount / 20
    if changes.duration is None or after == "Revolving loans":
        return own["AMT_ANNUITY"] * amount / own["AMT_CREDIT"]
    ratio = own["AMT_CREDIT"] / own["AMT_ANNUITY"]
    steps = [(0, 6), (7.75, 12), (10.75, 18), (14, 24), (18, 30), (19, 36), (27, 48), (30.75, 60)]
    likely = [months for edge, months in steps if ratio >= edge][-1]
    cost = 1 / ratio - 1 / likely
    if before == "Revolving loans" or cost <= 0:
        cost = services._desk._rules._usual_cost
    return amount * (1 / changes.duration + cost)


def test_a_past_client_is_scored_by_the_model_that_never_saw_him() -> None:
    services, chance = shipped_services(), random.Random(2)
    past = services.portfolio.past
    for client in shipped_clients(Book.PAST, every=400):
        changes = random_changes(client, chance)
        book, place = services.portfolio.find(client) or (Book.PAST, -1)
        row = services._desk._simulator.changed_row(
            ClientRow(client, book, past.feature_row(place), int(past.models[place])),
            services.portfolio.application(book, place),
            changes,
        )
        margin = services.package.scorer.margin(row.features, int(past.models[place]))[0]
        risk = services.package.description.calibrator.probability(float(margin))
        found = services.simulate(client, changes).after
        assert found.probability_of_default == risk
        assert found.spread_low == found.spread_high == risk


def test_less_asked_for_at_the_same_duration_is_never_worse() -> None:
    """Every current client and a thousand past ones, five smaller amounts each, from the file and from a change."""
    services, chance = shipped_services(), random.Random(4)
    worse = []
    for client in shipped_clients(Book.CURRENT, every=2) + shipped_clients(Book.PAST, every=10):
        asked = services.facts(client).application["AMT_CREDIT"]
        duration = None if chance.random() < 0.5 else float(chance.randint(6, 60))
        is_revolving = services.facts(client).application["NAME_CONTRACT_TYPE"] == "Revolving loans"
        amounts = [*sorted(round(chance.uniform(45_000, asked), 2) for _ in range(5)), asked]
        requests = [Changes(amount=amount, duration=None if is_revolving else duration) for amount in amounts]
        scored = services._desk._offers.requests.of_changes(*services._client(client), requests)
        risks = [item.probability for item in scored]
        ranks = [RANK.index(item.recommendation) for item in scored]
        if risks != sorted(risks) or ranks != sorted(ranks):
            worse.append((client, duration, risks))
    assert worse == []


def test_more_income_and_more_documents_are_never_worse() -> None:
    services, chance = shipped_services(), random.Random(6)
    for client in shipped_clients(Book.CURRENT, every=20):
        own = services.facts(client).application["AMT_INCOME_TOTAL"]
        incomes = [own, *sorted(round(chance.uniform(own, 1_350_000.0), 2) for _ in range(3))]
        scored = services._desk._offers.requests.of_changes(
            *services._client(client), [Changes(income=income) for income in incomes]
        )
        risks = [item.probability for item in scored]
        assert risks == sorted(risks, reverse=True)


def test_a_down_payment_is_a_smaller_credit_for_the_same_purchase() -> None:
    services = shipped_services()
    for client in shipped_clients(Book.CURRENT, every=200):
        amount = services.facts(client).application["AMT_CREDIT"]
        down = services.simulate(client, services.read_changes(client, [("down_payment", amount / 8)]))
        less = services.simulate(client, services.read_changes(client, [("amount", amount - amount / 8)]))
        assert asdict(down.after) == asdict(less.after)
        assert "AMT_GOODS_PRICE" not in down.application


def reason(theme: Theme, contribution: float) -> Reason:
    direction = Direction.RAISES if contribution > 0 else Direction.LOWERS
    return Reason(f"{theme}", theme, "x", 1.0, 2.0, contribution, contribution / 10, direction)


def test_reasons_that_appear_vanish_turn_and_move() -> None:
    from scoring_dash.assessment.simulate import moved_reasons

    before = [reason(Theme.LOAN_SIZE, 0.5), reason(Theme.ASSETS, 0.2), reason(Theme.CARD_USE, -0.1)]
    after = [reason(Theme.CARD_USE, -0.3), reason(Theme.LOAN_SIZE, -0.2), reason(Theme.INCOME_JOB, 0.1)]
    assert [(item.theme, item.move) for item in moved_reasons(before, after)] == [
        (Theme.CARD_USE, Move.STRONGER),
        (Theme.LOAN_SIZE, Move.TURNED),
        (Theme.INCOME_JOB, Move.APPEARED),
        (Theme.ASSETS, Move.VANISHED),
    ]
    assert [item.move for item in moved_reasons(before, before)] == [Move.SAME] * 3
    assert moved_reasons([reason(Theme.ASSETS, 0.3)], [reason(Theme.ASSETS, 0.1)])[0].move is Move.WEAKER
