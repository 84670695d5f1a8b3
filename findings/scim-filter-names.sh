#!/usr/bin/env bash
# scim2-filter-parser 0.7.0 (PyPI): a SCIM filter selects everybody if its attribute is written in another case, or with its schema.
#
# Expected (RFC 7644, section 3.4.2.2): names of attributes have no case, and a name may be qualified by its schema's URN. An attribute that
# the map of columns does not have is an error (`invalidFilter`).
# Seen: one of three users for `userName eq "ann"`, and all three for the same filter in the other forms, and for an attribute that is not in
# the map. The condition is left out of the SQL without a word:
#
#     userName eq "ann": 1
#     username eq "ann": 3
#     urn:ietf:params:scim:schemas:core:2.0:User:userName eq "ann": 3
#     nickName eq "ann": 3
#     userName eq "ann" and nickName eq "ann": 1
#
# An identity provider that asks for one user before it creates or changes the account so gets somebody else's. The columns that the SQL
# names should be compared with the attributes of the filter.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check scim2-filter-parser==0.7.0
seen=$(cd "$folder" && venv/bin/python - <<'EOT'
import sqlite3

from scim2_filter_parser.queries import SQLQuery

columns = {("userName", None, None): "users.name"}
database = sqlite3.connect(":memory:")
database.execute("CREATE TABLE users (name TEXT)")
database.executemany("INSERT INTO users VALUES (?)", [("ann",), ("bob",), ("cem",)])
for text in (
    'userName eq "ann"',
    'username eq "ann"',
    'urn:ietf:params:scim:schemas:core:2.0:User:userName eq "ann"',
    'nickName eq "ann"',
    'userName eq "ann" and nickName eq "ann"',
):
    query = SQLQuery(text, "users", columns)
    rows = database.execute(query.sql.replace("%s", "?"), query.params).fetchall()
    print(f"{text}: {len(rows)}")
EOT
)
echo "$seen"
test "$seen" = 'userName eq "ann": 1
username eq "ann": 3
urn:ietf:params:scim:schemas:core:2.0:User:userName eq "ann": 3
nickName eq "ann": 3
userName eq "ann" and nickName eq "ann": 1'
