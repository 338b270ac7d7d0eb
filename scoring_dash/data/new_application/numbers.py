"""Numbers as people write them: 1250.5, 1 250,50, 1,250.50 and 1.250,50 are all read; what could be two is refused."""

from __future__ import annotations

import math
import re
from typing import Final

from scoring_dash.core.new_application import FaultCode

_PLAIN: Final = re.compile(r"[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d{1,4})?", re.ASCII)
_COMMA: Final = re.compile(r"[+-]?\d+,\d+([eE][+-]?\d{1,4})?", re.ASCII)
_GROUPED: Final = (
    # (groups, sign of the decimals): "1 250,50", "1 250.50", "1,250.50", "1.250,50"
    (re.compile(r"[+-]?\d{1,3}( \d{3})+([.,]\d*)?", re.ASCII), " "),
    (re.compile(r"[+-]?\d{1,3}(,\d{3})+\.\d*|[+-]?\d{1,3}(,\d{3}){2,}", re.ASCII), ","),
    (re.compile(r"[+-]?\d{1,3}(\.\d{3})+,\d*|[+-]?\d{1,3}(\.\d{3}){2,}", re.ASCII), "."),
)
_TWO_READINGS: Final = re.compile(r"[+-]?[1-9]\d{0,2},\d{3}", re.ASCII)
_SPACES: Final = str.maketrans(dict.fromkeys("\u00a0\u202f\u2009\u2007'\u2019", " "))
_NOT_FINITE: Final = frozenset({"nan", "inf", "+inf", "-inf", "infinity", "-infinity", "+infinity"})
_LONGEST: Final = 60


def read_number(text: str) -> float | FaultCode:
    """A number from its text.

    Returns
    -------
    float or FaultCode
        Finite; otherwise why it is none. ``1,250`` has two readings (one and a quarter, twelve hundred and fifty) and
        is refused rather than guessed.
    """
    written = text.translate(_SPACES).replace("\u2212", "-").strip()
    if written.casefold() in _NOT_FINITE:
        return FaultCode.NOT_FINITE
    if len(written) > _LONGEST:
        return FaultCode.NOT_A_NUMBER
    if _TWO_READINGS.fullmatch(written):
        return FaultCode.AMBIGUOUS_NUMBER
    plain = _plainly(written)
    if plain is None:
        return FaultCode.NOT_A_NUMBER
    number = float(plain)
    return number if math.isfinite(number) else FaultCode.NOT_FINITE


def readings_of(text: str) -> tuple[str, str]:
    """The two readings of an ambiguous number, each written so that it is read."""
    written = text.translate(_SPACES).strip()
    return written.replace(",", ""), str(float(written.replace(",", ".")))


def _plainly(written: str) -> str | None:
    if _PLAIN.fullmatch(written):
        return written
    if _COMMA.fullmatch(written):
        return written.replace(",", ".")
    for form, groups in _GROUPED:
        if form.fullmatch(written):
            return written.replace(groups, "").replace(",", ".")
    return None
