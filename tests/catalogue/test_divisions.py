from tests.gateway import Api


def test_there_are_34_provinces(reader: Api) -> None:
    page = reader.get("/v1/provinces").json()
    assert (len(page["items"]), page["next"]) == (34, None)
    assert {"code": "15", "name": "Lào Cai", "kind": "tỉnh"} in page["items"]
    assert {"code": "01", "name": "Thành phố Hà Nội", "kind": "thành phố trung ương"} in (
        page["items"]
    )


def test_every_commune_of_today_is_listed_once(reader: Api) -> None:
    found = []
    for province in reader.get("/v1/provinces").json()["items"]:
        page = reader.get(f"/v1/provinces/{province['code']}/communes?limit=200").json()
        assert page["next"] is None
        found += [commune["code"] for commune in page["items"]]
    assert len(found) == len(set(found)) == 3321
    assert {len(code) for code in found} == {5}


def test_communes_come_in_pages(reader: Api) -> None:
    path = "/v1/provinces/80/communes"
    whole = reader.get(f"{path}?limit=200").json()["items"]
    first = reader.get(f"{path}?limit=10").json()
    rest = reader.get(path, params={"after": first["next"], "limit": 200}).json()
    assert first["items"] + rest["items"] == whole
    assert {one["kind"] for one in whole} == {"xã", "phường"}
