#!/usr/bin/env bash
# yamlstar 0.1.26 (PyPI): a loader for YAML 1.2 refuses a document that says it is YAML 1.2, and reads one that says 1.1.
#
# Expected: its page promises all of YAML 1.2's core schema. A processor for 1.2 has to accept `%YAML 1.2` and `%YAML 1.1` (YAML 1.2.2, section
# 6.8.1), and 0o17 is 15 in the core schema, 0x1F is 31, and -.INF is minus infinity (section 10.3.2).
# Seen: only 1.1 is accepted; numbers in octal and hexadecimal are texts; minus infinity in capitals is zero, while infinity is infinity:
#
#     %YAML 1.1: {'limit': 1}
#     %YAML 1.2: found incompatible YAML document
#     limit: 0o17: '0o17'
#     limit: 0x1F: '0x1F'
#     limit: .INF: inf
#     limit: -.inf: -inf
#     limit: -.INF: 0.0
#
# For files that several programs read: no directive, numbers in decimal, and infinity in small letters.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check yamlstar==0.1.26
seen=$(cd "$folder" && venv/bin/python - <<'EOT'
import yamlstar

loader = yamlstar.YAMLStar()
for version in ("1.1", "1.2"):
    try:
        outcome = loader.load(f"%YAML {version}\n---\nlimit: 1\n")
    except Exception as error:
        outcome = str(error).split(": ")[-1]
    print(f"%YAML {version}: {outcome}")
for number in ("0o17", "0x1F", ".INF", "-.inf", "-.INF"):
    print(f"limit: {number}: {loader.load(f'limit: {number}')['limit']!r}")
EOT
)
echo "$seen"
diff <(cat <<'EOT'
%YAML 1.1: {'limit': 1}
%YAML 1.2: found incompatible YAML document
limit: 0o17: '0o17'
limit: 0x1F: '0x1F'
limit: .INF: inf
limit: -.inf: -inf
limit: -.INF: 0.0
EOT
) <(echo "$seen")
