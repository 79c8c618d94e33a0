import pytest


@pytest.fixture
def write(tmp_path, monkeypatch):
    """Write scenario files into an empty current folder; a first line `schema: 1` and a title come by themselves."""
    monkeypatch.chdir(tmp_path)

    def write_file(name, text, head="schema: 1\ntitle: A team\n"):
        content = (head + text).encode() if isinstance(text, str) else text
        (tmp_path / name).write_bytes(content)
        return name

    return write_file


@pytest.fixture
def shipped_folder(tmp_path, monkeypatch):
    """A folder of shipped scenarios with one in it, `cmht`, whatever this version ships."""
    from cpsim.scenario import source

    folder = tmp_path / "shipped"
    folder.mkdir()
    (folder / "cmht.yaml").write_text("schema: 1\ntitle: Shipped\nquestion: Why?\nstrategy: {training_days: 1}\n")
    found = {"cmht": source.Source("cmht", folder / "cmht.yaml", "cmht.yaml")}
    monkeypatch.setattr(source, "shipped", lambda: found)
    return folder
