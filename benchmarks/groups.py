"""Groups at ten thousand, a hundred thousand, 356,255 and a million clients, beside pandas and scikit-learn.

The past files of the shipped portfolio are repeated until there are as many as wanted; the arrays are written, mapped
as the server maps them, and asked by a child process, whose own memory is what a worker would add.
"""

from __future__ import annotations

import multiprocessing
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Final

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from scoring_dash.bootstrap import LoadedServices
from scoring_dash.core.groups import Between, Closeness, Condition, Group, Near, OneOf
from scoring_dash.population.columns import Columns
from scoring_dash.population.past_files import PastFiles, Subject
from scoring_dash.population.population import Population

SIZES: Final = (10_000, 100_000, 356_255, 1_000_000)
_PAST_SHARE: Final = 307_511 / 356_255
_QUESTIONS: Final = 200
_PEER_QUESTIONS: Final = 20
_NEIGHBOURS: Final = 500


@dataclass(frozen=True)
class Question:
    """What a click asks: a group, the fact that is drawn, another one beside it."""

    group: Group
    fact: str
    second: str


@dataclass(frozen=True)
class Measured:
    """CPU milliseconds, the 95th percentile of many questions, and the memory that a worker adds."""

    clients: int
    files: int
    redraw: float
    page: float
    similar: float
    pandas: float
    neighbours: float
    recall: float
    worker_mib: float


def lines(services: LoadedServices) -> list[tuple[str, str, str, str]]:
    """Lines of the report: what, ours, the peer in the same run, how many times faster."""
    measured = [measure(services, clients) for clients in SIZES]
    first = measured[0]
    found = []
    for item in measured:
        size = f"{item.clients:,} clients ({item.files:,} past files)"
        found += [
            (
                f"filter by random criteria and redraw a comparison, {size}, p95 CPU",
                f"{item.redraw:.1f} ms ({item.redraw / first.redraw:.1f} × the first)",
                f"pandas mask, cut and group by: {item.pandas:.0f} ms",
                f"{item.pandas / item.redraw:.0f} ×",
            ),
            (
                f"all numbers of the page Comparer, {size}, p95 CPU",
                f"{item.page:.0f} ms ({item.page / first.page:.1f} × the first)",
                "",
                "",
            ),
            (
                f"{_NEIGHBOURS} similar files, {size}, p95 CPU",
                f"{item.similar:.1f} ms ({item.similar / first.similar:.1f} × the first); recall {item.recall:.4f}",
                f"scikit-learn NearestNeighbors, brute force: {item.neighbours:.0f} ms",
                f"{item.neighbours / item.similar:.0f} ×",
            ),
            (f"memory that a worker adds after {_QUESTIONS} pages, {size}", f"{item.worker_mib:.0f} MiB", "", ""),
        ]
    return found


def measure(services: LoadedServices, clients: int) -> Measured:
    """Everything at one size."""
    files = round(clients * _PAST_SHARE)
    original = PastFiles.of(services.portfolio, services.package.description)
    with tempfile.TemporaryDirectory(prefix="scoring-groups-") as directory:
        past = _enlarged(original, files, Path(directory))
        subjects = _subjects(services, 40)
        questions = _questions(past, np.random.default_rng(0))
        heaviest = [weight.name for weight in services.importance.features]
        ours = _in_a_worker(_ask_ours, (past, services.package.description.themes, heaviest, questions, subjects))
        peers = _in_a_worker(_ask_peers, (past, questions[:_PEER_QUESTIONS], subjects))
    return Measured(clients, files, **ours, **peers)


def _enlarged(original: PastFiles, files: int, directory: Path) -> PastFiles:
    """The same files again and again, mapped from disk."""
    places = np.arange(files) % len(original)

    def mapped(name: str, values: NDArray[Any]) -> NDArray[Any]:
        np.save(directory / f"{name}.npy", values)
        array: NDArray[Any] = np.load(directory / f"{name}.npy", mmap_mode="r").view(np.ndarray)
        return array

    columns = [
        replace(
            column,
            values=mapped(f"v-{column.name}", column.values[places]),
            bars=mapped(f"b-{column.name}", column.bars[places]),
        )
        for column in original.columns
    ]
    # A hair apart, so that the nearest files are not the same one repeated.
    noise = np.random.default_rng(1).normal(0, 0.01, (files, original.themes.shape[1])).astype(np.float32)
    return PastFiles(
        client_ids=mapped("ids", np.arange(files)),
        outcomes=mapped("outcomes", original.outcomes[places]),
        probabilities=mapped("probabilities", original.probabilities[places]),
        themes=mapped("themes", original.themes[places] + noise),
        columns=Columns.of(columns),
        rule=original.rule,
    )


def _subjects(services: LoadedServices, count: int) -> list[Subject]:
    ids = services.portfolio.current.client_ids
    chosen = [int(number) for number in ids[:: max(1, len(ids) // count)][:count]]
    return [services._subject(number, Group()) for number in chosen]


def _questions(past: PastFiles, random: np.random.Generator) -> list[Question]:
    names = [column.name for column in past.columns]
    questions = []
    for _ in range(_QUESTIONS):
        fields = [str(name) for name in random.choice(names, random.integers(1, 4), replace=False)]
        first, second = (str(name) for name in random.choice(names, 2, replace=False))
        conditions = tuple(_condition(past, name, random) for name in fields)
        questions.append(Question(Group(conditions=conditions), first, second))
    return questions


def _condition(past: PastFiles, name: str, random: np.random.Generator) -> Condition:
    column = past.columns[name]
    if column.is_categorical:
        return OneOf(
            name, tuple(str(value) for value in random.choice(column.categories, min(2, column.n_bars), replace=False))
        )
    if random.random() < 0.5:
        return Near(name, Closeness.WITHIN_SHARE, 0.5)
    known = column.values[:10_000][np.isfinite(column.values[:10_000])]
    low, high = np.sort(random.choice(known, 2)) if len(known) else (0.0, 1.0)
    return Between(name, float(low), float(high))


def _in_a_worker(work: Callable[..., None], arguments: tuple[Any, ...]) -> dict[str, float]:
    """Run in a child that shares what is mapped, as a worker of the server does."""
    context = multiprocessing.get_context("fork")
    receiver, sender = context.Pipe(duplex=False)
    process = context.Process(target=work, args=(sender, *arguments))
    process.start()
    result: dict[str, float] = receiver.recv()
    process.join()
    return result


def _ask_ours(
    sender: Any,
    past: PastFiles,
    themes: Any,
    heaviest: Sequence[str],
    questions: Sequence[Question],
    subjects: Sequence[Subject],
) -> None:
    before = _own_memory()
    population = Population(past, themes, heaviest)
    pairs = [(question, subjects[place % len(subjects)]) for place, question in enumerate(questions)]
    population.profile(subjects[0], Group())  # what a worker learns once
    redraw = _p95(lambda pair: population.compare(pair[1], pair[0].fact, pair[0].group), pairs)
    similar = _p95(lambda pair: population.similar(pair[1], limit=_NEIGHBOURS), pairs[:60])
    # The groups once more, from the other end: what was remembered is forgotten by then.
    page = _p95(lambda pair: _whole_page(population, *pair), pairs[::-1])
    added = _own_memory() - before
    sender.send({"redraw": redraw, "similar": similar, "page": page, "worker_mib": added / 1024})


def _own_memory() -> int:
    """KiB that this process holds alone: what is mapped from files is shared by all workers and not counted."""
    text = Path("/proc/self/smaps_rollup").read_text(encoding="ascii")
    return next(int(line.split()[1]) for line in text.splitlines() if line.startswith("Anonymous:"))


def _whole_page(population: Population, question: Question, subject: Subject) -> None:
    population.summarise(question.group, subject)
    population.profile(subject, question.group)
    population.compare(subject, question.fact, question.group)
    population.cross(subject, (question.fact, question.second), question.group, log=(False, False))
    population.similar(subject, limit=5)


def _ask_peers(sender: Any, past: PastFiles, questions: Sequence[Question], subjects: Sequence[Subject]) -> None:
    from sklearn.neighbors import NearestNeighbors

    frame = pd.DataFrame({column.name: column.values for column in past.columns})
    frame["outcome"] = past.outcomes
    pairs = [(question, subjects[place % len(subjects)]) for place, question in enumerate(questions)]
    pandas = _p95(lambda pair: _redraw_in_pandas(frame, past, *pair), pairs)
    brute = NearestNeighbors(n_neighbors=_NEIGHBOURS, algorithm="brute").fit(past.themes)
    asked = [subject.themes[None, :] for subject in subjects[:10]]
    neighbours = _p95(brute.kneighbors, asked)
    exact = NearestNeighbors(n_neighbors=_NEIGHBOURS, algorithm="brute").fit(past.themes.astype(np.float64))
    from scoring_dash.population.similar import nearest

    recalls = [
        len(
            set(nearest(past.themes, own[0], count=_NEIGHBOURS).tolist())
            & set(exact.kneighbors(own.astype(np.float64))[1][0].tolist())
        )
        for own in asked
    ]
    sender.send({"pandas": pandas, "neighbours": neighbours, "recall": sum(recalls) / _NEIGHBOURS / len(recalls)})


def _redraw_in_pandas(frame: pd.DataFrame, past: PastFiles, question: Question, subject: Subject) -> Any:
    """The same filter and the same bars as one writes them with pandas."""
    mask = pd.Series(data=True, index=frame.index)
    for condition in question.group.conditions:
        column, values = past.columns[condition.field], frame[condition.field]
        if isinstance(condition, OneOf):
            mask &= values.isin([column.categories.index(name) for name in condition.values])
        elif isinstance(condition, Between):
            mask &= values.between(condition.low, condition.high)
        else:
            own = subject.stored(past.columns, condition.field)
            mask &= values.isna() if np.isnan(own) else values.between(own - 0.5 * abs(own), own + 0.5 * abs(own))
    group, column = frame[mask], past.columns[question.fact]
    bins = (
        group[question.fact]
        if column.is_categorical
        else pd.cut(group[question.fact], [-np.inf, *column.edges, np.inf], right=False)
    )
    counts = group["outcome"].groupby(bins, dropna=False, observed=False).agg(["size", "sum"])
    return counts, group[question.fact].median(), group["outcome"].mean()


def _p95(call: Callable[[Any], object], arguments: Sequence[Any]) -> float:
    """95th percentile of the CPU milliseconds of single calls."""
    durations = []
    for argument in arguments:
        start = time.process_time()
        call(argument)
        durations.append(time.process_time() - start)
    return 1000 * float(np.percentile(durations, 95))


def main() -> None:
    """Print the lines alone."""
    from scoring_dash.bootstrap import load_services
    from scoring_dash.model.openmp import stay_single

    stay_single()
    for line in lines(load_services(Path(__file__).resolve().parents[1] / "artifacts")):
        print(" | ".join(line))


if __name__ == "__main__":
    main()
