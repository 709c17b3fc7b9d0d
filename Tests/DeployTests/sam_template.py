"""Reads deploy/aws/template.yaml as CloudFormation does, with an invented account and stack."""

import pathlib
import re
from typing import Any

import yaml

ROOT = pathlib.Path(__file__).resolve().parents[2]
PATH = ROOT / "deploy" / "aws" / "template.yaml"
SUFFIX = "0123456789ab"
PSEUDO = {
    "AWS::AccountId": "123456789012",
    "AWS::Partition": "aws",
    "AWS::Region": "eu-central-1",
    "AWS::StackId": f"arn:aws:cloudformation:eu-central-1:123456789012:stack/gallery/11111111-2222-3333-4444-{SUFFIX}",
    "AWS::StackName": "gallery",
    "AWS::URLSuffix": "amazonaws.com",
}
NO_VALUE = object()


class _Loader(yaml.SafeLoader):
    """YAML with CloudFormation's short forms, which become its long ones."""


def _short_form(loader: _Loader, suffix: str, node: yaml.Node) -> dict[str, Any]:
    if isinstance(node, yaml.ScalarNode):
        value: Any = loader.construct_scalar(node)
    elif isinstance(node, yaml.SequenceNode):
        value = loader.construct_sequence(node, deep=True)
    else:
        value = loader.construct_mapping(node, deep=True)
    if suffix == "GetAtt" and isinstance(value, str):
        value = value.split(".", 1)
    return {suffix if suffix in ("Ref", "Condition") else f"Fn::{suffix}": value}


_Loader.add_multi_constructor("!", _short_form)


class Template:
    """The template, with its parameters set; what is not given has its default."""

    def __init__(self, text: str, **parameters: str) -> None:
        self.document = yaml.load(text, Loader=_Loader)  # noqa: S506 (a SafeLoader)
        self.parameters = {name: str(entry.get("Default", "")) for name, entry in self.document["Parameters"].items()}
        unknown = set(parameters) - set(self.parameters)
        assert not unknown, f"the template has no parameters {unknown}"
        self.parameters |= parameters

    @classmethod
    def read(cls, **parameters: str) -> "Template":
        """The template of the repository."""
        return cls(PATH.read_text(encoding="utf-8"), **parameters)

    def raw(self, name: str) -> dict[str, Any]:
        """A resource as it is written."""
        return self.document["Resources"][name]

    def properties(self, name: str) -> dict[str, Any]:
        """A resource's properties, everything computed."""
        return self.resolve(self.raw(name)["Properties"])

    def exists(self, name: str) -> bool:
        """Whether a resource is made with these parameters."""
        condition = self.raw(name).get("Condition")
        return condition is None or self.condition(condition)

    def environment(self, name: str) -> dict[str, Any]:
        """A function's variables, the common ones included."""
        common = self.resolve(self.document["Globals"]["Function"]["Environment"]["Variables"])
        return common | self.properties(name)["Environment"]["Variables"] if "Environment" in self.properties(
            name
        ) else common

    def condition(self, name: str) -> bool:
        """Whether a condition holds."""
        return bool(self.resolve(self.document["Conditions"][name]))

    def resolve(self, node: Any) -> Any:
        """A value without functions."""
        if isinstance(node, list):
            return [value for value in map(self.resolve, node) if value is not NO_VALUE]
        if not isinstance(node, dict):
            return node
        if len(node) == 1:
            (key, value), = node.items()
            if key == "Ref":
                return self._reference(value)
            if key.startswith("Fn::"):
                return self._call(key[4:], value)
        pairs = ((key, self.resolve(value)) for key, value in node.items())
        return {key: value for key, value in pairs if value is not NO_VALUE}

    def _reference(self, name: str) -> Any:
        if name == "AWS::NoValue":
            return NO_VALUE
        if name in PSEUDO:
            return PSEUDO[name]
        if name in self.parameters:
            text = self.parameters[name]
            is_list = self.document["Parameters"][name]["Type"] == "CommaDelimitedList"
            return text.split(",") if is_list else text
        assert name in self.document["Resources"], f"there is nothing called {name}"
        if name == "Bucket":
            return self.properties("Bucket")["BucketName"]
        return name

    def _attribute(self, name: str, attribute: str) -> str:
        kind = self.raw(name)["Type"]
        if attribute != "Arn":
            return f"{name}.{attribute}".lower()
        if kind == "AWS::S3::Bucket":
            return f"arn:aws:s3:::{self._reference(name)}"
        path = {"AWS::DynamoDB::Table": "dynamodb:{}:table/", "AWS::SQS::Queue": "sqs:{}:"}.get(kind, "other:{}:")
        return "arn:aws:" + path.format("eu-central-1:123456789012") + name

    def _call(self, function: str, value: Any) -> Any:
        if function == "GetAtt":
            return self._attribute(*value)
        if function == "Sub":
            return self._substitute(value)
        if function == "If":
            condition, yes, no = value
            return self.resolve(yes if self.condition(condition) else no)
        arguments = self.resolve(value)
        match function:
            case "Equals":
                return str(arguments[0]) == str(arguments[1])
            case "Not":
                return not arguments[0]
            case "And":
                return all(arguments)
            case "FindInMap":
                return self.document["Mappings"][arguments[0]][arguments[1]][arguments[2]]
            case "Join":
                return arguments[0].join(arguments[1])
            case "Split":
                return arguments[1].split(arguments[0])
            case "Select":
                return arguments[1][int(arguments[0])]
        raise NotImplementedError(function)

    def _substitute(self, value: Any) -> str:
        text, names = (value, {}) if isinstance(value, str) else (value[0], self.resolve(value[1]))

        def put_in(match: re.Match[str]) -> str:
            name = match.group(1)
            if name in names:
                return names[name]
            return self._attribute(*name.split(".", 1)) if "." in name else self._reference(name)

        return re.sub(r"\$\{([^!}]+)\}", put_in, text)
