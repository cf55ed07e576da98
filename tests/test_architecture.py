"""The house rules that import-linter cannot see, because single modules are no packages to it."""

import ast
import importlib
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
OURS = {"geo", "planning", "layers", "data", "exports", "steps", "commands", "views"} | {
    "workflow",
    "cli",
    "console",
    "app",
    "words",
}


def imported_by(path: Path) -> set[str]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    whole = {n.name for node in ast.walk(tree) if isinstance(node, ast.Import) for n in node.names}
    parts = {
        node.module
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and node.module is not None
    }
    return {name.split(".")[0] for name in whole | parts} & OURS


@pytest.mark.parametrize(
    ("module", "allowed"),
    [
        ("words.py", set()),
        ("app.py", {"views", "words"}),
        ("console.py", {"words"}),
        ("cli.py", {"commands", "workflow", "data", "geo", "console", "words"}),
        ("workflow.py", {"steps", "data", "planning", "layers", "exports", "geo", "words"}),
    ],
)
def test_a_front_door_imports_only_what_it_opens(module, allowed):
    assert imported_by(ROOT / module) <= allowed


@pytest.mark.parametrize(
    "package", ["geo", "planning", "layers", "data", "exports", "steps", "commands", "views"]
)
def test_a_package_comes_from_this_checkout_and_no_other_wheel(package):
    assert Path(importlib.import_module(package).__file__).parent == ROOT / package
