"""Files of applications: every fault by row and column, all at once; no byte makes the reader fail otherwise."""

from __future__ import annotations

import io
import json
from contextlib import suppress

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.new_applications import GOOD, as_csv, as_json, faults_of, good_rows, read
from support.tiny_tables import tiny_rows, write_rows

from scoring_dash.core.new_application import MOST_APPLICATIONS, MOST_BYTES, ApplicationFaultsError, FaultCode
from scoring_dash.core.words import ColumnUse, TableName
from scoring_dash.data.new_application.blocks import quick_values
from scoring_dash.data.new_application.cells import read_cell
from scoring_dash.data.new_application.columns import APPLICATION, COLUMNS, NEVER_READ, POSITIVE
from scoring_dash.data.new_application.read import FileForm, read_applications

CODE = FaultCode
SHORTEST_HEADER = b"NAME_CONTRACT_TYPE,AMT_INCOME_TOTAL,AMT_CREDIT,AMT_ANNUITY"

# (column, cell, what is wrong)
CELLS = [
    ("AMT_CREDIT", "-5", CODE.OUT_OF_RANGE),
    ("AMT_CREDIT", "0", CODE.NOT_POSITIVE),
    ("AMT_CREDIT", "a lot", CODE.NOT_A_NUMBER),
    ("AMT_CREDIT", "1,250", CODE.AMBIGUOUS_NUMBER),
    ("AMT_CREDIT", "NaN", CODE.NOT_FINITE),
    ("AMT_CREDIT", "1e308", CODE.OUT_OF_RANGE),
    ("AMT_CREDIT", "1e999", CODE.NOT_FINITE),
    ("AMT_CREDIT", "", CODE.EMPTY_CELL),
    ("AMT_CREDIT", "=1+1", CODE.FORMULA),
    ("AMT_CREDIT", "@SUM(A1)", CODE.FORMULA),
    ("AMT_CREDIT", "+cmd|calc", CODE.FORMULA),
    ("AMT_INCOME_TOTAL", "0,0", CODE.NOT_POSITIVE),
    ("NAME_CONTRACT_TYPE", "Cash loan", CODE.UNKNOWN_CATEGORY),
    ("NAME_CONTRACT_TYPE", "-Cash loans", CODE.FORMULA),
    ("EXT_SOURCE_2", "1.5", CODE.OUT_OF_RANGE),
    ("DAYS_EMPLOYED", "-12.5", CODE.NOT_WHOLE),
    ("DAYS_EMPLOYED", "40", CODE.OUT_OF_RANGE),
    ("SK_ID_CURR", "1e3x", CODE.NOT_A_NUMBER),
    ("SK_ID_CURR", "0", CODE.OUT_OF_RANGE),
]


@pytest.mark.parametrize(("column", "cell", "code"), CELLS)
def test_a_bad_cell_is_told_with_its_row_and_column(column: str, cell: str, code: FaultCode) -> None:
    rows = good_rows(3)
    rows[1] = {**rows[1], column: cell}
    (fault,) = faults_of(as_csv(rows)).faults
    assert (fault.code, fault.row, fault.column) == (code, 3, column)  # the header is row 1
    assert fault.value == (cell or None)


@pytest.mark.parametrize(
    ("value", "code"),
    [
        (-5, CODE.OUT_OF_RANGE),
        (float("nan"), CODE.NOT_FINITE),
        (1e308, CODE.OUT_OF_RANGE),
        (10**400, CODE.NOT_FINITE),
        (True, CODE.NOT_A_NUMBER),
        ([1], CODE.NOT_A_NUMBER),
        ({"a": {}}, CODE.NOT_A_NUMBER),
        (None, CODE.EMPTY_CELL),
        ("abc", CODE.NOT_A_NUMBER),
    ],
)
def test_a_bad_value_of_json_is_told_with_its_place(value: object, code: FaultCode) -> None:
    (fault,) = faults_of(as_json([GOOD, {**GOOD, "SK_ID_CURR": 5, "AMT_CREDIT": value}]), FileForm.JSON).faults
    assert (fault.code, fault.row, fault.column) == (code, 2, "AMT_CREDIT")


def test_every_fault_is_told_at_once() -> None:
    rows = [
        {**GOOD, "AMT_CREDIT": "x", "NAME_INCOME_TYPE": "Pensionner"},
        {**GOOD, "SK_ID_CURR": 7, "EXT_SOURCE_2": "2"},
        {**GOOD, "SK_ID_CURR": 7, "AMT_ANNUITY": "nan"},
    ]
    found = [(fault.row, fault.code, fault.column) for fault in faults_of(as_csv(rows)).faults]
    assert sorted(found) == [
        (2, CODE.NOT_A_NUMBER, "AMT_CREDIT"),
        (2, CODE.UNKNOWN_CATEGORY, "NAME_INCOME_TYPE"),
        (3, CODE.OUT_OF_RANGE, "EXT_SOURCE_2"),
        (4, CODE.NOT_FINITE, "AMT_ANNUITY"),
        (4, CODE.REPEATED_NUMBER, "SK_ID_CURR"),
    ]
    assert [row for row, *_ in found] == sorted(row for row, *_ in found)


def test_one_fault_in_every_row_does_not_hide_another() -> None:
    rows = [{**row, "AMT_ANNUITY": "x"} for row in good_rows(1_500)]
    rows[1_400] = {**rows[1_400], "NAME_CONTRACT_TYPE": "y"}
    error = faults_of(as_csv(rows))
    assert {(fault.code, fault.column) for fault in error.faults} == {
        (CODE.NOT_A_NUMBER, "AMT_ANNUITY"),
        (CODE.UNKNOWN_CATEGORY, "NAME_CONTRACT_TYPE"),
    }
    assert len(error.faults) + error.more == 1_501


def test_the_nearest_category_comes_first_by_value_or_by_name_in_either_language() -> None:
    for written in ("cash loan", "Prêt personnel", "personal loan"):
        (fault,) = faults_of(as_csv([{**GOOD, "NAME_CONTRACT_TYPE": written}])).faults
        assert fault.candidates[0] == "Cash loans"
        assert set(fault.candidates) == {"Cash loans", "Revolving loans"}


def test_columns_unknown_missing_and_repeated() -> None:
    content = (
        b"NAME_CONTRACT_TYPE,AMT_INCOME_TOTAL,AMT_CREDITS,EXT_SOURCE_2,EXT_SOURCE_2\nCash loans,1000,5000,0.5,0.5\n"
    )
    faults = {(fault.code, fault.column): fault for fault in faults_of(content).faults}
    assert faults.keys() == {
        (CODE.UNKNOWN_COLUMN, "AMT_CREDITS"),
        (CODE.MISSING_COLUMN, "AMT_CREDIT"),
        (CODE.MISSING_COLUMN, "AMT_ANNUITY"),
        (CODE.REPEATED_COLUMN, "EXT_SOURCE_2"),
    }
    assert faults[CODE.UNKNOWN_COLUMN, "AMT_CREDITS"].candidates[0] == "AMT_CREDIT"


def test_a_key_given_twice_is_a_fault_of_its_row() -> None:
    text = json.dumps(GOOD)[:-1] + ', "AMT_CREDIT": 1}'
    (fault,) = faults_of(text.encode(), FileForm.JSON).faults
    assert (fault.code, fault.row, fault.column) == (CODE.REPEATED_COLUMN, 1, "AMT_CREDIT")


def test_columns_that_may_not_decide_are_ignored_whatever_they_hold() -> None:
    row = {**GOOD, "CODE_GENDER": "=nonsense", "DAYS_BIRTH": "young", "TARGET": "1"}
    applications = read(as_csv([row]))
    assert set(applications.ignored) == {"CODE_GENDER", "DAYS_BIRTH", "TARGET"}
    assert {name for name in NEVER_READ if name in applications.given} == set()
    assert all(COLUMNS[name].use is not ColumnUse.FORBIDDEN for name in applications.given)


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_delimiters_are_told_apart(delimiter: str) -> None:
    applications = read(as_csv([{**GOOD, "AMT_CREDIT": "1 250,50"}], delimiter=delimiter))
    assert applications.column("AMT_CREDIT").tolist() == [1250.5]
    assert applications.numbers == (900_001,)


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", CODE.EMPTY_FILE),
        (b"\n\n", CODE.EMPTY_FILE),
        (SHORTEST_HEADER + b"\n", CODE.NO_ROWS),
        (b"a|b|c\n1|2|3\n", CODE.WRONG_DELIMITER),
        (b"PK\x03\x04rest", CODE.WRONG_FORMAT),
        (b"\x1f\x8b\x08", CODE.WRONG_FORMAT),
        ("a;é\n".encode("utf-16"), CODE.WRONG_ENCODING),
        (SHORTEST_HEADER + b"\nPr\xeat,1,2,3\n", CODE.WRONG_ENCODING),
        (SHORTEST_HEADER + b'\n"Cash loans,1,2,3\n', CODE.DAMAGED),
        (SHORTEST_HEADER + b"\nCash\0loans,1,2,3\n", CODE.DAMAGED),
        (SHORTEST_HEADER + b"\nCash loans,1,2\n", CODE.WRONG_CELL_COUNT),
        (SHORTEST_HEADER + b"\nCash loans,1,2,3,4\n", CODE.WRONG_CELL_COUNT),
        (SHORTEST_HEADER + b"\n" + b"x" * 2_000_000, CODE.DAMAGED),
        (SHORTEST_HEADER + b"\nCash loans,1,2,3\nCash loans,1,2,3\n", CODE.MISSING_COLUMN),  # two, without numbers
    ],
)
def test_a_file_that_is_not_what_it_should_be(content: bytes, code: FaultCode) -> None:
    assert [fault.code for fault in faults_of(content).faults] == [code]


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b" ", CODE.EMPTY_FILE),
        (b"[]", CODE.NO_ROWS),
        (b"[1]", CODE.NOT_AN_OBJECT),
        (b'"text"', CODE.NOT_AN_OBJECT),
        (b"[" * 100_000, CODE.DAMAGED),
        (b'{"AMT_CREDIT": ', CODE.DAMAGED),
        (as_json([GOOD])[:-1], CODE.DAMAGED),
        (as_json([GOOD]) + b"x", CODE.DAMAGED),
        (b"[{} {}]", CODE.DAMAGED),
        (b"\xff\xfe{\0}\0", CODE.WRONG_ENCODING),
        (b'{"a": "\xe9"}', CODE.WRONG_ENCODING),
        (b'{"a": "' + b"x" * 2_000_000, CODE.DAMAGED),
    ],
)
def test_json_that_is_not_what_it_should_be(content: bytes, code: FaultCode) -> None:
    assert code in {fault.code for fault in faults_of(content, FileForm.JSON).faults}


def test_windows_ends_a_byte_order_mark_and_empty_columns_at_the_end_are_no_fault() -> None:
    content = b"\xef\xbb\xbf" + SHORTEST_HEADER + b",,\r\nCash loans,1000,5000,200,,\r\n,,,,,\r\n"
    assert read(content).column("AMT_CREDIT").tolist() == [5000.0]


def test_the_row_after_the_last_one_is_not_read() -> None:
    class Endless(io.RawIOBase):
        """Applications without end."""

        served = 0

        def readable(self) -> bool:
            return True

        def read(self, size: int = -1) -> bytes:
            Endless.served += 1
            line = b"\nCash loans,1000,5000,200"
            return (SHORTEST_HEADER if Endless.served == 1 else b"") + line * 1_000

    with pytest.raises(ApplicationFaultsError) as refused:
        read_applications(Endless(), FileForm.CSV)
    assert [fault.code for fault in refused.value.faults] == [CODE.TOO_MANY_ROWS]
    assert Endless.served <= MOST_APPLICATIONS / 1_000 + 5


@pytest.mark.parametrize("form", FileForm)
def test_the_byte_after_the_last_one_is_not_read(form: FileForm) -> None:
    class Large(io.RawIOBase):
        served = 0

        def readable(self) -> bool:
            return True

        def read(self, size: int = -1) -> bytes:
            Large.served += size
            return (b"[" if form is FileForm.JSON and Large.served == size else b"\n").ljust(size)

    with pytest.raises(ApplicationFaultsError) as refused:
        read_applications(Large(), form)
    assert [fault.code for fault in refused.value.faults] == [CODE.TOO_LARGE]
    assert Large.served <= MOST_BYTES + 1024**2


def test_ten_thousand_rows_and_not_one_more() -> None:
    rows = good_rows(MOST_APPLICATIONS + 1)
    assert len(read(as_csv(rows[:-1]))) == MOST_APPLICATIONS
    assert [fault.code for fault in faults_of(as_csv(rows)).faults] == [CODE.TOO_MANY_ROWS]


def test_csv_and_json_of_the_same_rows_are_the_same_applications(tmp_path: object) -> None:
    rows = tiny_rows(clients=2_400, seed=3)[TableName.APPLICATION_TEST]  # more than one block
    path = tmp_path / "rows.csv"  # type: ignore[operator]
    write_rows(path, APPLICATION.column_names, rows)
    one = read(path.read_bytes())
    other = read(as_json([{name: cell or None for name, cell in row.items()} for row in rows]), FileForm.JSON)
    assert one.numbers == other.numbers
    assert one.given.keys() == other.given.keys()
    for name, values in one.given.items():
        assert values.tolist() == other.given[name].tolist() or np.array_equal(
            values, other.given[name], equal_nan=True
        )


def test_keys_that_come_late_are_missing_before() -> None:
    rows = [*good_rows(700), {**GOOD, "SK_ID_CURR": 5, "OCCUPATION_TYPE": "Managers", "EXT_SOURCE_1": 0.5}]
    applications = read(as_json(rows), FileForm.JSON)
    assert applications.column("OCCUPATION_TYPE").tolist() == [None] * 700 + ["Managers"]
    assert np.isnan(applications.column("EXT_SOURCE_1")[:700]).all()
    assert {"EXT_SOURCE_3", "AMT_GOODS_PRICE"} <= applications.absent


def test_the_quick_look_never_disagrees_with_the_closer_one() -> None:
    """Cells that a quick look passes are the very values that the slow reading gives."""
    cells = [cell for _, cell, _ in CELLS] + ["1_0", "٣", "12", " 12", "365243", "XNA", "Cash loans", "Working", "0.25"]
    for column in COLUMNS.values():
        if column.name == "SK_ID_CURR":
            continue
        for cell in cells:
            quick = quick_values([cell], column, POSITIVE)
            slow = read_cell(cell, column)
            assert quick is None or quick == [slow]


@given(st.binary(max_size=400), st.sampled_from(FileForm))
def test_no_bytes_make_the_reader_fail_otherwise(content: bytes, form: FileForm) -> None:
    with suppress(ApplicationFaultsError):
        read(content, form)


@given(st.lists(st.text(max_size=12), min_size=1, max_size=6), st.sampled_from([*COLUMNS]))
def test_no_cells_make_the_reader_fail_otherwise(cells: list[str], column: str) -> None:
    with suppress(ApplicationFaultsError):
        read(as_csv([{**GOOD, "SK_ID_CURR": str(place), column: cell} for place, cell in enumerate(cells, start=1)]))


_JSON = st.recursive(
    st.none() | st.booleans() | st.floats() | st.integers() | st.text(max_size=6),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from([*COLUMNS]) | st.text(), inner, max_size=4)
    ),
    max_leaves=12,
)


@given(_JSON)
def test_no_json_makes_the_reader_fail_otherwise(content: object) -> None:
    with suppress(ApplicationFaultsError):
        read(as_json(content), FileForm.JSON)
