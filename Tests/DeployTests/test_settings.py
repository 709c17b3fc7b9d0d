"""Whether every setting that a hosting gives is one that the code reads: a name that nobody reads is a silent fault."""

import re

import pytest
import yaml

import rendered
from sam_template import ROOT, Template

NAME = re.compile(r"\bIMGN_[A-Z_]+\b")


def read_by_the_code() -> set[str]:
    """The variables that Sources name in strings; secrets may also come by files."""
    text = "\n".join(path.read_text(encoding="utf-8") for path in sorted((ROOT / "Sources").glob("**/*.swift")))
    names = set(re.findall(r'"(IMGN_[A-Z_]+)"', text))
    return names | {f"{name}_FILE" for name in re.findall(r'readSecret\(\s*"(IMGN_[A-Z_]+)"', text)}


def given_by_aws() -> set[str]:
    template = Template.read(SignIn="cognito", TrustedProxies="192.0.2.0/24", MoreUploadOrigins="https://a.example")
    return {*template.environment("ApiFunction"), *template.environment("IngestFunction")}


def given_by_kubernetes() -> set[str]:
    found = rendered.objects(rendered.EXAMPLE)
    names = {name for item in found if item["kind"] == "ConfigMap" for name in item["data"]}
    for _, pod in rendered.pods(found):
        names |= {entry["name"] for container in pod["spec"]["containers"] for entry in container.get("env", [])}
    return names | set(NAME.findall((rendered.FOLDER / "base/settings.yaml").read_text(encoding="utf-8")))


def given_by_containers() -> set[str]:
    folder = ROOT / "deploy/server"
    compose = yaml.safe_load((folder / "compose.yaml").read_text(encoding="utf-8"))
    names = set(compose["services"]["gallery"]["environment"])
    for file in ("Dockerfile", "imgn.service", "imgn.env"):
        names |= set(NAME.findall((folder / file).read_text(encoding="utf-8")))
    return {name for name in names if name.startswith("IMGN_")}


@pytest.mark.parametrize("given", [given_by_aws, given_by_kubernetes, given_by_containers])
def test_every_setting_is_read(given):
    names = given()
    assert names, "the test finds no settings"
    assert names - read_by_the_code() == set()
