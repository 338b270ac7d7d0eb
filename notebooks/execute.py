"""Run the notebooks from top to bottom and write their output in place: ``make notebooks``.

What is written depends on the package alone, not on who ran it or when: no times, no version of Python, no path.
A notebook that fails, warns or shows a path is left as it was.
"""

from __future__ import annotations

import argparse
import re
import sys
import tempfile
from pathlib import Path

import nbformat
from nbclient import NotebookClient
from nbformat import NotebookNode

FOLDER = Path(__file__).resolve().parent
SECONDS_PER_CELL = 300


def execute(path: Path) -> NotebookNode:
    """The notebook with the output of a new run.

    Raises
    ------
    nbclient.exceptions.CellExecutionError
        If a cell fails.
    ValueError
        If the output is not fit to be kept.
    """
    notebook = nbformat.read(path, as_version=4)
    client = NotebookClient(
        notebook,
        timeout=SECONDS_PER_CELL,
        kernel_name="python3",
        record_timing=False,
        extra_arguments=["--log-level=ERROR"],
        resources={"metadata": {"path": str(path.parent)}},
    )
    client.execute()
    notebook.metadata["language_info"] = {"name": "python"}
    found = faults(notebook)
    if found:
        raise ValueError(f"{path.name}: " + "; ".join(found))
    return notebook


def faults(notebook: NotebookNode) -> list[str]:
    """What makes the output of a notebook unfit to be kept, as short sentences."""
    found = []
    cells = [cell for cell in notebook.cells if cell.cell_type == "code"]
    if [cell.execution_count for cell in cells] != list(range(1, len(cells) + 1)):
        found.append("its cells were not run once each, from top to bottom")
    for cell in cells:
        for output in cell.outputs:
            if output.output_type == "error":
                found.append(f"cell {cell.execution_count} fails: {output.ename}")
            if output.get("name") == "stderr":
                found.append(f"cell {cell.execution_count} warns: {output.text.strip().splitlines()[0]}")
            if path := machine_path(output):
                found.append(f"cell {cell.execution_count} shows the path {path}")
    return found


def machine_path(output: NotebookNode) -> str | None:
    """A path of the machine in the text of an output, or None."""
    texts = [
        output.get("text", ""),
        *(value for kind, value in output.get("data", {}).items() if kind.startswith("text")),
    ]
    here = {f"{FOLDER.parent}/", f"{Path.home()}/", f"{tempfile.gettempdir()}/", f"{sys.prefix}/"}
    pattern = re.compile("|".join(map(re.escape, sorted(here))) + r"|/(?:home|root|tmp|Users)/|[A-Z]:\\\\Users\\\\")
    match = next((match for text in texts if (match := pattern.search("".join(text)))), None)
    return match.group() if match else None


def main() -> None:
    """Execute the named notebooks, or all."""
    parser = argparse.ArgumentParser(description=main.__doc__)
    parser.add_argument("notebooks", nargs="*", type=Path, default=sorted(FOLDER.glob("[0-9]*.ipynb")))
    for path in parser.parse_args().notebooks:
        print(path.name, flush=True)
        nbformat.write(execute(path), path)


if __name__ == "__main__":
    main()
