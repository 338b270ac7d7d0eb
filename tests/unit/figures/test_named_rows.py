"""Rows are as high as their names need."""

from __future__ import annotations

from scoring_dash.figures.named_rows import TOP, RowSize, frame, name_notes, place_rows


def test_rows_follow_one_another() -> None:
    one, other = place_rows(["Income", "Debts"])
    assert (one.name_top, one.bar_middle) == (0, RowSize.LARGE.line + RowSize.LARGE.bar / 2)
    assert other.name_top == one.bottom


def test_a_long_name_takes_two_lines_of_about_the_same_length() -> None:
    (row,) = place_rows(["Share of instalments paid late over the last twelve months"])
    assert row.lines == ("Share of instalments paid late", "over the last twelve months")
    assert row.bar_middle == 2 * RowSize.LARGE.line + RowSize.LARGE.bar / 2


def test_a_word_that_cannot_be_broken_keeps_its_name_whole() -> None:
    (row,) = place_rows(["x" * 50 + " y"])
    assert "".join(row.lines).replace(" ", "") == "x" * 50 + "y"
    assert len(row.lines) == 2


def test_a_remark_stands_below_the_name() -> None:
    (row,) = place_rows([("Income", "Income and job")])
    name, remark = name_notes(row)
    assert (name["text"], remark["text"]) == ("Income", "Income and job")
    assert name["y"] < remark["y"] < row.bar_middle - row.size.bar / 2


def test_the_frame_is_as_high_as_its_rows() -> None:
    rows = place_rows(["Income", "Debts"], [RowSize.LARGE, RowSize.SMALL])
    layout = frame(rows)
    inside = layout["height"] - layout["margin"]["t"] - layout["margin"]["b"]
    assert inside == rows[-1].bottom
    assert layout["yaxis"]["range"] == [inside, 0]
    assert layout["margin"]["t"] == TOP
