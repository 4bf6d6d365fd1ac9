"""What Kubernetes (1.31) knows of the objects that `jobs/cronjob.yaml` is made of: a field, and what stands in it.

A name in capitals is another object, with a star a list of them; the rest are types.  Copied by hand from the API
reference, for the fields of these objects that a job may use at all; a misspelt field is in none of them.
"""

import re
from collections.abc import Iterator
from typing import Any

QUANTITY = re.compile(r"\d+(\.\d+)?(m|[KMGTPE]i?)?")
LABEL = re.compile(r"[a-z0-9]([-a-z0-9]*[a-z0-9])?")

OBJECTS: dict[str, dict[str, Any]] = {
    "PersistentVolumeClaim": {"apiVersion": {"v1"}, "kind": str, "metadata": "Metadata", "spec": "Claim"},
    "CronJob": {"apiVersion": {"batch/v1"}, "kind": str, "metadata": "Metadata", "spec": "Cron"},
    "Metadata": {"name": LABEL, "namespace": LABEL, "labels": dict, "annotations": dict},
    "Claim": {
        "accessModes": {"ReadWriteOnce", "ReadOnlyMany", "ReadWriteMany", "ReadWriteOncePod"}, "resources": "Resources",
        "storageClassName": str, "volumeMode": {"Filesystem", "Block"}, "volumeName": str,
    },
    "Cron": {
        "schedule": re.compile(r"(\S+ ){4}\S+"), "timeZone": str, "concurrencyPolicy": {"Allow", "Forbid", "Replace"},
        "startingDeadlineSeconds": int, "successfulJobsHistoryLimit": int, "failedJobsHistoryLimit": int,
        "suspend": bool, "jobTemplate": "JobTemplate",
    },
    "JobTemplate": {"metadata": "Metadata", "spec": "Job"},
    "Job": {
        "activeDeadlineSeconds": int, "backoffLimit": int, "completions": int, "parallelism": int,
        "ttlSecondsAfterFinished": int, "podFailurePolicy": "FailurePolicy", "template": "PodTemplate",
    },
    "FailurePolicy": {"rules": "*FailureRule"},
    "FailureRule": {
        "action": {"FailJob", "Ignore", "Count", "FailIndex"}, "onExitCodes": "ExitCodes",
        "onPodConditions": "*PodCondition",
    },
    "ExitCodes": {"containerName": LABEL, "operator": {"In", "NotIn"}, "values": int},
    "PodCondition": {"type": {"DisruptionTarget"}, "status": {"True", "False", "Unknown"}},
    "PodTemplate": {"metadata": "Metadata", "spec": "Pod"},
    "Pod": {
        "restartPolicy": {"Never", "OnFailure"}, "automountServiceAccountToken": bool, "serviceAccountName": LABEL,
        "securityContext": "PodSecurity", "containers": "*Container", "initContainers": "*Container",
        "volumes": "*Volume", "nodeSelector": dict, "tolerations": list, "affinity": dict, "priorityClassName": str,
        "terminationGracePeriodSeconds": int, "imagePullSecrets": list,
    },
    "PodSecurity": {
        "runAsNonRoot": bool, "runAsUser": int, "runAsGroup": int, "fsGroup": int,
        "fsGroupChangePolicy": {"OnRootMismatch", "Always"}, "supplementalGroups": list, "seccompProfile": "Seccomp",
    },
    "Seccomp": {"type": {"RuntimeDefault", "Unconfined", "Localhost"}, "localhostProfile": str},
    "Container": {
        "name": LABEL, "image": str, "imagePullPolicy": {"Always", "IfNotPresent", "Never"}, "command": list,
        "args": list, "env": "*Variable", "envFrom": list, "resources": "Resources", "workingDir": str,
        "securityContext": "ContainerSecurity", "volumeMounts": "*Mount",
    },
    "Variable": {"name": re.compile(r"[A-Z][A-Z0-9_]*"), "value": str, "valueFrom": dict},
    "Resources": {"requests": QUANTITY, "limits": QUANTITY},
    "ContainerSecurity": {
        "allowPrivilegeEscalation": bool, "readOnlyRootFilesystem": bool, "capabilities": "Capabilities",
        "privileged": bool, "runAsNonRoot": bool, "runAsUser": int, "runAsGroup": int, "seccompProfile": "Seccomp",
    },
    "Capabilities": {"add": str, "drop": str},
    "Mount": {"name": LABEL, "mountPath": str, "subPath": str, "readOnly": bool},
    "Volume": {
        "name": LABEL, "persistentVolumeClaim": "ClaimSource", "emptyDir": "EmptyDir", "configMap": dict,
        "secret": dict, "hostPath": dict,
    },
    "ClaimSource": {"claimName": LABEL, "readOnly": bool},
    "EmptyDir": {"medium": {"", "Memory"}, "sizeLimit": QUANTITY},
}  # fmt: skip


def find_wrong(value: Any, wanted: Any, place: str) -> Iterator[str]:
    """Where a value is not what is wanted there: a sentence for each place."""
    if isinstance(wanted, str) and not wanted.startswith("*"):
        yield from _wrong_fields(value, wanted, place)
    elif isinstance(value, list) and wanted is not list:
        inner = wanted[1:] if isinstance(wanted, str) else wanted
        for number, item in enumerate(value):
            yield from find_wrong(item, inner, f"{place}[{number}]")
    elif isinstance(value, dict) and wanted is QUANTITY:
        for key, item in value.items():
            yield from find_wrong(item, wanted, f"{place}.{key}")
    elif not _fits(value, wanted):
        yield f"{place} is {value!r}, not {getattr(wanted, '__name__', wanted)}"


def _wrong_fields(value: Any, kind: str, place: str) -> Iterator[str]:
    if not isinstance(value, dict):
        yield f"{place} is no {kind}"
        return
    for field, inner in value.items():
        if field in OBJECTS[kind]:
            yield from find_wrong(inner, OBJECTS[kind][field], f"{place}.{field}")
        else:
            yield f"{place}: there is no field {field!r} in a {kind}"


def _fits(value: Any, wanted: Any) -> bool:
    if isinstance(wanted, re.Pattern):
        return isinstance(value, str) and wanted.fullmatch(value) is not None
    return value in wanted if isinstance(wanted, set) else type(value) is wanted
