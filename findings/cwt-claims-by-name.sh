#!/usr/bin/env bash
# cwt 3.3.0 (PyPI): a CBOR Web Token loses each claim whose key is a text, and one such claim takes all numbered claims with it.
#
# Expected (RFC 8392, section 3): a claim's key is an integer or a text, so that {1: issuer, "roles": […]} is a set of claims, as the same
# library reads it from another issuer's token. What it can't write is an error, and `encode`, "a wrapper" of `encode_and_mac` by its
# documentation, writes what that writes.
# Seen: `encode` leaves out each text that is not the name of a registered claim, without a word. Where one of the keys is a text, whatever
# text, it leaves out the keys that are numbers:
#
#     {'iss': 'us', 'roles': ['admin']}: encode ['iss']
#     {1: 'us', 'roles': ['admin']}: encode none, encode_and_mac [1, 'roles']
#     {1: 'us', 'sub': 'ann'}: encode ['sub']
#     read by decode: [1, 'roles'], and encoded again: none
#
# A service that passes a token's claims on so makes one without issuer, subject or roles. Give the claims as bytes of CBOR, or use numbers below
# -65536 alone.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check cwt==3.3.0
seen=$(cd "$folder" && venv/bin/python - <<'EOT'
import cbor2
import cwt

key = cwt.COSEKey.from_symmetric_key(bytes(range(32)), alg="HS256", kid="1")
names = {1: "iss", 2: "sub"}
times = {4, 5, 6}  # expiry and the like, which the library adds by itself


def keys(token, named):
    payload = cbor2.loads(cbor2.loads(token).value[2])
    return [names[claim] if named and claim in names else claim for claim in payload if claim not in times] or "none"


by_name = {"iss": "us", "roles": ["admin"]}
print(f"{by_name}: encode {keys(cwt.encode(by_name, key), True)}")
mixed = {1: "us", "roles": ["admin"]}
print(f"{mixed}: encode {keys(cwt.encode(dict(mixed), key), False)}, encode_and_mac {keys(cwt.encode_and_mac(dict(mixed), key), False)}")
both = {1: "us", "sub": "ann"}
print(f"{both}: encode {keys(cwt.encode(dict(both), key), True)}")
foreign = cwt.COSE.new(alg_auto_inclusion=True, kid_auto_inclusion=True).encode(cbor2.dumps(mixed), key)
claims = cwt.decode(foreign, key)
print(f"read by decode: {list(claims)}, and encoded again: {keys(cwt.encode(claims, key), False)}")
EOT
)
echo "$seen"
diff <(cat <<'EOT'
{'iss': 'us', 'roles': ['admin']}: encode ['iss']
{1: 'us', 'roles': ['admin']}: encode none, encode_and_mac [1, 'roles']
{1: 'us', 'sub': 'ann'}: encode ['sub']
read by decode: [1, 'roles'], and encoded again: none
EOT
) <(echo "$seen")
