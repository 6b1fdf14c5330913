"""What the program is told from outside."""

from valuechain.settings import DEFAULT_STORE, Settings


def test_listens_on_this_machine_alone_unless_told_otherwise():
    settings = Settings.from_environment({})

    assert settings == Settings()
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
    assert Settings.from_environment({"VALUECHAIN_STORE": "", "VALUECHAIN_NEO4J_PASSWORD": ""}) == Settings()


def test_the_password_is_never_shown():
    assert "secret" not in repr(Settings(neo4j_password="secret"))
