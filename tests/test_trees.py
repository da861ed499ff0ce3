"""The house's tree and the verifier's are written apart and agree."""

from bandeng_verify import log as theirs
from hypothesis import given
from hypothesis import strategies as st

from bandeng.trail.rules import merkle


@given(st.lists(st.binary(max_size=20), min_size=1, max_size=40), st.data())
def test_house_and_verifier_agree(leaves, data):
    """Two implementations, one tree."""
    hashes = [merkle.leaf_hash(leaf=leaf) for leaf in leaves]
    index, size = data.draw(st.integers(0, len(leaves) - 1)), len(leaves)

    def mth(low, high):
        if high - low == 1:
            return hashes[low]
        k = low + merkle.split(count=high - low)
        return merkle.node_hash(left=mth(low, k), right=mth(k, high))

    root, path = mth(0, size), merkle.inclusion(index=index, size=size, subtree=mth)
    assert theirs.root_of(hashes) == root
    asked = {"index": index, "size": size, "path": path, "root": root}
    for n in {0, index, size - 1}:
        ours = merkle.is_included(leaf=hashes[n], **asked)
        assert (
            theirs.included(leaves[n], index, size, path, root)
            == ours
            == (hashes[n] == hashes[index])
        )
