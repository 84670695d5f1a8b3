#!/usr/bin/env bash
# regopy 1.5.2 (PyPI, on rego-cpp): `object.union` is not recursive.
#
# Expected: nested objects are united too, as Open Policy Agent documents (“asymmetric recursive union”): "read" stays.
# Seen: the second object's member replaces the first's whole:
#
#     object.union({"grants": {"read": true}}, {"grants": {"write": true}}) = {"grants": {"write": true}}
#
# Defaults that a policy unites with a tenant's settings lose each member that the tenant's object lacks.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check regopy==1.5.2
seen=$("$folder/venv/bin/python" - <<'EOT'
import json
import regopy

for expression in (
    'object.union({"grants": {"read": true}}, {"grants": {"write": true}})',
):
    answer = json.loads(str(regopy.Interpreter().query(f"x := {expression}")))
    print(expression, "=", json.dumps(answer["bindings"]["x"]))
EOT
)
echo "$seen"
diff <(cat <<'EOT'
object.union({"grants": {"read": true}}, {"grants": {"write": true}}) = {"grants": {"write": true}}
EOT
) <(echo "$seen")
