"""What people type for a client number."""

import pytest

from scoring_dash.core.client_id import parse_client_id
from scoring_dash.core.errors import InvalidRequestError


@pytest.mark.parametrize(("text", "number"), [("100002", 100002), (" 100002 ", 100002), ("1", 1)])
def test_a_number_is_read(text: str, number: int) -> None:
    assert parse_client_id(text) == number


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "100002.0",
        "1e5",
        "0100002",
        "-1",
        "0",
        "9" * 11,
        "٣",
        "１２",
        "1\n",
        "1\u200b",
        "<script>",
        "../x",
        "1 2",
        "+5",
        "1_0",
    ],
)
def test_anything_else_is_refused_with_what_is_allowed(text: str) -> None:
    with pytest.raises(InvalidRequestError, match="client number of 1 to 10 digits"):
        parse_client_id(text)
