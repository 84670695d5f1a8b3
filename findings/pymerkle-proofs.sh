#!/usr/bin/env bash
# pymerkle 7.0.0 (PyPI): the roots are those of RFC 9162, the proofs are not.
#
# Expected: a tree with the roots of RFC 9162 (section 2.1) proves by the nodes of its sections 2.1.3.1 and 2.1.4.1: for a leaf the siblings on
# its way to the root, leaves counted from 0, and from 4 leaves to 7 the single node that is new.
# Comments in its code call the trees "essentially the same as RFC 9162, Section 2".
# Seen, for seven leaves: leaves count from 1, a proof of inclusion begins with the leaf itself, and a proof of consistency is the proof of
# inclusion of the first new leaf, with nodes that the RFC leaves out, since a verifier computes them:
#
#     root: equal
#     leaf 0, asked for as 1: itself, then the 3 of the RFC
#     leaf 3, asked for as 4: itself, then the 3 of the RFC
#     from 2 to 7: 4 nodes, the RFC has 2
#     from 4 to 7: 4 nodes, the RFC has 1
#     from 7 to 7: 1 nodes, the RFC has 0
#
# For a log whose proofs others verify: take roots and tree hashes from this library, and make the proofs by the RFC.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check pymerkle==7.0.0
seen=$(cd "$folder" && venv/bin/python - <<'EOT'
from hashlib import sha256

from pymerkle import InmemoryTree


def split(leaves):
    return 1 << (len(leaves) - 1).bit_length() - 1


def root(leaves):
    if len(leaves) == 1:
        return sha256(b"\0" + leaves[0]).digest()
    return sha256(b"\1" + root(leaves[: split(leaves)]) + root(leaves[split(leaves) :])).digest()


def inclusion(number, leaves):
    if len(leaves) == 1:
        return []
    left, right = leaves[: split(leaves)], leaves[split(leaves) :]
    if number < len(left):
        return inclusion(number, left) + [root(right)]
    return inclusion(number - len(left), right) + [root(left)]


def consistency(size, leaves, is_known=True):
    if size == len(leaves):
        return [] if is_known else [root(leaves)]
    left, right = leaves[: split(leaves)], leaves[split(leaves) :]
    if size <= len(left):
        return consistency(size, left, is_known) + [root(right)]
    return consistency(size - len(left), right, False) + [root(left)]


leaves = [b"record %d" % number for number in range(7)]
tree = InmemoryTree(algorithm="sha256")
for leaf in leaves:
    tree.append_entry(leaf)
print("root:", "equal" if tree.get_root() == root(leaves) else "other")
for number in (0, 3):
    path = [bytes.fromhex(node) for node in tree.prove_inclusion(number + 1).serialize()["path"]]
    expected = inclusion(number, leaves)
    is_seen = path[0] == root([leaves[number]]) and path[1:] == expected
    print(f"leaf {number}, asked for as {number + 1}:", f"itself, then the {len(expected)} of the RFC" if is_seen else path)
for size in (2, 4, 7):
    path = tree.prove_consistency(size, 7).serialize()["path"]
    print(f"from {size} to 7: {len(path)} nodes, the RFC has {len(consistency(size, leaves))}")
EOT
)
echo "$seen"
test "$seen" = "root: equal
leaf 0, asked for as 1: itself, then the 3 of the RFC
leaf 3, asked for as 4: itself, then the 3 of the RFC
from 2 to 7: 4 nodes, the RFC has 2
from 4 to 7: 4 nodes, the RFC has 1
from 7 to 7: 1 nodes, the RFC has 0"
