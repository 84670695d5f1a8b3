#!/usr/bin/env bash
# casbin 1.43.0 (PyPI): a policy file named `.csv` is not read as CSV (RFC 4180).
#
# Expected: a quoted field is the text between its quotes, as Python's csv module reads it.
# Seen: the file adapter keeps the quotes as part of the name, and splits at a comma between them:
#
#     "alice", report, read -> ['"alice"', 'report', 'read']
#     "Smith, Alice", report, read -> ['"Smith', 'Alice"', 'report', 'read']
#
# For a migration: a policy that a CSV writer made, with quotes where a name has a comma, names other subjects here.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check casbin==1.43.0
cat >"$folder/model.conf" <<'EOT'
[request_definition]
r = sub, obj, act
[policy_definition]
p = sub, obj, act
[policy_effect]
e = some(where (p.eft == allow))
[matchers]
m = r.sub == p.sub && r.obj == p.obj && r.act == p.act
EOT
seen=$(cd "$folder" && venv/bin/python - <<'EOT'
import csv
import logging
import casbin

logging.disable(logging.CRITICAL)
for line in ('"alice", report, read', '"Smith, Alice", report, read'):
    with open("policy.csv", "w") as policy:
        policy.write(f"p, {line}\n")
    with open("policy.csv", newline="") as policy:
        assert len(next(csv.reader(policy, skipinitialspace=True))) == 4  # "p" and three fields
    print(f"{line} -> {casbin.Enforcer('model.conf', 'policy.csv').get_policy()[0]}")
EOT
)
echo "$seen"
diff <(cat <<'EOT'
"alice", report, read -> ['"alice"', 'report', 'read']
"Smith, Alice", report, read -> ['"Smith', 'Alice"', 'report', 'read']
EOT
) <(echo "$seen")
