"""The files of `jobs/` say what is: the config documents every key, units are valid, paths lead somewhere."""

import dataclasses
import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Any

import pytest
import yaml
from kubernetes_fields import find_wrong

from digest.config import Config, Job, load_config, load_job

ROOT = Path(__file__).parent.parent.parent
JOBS = ROOT / "jobs"
NIGHTLY = (JOBS / "nightly.toml").read_text("utf-8")
KNOBS = {knob.name: knob for kind in (Config, Job) for knob in dataclasses.fields(kind)}
UNITS = ("digest-nightly.service", "digest-nightly.timer")


def uncommented(text: str) -> str:
    """The config with its examples switched on: lines like `# key = value` and `# [table]`."""
    return re.sub(r"^# (?=\[?[a-z-]+(\]| = )[^.]*\S*$)", "", text, flags=re.MULTILINE)


def test_the_config_as_it_stands_is_the_defaults() -> None:
    assert load_config(JOBS / "nightly.toml", {}, {}) == Config()
    assert load_job(JOBS / "nightly.toml", {}, {}) == Job()


def test_the_config_documents_every_key_once_and_gives_every_default() -> None:
    keys = [key.replace("-", "_") for key in re.findall(r"^(?:# )?\[?([a-z-]+)(?:\]$| = )", NIGHTLY, re.MULTILINE)]
    of_weights = ("intercept", "thresholds", "features")
    assert sorted(key for key in keys if key not in of_weights) == sorted(KNOBS)
    given = {key.replace("-", "_") for key in tomllib.loads(NIGHTLY)}
    assert given == {name for name, knob in KNOBS.items() if knob.default is not None}


def test_every_key_of_the_config_is_explained() -> None:
    lines = NIGHTLY.splitlines()
    for number, line in enumerate(lines):
        if re.match(r"(# )?\[?[a-z-]+(\]$| = )", line):
            above = next(
                before for before in reversed(lines[:number]) if not re.match(r"(# )?\[?[a-z-]+(\]$| = )", before)
            )
            assert above.startswith("# "), line


def test_every_example_of_the_config_can_be_switched_on(tmp_path: Path) -> None:
    file = tmp_path / "all.toml"
    file.write_text(uncommented(NIGHTLY), "utf-8")
    assert {key.replace("-", "_") for key in tomllib.loads(file.read_text("utf-8"))} == set(KNOBS)
    config, job = load_config(file, {}, {}), load_job(file, {}, {})
    assert (config.max_stories, config.group_by, config.device, job.run_id) == (50, "topic", "cuda", "2026-03-10")
    assert config.weights is not None


def test_the_script_is_clean() -> None:
    shellcheck = shutil.which("shellcheck", path=Path(sys.executable).parent) or shutil.which("shellcheck")
    if not shellcheck:
        pytest.skip("shellcheck is not installed")
    found = subprocess.run([shellcheck, str(JOBS / "nightly.sh")], capture_output=True, text=True, check=False)
    assert found.stdout == ""
    assert found.returncode == 0


@pytest.fixture
def units(tmp_path: Path) -> list[Path]:
    """The unit files, with the script where it stands here."""
    for name in UNITS:
        text = (JOBS / name).read_text("utf-8").replace("ExecStart=/opt/digest/jobs", f"ExecStart={JOBS}")
        (tmp_path / name).write_text(text, "utf-8")
    return [tmp_path / name for name in UNITS]


@pytest.mark.skipif(not shutil.which("systemd-analyze"), reason="systemd-analyze is not installed")
def test_systemd_takes_the_units(units: list[Path]) -> None:
    found = subprocess.run(
        ["systemd-analyze", "verify", "--man=no", *map(str, units)], capture_output=True, text=True, check=False
    )
    assert (found.returncode, found.stdout, found.stderr) == (0, "", "")


def test_the_service_may_write_its_own_folder_only() -> None:
    lines = set((JOBS / UNITS[0]).read_text("utf-8").splitlines())
    wanted = {"NoNewPrivileges=yes", "ProtectSystem=strict", "PrivateTmp=yes", "PrivateNetwork=yes", "ProtectHome=yes"}
    assert wanted | {"CapabilityBoundingSet=", "StateDirectory=digest"} <= lines
    assert not [line for line in lines if line.startswith("ReadWritePaths")]


def test_the_crontab_is_one_job_a_night_that_rings() -> None:
    lines = [line for line in (JOBS / "crontab").read_text("utf-8").splitlines() if line and line[0] != "#"]
    (job,) = [line for line in lines if re.match(r"[\d*]", line)]
    assert re.fullmatch(r"\d+ \d+ \* \* \* /opt/digest/jobs/nightly\.sh", job)
    assert "%" not in job  # cron makes a line end of it
    assert any(line.startswith("NIGHTLY_ALARM=") for line in lines)


def test_the_cron_job_of_kubernetes_never_overlaps_and_has_no_privileges() -> None:
    claim, job = yaml.safe_load_all((JOBS / "cronjob.yaml").read_text("utf-8"))
    assert (claim["kind"], job["kind"], job["spec"]["concurrencyPolicy"]) == (
        "PersistentVolumeClaim",
        "CronJob",
        "Forbid",
    )
    pod: dict[str, Any] = job["spec"]["jobTemplate"]["spec"]["template"]["spec"]
    (container,) = pod["containers"]
    assert pod["restartPolicy"] == "Never"
    assert pod["securityContext"]["runAsNonRoot"] is True
    assert container["securityContext"]["readOnlyRootFilesystem"] is True
    assert container["securityContext"]["capabilities"] == {"drop": ["ALL"]}
    volumes = {volume["name"]: volume for volume in pod["volumes"]}
    assert {mount["name"]: mount["mountPath"] for mount in container["volumeMounts"]} == {
        "home": "/var/lib/digest", "tmp": "/tmp",
    }  # fmt: skip
    assert volumes["home"]["persistentVolumeClaim"]["claimName"] == claim["metadata"]["name"]
    assert [rule["action"] for rule in job["spec"]["jobTemplate"]["spec"]["podFailurePolicy"]["rules"]] == [
        "FailJob", "Ignore",
    ]  # fmt: skip
    (on_exit, _) = job["spec"]["jobTemplate"]["spec"]["podFailurePolicy"]["rules"]
    assert on_exit["onExitCodes"]["containerName"] == container["name"]
    assert 0 not in on_exit["onExitCodes"]["values"]


def test_the_cron_job_is_made_of_fields_that_kubernetes_knows() -> None:
    for document in yaml.safe_load_all((JOBS / "cronjob.yaml").read_text("utf-8")):
        assert list(find_wrong(document, document["kind"], document["kind"])) == []


@pytest.mark.parametrize(
    ("right", "wrong", "fault"),
    [
        ("concurrencyPolicy: Forbid", "concurencyPolicy: Forbid", "there is no field 'concurencyPolicy' in a Cron"),
        ("concurrencyPolicy: Forbid", "concurrencyPolicy: Never", "concurrencyPolicy is 'Never'"),
        ("runAsUser: 10001", 'runAsUser: "10001"', "runAsUser is '10001', not int"),
        ('value: "1"', "value: 1", "value is 1, not str"),
        ("memory: 8Gi", "memory: 8GB", "limits.memory is '8GB'"),
        ("drop: [ALL]", "drop: {ALL: yes}", "drop is {'ALL': True}, not str"),
    ],
)
def test_a_wrong_field_of_a_cron_job_would_be_found(right: str, wrong: str, fault: str) -> None:
    text = (JOBS / "cronjob.yaml").read_text("utf-8")
    assert right in text
    _, job = yaml.safe_load_all(text.replace(right, wrong))
    (found,) = find_wrong(job, "CronJob", "CronJob")
    assert fault in found


def test_the_variables_of_the_jobs_are_settings_or_those_of_the_script() -> None:
    script = (JOBS / "nightly.sh").read_text("utf-8")
    for path in JOBS.iterdir():
        for name in re.findall(r"\b(?:DIGEST|NIGHTLY)_[A-Z_]+\b", path.read_text("utf-8")):
            known = name.removeprefix("DIGEST_").lower() in KNOBS if name.startswith("DIGEST_") else name in script
            assert known, f"{path.name}: {name}"


def test_the_image_is_made_of_files_that_are_there_and_runs_as_nobody_special() -> None:
    lines = (JOBS / "Containerfile").read_text("utf-8").splitlines()
    copied = [word for line in lines if re.match(r"COPY (?!--from)", line) for word in line.split()[1:-1]]
    assert copied
    assert all((ROOT / name).exists() for name in copied)
    assert "USER 10001:10001" in lines
    assert lines[-1] == 'ENTRYPOINT ["/opt/digest/jobs/nightly.sh"]'


def test_links_of_the_runbook_lead_somewhere() -> None:
    text = (JOBS / "README.md").read_text("utf-8")
    for target in re.findall(r"\]\((?!http)([^)#]+)", text):
        assert (JOBS / target).exists(), target
    for name in re.findall(r"^\| `([\w.-]+)`", text, re.MULTILINE)[:4]:
        assert (JOBS / name).exists(), name


def test_ray_takes_the_description_of_the_cluster() -> None:
    from ray.autoscaler._private.util import prepare_config, validate_config

    described = yaml.safe_load((JOBS / "ray-nightly.yaml").read_text("utf-8"))
    validate_config(prepare_config(described))
    with pytest.raises(Exception, match="max_wokers"):
        validate_config(prepare_config({**described, "max_wokers": 8}))
    for commands in (described["head_start_ray_commands"], described["worker_start_ray_commands"]):
        assert all(command.startswith("/home/ubuntu/venv/bin/ray ") for command in commands)
