"""What every test may ask for."""

pytest_plugins = ["tests.support.neo4j", "tests.support.browser", "tests.support.demo"]
