"""What is wrong with new applications, as sentences: where, what, what is allowed, what to do."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from scoring_dash.core.new_application import MOST_APPLICATIONS, MOST_BYTES, ApplicationFault, FaultCode
from scoring_dash.core.words import TableName
from scoring_dash.data.new_application.columns import CLIENT_NUMBER, POSITIVE
from scoring_dash.data.new_application.numbers import read_number
from scoring_dash.data.schema import TABLES, Column, ColumnKind
from scoring_dash.i18n.catalogue import Language, Texts, message
from scoring_dash.i18n.numbers import compact_number, number

_MOST_CATEGORIES: Final = 8
_THOUSANDS: Final = 3  # digits of a group


@dataclass(frozen=True, slots=True)
class FaultText:
    """A fault for a person.

    Attributes
    ----------
    label : str
        What the column tells; empty where no column of the table is meant.
    problem, allowed, remedy : str
        Sentences; ``allowed`` may be empty.
    """

    label: str
    problem: str
    allowed: str
    remedy: str

    @property
    def sentences(self) -> str:
        """All of it after each other."""
        return " ".join(part for part in (self.problem, self.allowed, self.remedy) if part)


def fault_text(fault: ApplicationFault, texts: Texts) -> FaultText:
    """A fault in the language of the reader."""
    return FaultText(
        label=column_label(fault.column, texts, fault.table),
        problem=_problem(fault, texts),
        allowed=_allowed(fault, texts),
        remedy=_remedy(fault, texts),
    )


def column_label(name: str | None, texts: Texts, table: TableName = TableName.APPLICATION_TEST) -> str:
    """What a column tells; empty for a name that the table does not have."""
    if name is None or name not in TABLES[table]:
        return ""
    return texts.typeset(TABLES[table].column(name).meaning(texts.language))


def _range(fault: ApplicationFault, texts: Texts) -> str:
    """What a number may be; an amount asked for is told its upper end only where it lies above."""
    column = _column(fault)
    is_asked = fault.table is TableName.APPLICATION_TEST and column.name in POSITIVE
    if is_asked and not _is_above(fault.value or "", column):
        return texts.say("Allowed: a number greater than 0.")
    whole = column.kind is ColumnKind.INTEGER
    low, high = _bound(column.minimum, texts), _bound(column.maximum, texts)
    return (
        texts.say("Allowed: a whole number from {low} to {high}.", low=low, high=high)
        if whole
        else texts.say("Allowed: a number from {low} to {high}.", low=low, high=high)
    )


def _is_above(value: str, column: Column) -> bool:
    number = read_number(value)
    return not isinstance(number, FaultCode) and column.maximum is not None and number > column.maximum


def _column(fault: ApplicationFault) -> Column:
    return TABLES[fault.table].column(fault.column or CLIENT_NUMBER)


def _bound(value: float | None, texts: Texts) -> str:
    return "∞" if value is None else compact_number(value, texts)


def _problem(fault: ApplicationFault, texts: Texts) -> str:
    if fault.code in (FaultCode.WRONG_ENCODING, FaultCode.DAMAGED) and fault.row is not None:
        return texts.say(_FROM_ROW[fault.code], row=number(fault.row, texts))
    words = {
        "value": fault.value or "",
        "column": fault.column or "",
        "before": fault.candidates[0] if fault.candidates else "",
        "rows": number(MOST_APPLICATIONS, texts),
        "megabytes": number(MOST_BYTES / 1024**2, texts),
    }
    return texts.say(_PROBLEMS[fault.code], **words)


def _remedy(fault: ApplicationFault, texts: Texts) -> str:
    is_application = fault.table is TableName.APPLICATION_TEST
    if (
        is_application
        and fault.column == CLIENT_NUMBER
        and fault.code in (FaultCode.MISSING_COLUMN, FaultCode.EMPTY_CELL)
    ):
        return texts.say("Several applications are told apart by the client's number: give it for each.")
    return texts.say(_REMEDIES[fault.code])


def _allowed(fault: ApplicationFault, texts: Texts) -> str:
    match fault.code:
        case FaultCode.UNKNOWN_TABLE | FaultCode.UNKNOWN_COLUMN if fault.candidates:
            return texts.say("Resembles: {names}.", names=", ".join(fault.candidates))
        case FaultCode.WRONG_CELL_COUNT:
            return texts.say("Allowed: {expected} cells, as in the first row.", expected=fault.candidates[0])
        case FaultCode.AMBIGUOUS_NUMBER:
            first, second = fault.candidates
            return texts.say("Write {first} or {second}.", first=first, second=_decimal(second, texts))
        case FaultCode.UNKNOWN_CATEGORY:
            return _categories(fault, texts)
        case FaultCode.NOT_A_NUMBER | FaultCode.NOT_WHOLE | FaultCode.OUT_OF_RANGE | FaultCode.NOT_POSITIVE:
            return _range(fault, texts)
        case _:
            return ""


def _decimal(text: str, texts: Texts) -> str:
    """A number with its decimals as the language writes them, and never three: these could be thousands again."""
    whole, _, decimals = text.partition(".")
    if texts.language is not Language.FRENCH:
        return text
    return f"{whole},{decimals}0" if len(decimals) == _THOUSANDS else f"{whole},{decimals}"


def _categories(fault: ApplicationFault, texts: Texts) -> str:
    column = _column(fault)
    named = [_named(value, column, texts) for value in fault.candidates[:_MOST_CATEGORIES]]
    others = len(fault.candidates) - len(named)
    if others:
        return texts.say(
            "Allowed: {categories} and {count} others.", categories=", ".join(named), count=number(others, texts)
        )
    return texts.say("Allowed: {categories}.", categories=", ".join(named))


def _named(value: str, column: Column, texts: Texts) -> str:
    label = texts.typeset(column.category_label(value, texts.language))
    return texts.say("“{value}”", value=value) if label == value else f"{texts.say('“{value}”', value=value)} ({label})"


def more_faults_text(more: int, texts: Texts) -> str:
    """How many faults are not listed."""
    return texts.say_count(
        "{count} more fault of the same kinds is not listed.",
        "{count} more faults of the same kinds are not listed.",
        more,
        count=number(more, texts),
    )


def fault_count_text(faults: Sequence[ApplicationFault], more: int, texts: Texts) -> str:
    """How many faults there are, in a title."""
    count = len(faults) + more
    return texts.say_count("{count} fault to correct", "{count} faults to correct", count, count=number(count, texts))


_FROM_ROW: Final[Mapping[FaultCode, str]] = MappingProxyType(
    {
        FaultCode.WRONG_ENCODING: message("From row {row} on, the text is not written in UTF-8."),
        FaultCode.DAMAGED: message("The file is damaged or cut off at row {row}."),
    }
)
_PROBLEMS: Final[Mapping[FaultCode, str]] = MappingProxyType(
    {
        FaultCode.TOO_LARGE: message("The file is larger than {megabytes} MB."),
        FaultCode.TOO_MANY_ROWS: message("The file holds more than {rows} applications."),
        FaultCode.EMPTY_FILE: message("The file is empty."),
        FaultCode.NO_ROWS: message("The file holds no application."),
        FaultCode.WRONG_ENCODING: message("The file is not written in UTF-8 (it looks like {value})."),
        FaultCode.WRONG_FORMAT: message("The file is of the kind {value}, not a text."),
        FaultCode.DAMAGED: message("The file is damaged or cut off."),
        FaultCode.WRONG_DELIMITER: message("No column can be told apart in the first row: “{value}”."),
        FaultCode.UNKNOWN_COLUMN: message("The table of applications has no column “{column}”."),
        FaultCode.MISSING_COLUMN: message("The column is missing."),
        FaultCode.REPEATED_COLUMN: message("The column “{column}” is there more than once."),
        FaultCode.NOT_AN_OBJECT: message("“{value}” is not an application."),
        FaultCode.WRONG_CELL_COUNT: message("The row has {value} cells."),
        FaultCode.EMPTY_CELL: message("The value is missing."),
        FaultCode.NOT_A_NUMBER: message("“{value}” is not a number."),
        FaultCode.AMBIGUOUS_NUMBER: message("“{value}” can be read as two different numbers."),
        FaultCode.NOT_FINITE: message("“{value}” is not a number that can be counted with."),
        FaultCode.NOT_WHOLE: message("“{value}” is not a whole number."),
        FaultCode.OUT_OF_RANGE: message("“{value}” is outside what is possible."),
        FaultCode.NOT_POSITIVE: message("The amount is zero."),
        FaultCode.FORMULA: message("“{value}” is a formula; formulas are not calculated here."),
        FaultCode.UNKNOWN_CATEGORY: message("“{value}” is not one of the possible answers."),
        FaultCode.REPEATED_NUMBER: message("Number {value} is already in row {before}."),
        FaultCode.UNKNOWN_TABLE: message("“{value}” is not the name of a table."),
        FaultCode.NO_TABLE_ENGINE: message("This server cannot read the tables of a client's past."),
    }
)
_REMEDIES: Final[Mapping[FaultCode, str]] = MappingProxyType(
    {
        FaultCode.TOO_LARGE: message("Split it into several files."),
        FaultCode.TOO_MANY_ROWS: message("Split it into several files."),
        FaultCode.EMPTY_FILE: message("Choose another file, or export it again."),
        FaultCode.NO_ROWS: message("Choose another file, or export it again."),
        FaultCode.WRONG_ENCODING: message("Save it as “CSV UTF-8” in your spreadsheet."),
        FaultCode.WRONG_FORMAT: message("Export it as CSV (UTF-8) or as JSON."),
        FaultCode.DAMAGED: message("A quotation mark or a bracket may not be closed. Export the file again."),
        FaultCode.WRONG_DELIMITER: message(
            "Write the names of the columns in the first row, separated by commas, semicolons or tabs."
        ),
        FaultCode.UNKNOWN_COLUMN: message("Correct its name, or remove it."),
        FaultCode.MISSING_COLUMN: message("Add it: without it there is no loan to judge."),
        FaultCode.REPEATED_COLUMN: message("Keep it once."),
        FaultCode.NOT_AN_OBJECT: message("Write each application as names and values between braces."),
        FaultCode.WRONG_CELL_COUNT: message(
            "Check the separators: a text that holds one must stand between quotation marks."
        ),
        FaultCode.EMPTY_CELL: message("Fill in the value."),
        FaultCode.NOT_A_NUMBER: message("Write digits alone, or leave it empty if it is not known."),
        FaultCode.AMBIGUOUS_NUMBER: message("Write the number without separators of thousands."),
        FaultCode.NOT_FINITE: message("Leave it empty if it is not known."),
        FaultCode.NOT_WHOLE: message("Correct the value."),
        FaultCode.OUT_OF_RANGE: message("Correct the value."),
        FaultCode.NOT_POSITIVE: message("Correct the value, or leave it empty if it is not known."),
        FaultCode.FORMULA: message("Write the value itself."),
        FaultCode.UNKNOWN_CATEGORY: message("Choose one of them, written exactly so."),
        FaultCode.REPEATED_NUMBER: message("Keep one row for each."),
        FaultCode.UNKNOWN_TABLE: message("Name each file after its table, and the one of the applications otherwise."),
        FaultCode.NO_TABLE_ENGINE: message(
            "Send the applications alone, or ask the administrator to install the engine for tables."
        ),
    }
)
