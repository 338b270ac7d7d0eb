"""The simulated portfolio: checks, chunks with their own random streams, and a folder that appears complete."""

from __future__ import annotations

import json
import shutil
import tempfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import Any

import numpy as np

from scoring_dash.core.errors import InvalidRequestError, ScoringError
from scoring_dash.core.words import TableName
from scoring_dash.data.simulate.applications import Applications, draw_applications
from scoring_dash.data.simulate.bureau import BureauCredits, draw_bureau
from scoring_dash.data.simulate.bureau_balance import BureauBalance, draw_bureau_balance
from scoring_dash.data.simulate.cards import draw_cards
from scoring_dash.data.simulate.draws import Codes, Column, Floats, Generator, normal_knots
from scoring_dash.data.simulate.outcome import OutcomeModel
from scoring_dash.data.simulate.previous import PreviousApplications, draw_previous
from scoring_dash.data.simulate.repayments import LoanRows, draw_repayments
from scoring_dash.data.simulate.traits import Traits, draw_traits
from scoring_dash.data.simulate.writing import TableWriter

GENERATOR_VERSION = 1
SMALLEST, LARGEST = 200, 2_000_000
MARKER = "SIMULATED.json"
"""File that says that a folder holds no real client."""

TEST_SHARE = 48_744 / (307_511 + 48_744)
FIRST_CLIENT, FIRST_PREVIOUS, FIRST_BUREAU = 100_001, 1_000_001, 5_000_001
_NUMBERS_PER_CLIENT, _NUMBERS_PER_CHUNK = 8, 500
_STREAMS = ("profile", "traits", "outcome", "bureau", "balance", "previous", "loans", "cards", "numbers")


def simulate(
    clients: int,
    out: Path,
    seed: int,
    progress: Callable[[str], None] | None = None,
    *,
    chunk_clients: int = 20_000,
) -> None:
    """Write a simulated portfolio in Kaggle's format.

    Parameters
    ----------
    clients : int
        Applications in all, past and current, in [200, 2 000 000].
    out : Path
        Folder to make; it may exist if it is empty. It appears when all files are complete.
    seed : int
        Not negative. The same seed, number of clients and chunk size give the same bytes.
    progress : callable, optional
        Called with a sentence after each chunk.
    chunk_clients : int
        Clients in memory at a time; 20 000 need about 1 GiB.

    Raises
    ------
    ScoringError
        If ``out`` is a file or holds something (`InvalidRequestError` for a number out of range).
    """
    _check(clients, out, seed, chunk_clients)
    out.parent.mkdir(parents=True, exist_ok=True)
    draft = Path(tempfile.mkdtemp(prefix=f".{out.name}-", dir=out.parent))
    try:
        _write_all(clients, draft, seed, progress or (lambda _: None), chunk_clients)
        draft.chmod(0o755)  # a temporary folder is the owner's alone
        if out.exists():
            out.rmdir()
        draft.rename(out)
    except BaseException:
        shutil.rmtree(draft, ignore_errors=True)
        raise


def _check(clients: int, out: Path, seed: int, chunk_clients: int) -> None:
    if not SMALLEST <= clients <= LARGEST:
        raise InvalidRequestError("clients", clients, f"a whole number from {SMALLEST} to {LARGEST}")
    if seed < 0:
        raise InvalidRequestError("seed", seed, "a whole number of at least 0")
    if chunk_clients < 1:
        raise InvalidRequestError("chunk_clients", chunk_clients, "a whole number of at least 1")
    if out.exists() and (not out.is_dir() or any(out.iterdir())):
        what = "is not empty" if out.is_dir() else "is a file"
        raise ScoringError(
            f"The folder {str(out)!r} {what}; a simulated portfolio needs a new or an empty folder. "
            "Choose another one or empty it first."
        )


def _write_all(clients: int, folder: Path, seed: int, progress: Callable[[str], None], chunk_clients: int) -> None:
    parameters = load_parameters()
    root = np.random.SeedSequence(seed)
    book, *streams = root.spawn(1 + -(-clients // chunk_clients))
    is_test = np.zeros(clients, dtype=bool)
    is_test[np.random.default_rng(book).choice(clients, round(clients * TEST_SHARE), replace=False)] = True
    writer = TableWriter(folder)
    try:
        for number, stream in enumerate(streams):
            rows = slice(number * chunk_clients, min((number + 1) * chunk_clients, clients))
            chunk = draw_chunk(parameters, is_test[rows], rows.start, chunk_clients, stream)
            for name, columns in chunk.items():
                writer.append(name, columns)
            progress(f"{rows.stop:,} of {clients:,} clients simulated.")
    finally:
        writer.close()
    marker = {"simulated": True, "seed": seed, "clients": clients, "generator_version": GENERATOR_VERSION}
    (folder / MARKER).write_text(json.dumps(marker, indent=2) + "\n", encoding="utf-8")


@dataclass(frozen=True, slots=True)
class Parameters:
    """The fitted parameters, and the normal quantiles of fine and coarse distributions."""

    sections: Mapping[str, Any]
    fine: Floats
    coarse: Floats


def load_parameters() -> Parameters:
    """Read the parameters shipped with the package."""
    sections = json.loads(files(__package__).joinpath("parameters.json").read_text(encoding="utf-8"))
    probabilities = sections["probabilities"]
    return Parameters(sections, normal_knots(probabilities["fine"]), normal_knots(probabilities["coarse"]))


def draw_chunk(
    parameters: Parameters, is_test: Any, first: int, chunk_clients: int, stream: np.random.SeedSequence
) -> dict[TableName, Mapping[str, Column]]:
    """Draw all tables of some clients.

    Parameters
    ----------
    is_test : ndarray of bool (n_clients,)
        Whether each client is in application_test.
    first : int
        How many clients precede these in the portfolio.
    stream : SeedSequence
        Source of all randomness of the chunk.
    """
    generators = {name: np.random.default_rng(s) for name, s in zip(_STREAMS, stream.spawn(len(_STREAMS)), strict=True)}
    sections, coarse = parameters.sections, parameters.coarse
    histories = sections["histories"]
    applications = draw_applications(sections, (parameters.fine, coarse), is_test, generators["profile"])
    traits = draw_traits(sections["traits"], parameters.fine, applications, generators["traits"])
    target = _draw_target(sections, applications, traits, generators["outcome"])
    credits = draw_bureau(histories, coarse, traits, is_test, generators["bureau"])
    balance = draw_bureau_balance(histories, coarse, credits, is_test, generators["balance"])
    previous = draw_previous(histories, coarse, traits, generators["previous"])
    pos, loan_instalments = draw_repayments(histories, coarse, previous, traits, generators["loans"])
    card, card_instalments, old = draw_cards(histories["cards"], coarse, previous, traits, generators["cards"])
    number = FIRST_CLIENT + first + np.arange(len(is_test))
    offset = first * _NUMBERS_PER_CLIENT + (first // chunk_clients) * _NUMBERS_PER_CHUNK
    room = len(is_test) * _NUMBERS_PER_CLIENT + _NUMBERS_PER_CHUNK
    loan_number = FIRST_PREVIOUS + offset + _some(len(previous.client) + len(old), room, generators["numbers"])
    credit_number = FIRST_BUREAU + offset + _some(len(credits.client), room, generators["numbers"])
    loan_client = number[np.concatenate([previous.client, old])]
    return {
        **_application_tables(applications, number, target, is_test),
        **_bureau_tables(credits, balance, number, credit_number),
        TableName.PREVIOUS_APPLICATION: _previous_table(previous, loan_number, loan_client),
        TableName.POS_CASH_BALANCE: _loan_table([pos], loan_number, loan_client),
        TableName.INSTALLMENTS_PAYMENTS: _loan_table([loan_instalments, card_instalments], loan_number, loan_client),
        TableName.CREDIT_CARD_BALANCE: _loan_table([card], loan_number, loan_client),
    }


def _some(count: int, room: int, generator: Generator) -> Codes:
    """Distinct numbers below ``room``; each chunk has a range of its own, so that chunks need not know each other."""
    return generator.permutation(room)[:count]


def _draw_target(
    sections: Mapping[str, Any], applications: Applications, traits: Traits, generator: Generator
) -> Codes:
    calibration = sections["outcome"]["calibration"]
    log_odds = calibration["intercept"] + calibration["slope"] * raw_log_odds(sections, applications, traits)
    return (generator.random(len(log_odds)) < 1.0 / (1.0 + np.exp(-log_odds))).astype(np.int64)


def raw_log_odds(sections: Mapping[str, Any], applications: Applications, traits: Traits) -> Floats:
    """Log-odds of default by application and history, before slope and intercept are set."""
    return OutcomeModel.from_parameters(sections["outcome"]).margin(applications.columns) + traits.outcome


def _application_tables(
    applications: Applications, number: Codes, target: Codes, is_test: Any
) -> dict[TableName, Mapping[str, Column]]:
    columns: dict[str, Column] = {"SK_ID_CURR": number, "TARGET": target, **applications.columns}
    return {
        name: {column: values.at(rows) if hasattr(values, "at") else values[rows] for column, values in columns.items()}
        for name, rows in ((TableName.APPLICATION_TRAIN, ~is_test), (TableName.APPLICATION_TEST, is_test))
    }


def _bureau_tables(
    credits: BureauCredits, balance: BureauBalance, number: Codes, credit_number: Codes
) -> dict[TableName, Mapping[str, Column]]:
    return {
        TableName.BUREAU: {"SK_ID_CURR": number[credits.client], "SK_ID_BUREAU": credit_number, **credits.columns},
        TableName.BUREAU_BALANCE: {
            "SK_ID_BUREAU": credit_number[balance.credit],
            "MONTHS_BALANCE": balance.month,
            "STATUS": balance.status,
        },
    }


def _previous_table(previous: PreviousApplications, loan_number: Codes, loan_client: Codes) -> Mapping[str, Column]:
    size = len(previous.client)
    return {"SK_ID_PREV": loan_number[:size], "SK_ID_CURR": loan_client[:size], **previous.columns}


def _loan_table(parts: list[LoanRows], loan_number: Codes, loan_client: Codes) -> Mapping[str, Column]:
    loan = np.concatenate([part.loan for part in parts])
    columns: dict[str, Column] = {"SK_ID_PREV": loan_number[loan], "SK_ID_CURR": loan_client[loan]}
    if len(parts) == 1:
        return {**columns, **parts[0].columns}
    names = parts[0].columns
    return {**columns, **{name: np.concatenate([np.asarray(part.columns[name]) for part in parts]) for name in names}}
