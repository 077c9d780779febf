import ast
from pathlib import Path

from intake import errors

ROOT = Path(__file__).parents[1]


def _raised(tree: ast.AST) -> set[str]:
    """Return the names that a file raises, or gives to `db.flush` as the refusal for a constraint."""
    raised = [node.exc for node in ast.walk(tree) if isinstance(node, ast.Raise) and node.exc]
    flushed = [
        refusal
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and ast.unparse(node.func).rpartition(".")[2] == "flush"
        for refusal in node.args[2:]
    ]
    return {name.id for node in (*raised, *flushed) for name in ast.walk(node) if isinstance(name, ast.Name)}


def test_every_refusal_is_used_and_says_what_it_means() -> None:
    raised = set().union(*(_raised(ast.parse(path.read_text())) for path in (ROOT / "intake").rglob("*.py")))
    ours = {
        name: kind
        for name, kind in vars(errors).items()
        if getattr(kind, "__module__", "") == errors.__name__
    }
    bases = {base for kind in ours.values() for base in kind.__bases__}
    assert {name for name, kind in ours.items() if kind not in bases} <= raised
    assert all(issubclass(kind, Exception) and kind.__doc__ for kind in ours.values())
