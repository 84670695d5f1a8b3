#!/usr/bin/env bash
# svix 2.9.1 and standardwebhooks 1.1.0 (PyPI): `Webhook.verify` of svix gives nothing for a good webhook, where that of standardwebhooks, to
# which svix passes it on, gives the parsed body.
#
# Expected: `msg = webhook.verify(body, headers)` gives the body's JSON value in both, as Svix's page shows it for Python
# (docs.svix.com/receiving/verifying-payloads/how) and as svix for JavaScript does.
# Seen: svix gives `None`. A handler that asks `if msg:` before it does its work takes every good webhook for nothing:
#
#     svix 2.9.1, its own fields: None
#     svix 2.9.1, the standard's fields: None
#     standardwebhooks 1.1.0: {'type': 'user.created'}
#
# Whoever moves a handler between the two, or follows that page, parses the body after `verify`, and tells failures by the exception alone.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check standardwebhooks==1.1.0 svix==2.9.1
seen=$(cd "$folder" && venv/bin/python - <<'EOT'
from datetime import datetime, timezone

import standardwebhooks
import svix

secret, body = "whsec_Z2F0ZWhvdXNlIGZpbmRpbmcgb2YgMjAyNg==", '{"type":"user.created"}'
now = datetime.now(timezone.utc)


def fields(library, prefix):
    return {
        f"{prefix}-id": "msg_1",
        f"{prefix}-timestamp": str(int(now.timestamp())),
        f"{prefix}-signature": library.Webhook(secret).sign("msg_1", now, body),
    }


for name, library, prefix in (
    ("svix 2.9.1, its own fields", svix, "svix"),
    ("svix 2.9.1, the standard's fields", svix, "webhook"),
    ("standardwebhooks 1.1.0", standardwebhooks, "webhook"),
):
    print(f"{name}: {library.Webhook(secret).verify(body, fields(library, prefix))}")
EOT
)
echo "$seen"
diff <(cat <<'EOT'
svix 2.9.1, its own fields: None
svix 2.9.1, the standard's fields: None
standardwebhooks 1.1.0: {'type': 'user.created'}
EOT
) <(echo "$seen")
