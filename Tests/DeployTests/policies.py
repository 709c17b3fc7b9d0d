"""What IAM says to an action, for the few of its words that our template uses; words it does not know are an error."""

import re
from dataclasses import dataclass, field
from typing import Any, Callable, Iterable


@dataclass(frozen=True)
class Demand:
    """An action on a resource, with what the request says besides."""

    action: str
    resource: str
    context: dict[str, tuple[str, ...]] = field(default_factory=dict, hash=False)


def matches(pattern: str, text: str) -> bool:
    """Whether a pattern with IAM's `*` and `?` covers a text."""
    parts = (".*" if part == "*" else "." if part == "?" else re.escape(part) for part in re.split(r"([*?])", pattern))
    return re.fullmatch("".join(parts), text, re.DOTALL) is not None


def _same(wanted: str, found: str) -> bool:
    return wanted == found


OPERATORS: dict[str, Callable[[str, str], bool]] = {
    "StringEquals": _same,
    "StringLike": matches,
    "ArnEquals": matches,
    "ArnLike": matches,
    "Bool": lambda wanted, found: wanted.lower() == found.lower(),
}


def _as_list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


def _holds(operator: str, key: str, wanted: list[str], context: dict[str, tuple[str, ...]]) -> bool:
    name = operator.removeprefix("ForAllValues:")
    for_all = name != operator
    if_exists = name.endswith("IfExists")
    compare = OPERATORS[name.removesuffix("IfExists")]
    found = context.get(key)
    if found is None:
        return if_exists or for_all
    answers = (any(compare(pattern, value) for pattern in wanted) for value in found)
    return all(answers) if for_all else any(answers)


@dataclass(frozen=True)
class Statement:
    """One statement of a policy, everything in it computed."""

    name: str
    allows: bool
    actions: tuple[str, ...]
    resources: tuple[str, ...]
    conditions: tuple[tuple[str, str, tuple[str, ...]], ...] = ()

    @classmethod
    def read(cls, document: dict[str, Any]) -> "Statement":
        """Reads a statement as CloudFormation has it."""
        known = {"Sid", "Effect", "Action", "Resource", "Condition"}
        assert set(document) <= known, f"unknown words in a statement: {set(document) - known}"
        conditions = tuple(
            (operator, key, tuple(map(str, _as_list(wanted))))
            for operator, keys in document.get("Condition", {}).items()
            for key, wanted in keys.items()
        )
        return cls(
            document["Sid"],
            {"Allow": True, "Deny": False}[document["Effect"]],
            tuple(_as_list(document["Action"])),
            tuple(_as_list(document["Resource"])),
            conditions,
        )

    def covers(self, demand: Demand) -> bool:
        """Whether the statement speaks of this demand."""
        return (
            any(matches(action.lower(), demand.action.lower()) for action in self.actions)
            and any(matches(resource, demand.resource) for resource in self.resources)
            and all(_holds(operator, key, list(wanted), demand.context) for operator, key, wanted in self.conditions)
        )


@dataclass(frozen=True)
class Policy:
    """All statements of a role."""

    statements: tuple[Statement, ...]

    @classmethod
    def of_role(cls, properties: dict[str, Any]) -> "Policy":
        """The inline policies of a role; one with managed policies says more than we can read."""
        assert "ManagedPolicyArns" not in properties, "a managed policy allows what nobody wrote down here"
        documents = (policy["PolicyDocument"]["Statement"] for policy in properties["Policies"])
        return cls(tuple(Statement.read(statement) for statements in documents for statement in statements))

    def allows(self, demand: Demand) -> bool:
        """Whether something allows the demand, and nothing forbids it."""
        covering = [statement for statement in self.statements if statement.covers(demand)]
        return any(statement.allows for statement in covering) and all(statement.allows for statement in covering)

    def unused(self, demands: Iterable[Demand]) -> set[tuple[str, str]]:
        """The name of a statement and the action in it, for each that no demand needs."""
        demands = list(demands)
        return {
            (statement.name, action)
            for statement in self.statements
            if statement.allows
            for action in statement.actions
            if not any(
                statement.covers(demand) and matches(action.lower(), demand.action.lower()) for demand in demands
            )
        }
