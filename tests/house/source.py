"""The bot's source as syntax trees, and what the house tests ask of them."""

import ast
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]

Checker = Callable[[ast.Module], Iterable[ast.AST]]
"""Finds the nodes of a module that break one rule."""


@dataclass(frozen=True)
class Module:
    """One source file: its dotted name, its path from the project's root, and its tree."""

    name: str
    path: Path
    tree: ast.Module

    def within(self, *places: str) -> bool:
        """Whether this is one of these modules, or lies below one."""
        return any(self.name == place or self.name.startswith(f"{place}.") for place in places)


@cache
def modules() -> tuple[Module, ...]:
    """Every module of the bot."""
    return tuple(_module(path) for path in sorted((ROOT / "bot").rglob("*.py")))


def _module(path: Path) -> Module:
    relative = path.relative_to(ROOT)
    parts = relative.with_suffix("").parts
    name = ".".join(parts[:-1] if parts[-1] == "__init__" else parts)
    return Module(name, relative, ast.parse(path.read_text(encoding="utf-8")))


def offences(checker: Checker, *, within: str = "bot", allowed: Iterable[str] = ()) -> list[str]:
    """Where the bot breaks a rule, as `path:line`, in one place and outside the modules that may."""
    return [
        f"{module.path}:{getattr(node, 'lineno', 1)}"
        for module in modules()
        if module.within(within) and not module.within(*allowed)
        for node in checker(module.tree)
    ]


def lines(checker: Checker, snippet: str) -> list[int]:
    """The lines of a snippet that break a rule, for showing that the rule can fail."""
    return [getattr(node, "lineno", 1) for node in checker(ast.parse(snippet))]


def references(tree: ast.Module) -> Iterator[tuple[ast.AST, str]]:
    """Every imported thing the module names, with its full dotted name whatever it was imported as."""
    known = dict(_imported_names(tree))
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom):
            yield from ((node, f"{node.module}.{alias.name}") for alias in node.names)
        elif isinstance(node, ast.Attribute):
            root, *rest = dotted(node)
            if root in known:
                yield node, ".".join([known[root], *rest])


def _imported_names(tree: ast.Module) -> Iterator[tuple[str, str]]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            for alias in node.names:
                top = alias.name.split(".")[0]
                yield (alias.asname, alias.name) if alias.asname else (top, top)
        elif isinstance(node, ast.ImportFrom):
            yield from ((alias.asname or alias.name, f"{node.module}.{alias.name}") for alias in node.names)


def imported_modules(tree: ast.Module) -> Iterator[tuple[ast.AST, str]]:
    """Every import, with each name it may stand for: `from a import b` is both `a` and `a.b`."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from ((node, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield from ((node, f"{node.module}.{alias.name}") for alias in node.names)


def dotted(node: ast.AST) -> list[str]:
    """The names of `a.b().c` as a, b, c; what is not a name, such as a literal, is an empty one."""
    if isinstance(node, ast.Attribute):
        return [*dotted(node.value), node.attr]
    if isinstance(node, ast.Call):
        return dotted(node.func)
    return [node.id if isinstance(node, ast.Name) else ""]
