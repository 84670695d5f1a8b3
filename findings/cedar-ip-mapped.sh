#!/usr/bin/env bash
# cedarpy 4.12.2 (PyPI, on Cedar 4): `ip` refuses an IPv4 address as dual-stack servers write it.
#
# Expected: RFC 4291 section 2.2 (3) has the form ::ffff:10.0.0.7, and sockets that listen for both families give it for every IPv4 client.
# Seen: such a text is an error, so that the policy that holds it does not apply; the same address in hexadecimal digits is read, and is in
# no IPv4 network:
#
#     10.0.0.7 in 10.0.0.0/8: True
#     ::ffff:10.0.0.7 in 10.0.0.0/8: error
#     ::ffff:a00:7 in 10.0.0.0/8: False
#
# Whoever asks has to write the address as IPv4 first.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check cedarpy==4.12.2
seen=$(cd "$folder" && venv/bin/python - <<'EOT'
import cedarpy

for address in ("10.0.0.7", "::ffff:10.0.0.7", "::ffff:a00:7"):
    answer = cedarpy.is_authorized(
        {"principal": 'User::"alice"', "action": 'Action::"read"', "resource": 'Report::"1"', "context": {}},
        f'permit(principal, action, resource) when {{ ip("{address}").isInRange(ip("10.0.0.0/8")) }};',
        [],
    )
    print(f"{address} in 10.0.0.0/8:", "error" if answer.diagnostics.errors else answer.allowed)
EOT
)
echo "$seen"
diff <(cat <<'EOT'
10.0.0.7 in 10.0.0.0/8: True
::ffff:10.0.0.7 in 10.0.0.0/8: error
::ffff:a00:7 in 10.0.0.0/8: False
EOT
) <(echo "$seen")
