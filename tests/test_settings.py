"""What the program is told from outside."""

from pathlib import Path

from valuechain.settings import DEFAULT_STORE, Settings


def test_listens_on_this_machine_alone_unless_told_otherwise():
    settings = Settings.from_environment({})

    assert (settings.host, settings.port, settings.store) == ("127.0.0.1", 8000, DEFAULT_STORE)


def test_the_environment_names_store_password_and_host_names():
    settings = Settings.from_environment(
        {
            "VALUECHAIN_STORE": "sqlite:///other.sqlite",
            "VALUECHAIN_NEO4J_PASSWORD": "secret",
            "VALUECHAIN_HOSTS": "chain.example, other.example,",
        }
    )

    assert settings.store == "sqlite:///other.sqlite"
    assert settings.neo4j_password == "secret"
    assert settings.allowed_hosts[-2:] == ("chain.example", "other.example")
    assert "127.0.0.1" in settings.allowed_hosts


def test_empty_variables_count_as_not_set():
    empty = dict.fromkeys(("VALUECHAIN_STORE", "VALUECHAIN_NEO4J_PASSWORD", "XDG_DATA_HOME", "XDG_CACHE_HOME"), "")
    assert Settings.from_environment(empty) == Settings.from_environment({})


def test_what_the_user_keeps_lies_where_the_system_says():
    settings = Settings.from_environment({"XDG_DATA_HOME": "/data", "XDG_CACHE_HOME": "/cache"})
    assert (settings.data, settings.cache) == (Path("/data/valuechain"), Path("/cache/valuechain"))
    assert Settings.from_environment({}).data == Path.home() / ".local/share/valuechain"


def test_graphs_are_not_kept_where_that_is_not_wanted():
    assert Settings.from_environment({"VALUECHAIN_CACHE": "no"}).cache is None


def test_nothing_is_kept_unless_a_folder_is_named():
    assert (Settings().data, Settings().cache) == (None, None)


def test_the_password_is_never_shown():
    assert "secret" not in repr(Settings(neo4j_password="secret"))
