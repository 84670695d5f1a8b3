#!/usr/bin/env bash
# casbin 1.43.0 with casbin_sqlalchemy_adapter 1.4.0 (PyPI, SQLAlchemy 2.1.9): a rule whose subject has a comma decides until the program
# starts again; then a check of somebody else ends with an error.
#
# Expected: the adapter keeps each field of a rule in a column of its own, so that a comma in a field is nothing special, and the rules of
# a new enforcer are those that were saved; bob, who has none, is denied.
# Seen: the row is right, but the adapter joins its columns to a line of CSV without quotes, and casbin splits the line at commas. The rule
# has a field too many then, and a check that comes to this rule ends with an error, whoever asks:
#
#     saved: alice True, Smith, John True
#     rows: [('alice', 'invoices', 'read'), ('Smith, John', 'invoices', 'read')]
#     loaded: [['alice', 'invoices', 'read'], ['Smith', 'John', 'invoices', 'read']]
#     bob: invalid policy size
#
# For a migration to or from such a table: read the columns, not the rules of an enforcer; and keep display names out of rules.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check casbin==1.43.0 casbin_sqlalchemy_adapter==1.4.0 SQLAlchemy==2.1.9
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
seen=$(cd "$folder" && venv/bin/python - 2>/dev/null <<'EOT'
import sqlite3

import casbin
import casbin_sqlalchemy_adapter

subjects = ["alice", "Smith, John"]
enforcer = casbin.Enforcer("model.conf", casbin_sqlalchemy_adapter.Adapter("sqlite:///rules.db"))
for subject in subjects:
    enforcer.add_policy(subject, "invoices", "read")
print("saved:", ", ".join(f"{subject} {enforcer.enforce(subject, 'invoices', 'read')}" for subject in subjects))
print("rows:", sqlite3.connect("rules.db").execute("SELECT v0, v1, v2 FROM casbin_rule ORDER BY id").fetchall())
again = casbin.Enforcer("model.conf", casbin_sqlalchemy_adapter.Adapter("sqlite:///rules.db"))
print("loaded:", again.get_policy())
try:
    print("bob:", again.enforce("bob", "invoices", "read"))
except RuntimeError as error:
    print("bob:", error)
EOT
)
printf '%s\n' "$seen"
[ "$seen" = "saved: alice True, Smith, John True
rows: [('alice', 'invoices', 'read'), ('Smith, John', 'invoices', 'read')]
loaded: [['alice', 'invoices', 'read'], ['Smith', 'John', 'invoices', 'read']]
bob: invalid policy size" ]
