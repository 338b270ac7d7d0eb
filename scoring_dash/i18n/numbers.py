"""Numbers as people of each language write them; no library call, they are written hundreds of times a page."""

from __future__ import annotations

from scoring_dash.i18n.catalogue import Language, Texts

NARROW_SPACE = "\u202f"
NO_BREAK_SPACE = "\u00a0"
MINUS = "\u2212"

_FRENCH_SIGNS = str.maketrans({",": NARROW_SPACE, ".": ",", "-": MINUS})
_ENGLISH_SIGNS = str.maketrans({"-": MINUS})

_DAYS_PER_YEAR = 365.25
_DAYS_TOLD_AS_DAYS = 90
_MONTHS_TOLD_AS_MONTHS = 24


def number(value: float, texts: Texts, decimals: int = 0) -> str:
    """A number with grouped thousands and a fixed number of decimals; no negative zero."""
    written = f"{value:,.{decimals}f}"
    if float(written.replace(",", "")) == 0:
        written = written.lstrip("-")
    return written.translate(_FRENCH_SIGNS if texts.language is Language.FRENCH else _ENGLISH_SIGNS)


def compact_number(value: float, texts: Texts) -> str:
    """A number with as many decimals as its size deserves: 406 598, 12.5, 0.26."""
    if value == round(value):
        return number(value, texts)
    size = abs(value)
    return number(value, texts, 0 if size >= 100 else 1 if size >= 10 else 2 if size >= 0.01 else 4)


def percent(share: float, texts: Texts, decimals: int = 1) -> str:
    """A share in [0, 1] as a percentage."""
    return f"{number(share * 100, texts, decimals)}{NARROW_SPACE if texts.language is Language.FRENCH else ''}%"


def client_number(client_id: int) -> str:
    """A client number in groups of three digits, as it is read aloud; the same in every language."""
    return f"{client_id:,}".replace(",", NARROW_SPACE)


def points(difference: float, texts: Texts) -> str:
    """A difference of probabilities, without its sign, in points: ``0.0073`` is 0.7 point."""
    size = abs(difference) * 100
    decimals = 1 if size >= 0.095 else 2 if size >= 0.005 else 0
    shown = round(size, decimals)
    told = texts.say_count("{number} point", "{number} points", shown, number=number(shown, texts, decimals))
    return told.replace(" ", NO_BREAK_SPACE)


def signed_points(difference: float, texts: Texts) -> str:
    """A difference of probabilities with its sign: +2.1 points, −1.5 point, 0 point."""
    shown = round(difference * 100, 2)
    return f"{'+' if shown > 0 else MINUS if shown < 0 else ''}{points(difference, texts)}"


def duration_of_days(days: float, texts: Texts) -> str:
    """A duration in days up to three months, then in months, then in years and months."""
    if abs(days) < _DAYS_TOLD_AS_DAYS:
        return texts.say_count("{number} day", "{number} days", days, number=_one_decimal(days, texts))
    return duration_of_months(days / _DAYS_PER_YEAR * 12, texts)


def duration_of_months(months: float, texts: Texts) -> str:
    """A duration in months up to two years, then in years and months."""
    whole = round(months)
    if abs(whole) < _MONTHS_TOLD_AS_MONTHS:
        shown = _one_decimal(months, texts) if abs(months) < 3 else number(whole, texts)
        return texts.say_count("{number} month", "{number} months", months, number=shown)
    years, rest = divmod(abs(whole), 12)
    sign = -1 if whole < 0 else 1
    told = texts.say_count("{number} year", "{number} years", years, number=number(sign * years, texts))
    if rest == 0:
        return told
    more = texts.say_count("{number} month", "{number} months", rest, number=number(rest, texts))
    return texts.say("{years} and {months}", years=told, months=more)


def _one_decimal(value: float, texts: Texts) -> str:
    """Small numbers with a decimal where they need one, others without."""
    rounded = round(value, 1 if abs(value) < 10 else 0)
    return number(rounded, texts, 0 if rounded == round(rounded) else 1)
