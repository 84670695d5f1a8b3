#!/usr/bin/env bash
# cel-python 0.5.0 (PyPI): a text between triple quotes loses its line ends, and `string(true)` is "True".
#
# Expected (CEL language definition, "String and Bytes Values" and "Types and Conversions"): strings between triple quotes may have line ends, which
# are part of them, in raw strings and others alike; `string(true)` is "true"; `string` of a timestamp is the time in RFC 3339, which
# `timestamp` reads back.
# Seen: the line ends stay in a raw string alone, so that a text of two lines is another value, with its words joined; a boolean is written as
# Python does; a time loses its fraction:
#
#     '''first⏎second''': firstsecond
#     r'''first⏎second''': first⏎second
#     '''first⏎second''' == 'first\nsecond': False
#     string(true): True
#     string(1 < 2) == 'true': False
#     timestamp(string(timestamp('2026-01-01T00:00:00.5Z'))) == timestamp('2026-01-01T00:00:00.5Z'): False
#
# Google's evaluator answers each of them as the definition does. Write `\n` for line ends, and `b ? 'true' : 'false'` for a flag of text.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check cel-python==0.5.0
seen=$(cd "$folder" && venv/bin/python - <<'EOT'
import celpy

for expression in (
    "'''first\nsecond'''",
    "r'''first\nsecond'''",
    "'''first\nsecond''' == 'first\\nsecond'",
    "string(true)",
    "string(1 < 2) == 'true'",
    "timestamp(string(timestamp('2026-01-01T00:00:00.5Z'))) == timestamp('2026-01-01T00:00:00.5Z')",
):
    environment = celpy.Environment()
    value = environment.program(environment.compile(expression)).evaluate({})
    if isinstance(value, celpy.celtypes.BoolType):
        value = bool(value)
    print(f"{expression}: {value}".replace("\n", "⏎"))
EOT
)
echo "$seen"
diff <(cat <<'EOT'
'''first⏎second''': firstsecond
r'''first⏎second''': first⏎second
'''first⏎second''' == 'first\nsecond': False
string(true): True
string(1 < 2) == 'true': False
timestamp(string(timestamp('2026-01-01T00:00:00.5Z'))) == timestamp('2026-01-01T00:00:00.5Z'): False
EOT
) <(echo "$seen")
