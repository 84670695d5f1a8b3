#!/usr/bin/env bash
# py_abac 0.4.1 (PyPI): an attribute that a request does not have passes some negative conditions, and fails others.
#
# Expected: one rule for all negations: either an absent attribute is "not equal" and "not in", or it satisfies neither.
# Seen:
#
#     IsNotIn True
#     AnyNotIn False
#     AllNotIn False
#     Neq False
#     NotEquals False
#     NotExists True
#
# A deny list that is written as `IsNotIn` therefore lets a request without the attribute pass, where one written as `NotEquals` does not.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check py_abac==0.4.1
seen=$(cd "$folder" && venv/bin/python - <<'EOT'
from py_abac import PDP, AccessRequest, Policy
from py_abac.storage.memory import MemoryStorage

conditions = [
    {"condition": "IsNotIn", "values": ["blocked"]},
    {"condition": "AnyNotIn", "values": ["blocked"]},
    {"condition": "AllNotIn", "values": ["blocked"]},
    {"condition": "Neq", "value": 7},
    {"condition": "NotEquals", "value": "blocked"},
    {"condition": "NotExists"},
]
nothing = {"id": "", "attributes": {}}
for condition in conditions:
    storage = MemoryStorage()
    storage.add(
        Policy.from_json(
            {
                "uid": "1",
                "description": "",
                "effect": "allow",
                "rules": {"subject": {"$.state": condition}, "resource": {}, "action": {}, "context": {}},
                "targets": {},
                "priority": 0,
            }
        )
    )
    request = AccessRequest.from_json({"subject": nothing, "resource": nothing, "action": nothing, "context": {}})
    print(condition["condition"], PDP(storage).is_allowed(request))
EOT
)
echo "$seen"
diff <(cat <<'EOT'
IsNotIn True
AnyNotIn False
AllNotIn False
Neq False
NotEquals False
NotExists True
EOT
) <(echo "$seen")
