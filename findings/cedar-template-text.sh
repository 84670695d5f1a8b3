#!/usr/bin/env bash
# cedarpy 4.12.2 (PyPI, on Cedar 4): policies that go to JSON and back come without their templates, silently.
#
# Expected: `policies_from_json_str` gives back as text what `policies_to_json_str` made of a text, or says what it can't; `str` of a set of
# policies is, by the package's page, the set as Cedar's text. A template has a text too, as `format_policies` shows.
# Seen: the JSON has the template, and the text made of it has not, so that nobody can be given access by it any more. Of a link, the text
# keeps an ordinary policy, which `without_linked` no longer finds:
#
#     policies, templates: 1, 1
#     in JSON: 1, 1
#     formatted: 1, 1
#     from JSON to text: 1, 0
#     as str: 1, 0
#     with one link: 2, 1
#     as str: 2, 0
#
# Keep sets with templates in JSON, and build them by `PolicySet.from_json_str`.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check cedarpy==4.12.2
seen=$(cd "$folder" && venv/bin/python - <<'EOT'
import cedarpy
from cedarpy import PolicySet

text = """
@id("owner") permit(principal == ?principal, action, resource in ?resource);
@id("root") permit(principal == User::"root", action, resource);
"""


def count(policies):
    return f"{len(policies)}, {len(policies.templates())}"


policies = PolicySet.from_str(text)
converted = cedarpy.policies_to_json_str(text)
linked = policies.with_linked(
    template_id="owner", new_id="ann", values={"?principal": 'User::"ann"', "?resource": 'Folder::"reports"'}
)
print("policies, templates:", count(policies))
print("in JSON:", count(PolicySet.from_json_str(converted)))
print("formatted:", count(PolicySet.from_str(cedarpy.format_policies(text))))
print("from JSON to text:", count(PolicySet.from_str(cedarpy.policies_from_json_str(converted))))
print("as str:", count(PolicySet.from_str(str(policies))))
print("with one link:", count(linked))
print("as str:", count(PolicySet.from_str(str(linked))))
EOT
)
echo "$seen"
diff <(cat <<'EOT'
policies, templates: 1, 1
in JSON: 1, 1
formatted: 1, 1
from JSON to text: 1, 0
as str: 1, 0
with one link: 2, 1
as str: 2, 0
EOT
) <(echo "$seen")
