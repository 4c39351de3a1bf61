"""What the manifests for Kubernetes promise, read from the files themselves."""

from pathlib import Path

import pytest
import yaml

from tests.test_compose import OURS, without_variables

FOLDER = Path(__file__).parent.parent / "deploy/kubernetes"
KUSTOMIZATION = yaml.safe_load((FOLDER / "kustomization.yaml").read_text())
THINGS = [thing for name in KUSTOMIZATION["resources"] for thing in yaml.safe_load_all((FOLDER / name).read_text())]
COMPOSE = yaml.safe_load((FOLDER.parent.parent / "docker-compose.yml").read_text())


def of_kind(kind: str) -> dict[str, dict]:
    return {thing["metadata"]["name"]: thing for thing in THINGS if thing["kind"] == kind}


def pods() -> dict[str, dict]:
    """Of each part the pod that it becomes."""
    found = {}
    for thing in THINGS:
        spec = thing.get("spec", {})
        template = spec.get("jobTemplate", {}).get("spec", spec).get("template")
        if template:
            found[template["metadata"]["labels"]["part"]] = template["spec"]
    return found


def test_the_parts_are_those_of_compose_that_are_ours():
    assert set(pods()) == OURS
    for name, pod in pods().items():
        [container] = pod["containers"]
        command = without_variables(COMPOSE["services"][name].get("command", ""))
        assert " ".join(container.get("command", [])) == command, name


@pytest.mark.parametrize("part", pods())
def test_nobody_is_root_or_can_change_itself(part):
    pod = pods()[part]
    assert pod["securityContext"]["runAsNonRoot"] is True
    assert pod["securityContext"]["seccompProfile"] == {"type": "RuntimeDefault"}
    assert pod["automountServiceAccountToken"] is False
    [container] = pod["containers"]
    context = container["securityContext"]
    assert context["readOnlyRootFilesystem"] is True
    assert context["allowPrivilegeEscalation"] is False
    assert context["capabilities"] == {"drop": ["ALL"]}
    assert container["resources"]["limits"]["memory"]
    assert {"name": "secrets", "secret": {"secretName": "huisplan"}} in pod["volumes"]


def test_web_and_workers_of_what_is_urgent_are_more_than_one_and_beat_is_exactly_one():
    deployments = of_kind("Deployment")
    assert deployments["web"]["spec"]["replicas"] > 1
    assert deployments["worker"]["spec"]["replicas"] > 1
    assert deployments["worker-mail"]["spec"]["replicas"] > 1
    assert deployments["beat"]["spec"]["replicas"] == 1
    assert deployments["beat"]["spec"]["strategy"] == {"type": "Recreate"}


def test_people_are_sent_only_to_who_is_ready():
    [web] = pods()["web"]["containers"]
    assert web["readinessProbe"]["httpGet"]["path"] == "/gezond/klaar/"
    assert web["livenessProbe"]["httpGet"]["path"] == "/gezond/leeft/"
    hosts = of_kind("ConfigMap")["settings"]["data"]["ALLOWED_HOSTS"].split(",")
    for probe in ("readinessProbe", "livenessProbe", "startupProbe"):
        assert web[probe]["httpGet"]["httpHeaders"] == [{"name": "Host", "value": hosts[0]}]


def test_no_secret_stands_in_a_manifest_and_every_one_is_a_file():
    settings = of_kind("ConfigMap")["settings"]["data"]
    wanted = COMPOSE["x-app"]["environment"]
    assert {name: value for name, value in settings.items() if name.endswith("_FILE")} == {
        name: value.replace("/run/secrets/", "/run/secrets/huisplan/") for name, value in wanted.items()
    }
    assert not of_kind("Secret")
