#!/usr/bin/env bash
# casbin 1.43.0 and pycasbin 2.8.0 (PyPI, the project's two names): a text between quotes in a matcher is rewritten before it is compared.
#
# Expected: `r.sub == 'r.smith@example.com'` in a matcher holds for the subject r.smith@example.com, as the quotes say that it is a text.
# Seen: the library replaces `r.`, `p.`, `&&`, `||` and `!` in the whole line, and so within quotes. The named subject is denied, without a
# message:
#
#     smith@example.com: 1.43.0 True, 2.8.0 True
#     r.smith@example.com: 1.43.0 False, 2.8.0 False
#     users/p.jones: 1.43.0 False, 2.8.0 False
#     R&D: 1.43.0 True, 2.8.0 True
#     R&&D: 1.43.0 False, 2.8.0 False
#     a||b: 1.43.0 False, 2.8.0 False
#     on call!: 1.43.0 False, 2.8.0 False
#
# For a migration: name subjects and objects in policy lines, which are compared as they are. Casbin for Go (its issue 1568) and for Node
# (473) rewrite `r.` and `p.` as well.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
for package in casbin==1.43.0 pycasbin==2.8.0; do
  python3 -m venv "$folder/${package#*==}"
  "$folder/${package#*==}/bin/pip" install --quiet --disable-pip-version-check "$package"
done
cat >"$folder/decide.py" <<'EOT'
import logging
import sys

import casbin

logging.disable(logging.CRITICAL)
subject = sys.argv[1]
model = casbin.Model()
model.add_def("r", "r", "sub, obj")
model.add_def("p", "p", "sub, obj")
model.add_def("e", "e", "some(where (p.eft == allow))")
model.add_def("m", "m", f"r.sub == '{subject}' && r.obj == p.obj")
enforcer = casbin.Enforcer(model)
enforcer.add_policy("anybody", "report")
print(enforcer.enforce(subject, "report"))
EOT
seen=$(cd "$folder" && for subject in 'smith@example.com' 'r.smith@example.com' 'users/p.jones' 'R&D' 'R&&D' 'a||b' 'on call!'; do
  echo "$subject: 1.43.0 $(1.43.0/bin/python decide.py "$subject"), 2.8.0 $(2.8.0/bin/python decide.py "$subject")"
done)
echo "$seen"
diff <(cat <<'EOT'
smith@example.com: 1.43.0 True, 2.8.0 True
r.smith@example.com: 1.43.0 False, 2.8.0 False
users/p.jones: 1.43.0 False, 2.8.0 False
R&D: 1.43.0 True, 2.8.0 True
R&&D: 1.43.0 False, 2.8.0 False
a||b: 1.43.0 False, 2.8.0 False
on call!: 1.43.0 False, 2.8.0 False
EOT
) <(echo "$seen")
