#!/usr/bin/env bash
# regopy 1.5.2 (PyPI, on rego-cpp): `hex.encode` writes eight digits for each byte of 128 and more.
#
# Expected: two digits a byte: c3a9 for é in UTF-8.
# Seen: the byte is widened with its sign first:
#
#     hex.encode("e") = "65"
#     hex.encode("é") = "ffffffc3ffffffa9"
#
# A digest or an id that a policy writes in hexadecimal so equals no other program's.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check regopy==1.5.2
seen=$("$folder/venv/bin/python" - <<'EOT'
import json
import regopy

for expression in (
    'hex.encode("e")',
    'hex.encode("é")',
):
    answer = json.loads(str(regopy.Interpreter().query(f"x := {expression}")))
    print(expression, "=", json.dumps(answer["bindings"]["x"]))
EOT
)
echo "$seen"
diff <(cat <<'EOT'
hex.encode("e") = "65"
hex.encode("é") = "ffffffc3ffffffa9"
EOT
) <(echo "$seen")
