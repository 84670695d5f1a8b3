#!/usr/bin/env bash
# cel-python 0.5.0 (PyPI): whether numbers of two kinds compare depends on their sides; NaN equals itself.
#
# Expected (CEL language definition, "Equality" and "Numeric Values"): `==` and `<` take numbers of any two kinds and compare them as on one
# line, arithmetic takes two of one kind alone, values of unlike types are unequal, and NaN equals nothing.
# Seen: a double on the left is compared with an integer, and on the right it is not; equality never is; subtraction is:
#
#     99.5 < 1000: True
#     1000 > 99.5: no such overload
#     1 == 1.0: no such overload
#     3u == 3: no such overload
#     'a' == 1: no such overload
#     5 - 10u: -5
#     0.0 / 0.0 == 0.0 / 0.0: True
#
# Google's and Rust's evaluators answer the first five. A condition over a number of JSON, which is an integer or a double by how it was written, has to be
# `double(amount) == 100.0` here.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check cel-python==0.5.0
seen=$(cd "$folder" && venv/bin/python - <<'EOT'
import celpy


def answer(expression):
    environment = celpy.Environment()
    program = environment.program(environment.compile(expression))
    try:
        value = program.evaluate({})
    except celpy.CELEvalError as error:
        return "no such overload" if "overload" in str(error) else f"another error: {error}"
    return bool(value) if isinstance(value, celpy.celtypes.BoolType) else value


for expression in ("99.5 < 1000", "1000 > 99.5", "1 == 1.0", "3u == 3", "'a' == 1", "5 - 10u", "0.0 / 0.0 == 0.0 / 0.0"):
    print(f"{expression}: {answer(expression)}")
EOT
)
echo "$seen"
test "$seen" = "99.5 < 1000: True
1000 > 99.5: no such overload
1 == 1.0: no such overload
3u == 3: no such overload
'a' == 1: no such overload
5 - 10u: -5
0.0 / 0.0 == 0.0 / 0.0: True"
