"""Where a dossier is written, and what is left alone there; what it says of a search that was not the one typed."""

import zipfile
from pathlib import Path

import pytest

from indexer.errors import UsageError
from tests.engines.corpus import article
from tests.engines.memory import make_archive
from tests.webui.dossier.test_dossier import ARTICLES, texts
from webui import dossier


def test_a_file_that_is_no_part_of_a_dossier_is_never_removed(tmp_path: Path) -> None:
    archive = make_archive(ARTICLES)
    dossier.write(archive, "oil", tmp_path)
    (tmp_path / "articles/notes.txt").write_text("mine")
    with pytest.raises(UsageError, match=r"holds articles/notes\.txt, which is no part of its dossier"):
        dossier.write(archive, "oil", tmp_path, force=True)
    assert (tmp_path / "articles/notes.txt").read_text() == "mine"


def test_a_link_in_a_dossier_is_no_part_of_it(tmp_path: Path) -> None:
    archive = make_archive(ARTICLES)
    dossier.write(archive, "oil", tmp_path / "oil")
    (tmp_path / "oil/elsewhere").symlink_to(tmp_path, target_is_directory=True)
    with pytest.raises(UsageError, match="holds elsewhere"):
        dossier.write(archive, "oil", tmp_path / "oil", force=True)


def test_a_dossier_is_replaced_where_a_link_leads(tmp_path: Path) -> None:
    archive = make_archive(ARTICLES)
    dossier.write(archive, "oil", tmp_path / "oil")
    (tmp_path / "link").symlink_to("oil")
    dossier.write(archive, "sand", tmp_path / "link", force=True)
    assert (tmp_path / "link").is_symlink()
    assert texts(tmp_path / "oil", "index.html", "//h1") == ["sand"]


@pytest.mark.parametrize("zip_file", [False, True])
def test_names_that_no_file_can_have_are_refused(zip_file: bool, tmp_path: Path) -> None:
    archive = make_archive(ARTICLES)
    (tmp_path / "loop").symlink_to("loop")
    for name in ("a" * 300, "loop"):
        with pytest.raises(UsageError, match="Name another place"):
            dossier.write(archive, "oil", tmp_path / name, zip_file=zip_file)


@pytest.mark.parametrize("zip_file", [False, True])
def test_a_dossier_of_the_other_form_is_left_alone(zip_file: bool, tmp_path: Path) -> None:
    archive = make_archive(ARTICLES)
    dossier.write(archive, "oil", tmp_path / "oil", zip_file=not zip_file)
    with pytest.raises(UsageError, match="of the other form"):
        dossier.write(archive, "oil", tmp_path / "oil", zip_file=zip_file, force=True)


def test_a_zip_file_that_cannot_be_read_is_no_dossier(tmp_path: Path) -> None:
    place = tmp_path / "odd.zip"
    with zipfile.ZipFile(place, "w") as packed:
        packed.writestr("dossier/dossier.json", "{}")
    data = place.read_bytes()
    place.write_bytes(data.replace(b"PK\x01\x02\x14\x03\x14\x00\x00", b"PK\x01\x02\x14\x03\x14\x00\x01"))  # encrypted
    with pytest.raises(UsageError, match="no dossier"):
        dossier.write(make_archive(ARTICLES), "oil", place, zip_file=True, force=True)


def test_another_spelling_than_the_one_typed_is_told_at_the_top(tmp_path: Path) -> None:
    archive = make_archive([article(id, "Lavrov speaks", "Lavrov spoke of oil.", "2021") for id in "abc"])
    found = dossier.write(archive, "lavorv", tmp_path / "it")
    assert found.corrected == found.to_dict()["corrected"] == "lavrov"
    assert texts(tmp_path / "it", "index.html", "//p[@class='warnings']") == [
        "Nothing was found for “lavorv”. This dossier is of “lavrov” instead."
    ]


def test_without_words_no_passages_are_promised(tmp_path: Path) -> None:
    dossier.write(make_archive(ARTICLES), "", tmp_path / "it")
    contents = texts(tmp_path / "it", "index.html", "//ul[contains(@class, 'contents')]/li")
    assert contents[0] == "Articles 5"
    assert "As it was understood" not in texts(tmp_path / "it", "index.html", "//dt")


def test_nothing_found_has_no_fingerprint(tmp_path: Path) -> None:
    dossier.write(make_archive(ARTICLES), "xyzzyq", tmp_path / "it")
    assert "0000000000000000" not in (tmp_path / "it/index.html").read_text().split('id="check"')[0]
