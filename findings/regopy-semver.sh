#!/usr/bin/env bash
# regopy 1.5.2 (PyPI, on rego-cpp): `semver.compare` does not follow the precedence of Semantic Versioning 2.0.0 (section 11).
#
# Expected: 1.10.0 is newer than 1.9.0, a release is newer than its release candidate, build metadata does not count: 1, -1, 0.
# Seen: the versions are compared as texts:
#
#     semver.compare("1.10.0", "1.9.0") = -1
#     semver.compare("1.0.0-rc.1", "1.0.0") = 1
#     semver.compare("1.0.0+a", "1.0.0+b") = -1
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check regopy==1.5.2
seen=$("$folder/venv/bin/python" - <<'EOT'
import json
import regopy

for expression in (
    'semver.compare("1.10.0", "1.9.0")',
    'semver.compare("1.0.0-rc.1", "1.0.0")',
    'semver.compare("1.0.0+a", "1.0.0+b")',
):
    answer = json.loads(str(regopy.Interpreter().query(f"x := {expression}")))
    print(expression, "=", json.dumps(answer["bindings"]["x"]))
EOT
)
echo "$seen"
diff <(cat <<'EOT'
semver.compare("1.10.0", "1.9.0") = -1
semver.compare("1.0.0-rc.1", "1.0.0") = 1
semver.compare("1.0.0+a", "1.0.0+b") = -1
EOT
) <(echo "$seen")
