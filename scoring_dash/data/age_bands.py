"""Bands of age: for the audit of a model, and to describe a group of files; an age itself is stored nowhere."""

from __future__ import annotations

from typing import Any, Final

import ibis

AGE_BANDS: Final = ("29 and under", "30 to 39", "40 to 49", "50 to 59", "60 and over")

_YEAR: Final = 365.25
_UPPER_ENDS: Final = (30, 40, 50, 60)


def age_band(days_birth: Any) -> Any:
    """Name of the band; missing where the age is.

    Parameters
    ----------
    days_birth : ibis column
        Days from the application back to birth, so negative.
    """
    years = -days_birth / _YEAR
    bands = [(years < end, name) for end, name in zip(_UPPER_ENDS, AGE_BANDS, strict=False)]
    return ibis.cases(*bands, (days_birth.notnull(), AGE_BANDS[-1]), else_=None)
