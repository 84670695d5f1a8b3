#!/usr/bin/env bash
# oso 0.27.3 (PyPI): a whole number divided by zero is infinity in Polar, while the remainder of the same numbers is an error.
#
# Expected: Polar stops with an arithmetic error at `6 / 0`, as it does at `6 mod 0`, `6 rem 0` and a sum beyond 64 bits, and as Python does,
# whose numbers these are.
# Seen:
#
#     6 / 2: 3.0
#     6 / 0: inf
#     -6 / 0: -inf
#     0 / 0: nan
#     6 mod 0: PolarRuntimeError
#     6 rem 0: PolarRuntimeError
#     9223372036854775807 + 6: PolarRuntimeError
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
for text in ("6 / 2", "6 / 0", "-6 / 0", "0 / 0", "6 mod 0", "6 rem 0", "9223372036854775807 + 6"):
    try:
        print(f"{text}: {next(oso.query(f'{text} = x'))['bindings']['x']}")
    except OsoError as error:
        print(f"{text}: {type(error).__name__}")
EOT
)
echo "$seen"
diff <(cat <<'EOT'
6 / 2: 3.0
6 / 0: inf
-6 / 0: -inf
0 / 0: nan
6 mod 0: PolarRuntimeError
6 rem 0: PolarRuntimeError
9223372036854775807 + 6: PolarRuntimeError
EOT
) <(echo "$seen")
