"""What stands in the repository: notebooks with the output of one clean run. `pytest --nbmake notebooks` runs them."""

from __future__ import annotations

import json
from pathlib import Path

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_notebook, new_output

from notebooks.execute import faults

ROOT = Path(__file__).resolve().parents[2]
NOTEBOOKS = sorted((ROOT / "notebooks").glob("*.ipynb"))
MOST_BYTES = 400_000


def test_the_six_notebooks_are_there() -> None:
    assert [path.name[:2] for path in NOTEBOOKS] == ["01", "02", "03", "04", "05", "06"]


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_a_notebook_holds_the_output_of_one_clean_run(path: Path) -> None:
    notebook = nbformat.read(path, as_version=4)
    nbformat.validate(notebook)
    assert faults(notebook) == []
    assert path.stat().st_size <= MOST_BYTES
    drawn = [
        output for cell in notebook.cells for output in cell.get("outputs", []) if "image/png" in output.get("data", {})
    ]
    assert drawn or path.name.startswith("02")


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_a_notebook_tells_nothing_of_who_ran_it(path: Path) -> None:
    content = json.loads(path.read_text(encoding="utf-8"))
    assert content["metadata"]["language_info"] == {"name": "python"}
    assert content["metadata"]["kernelspec"]["name"] == "python3"
    assert all(cell["metadata"] == {} for cell in content["cells"])


def test_what_is_not_fit_to_be_kept_is_named() -> None:
    notebook = new_notebook(
        cells=[
            new_code_cell(
                "1", execution_count=1, outputs=[new_output("stream", name="stdout", text="in /home/ann/data")]
            ),
            new_code_cell("2", execution_count=3, outputs=[new_output("stream", name="stderr", text="careful\nhere")]),
            new_code_cell("3", execution_count=4, outputs=[new_output("error", ename="KeyError", evalue="")]),
        ]
    )
    assert faults(notebook) == [
        "its cells were not run once each, from top to bottom",
        "cell 1 shows the path /home/",
        "cell 3 warns: careful",
        "cell 4 fails: KeyError",
    ]
