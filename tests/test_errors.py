import ast
from pathlib import Path

from intake import errors

ROOT = Path(__file__).parents[1]


def test_every_refusal_is_used_and_says_what_it_means() -> None:
    raised = {
        name.id
        for path in (ROOT / "intake").rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.Raise) and node.exc
        for name in ast.walk(node.exc)
        if isinstance(name, ast.Name)
    }
    ours = {name: kind for name, kind in vars(errors).items() if isinstance(kind, type)}
    assert ours.keys() <= raised
    assert all(issubclass(kind, Exception) and kind.__doc__ for kind in ours.values())
