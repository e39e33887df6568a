"""Reads in the program's source which codes of actions it can enter in the audit trail."""

import ast
from collections.abc import Iterator
from itertools import product
from pathlib import Path

Function = ast.FunctionDef
Scope = tuple[ast.Module, Function | None]


class Written:
    """The modules below a folder, and what their calls to `record` can say."""

    def __init__(self, folder: Path) -> None:
        """Read every module once."""
        self._modules = [ast.parse(path.read_text(encoding="utf-8")) for path in sorted(folder.rglob("*.py"))]

    def actions(self) -> set[str]:
        """Every code. Raises AssertionError where one is put together in a way that is not followed."""
        return {code for scope, call in self._calls("record") for code in self._values(call.args[2], scope)}

    def _calls(self, name: str) -> Iterator[tuple[Scope, ast.Call]]:
        for module in self._modules:
            for scope, node in _walk(module, (module, None)):
                if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == name:
                    yield scope, node

    def _values(self, said: ast.expr, scope: Scope) -> set[str]:
        match said:
            case ast.Constant(value=str(text)):
                return {text}
            case ast.IfExp():
                return self._values(said.body, scope) | self._values(said.orelse, scope)
            case ast.JoinedStr():
                parts = [self._values(part, scope) for part in said.values]
                return {"".join(chosen) for chosen in product(*parts)}
            case ast.FormattedValue():
                return self._values(said.value, scope)
            case ast.Name():
                return self._named(said.id, scope)
            case ast.Call(func=ast.Name(id=called)):
                return self._returned(called, scope[0])
        raise AssertionError(f"line {said.lineno}: {ast.unparse(said)} is not followed")

    def _named(self, name: str, scope: Scope) -> set[str]:
        """By what is assigned to it, or given for it by every caller."""
        module, function = scope
        for place in filter(None, (function, module)):
            given = [
                node.value
                for node in ast.walk(place)
                if isinstance(node, ast.Assign) and name in {ast.unparse(target) for target in node.targets}
            ]
            if given:
                return set().union(*(self._values(value, scope) for value in given))
        assert function is not None, f"{name} is not followed"
        at = [argument.arg for argument in function.args.args].index(name)
        values = set()
        for caller, call in self._calls(function.name):
            if function.name.startswith("_") and caller[0] is not module:
                continue  # another module's own function of the same name
            keywords = {keyword.arg: keyword.value for keyword in call.keywords}
            values |= self._values(keywords.get(name) or call.args[at], caller)
        return values

    def _returned(self, called: str, module: ast.Module) -> set[str]:
        values = set()
        for scope, node in _walk(module, (module, None)):
            if isinstance(node, ast.Return) and node.value and scope[1] and scope[1].name == called:
                values |= self._values(node.value, scope)
        assert values, f"{called} is not followed"
        return values


def _walk(node: ast.AST, scope: Scope) -> Iterator[tuple[Scope, ast.AST]]:
    for child in ast.iter_child_nodes(node):
        inner = (scope[0], child) if isinstance(child, Function) else scope
        yield inner, child
        yield from _walk(child, inner)
