#!/usr/bin/env bash
# cedarpy 4.12.2, vakt 1.6.0 and py_abac 0.4.1 (PyPI): a network that is written by one of its addresses, 10.0.0.1/24, means three things.
#
# Expected: it is 10.0.0.0/24, or an error.
# Seen: for Cedar it has every address of 10.0.0.0/24, and is another value all the same; for vakt and py_abac it has no address, silently:
#
#     cedar: 10.0.0.7 in it True, equal to 10.0.0.0/24 False, each in the range of the other True
#     vakt: 10.0.0.7 in it False, in 10.0.0.0/24 True
#     py_abac: 10.0.0.7 in it False, in 10.0.0.0/24 True
#
# Write networks with their host bits cleared, and compare them in Cedar by two `isInRange` rather than `==`.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check cedarpy==4.12.2 vakt==1.6.0 py_abac==0.4.1
seen=$(cd "$folder" && venv/bin/python - <<'EOT'
import cedarpy
from py_abac.policy.conditions.others.cidr import CIDR as PyABACNetwork
from vakt.rules import CIDR


def cedar(condition):
    answer = cedarpy.is_authorized(
        {"principal": 'User::"alice"', "action": 'Action::"read"', "resource": 'Report::"1"', "context": {}},
        f"permit(principal, action, resource) when {{ {condition} }};",
        [],
    )
    assert not answer.diagnostics.errors, answer.diagnostics.errors
    return answer.allowed


by_address, network = 'ip("10.0.0.1/24")', 'ip("10.0.0.0/24")'
inside = cedar(f'ip("10.0.0.7").isInRange({by_address})')
both = cedar(f"{by_address}.isInRange({network}) && {network}.isInRange({by_address})")
equal = cedar(f"{by_address} == {network}")
print(f"cedar: 10.0.0.7 in it {inside}, equal to 10.0.0.0/24 {equal}, each in the range of the other {both}")

has = lambda network: CIDR(network).satisfied("10.0.0.7")
print(f"vakt: 10.0.0.7 in it {has('10.0.0.1/24')}, in 10.0.0.0/24 {has('10.0.0.0/24')}")


class Context:
    attribute_value = "10.0.0.7"


has = lambda network: PyABACNetwork(value=network).is_satisfied(Context())
print(f"py_abac: 10.0.0.7 in it {has('10.0.0.1/24')}, in 10.0.0.0/24 {has('10.0.0.0/24')}")
EOT
)
echo "$seen"
diff <(cat <<'EOT'
cedar: 10.0.0.7 in it True, equal to 10.0.0.0/24 False, each in the range of the other True
vakt: 10.0.0.7 in it False, in 10.0.0.0/24 True
py_abac: 10.0.0.7 in it False, in 10.0.0.0/24 True
EOT
) <(echo "$seen")
