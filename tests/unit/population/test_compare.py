"""A comparison marks the client's own stored value, and counts everybody once."""

from pathlib import Path

import numpy as np
import pytest

from scoring_dash.bootstrap import LoadedServices, load_services
from scoring_dash.core.errors import InvalidRequestError, UnknownClientError
from scoring_dash.core.groups import Group, GroupName


@pytest.fixture(scope="module")
def services(tiny_artifacts: Path) -> LoadedServices:
    return load_services(tiny_artifacts)


@pytest.mark.parametrize("group", [Group(base) for base in GroupName])
def test_the_marked_bar_holds_the_clients_value(services: LoadedServices, group: Group) -> None:
    ids = [*services.portfolio.past.client_ids[::90], *services.portfolio.current.client_ids[::10]]
    for client_id in ids:
        stored = services.facts(int(client_id)).features
        for feature in services.model.features:
            found = services.compare(int(client_id), feature.name, group)
            assert found.client_id == client_id
            assert found.value == stored[feature.name]
            assert sum(item.files for item in found.bins) == found.group_size
            if found.client_bin is None:
                continue
            bar = found.bins[found.client_bin]
            if isinstance(found.value, float):
                assert bar.low is None or found.value >= np.float32(bar.low)
                assert bar.high is None or found.value < np.float32(bar.high)
            else:
                assert bar.category == found.value


def test_all_means_every_past_file(services: LoadedServices) -> None:
    found = services.compare(int(services.portfolio.current.client_ids[0]), "credit_amount", Group())
    past = services.portfolio.past
    assert found.group_size == len(past.client_ids)
    assert found.observed.defaults == int(past.outcomes.sum())
    known = past.features[2]
    assert found.percentile == float(np.mean(known <= np.float32(found.value)))
    assert found.median == float(np.median(known))


def test_similar_files_are_near_in_risk(services: LoadedServices) -> None:
    current = services.portfolio.current
    place = int(np.argmax(current.probabilities))
    found = services.compare(int(current.client_ids[place]), "credit_amount", Group(GroupName.SIMILAR))
    assert found.group_size == 900 // 4
    assert found.observed.rate > services.portfolio.past.outcomes.mean()


def test_an_unknown_feature_or_client_is_refused(services: LoadedServices) -> None:
    client_id = int(services.portfolio.current.client_ids[0])
    with pytest.raises(InvalidRequestError, match="feature is 'nope'"):
        services.compare(client_id, "nope", Group())
    with pytest.raises(UnknownClientError, match="'1'"):
        services.compare(1, "credit_amount", Group())
