from click.testing import CliRunner

from training.corpora.__main__ import main


def test_the_table_counts_the_documents_and_words_of_a_folder(tmp_path, make_prose, monkeypatch):
    monkeypatch.setenv("UNSPUN_CACHE", str(tmp_path / "cache"))
    monkeypatch.setenv("PATH", "")  # no apt-get: the named source is left out
    (tmp_path / "own").mkdir()
    (tmp_path / "own/text.txt").write_text(make_prose(5))
    run = CliRunner().invoke(main, ["--corpus", str(tmp_path / "own"), "--source", "essays-anarchism"])
    rows = run.output.splitlines()
    assert rows[1].split()[:4] == ["folder-own", "own", "1", str(len(make_prose(5).split()))]
    assert rows[2].startswith("left out: essays-anarchism: needs apt-get")
    assert rows[3].split() == ["all", "1", str(len(make_prose(5).split()))]
    assert run.exit_code == 0
