#!/usr/bin/env bash
# common-expression-language 0.10.0 (PyPI, Rust's `cel`): `exists` and `all` depend on the order of the list, `||` and `&&` do not.
#
# Expected (CEL language definition, "Macros"): `exists` is the `||` of its elements and `all` their `&&`, which both absorb an error where
# another operand decides, on either side.
# Seen: the operators do, and the macros end at the first error:
#
#     1 / 0 == 1 || 1 / 1 == 1: True
#     [0, 1].exists(n, 1 / n == 1): error
#     [1, 0].exists(n, 1 / n == 1): True
#     1 / 0 == 7 && 1 / 1 == 7: False
#     [0, 1].all(n, 1 / n == 7): error
#     [1, 0].all(n, 1 / n == 7): False
#     [{}, {'role': 'admin'}].exists(m, m.role == 'admin'): error
#     [{'role': 'admin'}, {}].exists(m, m.role == 'admin'): True
#
# A rule over memberships of which one lacks an attribute so holds by the order in which they came. `has(m.role) && …` inside the macro
# avoids that.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check common-expression-language==0.10.0
seen=$(cd "$folder" && venv/bin/python - <<'EOT'
import cel

for expression in (
    "1 / 0 == 1 || 1 / 1 == 1",
    "[0, 1].exists(n, 1 / n == 1)",
    "[1, 0].exists(n, 1 / n == 1)",
    "1 / 0 == 7 && 1 / 1 == 7",
    "[0, 1].all(n, 1 / n == 7)",
    "[1, 0].all(n, 1 / n == 7)",
    "[{}, {'role': 'admin'}].exists(m, m.role == 'admin')",
    "[{'role': 'admin'}, {}].exists(m, m.role == 'admin')",
):
    try:
        print(f"{expression}: {cel.evaluate(expression)}")
    except Exception:
        print(f"{expression}: error")
EOT
)
echo "$seen"
test "$seen" = "1 / 0 == 1 || 1 / 1 == 1: True
[0, 1].exists(n, 1 / n == 1): error
[1, 0].exists(n, 1 / n == 1): True
1 / 0 == 7 && 1 / 1 == 7: False
[0, 1].all(n, 1 / n == 7): error
[1, 0].all(n, 1 / n == 7): False
[{}, {'role': 'admin'}].exists(m, m.role == 'admin'): error
[{'role': 'admin'}, {}].exists(m, m.role == 'admin'): True"
