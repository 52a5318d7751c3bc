"""The façade's ErrorCodes are those that the description of the axis lists."""

from app.facades.vxp.codes import CODES, OTHER
from app.platform.problems import known_problems
from tests.contract.judges import description


def test_every_code_is_described_and_every_one_of_the_gateways_is_used() -> None:
    schemas = description("vxp.yaml")["components"]["schemas"]
    shared, own = (set(schemas[name]["enum"]) for name in ("OurErrorCode", "GatewayErrorCode"))
    used = {*CODES.values(), OTHER}
    assert used - shared - own == set()
    assert own - used == set()


def test_every_refusal_in_the_table_exists() -> None:
    assert set(CODES) - set(known_problems()) == set()
