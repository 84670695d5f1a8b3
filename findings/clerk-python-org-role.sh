#!/usr/bin/env bash
# clerk-backend-api 7.0.0 (PyPI, Clerk's own SDK): `org_role` has its prefix in the payload of a session token of version 1, and lost it in
# that of version 2.
#
# Expected: the SDK gives version 2's claim `o` the names of version 1, so that a check written for version 1 goes on working:
# `org_role` is `org:admin`, as `org_permissions` are `org:invoices:read`.
# Seen: the permissions get the prefix, the role does not:
#
#     version 1: role org:admin, permissions ['org:invoices:read']
#     version 2: role admin, permissions ['org:invoices:read']
#
# For a migration: compare the role without its prefix, or ask for a permission.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check clerk-backend-api==7.0.0
seen=$(cd "$folder" && venv/bin/python - <<'EOT'
import time

import jwt
from clerk_backend_api.security import authenticate_request
from clerk_backend_api.security.types import AuthenticateRequestOptions
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa

key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
public = key.public_key().public_bytes(
    serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo
).decode()
now = int(time.time())
common = {"iss": "https://clerk.example.com", "sub": "user_1", "sid": "sess_1", "iat": now, "nbf": now, "exp": now + 60}
versions = {
    1: {"org_id": "org_1", "org_slug": "acme", "org_role": "org:admin", "org_permissions": ["org:invoices:read"]},
    2: {"v": 2, "fea": "o:invoices", "o": {"id": "org_1", "slg": "acme", "rol": "admin", "per": "read", "fpm": "1"}},
}


class Request:
    def __init__(self, token):
        self.headers = {"Authorization": f"Bearer {token}"}


for version, claims in versions.items():
    request = Request(jwt.encode(common | claims, key, algorithm="RS256"))
    state = authenticate_request(request, AuthenticateRequestOptions(jwt_key=public))
    print(f"version {version}: role {state.payload['org_role']}, permissions {state.payload['org_permissions']}")
EOT
)
printf '%s\n' "$seen"
[ "$seen" = "version 1: role org:admin, permissions ['org:invoices:read']
version 2: role admin, permissions ['org:invoices:read']" ]
