#!/usr/bin/env bash
# clerk-backend-api 7.0.0 (PyPI, Clerk's own SDK): a session is not found behind the scheme `bearer`, nor beside another scheme's credential.
#
# Expected: the name of an authentication scheme has no case (RFC 9110 section 11.1), and a browser that sends `Authorization: Basic …`, as
# behind a proxy with a password, and the cookie `__session` is signed in by the cookie.
# Seen: the SDK takes whatever follows `Bearer ` for the token, and whatever stands in the field where that is missing; the cookie is looked
# for only without the field:
#
#     Bearer: signed-in
#     bearer: token-invalid
#     cookie: signed-in
#     cookie and Basic: token-invalid
#
# For a server behind a proxy with a password: take the field away before the SDK sees the request.
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
claims = {"iss": "https://clerk.example.com", "sub": "user_1", "sid": "sess_1", "iat": now, "nbf": now, "exp": now + 60}
token = jwt.encode(claims, key, algorithm="RS256")
requests = {
    "Bearer": {"Authorization": f"Bearer {token}"},
    "bearer": {"Authorization": f"bearer {token}"},
    "cookie": {"cookie": f"__session={token}"},
    "cookie and Basic": {"Authorization": "Basic YTpi", "cookie": f"__session={token}"},
}


class Request:
    def __init__(self, headers):
        self.headers = headers


for name, headers in requests.items():
    state = authenticate_request(Request(headers), AuthenticateRequestOptions(jwt_key=public))
    print(f"{name}: {'signed-in' if state.is_signed_in else state.reason.value[0]}")
EOT
)
printf '%s\n' "$seen"
[ "$seen" = "Bearer: signed-in
bearer: token-invalid
cookie: signed-in
cookie and Basic: token-invalid" ]
