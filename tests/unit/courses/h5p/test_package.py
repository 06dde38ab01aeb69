"""A package is refused with one sentence that says what and where."""

import io
import json
import stat
import struct
import zipfile

import pytest

from courses.h5p.package import LibraryName, PackageRefused, limits, read_package
from tests.factories import h5p


def read(file: io.BytesIO, tmp_path, installed=()):
    return read_package(file, staging=tmp_path / "staging", installed=installed)


def refusal(parts: dict[str, bytes], tmp_path) -> str:
    (tmp_path / "staging").mkdir()
    with pytest.raises(PackageRefused) as caught:
        read(h5p.zipped(parts), tmp_path)
    return str(caught.value)


def with_part(name: str, data: bytes = b"x") -> dict[str, bytes]:
    return {**h5p.files(), name: data}


@pytest.fixture(autouse=True)
def _english(settings):
    settings.LANGUAGE_CODE = "en"
    from django.utils import translation

    with translation.override("en"):
        yield


def test_a_good_package_is_read_whole(tmp_path):
    read_one = read(h5p.zipped(with_part("content/images/a.png", h5p.PNG)), tmp_path)
    assert read_one.main_library == LibraryName("SongTien.Choice", 1, 0)
    assert sorted(str(name) for name in read_one.libraries) == [
        "SongTien.Choice 1.0",
        "SongTien.Question 1.0",
    ]
    assert list(read_one.content_files) == ["images/a.png"]
    assert read_one.content_files["images/a.png"].size == len(h5p.PNG)
    assert not any(library.uses_eval for library in read_one.libraries.values())


def test_json_may_carry_a_byte_order_mark(tmp_path):
    parts = h5p.files()
    parts["h5p.json"] = b"\xef\xbb\xbf" + parts["h5p.json"]
    assert read(h5p.zipped(parts), tmp_path).manifest["title"] == "Chọn mật khẩu"


def test_parts_starting_with_a_dot_or_underscore_are_skipped(tmp_path):
    parts = {**h5p.files(), "__MACOSX/content/a.html": b"<p>", "content/.DS_Store": b"x"}
    assert read(h5p.zipped(parts), tmp_path).content_files == {}


@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        ("/etc/passwd", "is an absolute path"),
        ("C:/windows.txt", "is an absolute path"),
        ("content/../../evil.txt", "leads outside its folder"),
        ("content/./evil.txt", "leads outside its folder"),
        ("content//evil.txt", "leads outside its folder"),
        ("content\\evil.txt", "holds a backslash"),
        ("content/" + "ă" * 200 + ".txt", "is too long"),
        ("content/ev\x01il.txt", "holds a control character"),
    ],
)
def test_names_that_mean_another_place(name, sentence, tmp_path):
    assert sentence in refusal(with_part(name), tmp_path)


def test_a_name_with_a_nul_byte(tmp_path):
    raw = h5p.zipped(with_part("content/evilX.txt")).getvalue().replace(b"evilX.txt", b"evil\x00.txt")
    (tmp_path / "staging").mkdir()
    with pytest.raises(PackageRefused, match="control character"):
        read(io.BytesIO(raw), tmp_path)


def test_two_names_that_differ_only_in_case(tmp_path):
    parts = {**h5p.files(), "content/a.png": h5p.PNG, "content/A.png": h5p.PNG}
    assert refusal(parts, tmp_path) == (
        "The file names “content/a.png” and “content/A.png” are the same but for upper and lower case."
    )


def test_a_symbolic_link(tmp_path):
    entry = zipfile.ZipInfo("content/link.txt")
    entry.create_system = 3
    entry.external_attr = (stat.S_IFLNK | 0o777) << 16
    file = h5p.zipped(h5p.files())
    with zipfile.ZipFile(file, "a") as archive:
        archive.writestr(entry, "/etc/passwd")
    with pytest.raises(PackageRefused, match=r"“content/link\.txt” is a symbolic link"):
        read(file, tmp_path)


def test_an_encrypted_entry(tmp_path):
    raw = bytearray(h5p.zipped(with_part("content/secret.txt")).getvalue())
    at = raw.index(b"PK\x01\x02", raw.rindex(b"content/secret.txt") - 46)
    raw[at + 8] |= 1
    with pytest.raises(PackageRefused, match=r"“content/secret\.txt” is encrypted"):
        read(io.BytesIO(bytes(raw)), tmp_path)


def test_too_many_entries_are_refused_before_they_are_read(tmp_path, monkeypatch):
    monkeypatch.setattr(limits, "MAX_ENTRIES", 5)
    assert "more than 5 entries" in refusal(h5p.files(), tmp_path)


def test_a_lying_count_of_entries_does_not_help(tmp_path, monkeypatch):
    monkeypatch.setattr(limits, "MAX_ENTRIES", 5)
    raw = bytearray(h5p.zipped(h5p.files()).getvalue())
    raw[-14:-10] = struct.pack("<HH", 2, 2)
    with pytest.raises(PackageRefused, match="more than 5 entries"):
        read(io.BytesIO(bytes(raw)), tmp_path)


def test_a_bomb_is_refused_before_it_is_unpacked(tmp_path):
    assert "unpacks to more than 200 times its packed size" in refusal(
        with_part("content/bomb.txt", b"0" * 3_000_000), tmp_path
    )
    assert list((tmp_path / "staging").iterdir()) == []


def test_a_file_larger_than_allowed(tmp_path, monkeypatch):
    monkeypatch.setattr(limits, "MAX_FILE_BYTES", 50_000)
    assert "is larger than" in refusal(with_part("content/big.txt", bytes(range(256)) * 400), tmp_path)


def test_all_files_together_larger_than_allowed(tmp_path, monkeypatch):
    monkeypatch.setattr(limits, "MAX_TOTAL_BYTES", 20_000)
    assert "The package unpacks to more than" in refusal(h5p.files(), tmp_path)


def test_a_size_that_lies_about_the_bytes_that_follow(tmp_path):
    """Real bytes are counted: an entry that says 10 bytes and holds more is damaged."""
    raw = bytearray(h5p.zipped(with_part("content/lie.txt", b"a" * 5000)).getvalue())
    at = raw.rindex(b"PK\x01\x02", 0, raw.rindex(b"content/lie.txt"))
    raw[at + 24 : at + 28] = struct.pack("<L", 10)
    with pytest.raises(PackageRefused, match=r"“content/lie\.txt” is damaged"):
        read(io.BytesIO(bytes(raw)), tmp_path)


def test_a_damaged_entry(tmp_path):
    raw = bytearray(h5p.zipped(with_part("content/a.txt", b"abcdefgh"), zipfile.ZIP_STORED).getvalue())
    raw[raw.index(b"abcdefgh")] ^= 1
    with pytest.raises(PackageRefused, match=r"“content/a\.txt” is damaged"):
        read(io.BytesIO(bytes(raw)), tmp_path)


@pytest.mark.parametrize("raw", [b"", b"not a zip", b"PK\x05\x06", b"PK\x05\x06" + b"\0" * 18 + b"x"])
def test_what_is_no_archive(raw, tmp_path):
    with pytest.raises(PackageRefused):
        read(io.BytesIO(raw), tmp_path)


@pytest.mark.parametrize("kind", ["svg", "html", "js", "exe", "php"])
def test_content_of_a_kind_that_could_run(kind, tmp_path):
    assert refusal(with_part(f"content/evil.{kind}"), tmp_path) == (
        f"“content/evil.{kind}” is of a kind not allowed in content."
    )


@pytest.mark.parametrize("kind", ["html", "php", "exe", "htaccess"])
def test_library_files_of_a_kind_not_allowed(kind, tmp_path):
    assert "is of a kind not allowed in a library" in refusal(
        with_part(f"SongTien.Choice-1.0/evil.{kind}"), tmp_path
    )


@pytest.mark.parametrize("kind", ["swf", "xml", "diff", "patch", "svg"])
def test_library_files_that_real_packages_carry(kind, tmp_path):
    library = read(h5p.zipped(with_part(f"SongTien.Choice-1.0/extra.{kind}")), tmp_path).libraries
    assert f"extra.{kind}" in library[LibraryName("SongTien.Choice", 1, 0)].files


@pytest.mark.parametrize("name", ["a.png", "a.jpg", "a.gif", "a.mp3", "a.mp4", "a.wav", "a.pdf"])
def test_a_page_under_the_name_of_an_image_sound_film_or_pdf(name, tmp_path):
    assert "is not what its ending says" in refusal(
        with_part(f"content/{name}", b"<html><script>alert(1)</script>"), tmp_path
    )


@pytest.mark.parametrize("missing", ["h5p.json", "content/content.json"])
def test_a_part_every_package_needs(missing, tmp_path):
    parts = h5p.files()
    del parts[missing]
    assert refusal(parts, tmp_path) == f"The package has no “{missing}”."


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"title": ""}, "The title in “h5p.json” must have 1 to 255 characters."),
        ({"title": "a" * 256}, "The title in “h5p.json” must have 1 to 255 characters."),
        ({"language": "not a language"}, "In “h5p.json” the value of “language” is missing or wrong."),
        ({"embedTypes": ["object"]}, "In “h5p.json” the value of “embedTypes” is missing or wrong."),
        ({"license": "mine"}, "The licence “mine” in “h5p.json” is not on H5P's list."),
        ({"mainLibrary": None}, "In “h5p.json” the value of “mainLibrary” is missing or wrong."),
        (
            {"mainLibrary": "Other"},
            "h5p.json names the main library “Other” but not among its preloadedDependencies.",
        ),
        (
            {"preloadedDependencies": "all"},
            "In “h5p.json” the value of “preloadedDependencies” is missing or wrong.",
        ),
    ],
)
def test_the_shape_of_h5p_json(change, sentence, tmp_path):
    assert refusal(h5p.files(**change), tmp_path) == sentence


def changed_library(**changes):
    parts = h5p.files()
    name = "SongTien.Choice-1.0/library.json"
    parts[name] = json.dumps({**json.loads(parts[name]), **changes}).encode()
    return parts


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"title": None}, "The title in “SongTien.Choice-1.0/library.json” must have 1 to 255 characters."),
        (
            {"machineName": "a b"},
            "In “SongTien.Choice-1.0/library.json” the value of “machineName” is missing or wrong.",
        ),
        (
            {"majorVersion": -1},
            "In “SongTien.Choice-1.0/library.json” the value of “majorVersion” is missing or wrong.",
        ),
        (
            {"runnable": "perhaps"},
            "In “SongTien.Choice-1.0/library.json” the value of “runnable” is missing or wrong.",
        ),
        (
            {"minorVersion": 7},
            "The folder “SongTien.Choice-1.0” holds the library “SongTien.Choice 1.7” and should carry its name.",
        ),
        (
            {"coreApi": {"majorVersion": 1, "minorVersion": 29}},
            "The library “SongTien.Choice 1.0” needs H5P core 1.29; this player offers 1.28.",
        ),
        (
            {"preloadedJs": [{"path": "gone.js"}]},
            "“SongTien.Choice-1.0/library.json” lists “gone.js” under preloadedJs, but the file is missing.",
        ),
        (
            {"preloadedCss": [{"path": "gone.css"}]},
            "“SongTien.Choice-1.0/library.json” lists “gone.css” under preloadedCss, but the file is missing.",
        ),
        (
            {"preloadedDependencies": [{"machineName": "H5P.Nothing", "majorVersion": 1, "minorVersion": 0}]},
            "“SongTien.Choice-1.0/library.json” needs the library “H5P.Nothing 1.0”, "
            "which is neither in the package nor installed.",
        ),
    ],
)
def test_the_shape_of_library_json(change, sentence, tmp_path):
    assert refusal(changed_library(**change), tmp_path) == sentence


def test_the_highest_core_that_the_player_offers_is_enough(tmp_path):
    parts = changed_library(coreApi={"majorVersion": 1, "minorVersion": 28})
    assert len(read(h5p.zipped(parts), tmp_path).libraries) == 2


def test_a_folder_without_library_json(tmp_path):
    assert (
        refusal(with_part("H5P.Loose-1.0/a.css"), tmp_path)
        == "The folder “H5P.Loose-1.0” has no library.json."
    )


@pytest.mark.parametrize(
    ("name", "data", "sentence"),
    [
        ("content/content.json", b"{", "“content/content.json” is not valid JSON (line 1, column 2)."),
        ("content/content.json", b"[]", "“content/content.json” must hold a JSON object."),
        ("content/content.json", b'{"a": NaN}', "“content/content.json” holds a number that cannot be read."),
        ("content/content.json", b'{"a": "\xff"}', "“content/content.json” is not UTF-8 text."),
        (
            "SongTien.Choice-1.0/semantics.json",
            b"{}",
            "“SongTien.Choice-1.0/semantics.json” must hold a list of fields.",
        ),
        (
            "SongTien.Choice-1.0/language/vi.json",
            b"{,}",
            "“SongTien.Choice-1.0/language/vi.json” is not valid JSON (line 1, column 2).",
        ),
    ],
)
def test_json_that_cannot_be_read(name, data, sentence, tmp_path):
    assert refusal(with_part(name, data), tmp_path) == sentence


@pytest.mark.parametrize(("levels", "taken"), [(60, True), (61, False), (100_000, False)])
def test_json_may_be_sixty_levels_deep(levels, taken, tmp_path):
    nested = b'{"a":' * levels + b"1" + b"}" * levels
    file = h5p.zipped(with_part("content/content.json", nested), zipfile.ZIP_STORED)
    if taken:
        assert read(file, tmp_path).parameters
    else:
        with pytest.raises(PackageRefused, match="nested more than 60 levels deep"):
            read(file, tmp_path)


def test_json_larger_than_allowed(tmp_path, monkeypatch):
    monkeypatch.setattr(limits, "MAX_JSON_BYTES", 50)
    assert "allowed for JSON" in refusal(h5p.files(), tmp_path)


def test_installed_libraries_need_not_be_in_the_package(tmp_path):
    parts = {name: data for name, data in h5p.files().items() if not name.startswith("SongTien.")}
    installed = {LibraryName("SongTien.Choice", 1, 0), LibraryName("SongTien.Question", 1, 0)}
    assert read(h5p.zipped(parts), tmp_path, installed).libraries == {}


@pytest.mark.parametrize(
    ("script", "found"),
    [
        ("var f = new Function('return 1')", True),
        ("eval('1')", True),
        ("window.eval2('1'); medieval(1)", False),
        ("var f = function () {}", False),
    ],
)
def test_code_made_from_text_is_seen(script, found, tmp_path):
    library = read(h5p.probe(script=script), tmp_path).libraries[LibraryName("Test.Probe", 1, 0)]
    assert library.uses_eval is found


def test_hosts_named_in_the_code_are_listed(tmp_path):
    script = "fetch('https://evil.example.com/x'); var v = 'http://adlnet.gov/expapi/verbs/answered'; a('//cdn.test.org/b')"
    library = read(h5p.probe(script=script), tmp_path).libraries[LibraryName("Test.Probe", 1, 0)]
    assert library.outside_hosts == ("cdn.test.org", "evil.example.com")
