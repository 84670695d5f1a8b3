#!/usr/bin/env bash
# biscuit-python 0.4.0 (PyPI): a list of numbers is an array or a string of bytes, depending on how large the numbers are.
#
# Expected: a Python list that is given as a parameter becomes an array of Biscuit's datalog, as `bytes` becomes `hex:…`.
# Seen: a list whose numbers all fit in a byte becomes bytes, in which nothing can be looked up; one larger number makes it an array:
#
#     [300, 7]: teams([300, 7]), contains 7: allowed
#     [5, 7]: teams(hex:0507), contains 7: Datalog  execution failure: Invalid type
#     {5, 7}: teams({5, 7}), contains 7: allowed
#
# For ids that begin at 1: give a set, or each id in a fact of its own.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check biscuit-python==0.4.0
seen=$(cd "$folder" && venv/bin/python - <<'EOT'
from biscuit_auth import AuthorizationError, AuthorizerBuilder, BiscuitBuilder, Fact, KeyPair

token = BiscuitBuilder('user("alice")').build(KeyPair().private_key)
for teams in ([300, 7], [5, 7], {5, 7}):
    fact = Fact("teams({teams})", {"teams": teams})
    rules = AuthorizerBuilder("allow if teams($teams), $teams.contains(7)")
    rules.add_fact(fact)
    try:
        rules.build(token).authorize()
        outcome = "allowed"
    except AuthorizationError as error:
        outcome = error
    print(f"{teams}: {fact}, contains 7: {outcome}")
EOT
)
printf '%s\n' "$seen"
[ "$seen" = "[300, 7]: teams([300, 7]), contains 7: allowed
[5, 7]: teams(hex:0507), contains 7: Datalog  execution failure: Invalid type
{5, 7}: teams({5, 7}), contains 7: allowed" ]
