"""What every test may ask for."""

import pytest
from hypothesis import settings

pytest_plugins = [f"tests.support.{name}" for name in ("neo4j", "browser", "demo", "client", "documents")]

settings.register_profile("tests", deadline=None)  # a busy machine is no fault of the program
settings.load_profile("tests")


@pytest.fixture(scope="session", autouse=True)
def home_of_the_tests(tmp_path_factory: pytest.TempPathFactory):
    """No test reads or writes what the person who runs it keeps."""
    with pytest.MonkeyPatch.context() as patch:
        for variable in ("XDG_DATA_HOME", "XDG_CACHE_HOME"):
            patch.setenv(variable, str(tmp_path_factory.mktemp(variable.lower())))
        yield
