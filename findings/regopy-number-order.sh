#!/usr/bin/env bash
# regopy 1.5.2 (PyPI, on rego-cpp): `sort` and `max` order numbers by their digits, as texts.
#
# Expected: 9 stands before 10, as in Open Policy Agent.
# Seen: the comparison operators order numbers, `sort` and `max` order their texts:
#
#     10 > 9 = true
#     sort([10, 9]) = [10, 9]
#     max([10, 9]) = 9
#     sort([-1, -2]) = [-1, -2]
#
# A rule such as “the longest lease” or “the newest revision” finds another one here than in Open Policy Agent.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check regopy==1.5.2
seen=$("$folder/venv/bin/python" - <<'EOT'
import json
import regopy

for expression in (
    '10 > 9',
    'sort([10, 9])',
    'max([10, 9])',
    'sort([-1, -2])',
):
    answer = json.loads(str(regopy.Interpreter().query(f"x := {expression}")))
    print(expression, "=", json.dumps(answer["bindings"]["x"]))
EOT
)
echo "$seen"
diff <(cat <<'EOT'
10 > 9 = true
sort([10, 9]) = [10, 9]
max([10, 9]) = 9
sort([-1, -2]) = [-1, -2]
EOT
) <(echo "$seen")
