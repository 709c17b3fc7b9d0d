"""The objects for Kubernetes: they render, they are valid, they are locked in, and they find each other."""

import re

import kubernetes_validate
import pytest

import rendered
from rendered import EXAMPLE, FOLDER, Object, pods, selects
from sam_template import ROOT

FOLDERS = [FOLDER, EXAMPLE]


@pytest.fixture(scope="module", params=FOLDERS, ids=["base", "example"])
def found(request: pytest.FixtureRequest) -> list[Object]:
    return rendered.objects(request.param)


def of_kind(found: list[Object], kind: str) -> list[Object]:
    return [item for item in found if item["kind"] == kind]


def test_every_object_is_what_kubernetes_knows(found: list[Object]):
    for item in found:
        kubernetes_validate.validate(item, "1.37", strict=True)


def test_the_judge_does_look(found: list[Object]):
    (account,) = of_kind(found, "ServiceAccount")
    with pytest.raises(kubernetes_validate.ValidationError):
        kubernetes_validate.validate(account | {"automountServiceAccountTokens": False}, "1.37", strict=True)


def test_the_parts_that_were_promised_are_there(found: list[Object]):
    assert {name for name, _ in pods(found)} == {"imgn-web", "imgn-ingest", "imgn-sweep"}
    assert len(of_kind(found, "PodDisruptionBudget")) == 2
    assert all(item["spec"]["replicas"] >= 2 for item in of_kind(found, "Deployment"))


def test_every_pod_is_locked_in(found: list[Object]):
    for name, pod in pods(found):
        spec = pod["spec"]
        assert spec["securityContext"]["runAsNonRoot"] is True, name
        assert spec["securityContext"]["seccompProfile"] == {"type": "RuntimeDefault"}, name
        assert spec["automountServiceAccountToken"] is False, name
        assert not {"hostNetwork", "hostPID", "hostIPC"} & set(spec), name
        for container in spec["containers"]:
            assert container["securityContext"] == {
                "allowPrivilegeEscalation": False, "readOnlyRootFilesystem": True, "capabilities": {"drop": ["ALL"]},
            }, name
            assert container["resources"]["limits"]["memory"] and container["resources"]["requests"]["cpu"], name


def test_the_image_runs_as_the_user_that_the_pods_name(found: list[Object]):
    text = (ROOT / "deploy/server/Dockerfile").read_text(encoding="utf-8")
    user = int(re.search(r"^USER (\d+):", text, re.MULTILINE)[1])
    assert {pod["spec"]["securityContext"]["runAsUser"] for _, pod in pods(found)} == {user}


def test_secrets_come_by_reference_only(found: list[Object]):
    assert not of_kind(found, "Secret"), "a secret has no place in a repository"
    for name, pod in pods(found):
        for container in pod["spec"]["containers"]:
            assert {"secretRef": {"name": "imgn"}} in container["envFrom"], name
    (settings,) = of_kind(found, "ConfigMap")
    assert not [key for key in settings["data"] if re.search("SECRET|TOKEN|PASSWORD|ACCESS_KEY", key)]


def test_servers_are_asked_for_their_health_and_jobs_are_not(found: list[Object]):
    for name, pod in pods(found):
        (container,) = pod["spec"]["containers"]
        probes = {kind: container.get(f"{kind}Probe", {}).get("httpGet", {}).get("path")
                  for kind in ("startup", "liveness", "readiness")}
        serves = container["args"] == ["serve"]
        wanted = {"startup": "/healthz", "liveness": "/healthz", "readiness": "/readyz"}
        assert probes == (wanted if serves else dict.fromkeys(wanted)), name


def test_each_role_is_played(found: list[Object]):
    roles = {}
    for name, pod in pods(found):
        (container,) = pod["spec"]["containers"]
        roles[name] = {entry["name"]: entry["value"] for entry in container.get("env", [])}.get("IMGN_ROLE")
    assert roles == {"imgn-web": "web", "imgn-ingest": "worker", "imgn-sweep": None}


def test_what_selects_pods_finds_some(found: list[Object]):
    labels = {name: pod["metadata"]["labels"] for name, pod in pods(found)}
    for item in of_kind(found, "Service"):
        assert [name for name in labels if item["spec"]["selector"].items() <= labels[name].items()] == [
            {"imgn": "imgn-web", "imgn-ingest": "imgn-ingest"}[item["metadata"]["name"]]
        ]
    for item in of_kind(found, "PodDisruptionBudget"):
        chosen = [name for name in labels if selects(item["spec"]["selector"], labels[name])]
        assert chosen == [item["metadata"]["name"]]
    for item in of_kind(found, "Deployment"):
        assert selects(item["spec"]["selector"], labels[item["metadata"]["name"]])


def test_nobody_speaks_with_a_pod_unless_a_policy_says_so(found: list[Object]):
    policies = [item["spec"] for item in of_kind(found, "NetworkPolicy")]
    for name, pod in pods(found):
        covering = [spec for spec in policies if selects(spec["podSelector"], pod["metadata"]["labels"])]
        closed = {direction for spec in covering for direction in spec["policyTypes"]}
        assert closed == {"Ingress", "Egress"}, name
        heard = [rule for spec in covering for rule in spec.get("ingress", [])]
        assert bool(heard) == (name != "imgn-sweep"), "nobody has anything to say to the sweep"


def test_no_pod_reaches_the_metadata_of_its_machine(found: list[Object]):
    outwards = [rule for item in of_kind(found, "NetworkPolicy") for rule in item["spec"].get("egress", [])]
    blocks = [peer["ipBlock"] for rule in outwards for peer in rule["to"] if "ipBlock" in peer]
    assert blocks and all("169.254.0.0/16" in block["except"] for block in blocks if block["cidr"] == "0.0.0.0/0")


def test_replicas_are_spread(found: list[Object]):
    for item in of_kind(found, "Deployment"):
        keys = [rule["topologyKey"] for rule in item["spec"]["template"]["spec"]["topologySpreadConstraints"]]
        assert "kubernetes.io/hostname" in keys


def test_the_example_says_which_image_it_runs():
    for name, pod in pods(rendered.objects(EXAMPLE)):
        (container,) = pod["spec"]["containers"]
        assert re.fullmatch(r"registry\.example/imgn:\d+\.\d+\.\d+", container["image"]), name
