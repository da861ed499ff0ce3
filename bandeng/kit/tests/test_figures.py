from bandeng.kit.figures import share


def test_a_share_of_nothing_is_no_data():
    assert share(part=0, whole=0) is None
    assert share(part=57, whole=60) == 0.95
