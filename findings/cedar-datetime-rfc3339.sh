#!/usr/bin/env bash
# cedarpy 4.12.2 (PyPI, on Cedar 4): `datetime` refuses most times that RFC 3339 and ISO 8601 allow.
#
# Expected: the forms that databases, Python and JavaScript write are read: an offset with a colon, any number of digits in a fraction.
# Seen: an offset has no colon, and a fraction has exactly three digits. A condition with another form is an error, not false:
#
#     2026-01-01T00:00:00Z read
#     2026-01-01T00:00:00.000Z read
#     2026-01-01T00:00:00+0000 read
#     2026-01-01T00:00:00+00:00 error
#     2026-01-01T00:00:00.5Z error
#     2026-01-01T00:00:00.000000Z error
#
# Python's own isoformat() of an aware time is among the refused ones.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check cedarpy==4.12.2
seen=$(cd "$folder" && venv/bin/python - <<'EOT'
import cedarpy

times = ["Z", ".000Z", "+0000", "+00:00", ".5Z", ".000000Z"]
for time in ("2026-01-01T00:00:00" + end for end in times):
    answer = cedarpy.is_authorized(
        {"principal": 'User::"alice"', "action": 'Action::"read"', "resource": 'Report::"1"', "context": {}},
        f'permit(principal, action, resource) when {{ datetime("{time}") > datetime("2025-01-01") }};',
        [],
    )
    print(time, "error" if answer.diagnostics.errors else "read")
EOT
)
echo "$seen"
diff <(cat <<'EOT'
2026-01-01T00:00:00Z read
2026-01-01T00:00:00.000Z read
2026-01-01T00:00:00+0000 read
2026-01-01T00:00:00+00:00 error
2026-01-01T00:00:00.5Z error
2026-01-01T00:00:00.000000Z error
EOT
) <(echo "$seen")
