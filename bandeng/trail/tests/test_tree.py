"""The log's tree against the vectors of RFC 6962's first implementation and a naive one."""

from hashlib import sha256

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bandeng.trail.rules import merkle, tiles

LEAVES = [
    bytes.fromhex(leaf)
    for leaf in (
        "", "00", "10", "2021", "3031", "40414243", "5051525354555657",
        "606162636465666768696a6b6c6d6e6f",
    )
]  # fmt: skip
ROOTS = [  # of the first 0, 1, … 8 leaves; Source: RFC 6962 reference implementation, merkletree tests
    "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
]


def naive(hashes):
    """MTH as RFC 6962 section 2.1 writes it."""
    if len(hashes) < 2:
        return hashes[0] if hashes else sha256(b"").digest()
    k = 1
    while 2 * k < len(hashes):
        k *= 2
    return sha256(b"\1" + naive(hashes[:k]) + naive(hashes[k:])).digest()


def grown(leaves):
    """Give the edge and all the files that a log of these leaves has."""
    edge, files = tiles.Edge(), dict[str, bytes]()
    for leaf in leaves:
        files |= dict(edge.add(leaf=leaf, hashed=merkle.leaf_hash(leaf=leaf)))
    return edge, files | dict(edge.unfinished())


def tree_of(files, size):
    def read(level, number, width):
        return files[tiles.tile_name(level=level, number=number, width=width)]

    return tiles.Tree(size=size, read=read)


MANY = [n.to_bytes(3) for n in range(70_000)]
EDGE, FILES = grown(MANY)
TREE = tree_of(FILES, len(MANY))
HASHES = [merkle.leaf_hash(leaf=leaf) for leaf in MANY]
SIZES = st.integers(1, 700) | st.sampled_from(
    [255, 256, 257, 511, 512, 513, 65_535, 65_536, 65_537]
)


def _of_longer(level, number, width):
    """Read from the files of a longer log: a wider tile begins with the narrower one."""
    full = tiles.tile_name(level=level, number=number)
    if full in FILES:
        return FILES[full]
    return next(data for name, data in FILES.items() if name.startswith(f"{full}.p/"))


@pytest.mark.parametrize("size", range(9))
def test_known_roots(size):
    edge, files = grown(LEAVES[:size])
    assert edge.root().hex() == tree_of(files, size).root().hex() == ROOTS[size]


def test_the_tiles_of_seventy_thousand_leaves_are_those_of_the_specification():
    """Source: C2SP tlog-tiles, "Partial Tiles"."""
    parts = sorted(name for name in FILES if ".p/" in name and "entries" not in name)
    assert parts == ["tile/0/273.p/112", "tile/1/001.p/17", "tile/2/000.p/1"]
    assert sum(name.startswith("tile/0/") and ".p/" not in name for name in FILES) == 273
    assert sum(name.startswith("tile/1/") and ".p/" not in name for name in FILES) == 1
    assert tiles.tile_name(level=0, number=1_234_067) == "tile/0/x001/x234/067"
    assert TREE.root() == EDGE.root() == naive(HASHES)


def test_bundles_hold_the_leaves_and_tiles_their_hashes():
    for name, data in FILES.items():
        if name.startswith("tile/entries/"):
            leaves = tiles.unbundle(data=data)
            assert FILES[name.replace("entries", "0")] == b"".join(
                merkle.leaf_hash(leaf=leaf) for leaf in leaves
            )
    with pytest.raises(ValueError, match="cut off"):
        tiles.unbundle(data=FILES["tile/entries/000"][:-1])


@pytest.mark.parametrize("name", ["tile/0/000", "tile/entries/x001/x234/067.p/1", "tile/63/999"])
def test_names_of_tiles(name):
    assert tiles.is_tile_name(name=name)


@pytest.mark.parametrize(
    "name",
    [
        "tile/64/000", "tile/00/000", "tile/0/0", "tile/0/000.p/256", "tile/0/000.p/0",
        "tile/0/../key", "tile/0/x01/000", "checkpoint", "tile/0/000\n", "tile/-1/000",
    ],
)  # fmt: skip
def test_what_is_no_name_of_a_tile(name):
    assert not tiles.is_tile_name(name=name)


@given(SIZES, st.data())
def test_a_proof_leads_from_its_leaf_to_the_root_and_no_other(size, data):
    index = data.draw(st.integers(0, size - 1))
    tree = tiles.Tree(size=size, read=_of_longer)
    root = naive(HASHES[:size]) if size < 1000 else tree.root()
    path = merkle.inclusion(index=index, size=size, subtree=tree.subtree)
    assert tree.path(index=index) == path
    given = {"index": index, "size": size, "path": path, "root": root}
    assert merkle.is_included(leaf=HASHES[index], **given)
    assert not merkle.is_included(leaf=HASHES[index + 1], **given)
    assert not merkle.is_included(leaf=HASHES[index], **given | {"index": index + 1})
    assert not merkle.is_included(leaf=HASHES[index], **given | {"root": bytes(32)})
    assert not merkle.is_included(leaf=HASHES[index], **given | {"path": [*path, root]})
    if path:
        assert not merkle.is_included(leaf=HASHES[index], **given | {"path": path[:-1]})


@given(st.integers(0, 70_000), st.integers(1, 70_000))
def test_a_tree_begins_with_each_of_its_earlier_trees_and_with_no_other(old, size):
    old, size = sorted((old, size))
    tree, before = (tiles.Tree(size=each, read=_of_longer) for each in (size, old))
    path = merkle.consistency(old=old, size=size, subtree=tree.subtree)
    given = {"old": old, "size": size, "path": path, "old_root": before.root(), "root": tree.root()}
    assert merkle.is_consistent(**given)
    assert not merkle.is_consistent(**given | {"old_root": bytes(32)})
    assert old == size or not merkle.is_consistent(**given | {"path": [*path, bytes(32)]})
    if 0 < old < size:
        assert not merkle.is_consistent(**given | {"root": bytes(32)})
        assert not merkle.is_consistent(**given | {"path": path[:-1]})


@given(st.lists(st.binary(max_size=400), max_size=300))
def test_bundles_come_back(leaves):
    assert tiles.unbundle(data=tiles.bundle(leaves=leaves)) == leaves
