#!/usr/bin/env bash
# common-expression-language 0.10.0 (Rust's `cel`), cel-python 0.5.0 and cel-expr-python 0.1.3 (Google's C++) (PyPI): Rust's CEL writes a
# negative duration as one of minus 584 years, and no two of the evaluators write the same text for a duration.
#
# Expected (CEL language definition, "Types and Conversions" and "Date/Time Functions"): `string` of a duration is its seconds with their
# fraction and an "s", "60.001s" for `duration('1m1ms')`, and `duration` reads it back. `getMilliseconds` of "1.234s" is 234, unlike the other
# getters, which convert the whole; these two examples are the definition's own.
# Seen: only Google's own does so. Rust's counts a negative duration down from 2^64 nanoseconds, and reads that text as another duration;
# cel-python leaves the fraction away; both give all the milliseconds:
#
#     string(duration('1m1ms')): Google 60.001s, cel-python 60s, Rust 1m0.001s
#     string(duration('-1h30m')): Google -5400s, cel-python -5400s, Rust -5124094h4m33.709551616s
#     string(timestamp('2026-01-01T00:00:00Z') - timestamp('2026-01-01T00:00:01Z')): Google -1s, cel-python -1s, Rust -5124095h34m32.709551616s
#     duration(string(duration('-1h30m'))) == duration('-1h30m'): Google True, cel-python True, Rust False
#     duration(string(duration('1500ms'))) == duration('1500ms'): Google True, cel-python False, Rust True
#     duration('1.234s').getMilliseconds(): Google 234, cel-python 1234, Rust 1234
#
# For a policy that runs in several of them: compare durations with durations, and write none of them into a message or a key.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check common-expression-language==0.10.0 cel-python==0.5.0 cel-expr-python==0.1.3
seen=$(cd "$folder" && venv/bin/python - <<'EOT'
import celpy
from cel import evaluate
from cel_expr_python import cel

environment = cel.NewEnv(variables={})


def by_celpy(expression):
    python = celpy.Environment()
    value = python.program(python.compile(expression)).evaluate({})
    return bool(value) if isinstance(value, celpy.celtypes.BoolType) else value


for expression in (
    "string(duration('1m1ms'))",
    "string(duration('-1h30m'))",
    "string(timestamp('2026-01-01T00:00:00Z') - timestamp('2026-01-01T00:00:01Z'))",
    "duration(string(duration('-1h30m'))) == duration('-1h30m')",
    "duration(string(duration('1500ms'))) == duration('1500ms')",
    "duration('1.234s').getMilliseconds()",
):
    google = environment.compile(expression).eval(data={}).value()
    print(f"{expression}: Google {google}, cel-python {by_celpy(expression)}, Rust {evaluate(expression, {})}")
EOT
)
echo "$seen"
diff <(cat <<'EOT'
string(duration('1m1ms')): Google 60.001s, cel-python 60s, Rust 1m0.001s
string(duration('-1h30m')): Google -5400s, cel-python -5400s, Rust -5124094h4m33.709551616s
string(timestamp('2026-01-01T00:00:00Z') - timestamp('2026-01-01T00:00:01Z')): Google -1s, cel-python -1s, Rust -5124095h34m32.709551616s
duration(string(duration('-1h30m'))) == duration('-1h30m'): Google True, cel-python True, Rust False
duration(string(duration('1500ms'))) == duration('1500ms'): Google True, cel-python False, Rust True
duration('1.234s').getMilliseconds(): Google 234, cel-python 1234, Rust 1234
EOT
) <(echo "$seen")
