#!/usr/bin/env bash
# vakt 1.6.0 and py_abac 0.4.1 (PyPI): `AllNotIn` is no "all not in", and `AnyNotIn` means the opposite in the two.
#
# Expected: of the groups [staff, guest] and the forbidden list [guest], "any not in" holds (staff is not in the list), and "all not in" does
# not (guest is in). Of no groups at all, "any not in" does not hold, and "all not in" does.
# Seen: `AllNotIn` is "not all in" in both, and `AnyNotIn` is "not any in" in py_abac alone:
#
#     vakt AnyNotIn: [staff, guest] True, [] False
#     vakt AllNotIn: [staff, guest] True, [] False
#     py_abac AnyNotIn: [staff, guest] False, [] True
#     py_abac AllNotIn: [staff, guest] True, [] False
#
# For a migration: "none of the groups is on the list" is `AnyNotIn` in py_abac, and `Not(AnyIn(…))` in vakt.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check vakt==1.6.0 py_abac==0.4.1
seen=$(cd "$folder" && venv/bin/python - <<'EOT'
import py_abac
import py_abac.storage.memory
import vakt
from vakt.rules import AllNotIn, Any, AnyNotIn

rules = {"AnyNotIn": AnyNotIn, "AllNotIn": AllNotIn}


def by_vakt(rule, groups):
    storage = vakt.MemoryStorage()
    everything = [Any()]
    storage.add(
        vakt.Policy(
            "1",
            effect=vakt.ALLOW_ACCESS,
            subjects=[{"groups": rules[rule]("guest")}],
            resources=everything,
            actions=everything,
        )
    )
    return vakt.Guard(storage, vakt.RulesChecker()).is_allowed(
        vakt.Inquiry(subject={"groups": groups}, resource="report", action="read")
    )


def by_py_abac(rule, groups):
    storage = py_abac.storage.memory.MemoryStorage()
    condition = {"condition": rule, "values": ["guest"]}
    storage.add(
        py_abac.Policy.from_json(
            {
                "uid": "1",
                "description": "",
                "effect": "allow",
                "rules": {"subject": {"$.groups": condition}, "resource": {}, "action": {}, "context": {}},
                "targets": {},
                "priority": 0,
            }
        )
    )
    nothing = {"id": "", "attributes": {}}
    return py_abac.PDP(storage).is_allowed(
        py_abac.AccessRequest.from_json(
            {"subject": {"id": "", "attributes": {"groups": groups}}, "resource": nothing, "action": nothing, "context": {}}
        )
    )


for name, allows in (("vakt", by_vakt), ("py_abac", by_py_abac)):
    for rule in rules:
        print(f"{name} {rule}: [staff, guest] {allows(rule, ['staff', 'guest'])}, [] {allows(rule, [])}")
EOT
)
echo "$seen"
diff <(cat <<'EOT'
vakt AnyNotIn: [staff, guest] True, [] False
vakt AllNotIn: [staff, guest] True, [] False
py_abac AnyNotIn: [staff, guest] False, [] True
py_abac AllNotIn: [staff, guest] True, [] False
EOT
) <(echo "$seen")
