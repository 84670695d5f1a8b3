#!/usr/bin/env bash
# standardwebhooks 1.1.0 and svix 2.9.1 (PyPI): `Webhook.sign` ignores the time zone of its timestamp.
#
# Expected: one instant, given in UTC or in another zone, has one signature.
# Seen: the wall clock of the other zone is taken for UTC. Noon in UTC is 17:00 at +05:00; it is signed as 17:00 UTC, and two
# different instants with the same wall clock have one signature:
#
#     standardwebhooks: same instant, same signature: False; same wall clock, same signature: True
#     svix: same instant, same signature: False; same wall clock, same signature: True
#
# A sender that puts the instant's own Unix time into the header and signs such a date is refused by every receiver. Sign with UTC.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check standardwebhooks==1.1.0 svix==2.9.1
seen=$(cd "$folder" && venv/bin/python - <<'EOT'
from datetime import datetime, timedelta, timezone
import standardwebhooks
import svix

noon = datetime(2026, 1, 1, 12, tzinfo=timezone.utc)
east = timezone(timedelta(hours=5))
for library in (standardwebhooks, svix):
    webhook = library.Webhook("whsec_Z2F0ZWhvdXNlIGZpbmRpbmcgb2YgMjAyNg==")
    signature = lambda time: webhook.sign("msg_1", time, "{}")
    instant = signature(noon) == signature(noon.astimezone(east))
    clock = signature(noon) == signature(noon.replace(tzinfo=east))
    print(f"{library.__name__}: same instant, same signature: {instant}; same wall clock, same signature: {clock}")
EOT
)
echo "$seen"
diff <(cat <<'EOT'
standardwebhooks: same instant, same signature: False; same wall clock, same signature: True
svix: same instant, same signature: False; same wall clock, same signature: True
EOT
) <(echo "$seen")
