#!/usr/bin/env bash
# biscuit-python 0.4.0 (PyPI; Biscuit's Rust library inside): dates of RFC 3339 lose their fraction of a second, and begin in 1970.
#
# Expected: a date is compared as it was written, and a date before 1970, such as somebody's birth, is one.
# Seen: text and Python values alike are cut to whole seconds, so that nine tenths of a second are equal to none; an earlier date is an error
# of the parser:
#
#     2024-01-01T00:00:00.9Z === 2024-01-01T00:00:00Z: allowed
#     2024-01-01T01:00:00+01:00 === 2024-01-01T00:00:00Z: allowed
#     1969-12-31T23:59:59Z < 2024-01-01T00:00:00Z: DataLogError
#     datetime with 0.9 s === 2024-01-01T00:00:00Z: allowed
#     datetime of 1969: ValueError
#
# For a rule about the order of events within a second, or about birthdays: give a number.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check biscuit-python==0.4.0
seen=$(cd "$folder" && venv/bin/python - <<'EOT'
from datetime import datetime, timezone

from biscuit_auth import AuthorizerBuilder, BiscuitBuilder, KeyPair

token = BiscuitBuilder('user("alice")').build(KeyPair().private_key)


def outcome(condition, **parameters):
    try:
        AuthorizerBuilder(f"allow if {condition}; deny if true", parameters).build(token).authorize()
        return "allowed"
    except Exception as error:
        return type(error).__name__


for condition in (
    "2024-01-01T00:00:00.9Z === 2024-01-01T00:00:00Z",
    "2024-01-01T01:00:00+01:00 === 2024-01-01T00:00:00Z",
    "1969-12-31T23:59:59Z < 2024-01-01T00:00:00Z",
):
    print(f"{condition}: {outcome(condition)}")
late = datetime(2024, 1, 1, 0, 0, 0, 900_000, tzinfo=timezone.utc)
print("datetime with 0.9 s === 2024-01-01T00:00:00Z:", outcome("{time} === 2024-01-01T00:00:00Z", time=late))
print("datetime of 1969:", outcome("{time} < 2024-01-01T00:00:00Z", time=datetime(1969, 12, 31, tzinfo=timezone.utc)))
EOT
)
printf '%s\n' "$seen"
[ "$seen" = "2024-01-01T00:00:00.9Z === 2024-01-01T00:00:00Z: allowed
2024-01-01T01:00:00+01:00 === 2024-01-01T00:00:00Z: allowed
1969-12-31T23:59:59Z < 2024-01-01T00:00:00Z: DataLogError
datetime with 0.9 s === 2024-01-01T00:00:00Z: allowed
datetime of 1969: ValueError" ]
