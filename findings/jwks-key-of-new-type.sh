#!/usr/bin/env bash
# joserfc 1.8.0, Authlib 1.9.10, jwskate 0.12.2, python-jose 3.5.0, PyJWT 2.15.1, jwcrypto 1.6.1 (PyPI): a key of a new type beside a good key.
#
# Expected (RFC 7517, section 5): keys of a set whose type or parameters are not understood are ignored, so that an issuer may publish keys for
# newer clients (ML-DSA's type AKP, other curves) beside those that all know. The token below is signed by the good key, and names it.
# Seen: with PyJWT and jwcrypto that holds. The others refuse the whole set, or the token:
#
#     type AKP: PyJWT yes, jwcrypto yes, joserfc yes, Authlib KeyError, jwskate InvalidJwk, python-jose JWKError
#     another curve: PyJWT yes, jwcrypto yes, joserfc KeyError, Authlib yes, jwskate UnsupportedEllipticCurve, python-jose JWKError
#     another use: PyJWT yes, jwcrypto yes, joserfc KeyParameterError, Authlib yes, jwskate yes, python-jose yes
#
# An issuer that adds such a key locks the services of these libraries out, all at once, two of them by a plain KeyError.
# Publish new types at an address of their own until all verifiers are known to skip them.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check \
    joserfc==1.8.0 Authlib==1.9.10 jwskate==0.12.2 python-jose==3.5.0 PyJWT==2.15.1 jwcrypto==1.6.1 cryptography
seen=$(cd "$folder" && venv/bin/python -W ignore - <<'EOT'
import base64
import json

import authlib.jose
import joserfc.jwk
import joserfc.jwt
import jose.jwt
import jwcrypto.jwk
import jwcrypto.jwt
import jwskate
import jwt
from cryptography.hazmat.primitives.asymmetric import rsa
from jwt.algorithms import RSAAlgorithm

private = rsa.generate_private_key(65537, 2048)
good = json.loads(RSAAlgorithm.to_jwk(private.public_key())) | {"kid": "a", "alg": "RS256", "use": "sig"}
good.pop("key_ops", None)
token = jwt.encode({"sub": "u"}, private, "RS256", headers={"kid": "a"})


def octets(count):
    return base64.urlsafe_b64encode(bytes(range(1, 33)) * (count // 32)).decode().rstrip("=")


def by_pyjwt(keys):
    return jwt.decode(token, jwt.PyJWKSet.from_dict(keys)["a"].key, algorithms=["RS256"])


def by_jwcrypto(keys):
    parsed = jwcrypto.jwt.JWT()
    parsed.deserialize(token, jwcrypto.jwk.JWKSet.from_json(json.dumps(keys)))
    return json.loads(parsed.claims)


def by_joserfc(keys):
    return joserfc.jwt.decode(token, joserfc.jwk.KeySet.import_key_set(keys)).claims


def by_authlib(keys):
    return authlib.jose.jwt.decode(token, authlib.jose.JsonWebKey.import_key_set(keys))


def by_jwskate(keys):
    parsed = jwskate.SignedJwt(token)
    return parsed.claims if parsed.verify_signature(jwskate.JwkSet(keys).get_jwk_by_kid("a"), alg="RS256") else {}


def by_python_jose(keys):
    return jose.jwt.decode(token, keys, algorithms=["RS256"])


libraries = {
    "PyJWT": by_pyjwt,
    "jwcrypto": by_jwcrypto,
    "joserfc": by_joserfc,
    "Authlib": by_authlib,
    "jwskate": by_jwskate,
    "python-jose": by_python_jose,
}
others = {
    "type AKP": {"kty": "AKP", "alg": "ML-DSA-44", "kid": "b", "pub": octets(1312)},
    "another curve": {"kty": "EC", "crv": "brainpoolP256r1", "kid": "b", "x": octets(32), "y": octets(32)},
    "another use": good | {"kid": "b", "use": "attestation"},
}
for name, other in others.items():
    answers = []
    for library, verify in libraries.items():
        try:
            answer = "yes" if verify({"keys": [dict(other), dict(good)]})["sub"] == "u" else "no"
        except Exception as error:
            answer = type(error).__name__
        answers.append(f"{library} {answer}")
    print(f"{name}: {', '.join(answers)}")
EOT
)
echo "$seen"
test "$seen" = "type AKP: PyJWT yes, jwcrypto yes, joserfc yes, Authlib KeyError, jwskate InvalidJwk, python-jose JWKError
another curve: PyJWT yes, jwcrypto yes, joserfc KeyError, Authlib yes, jwskate UnsupportedEllipticCurve, python-jose JWKError
another use: PyJWT yes, jwcrypto yes, joserfc KeyParameterError, Authlib yes, jwskate yes, python-jose yes"
