"""Years as lists and strips of bars."""

from indexer.config import Config
from indexer.search.request import Period
from tests.engines.memory import make_archive
from webui import create_app
from webui.presenters.time.calendar import Row, strip, years

APP = create_app(Config(), make_archive([]))
FOUND = {Period(2019, 3): 1, Period(2020): 0, Period(2021, 1): 24, Period(2021, 2): 71, Period(2022): 4850}


def test_bars_are_as_long_as_the_numbers_are_large() -> None:
    with APP.test_request_context("/"):
        assert years(FOUND, undated=24) == (
            Row("2022", "4,850", "2022: 4,850 articles", 1000, "/archive/2022"),
            Row("2021", "95", "2021: 95 articles", 20, "/archive/2021"),
            Row("2020", "nothing archived", "2020: nothing archived", 0, None),
            Row("2019", "1", "2019: 1 article", 3, "/archive/2019"),
            Row("Undated", "24", "Undated: 24 articles", 5, "/search?published=", undated=True),
        )


def test_a_strip_goes_from_the_first_year_to_the_last() -> None:
    with APP.test_request_context("/"):
        assert [(row.name, row.width) for row in strip(FOUND)] == [
            ("2019", 60), ("2020", 0), ("2021", 60), ("2022", 1000),
        ]  # fmt: skip
        assert (strip({}), years({})) == ((), ())
