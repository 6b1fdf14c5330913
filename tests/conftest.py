"""What every test may ask for."""

from hypothesis import settings

pytest_plugins = ["tests.support.neo4j", "tests.support.browser", "tests.support.demo", "tests.support.client"]

settings.register_profile("tests", deadline=None)  # a busy machine is no fault of the program
settings.load_profile("tests")
