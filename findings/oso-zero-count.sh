#!/usr/bin/env bash
# oso 0.27.3 (PyPI): whole numbers divided by zero give infinity in a Polar rule, so that a limit on an average is met by a count of zero.
#
# Expected: Polar stops with an arithmetic error at `6 / 0`, as it does at `6 mod 0`, `6 rem 0` and a sum beyond 64 bits, and as Python does,
# whose numbers these are.
# Seen: a rule that asks for an average above 2 holds for a total of 6 and a count of 0, and the remainder of the same numbers is an error:
#
#     average above 2, total 6, count 2: True
#     average above 2, total 6, count 0: True
#     average above 2, total 0, count 0: False
#     average below 2, total -6, count 0: True
#     mod: PolarRuntimeError
#     rem: PolarRuntimeError
#     sum: PolarRuntimeError
#
# For a migration: a rule that divides needs a condition of its own that the divisor is not zero.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check oso==0.27.3
seen=$(cd "$folder" && venv/bin/python - 2>/dev/null <<'EOT'
from oso import Oso
from oso.exceptions import OsoError

oso = Oso()
oso.load_str(
    """
    allow(total: Integer, "average above 2", count: Integer) if total / count > 2;
    allow(total: Integer, "average below 2", count: Integer) if total / count < 2;
    allow(total: Integer, "mod", count: Integer) if total mod count = 0;
    allow(total: Integer, "rem", count: Integer) if total rem count = 0;
    allow(total: Integer, "sum", _: Integer) if total + 9223372036854775807 > 0;
    """
)
for total, action, count in (
    (6, "average above 2", 2),
    (6, "average above 2", 0),
    (0, "average above 2", 0),
    (-6, "average below 2", 0),
):
    print(f"{action}, total {total}, count {count}: {oso.is_allowed(total, action, count)}")
for action in ("mod", "rem", "sum"):
    try:
        print(f"{action}: {oso.is_allowed(6, action, 0)}")
    except OsoError as error:
        print(f"{action}: {type(error).__name__}")
EOT
)
echo "$seen"
diff <(cat <<'EOT'
average above 2, total 6, count 2: True
average above 2, total 6, count 0: True
average above 2, total 0, count 0: False
average below 2, total -6, count 0: True
mod: PolarRuntimeError
rem: PolarRuntimeError
sum: PolarRuntimeError
EOT
) <(echo "$seen")
