import base64
import errno
import hashlib
import resource
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.platform.contents import (
    Content,
    Segment,
    composed,
    encoded_size,
    pieces,
    reader_of,
    within,
)
from app.platform.spools import DiskFullError, Spool

SOURCE = bytes(range(256)) * 3
files = st.binary(min_size=1, max_size=40)
encodings = st.tuples(st.binary(max_size=5), files, st.binary(max_size=5))


def laid_out(stretches: list[bytes | tuple[bytes, bytes, bytes]]) -> tuple[Content, bytes]:
    """Return a content of these stretches, and the bytes it should have."""
    segments, own, whole, sources = [], b"", b"", []
    for one in stretches:
        if isinstance(one, bytes):
            segments.append(Segment(len(whole), len(one), len(own)))
            own, whole = own + one, whole + one
            continue
        head, file, tail = one
        source = Content.of(file)
        size = encoded_size(len(head + file + tail))
        segments.append(
            Segment(len(whole), size, 0, source.sha256, source.size, head=head, tail=tail)
        )
        sources.append(source)
        whole += base64.b64encode(head + file + tail)
    return composed(segments, reader_of(own), sources), whole


@given(st.lists(files | encodings, min_size=1, max_size=5), st.integers(1, 50))
def test_a_composed_content_reads_the_same_from_any_place(
    stretches: list[bytes | tuple[bytes, bytes, bytes]], length: int
) -> None:
    content, whole = laid_out(stretches)
    assert (content.data, content.size) == (whole, len(whole))
    assert content.sha256 == hashlib.sha256(whole).hexdigest()
    assert b"".join(pieces(content.read, content.size, length)) == whole
    assert all(content.read(at, length) == whole[at : at + length] for at in range(len(whole)))


@given(st.lists(files | encodings, min_size=1, max_size=5))
def test_what_is_composed_has_only_its_own_bytes_beside_its_sources(
    stretches: list[bytes | tuple[bytes, bytes, bytes]],
) -> None:
    content, _ = laid_out(stretches)
    own = b"".join(one for one in stretches if isinstance(one, bytes))
    assert (content.own_size, content.own_part(0)) == (len(own), own)


def test_a_stretch_ends_where_it_ends() -> None:
    read = within(reader_of(SOURCE), 5, 10)
    assert (read(0, 100), read(8, 100), read(10, 100)) == (SOURCE[5:15], SOURCE[13:15], b"")


@given(st.lists(st.lists(st.binary(max_size=300_000), max_size=3), min_size=1, max_size=4))
def test_a_spool_gives_back_each_content_it_took(contents: list[list[bytes]]) -> None:
    spool, taken = Spool(), []
    for content in contents:
        for piece in content:
            spool.write(piece)
        taken.append(spool.complete())
    assert [one.data for one in taken] == [b"".join(content) for content in contents]
    assert [one.sha256 for one in taken] == [Content.of(one.data).sha256 for one in taken]


def test_a_spool_leaves_nothing_where_anybody_could_find_it(tmp_path: Path) -> None:
    spool = Spool(tmp_path)
    spool.write(SOURCE * 1000)
    content = spool.complete()
    assert list(tmp_path.iterdir()) == []
    del spool
    assert content.data == SOURCE * 1000


def open_files() -> int:
    return sum(1 for _ in Path("/proc/self/fd").iterdir())


def test_a_spool_gives_its_file_back_with_its_last_content(tmp_path: Path) -> None:
    before = open_files()
    spool = Spool(tmp_path)
    spool.write(SOURCE * 1000)
    content = spool.complete()
    assert open_files() == before + 1
    del spool, content
    assert open_files() == before


def test_a_full_disk_has_its_own_name(tmp_path: Path) -> None:
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (300_000, limits[1]))
    try:
        with pytest.raises(DiskFullError) as caught:
            Spool(tmp_path).write(bytes(400_000))
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
    assert isinstance(caught.value.__cause__, OSError)
    assert caught.value.__cause__.errno == errno.EFBIG
    assert list(tmp_path.iterdir()) == []
