"""Groups of any shape, for properties."""

from __future__ import annotations

from hypothesis import strategies as st

from scoring_dash.core.groups import Between, Closeness, Condition, Group, GroupName, Near, OneOf

FIELDS = ("income", "age_band", "income_type", "job_tenure_days", "external_score_2")
_NAMES = st.sampled_from(["Working", "State servant", "Industry: type 11", "Secondary / secondary special", "?", "yes"])
_NUMBERS = st.floats(-1e12, 1e12) | st.integers(-(10**9), 10**9).map(float)


def groups() -> st.SearchStrategy[Group]:
    """Every base, with up to five conditions."""
    names = st.lists(st.sampled_from(FIELDS), max_size=5, unique=True)
    conditions = names.flatmap(lambda chosen: st.tuples(*(_condition(name) for name in chosen)))
    return st.builds(Group, st.sampled_from(GroupName), conditions)


def _condition(field: str) -> st.SearchStrategy[Condition]:
    listed = st.lists(_NAMES, min_size=1, max_size=4, unique=True).map(lambda names: OneOf(field, tuple(names)))
    ends = st.lists(_NUMBERS, min_size=2, max_size=2).map(sorted)
    ranges = ends.map(lambda pair: Between(field, pair[0], pair[1])) | _NUMBERS.map(
        lambda low: Between(field, low, None)
    )
    shares = st.sampled_from([1, 5, 10, 20, 50, 125]).map(lambda part: Near(field, Closeness.WITHIN_SHARE, part / 100))
    amounts = st.integers(1, 10**6).map(lambda width: Near(field, Closeness.WITHIN, width / 4))
    return st.one_of(listed, ranges, shares, amounts, st.just(Near(field, Closeness.EQUAL)))
