#!/usr/bin/env bash
# casbin 1.43.0 (PyPI): two questions about one policy get opposite answers where a chain of roles has ten links.
#
# Expected: `get_implicit_permissions_for_user` lists what `enforce` allows.
# Seen: `enforce` follows fewer than ten links, without a message, while the list follows all of them:
#
#     9 links: enforce True, listed True
#     10 links: enforce False, listed True
#
# For a migration: compare decisions, and not listings. Gatehouse has no such limit on the depth of roles.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check casbin==1.43.0
cat >"$folder/model.conf" <<'EOT'
[request_definition]
r = sub, obj, act
[policy_definition]
p = sub, obj, act
[role_definition]
g = _, _
[policy_effect]
e = some(where (p.eft == allow))
[matchers]
m = g(r.sub, p.sub) && r.obj == p.obj && r.act == p.act
EOT
seen=$(cd "$folder" && venv/bin/python - <<'EOT'
import logging
import casbin

logging.disable(logging.CRITICAL)
for links in (9, 10):
    with open("policy.csv", "w") as policy:
        policy.write(f"p, role{links}, report, read\n")
        policy.writelines(f"g, role{i}, role{i + 1}\n" for i in range(links))
    enforcer = casbin.Enforcer("model.conf", "policy.csv")
    listed = [f"role{links}", "report", "read"] in enforcer.get_implicit_permissions_for_user("role0")
    print(f"{links} links: enforce {enforcer.enforce('role0', 'report', 'read')}, listed {listed}")
EOT
)
echo "$seen"
diff <(printf '%s\n' '9 links: enforce True, listed True' '10 links: enforce False, listed True') <(echo "$seen")
