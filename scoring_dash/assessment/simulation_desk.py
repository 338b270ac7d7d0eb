"""Everything about simulations of one model and one portfolio, put together once."""

from __future__ import annotations

from scoring_dash.assessment.change_rules import ChangeRules
from scoring_dash.assessment.check_changes import Entries, check_changes
from scoring_dash.assessment.engine import ClientRow, Engine
from scoring_dash.assessment.gaps import GapFinder
from scoring_dash.assessment.many_requests import ManyRequests
from scoring_dash.assessment.offers import OfferFinder
from scoring_dash.assessment.scenario_rows import Application, ScenarioRows
from scoring_dash.assessment.simulate import Simulator, theme_contributions
from scoring_dash.core.offers import Offers
from scoring_dash.core.simulation import ChangeOption, Changes, MissingFact, Simulation
from scoring_dash.core.words import Book
from scoring_dash.data.store import Portfolio
from scoring_dash.model.package import ModelPackage


class SimulationDesk:
    """Answers what a client asks who would ask for something else.

    Parameters
    ----------
    package : ModelPackage
    portfolio : Portfolio
    engine : Engine
    gaps : GapFinder
    """

    def __init__(self, package: ModelPackage, portfolio: Portfolio, engine: Engine, gaps: GapFinder) -> None:
        self._package, self._portfolio, self._engine, self._gaps = package, portfolio, engine, gaps
        self._rules = ChangeRules(package.description, portfolio)
        scenarios = ScenarioRows(package.description, portfolio.text_values)
        self._simulator = Simulator(engine, package.description, scenarios, self._rules)
        requests = ManyRequests(package, scenarios, self._rules)
        self._offers = OfferFinder(engine, self._simulator, requests, self._rules)

    def options(self, application: Application, changes: Changes) -> tuple[ChangeOption, ...]:
        """What could be changed, and within which bounds."""
        return self._rules.options(application, changes)

    def read(self, application: Application, entries: Entries) -> Changes:
        """The changes of a request.

        Raises
        ------
        InvalidChangesError
            With every fault found.
        """
        return check_changes(entries, self._rules, application)

    def simulate(self, client: ClientRow, application: Application, changes: Changes) -> Simulation:
        """The client before and after some changes."""
        return self._simulator.simulate(client, application, changes)

    def offers(self, client: ClientRow, application: Application, changes: Changes) -> Offers:
        """What could be offered, starting from some changes."""
        return self._offers.find(client, application, changes)

    def missing_facts(self, client: ClientRow, application: Application, changes: Changes) -> tuple[MissingFact, ...]:
        """What each missing fact would tell of the client with some changes, over the values of similar files."""
        row = self._simulator.changed_row(client, application, changes)
        changed = {**application, **self._rules.apply(changes, application)}
        themes = theme_contributions(self._engine, row, self._package.description.themes)
        place = self._portfolio.past.position(client.client_id) if client.book is Book.PAST else None
        return self._gaps.among_similar(row, changed, themes, place)
