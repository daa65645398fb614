"""A chart in a sentence or two, for who does not see it: its time, most and fewest, and from when nothing is kept."""

from collections.abc import Collection, Mapping, Sequence
from itertools import groupby

from indexer.search.request import DateRange, Period
from webui import i18n
from webui.i18n import gettext
from webui.presenters import words
from webui.presenters.lines import articles

MOST_GAPS = 4  # named one by one


def described(counts: Mapping[Period, int], held: Collection[Period]) -> str:
    """Counts over time in a sentence, and the gaps in another.

    Args:
        counts: by period, in order.
        held: those of the periods from which the archive holds anything.
    """
    filled = {period: count for period, count in counts.items() if period in held}
    if len(counts) < 2 or not filled:
        return ""
    peak, low = max(filled, key=filled.__getitem__), min(filled, key=filled.__getitem__)
    first, last = min(counts), max(counts)
    said = {
        "first": i18n.period(first), "last": i18n.period(last),
        "peak": i18n.period(peak), "most": articles(filled[peak]),
        "low": i18n.period(low), "fewest": articles(filled[low]),
    }  # fmt: skip
    if filled[peak] == filled[low]:
        sentence = gettext("From %(first)s to %(last)s; %(most)s in each.", **said)
    else:
        sentence = gettext(
            "From %(first)s to %(last)s; most in %(peak)s: %(most)s; fewest in %(low)s: %(fewest)s.", **said
        )
    gaps = _gaps(counts, filled)
    if not gaps:
        return sentence
    nothing = gettext("Nothing archived from: %(gaps)s.", gaps=i18n.listed(gaps))
    return f"{sentence} {nothing}"


def _gaps(counts: Mapping[Period, int], filled: Collection[Period]) -> Sequence[str]:
    """The runs of periods from which nothing is kept, by name; of many the first ones and an ellipsis."""
    runs = [list(run) for empty, run in groupby(counts, key=lambda period: period not in filled) if empty]
    named = [words.dates_label(DateRange(run[0], run[-1])) for run in runs[:MOST_GAPS]]
    return [*named, "…"] if len(runs) > MOST_GAPS else named
