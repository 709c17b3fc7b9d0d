"""The Kubernetes objects, as `kubectl kustomize` renders them."""

import pathlib
import shutil
import subprocess
import sys
from typing import Any, Iterator

import yaml

from sam_template import ROOT

FOLDER = ROOT / "deploy" / "kubernetes"
EXAMPLE = FOLDER / "overlays" / "example"
Object = dict[str, Any]


def kubectl() -> str | None:
    """The kubectl that Scripts/bootstrap found good, or brought."""
    own = pathlib.Path(sys.executable).with_name("kubectl")
    return str(own) if own.exists() else shutil.which("kubectl")


def render(folder: pathlib.Path) -> str:
    """What kubectl makes of a folder; a warning is a failure."""
    program = kubectl()
    assert program, "there is no kubectl (Scripts/bootstrap test brings it)"
    done = subprocess.run([program, "kustomize", str(folder)], capture_output=True, text=True, timeout=60)
    assert (done.returncode, done.stderr) == (0, ""), done.stderr
    return done.stdout


def objects(folder: pathlib.Path) -> list[Object]:
    """The objects of a folder."""
    return [item for item in yaml.safe_load_all(render(folder)) if item]


def pods(found: list[Object]) -> Iterator[tuple[str, Object]]:
    """Name and pod template of each object that makes pods."""
    for item in found:
        spec = item.get("spec", {})
        if item["kind"] == "CronJob":
            spec = spec["jobTemplate"]["spec"]
        if "template" in spec:
            yield item["metadata"]["name"], spec["template"]


def selects(selector: Object, labels: dict[str, str]) -> bool:
    """Whether a label selector without expressions takes these labels."""
    assert set(selector) <= {"matchLabels"}
    return selector.get("matchLabels", {}).items() <= labels.items()
