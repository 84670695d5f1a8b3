#!/usr/bin/env bash
# scim2-filter-parser 0.7.0 (PyPI): `or` binds as tightly as `and` in SCIM filters, and the first one wins.
#
# Expected (RFC 7644, section 3.4.2.2): `and` comes before `or`, so that the sides of an `or` may change places.
# Seen: of a root user who is disabled and a guest who is active, by two filters that mean one thing:
#
#     userName eq "root" or userName eq "guest" and active eq "yes": guest
#     userName eq "guest" and active eq "yes" or userName eq "root": guest root
#     (userName eq "root") or (userName eq "guest" and active eq "yes"): guest root
#
# Parentheses around each `and` give the same result everywhere.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check scim2-filter-parser==0.7.0
seen=$(cd "$folder" && venv/bin/python - <<'EOT'
import sqlite3

from scim2_filter_parser.queries import SQLQuery

columns = {("userName", None, None): "users.name", ("active", None, None): "users.active"}
database = sqlite3.connect(":memory:")
database.execute("CREATE TABLE users (name TEXT, active TEXT)")
database.executemany("INSERT INTO users VALUES (?, ?)", [("guest", "yes"), ("root", "no"), ("staff", "yes")])
for text in (
    'userName eq "root" or userName eq "guest" and active eq "yes"',
    'userName eq "guest" and active eq "yes" or userName eq "root"',
    '(userName eq "root") or (userName eq "guest" and active eq "yes")',
):
    query = SQLQuery(text, "users", columns)
    rows = database.execute(query.sql.replace("%s", "?"), query.params).fetchall()
    print(f"{text}: {' '.join(sorted(name for name, _ in rows))}")
EOT
)
echo "$seen"
test "$seen" = 'userName eq "root" or userName eq "guest" and active eq "yes": guest
userName eq "guest" and active eq "yes" or userName eq "root": guest root
(userName eq "root") or (userName eq "guest" and active eq "yes"): guest root'
