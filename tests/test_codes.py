import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.codes import AgencyCode, DocumentId, DossierCode, ProcedureCode

GROUPS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
ROOTS = st.from_regex(r"[A-Z][0-9]{2}", fullmatch=True)
QCVN = st.from_regex(r"[0-9]{3}\.[0-9]{2}\.[0-9]{2}\.[A-Z][0-9]{2}", fullmatch=True)
OLDER = st.from_regex(
    r"(([0-9A-Z]{3}\.)?[0-9A-Z]{2}\.)?[0-9A-Z]{2}\.[A-Z][0-9A-Z][0-9]", fullmatch=True
)
TREES = st.builds(
    lambda root, groups: ".".join([root, *groups]),
    ROOTS,
    st.lists(st.text(GROUPS, min_size=1, max_size=8), max_size=3),
)
BUSINESSES = st.from_regex(r"(0002-)?[0-9]{10}(-?[0-9]{3})?", fullmatch=True)
CODES = st.one_of(QCVN, OLDER, TREES, BUSINESSES)


@pytest.mark.parametrize(
    ("qcvn", "canonical"),
    [
        ("000.00.00.H40", "H40"),
        ("000.00.12.H40", "H40.12"),
        ("000.05.21.H40", "H40.21.05"),
        ("007.05.21.H40", "H40.21.05.007"),
        ("002.00.20.H13", "H13.20.00.002"),
        ("000.00.01.A53", "A53.01"),
    ],
)
def test_the_two_spellings_convert_into_each_other(qcvn: str, canonical: str) -> None:
    assert AgencyCode(qcvn).canonical == canonical
    assert AgencyCode(canonical).qcvn == qcvn


@pytest.mark.parametrize(
    ("text", "canonical"),
    [
        ("28.22.H17", "H17.22.28"),
        ("01.02.G22", "G22.02.01"),
        ("00.22.W00", "W00.22"),
        ("001.00.20.TT2", "TT2.20.00.001"),
        ("12.H38", "H38.12"),
        ("H37.DN.001", "H37.DN.001"),
        ("0000000001", "0000000001"),
        ("0002-0000000001", "0000000001"),
        ("0000000001-001", "0000000001-001"),
        ("0000000001001", "0000000001-001"),
    ],
)
def test_other_grammars_are_read(text: str, canonical: str) -> None:
    assert AgencyCode(text).canonical == canonical


@pytest.mark.parametrize(
    "text",
    [
        "", "H", "h38", "H38.", ".H38", "H38..12", "H38 ", "H38\n", "H38\x00", "H3٨",
        "000.00.12.h38", "000.00.012.H38", "vxp.saas.03", "H38." + "A" * 9, "H38" + ".AAAAAAAA" * 4,
        "000000001", "0003-0000000001", "../H38", "' OR 1=1 --",
    ],
)  # fmt: skip
def test_what_is_no_agency_code_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="not an agency code"):
        AgencyCode(text)


@given(QCVN)
def test_a_qcvn_code_survives_the_way_there_and_back(text: str) -> None:
    assert AgencyCode(AgencyCode(text).canonical).qcvn == text


@given(CODES)
def test_the_canonical_form_is_a_code_and_stays_as_it_is(text: str) -> None:
    canonical = AgencyCode(text).canonical
    assert AgencyCode(canonical).canonical == canonical
    assert AgencyCode(canonical).qcvn == AgencyCode(text).qcvn


@given(CODES)
def test_every_ancestor_is_a_code_that_holds_the_member(text: str) -> None:
    code = AgencyCode(text)
    for above in code.ancestors:
        assert code.within(AgencyCode(above))
        assert not AgencyCode(above).within(code)
    assert code.within(code)
    assert code.root == [code.canonical, *code.ancestors][-1]


def test_a_code_that_only_begins_alike_is_not_within() -> None:
    assert AgencyCode("H38.12.01").within(AgencyCode("000.00.12.H38"))
    assert not AgencyCode("H38.121").within(AgencyCode("H38.12"))
    assert not AgencyCode("H38").within(AgencyCode("H38.12"))


@pytest.mark.parametrize("text", ["H37.DN.001", "H38.12.01.007.9", "H38.123", "TT2.20"])
def test_what_does_not_fit_the_old_widths_has_no_qcvn_spelling(text: str) -> None:
    assert AgencyCode(text).qcvn is None


@pytest.mark.parametrize(
    ("text", "national", "canonical"),
    [
        ("1.003560", "1.003560", "1.003560"),
        ("1.003560.H38", "1.003560", "1.003560.H38"),
        ("1.003560.000.00.00.H56", "1.003560", "1.003560.H56"),
        ("3.000181.000.00.12.H22", "3.000181", "3.000181.H22.12"),
        ("2.002622.H56.12.05", "2.002622", "2.002622.H56.12.05"),
    ],
)
def test_a_procedure_code_tells_its_national_code(text: str, national: str, canonical: str) -> None:
    code = ProcedureCode(text)
    assert (code.national, code.canonical) == (national, canonical)
    assert ProcedureCode(code.canonical).canonical == code.canonical


@pytest.mark.parametrize(
    "text",
    ["", "1.00356", "1.003560.", "1.003560.h38", "TS_lop1.000.00.00.H22", "1.003560.H38\n",
     "1.003560.H38" + ".12" * 5, "1.003560'--", "1.003560\x00", "1.٠٠3560"],
)  # fmt: skip
def test_what_is_no_procedure_code_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="procedure code"):
        ProcedureCode(text)


@pytest.mark.parametrize(
    "text", ["000.00.16.H08-200101-0001", "H15.50.05.13-261008-0975", "H38-261102-1234567"]
)
def test_dossier_codes_are_read(text: str) -> None:
    assert DossierCode(text) == text


@pytest.mark.parametrize(
    "text", ["", "H38-261102-1", "H38-261102-12345678", "H38-26110-0001", "h38-261102-0001",
             "H38-261102-0001\n", "H38.1-261102-0001", "../H38-261102-0001"],
)  # fmt: skip
def test_what_is_no_dossier_code_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="dossier code"):
        DossierCode(text)


def test_a_document_id_is_one_line_without_outer_blanks() -> None:
    text = "000.00.12.H38,2026/03/02,42/SKTDL-VP"
    assert DocumentId(text) == text
    assert DocumentId("a" * 200)
    for wrong in ("", " ", " a", "a ", "a\nb", "a\x00", "a" * 201):
        with pytest.raises(ValueError, match="document id"):
            DocumentId(wrong)
