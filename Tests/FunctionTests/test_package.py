"""What is in the zips, how large they are, and what they want of Amazon Linux 2023."""

import zipfile

import pytest

from package import API, INGEST, PRESENT, Package, defines, dotted, libraries, wanted

PACKAGES = [Package(API), Package(INGEST)]
each_package = pytest.mark.parametrize("package", PACKAGES, ids=lambda package: package.name)
GLIBC = (2, 34)
"""That of provided.al2023."""
GLIBCXX = (3, 4, 29)
"""What the libstdc++ of its GCC 11 has."""
API_LIMIT = 14_000_000
"""What the API's zip may grow to; the goal is 10,000,000, and docs/benchmarks.md tells the rest."""


@each_package
def test_a_zip_holds_one_program_and_libraries_that_anyone_may_run(package):
    with zipfile.ZipFile(package.path) as archive:
        assert archive.namelist()[0] == "bootstrap"
        assert all(name.startswith("lib/") for name in archive.namelist()[1:])
        assert all(entry.external_attr >> 16 == 0o100755 for entry in archive.infolist())
        assert archive.testzip() is None


def test_only_ingest_has_libvips():
    with zipfile.ZipFile(Package(API).path) as api, zipfile.ZipFile(Package(INGEST).path) as ingest:
        assert api.namelist() == ["bootstrap"]
        assert "lib/libvips.so.42" in ingest.namelist()


@each_package
def test_every_file_runs_on_the_libraries_of_amazon_linux(package, tmp_path):
    files = package.unpack(tmp_path)
    present = PRESENT | {file.name for file in files if file.parent.name == "lib"}
    for file in files:
        glibc, glibcxx = wanted(file, "GLIBC"), wanted(file, "GLIBCXX")
        print(f"{package.name}/{file.name}: glibc {dotted(glibc)}, libstdc++ {dotted(glibcxx)}", *libraries(file))
        assert glibc <= GLIBC
        assert glibcxx <= GLIBCXX
        assert libraries(file) <= present


@each_package
@pytest.mark.parametrize("symbol", ["ucol_open", "sqlite3_open", "vips_init", "CFStringCreateCopy"])
def test_nothing_is_linked_that_a_function_has_no_use_for(package, symbol):
    assert defines(package.symbols, "main"), "the symbols are not there"
    assert not defines(package.symbols, symbol)


def test_the_zip_of_the_api_is_small():
    size = Package(API).path.stat().st_size
    print(f"{API}.zip: {size:,} bytes")
    assert size <= API_LIMIT
