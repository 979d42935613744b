"""The heat map of hour prices, as page and picture."""

import datetime as dt
import re

from engine.plot.price_map import columns_of, price_figure, shade_of
from engine.plot.price_page import price_html
from engine.plot.risk_figure import as_png
from engine.what_if.comparison import Noise
from engine.what_if.hour_prices import Half, HourPrice, HourPrices, Resource
from engine.what_if.price_check import Checked, agreement_of

MONDAY = dt.date(2026, 3, 2)


def price(resource: Resource, half: Half, points: float) -> HourPrice:
    start, end = (480, 720) if half is Half.MORNING else (720, 960)
    return HourPrice(
        resource=resource,
        date=MONDAY,
        half=half,
        start=start,
        end=end,
        hours=4.0,
        points=points,
        like="A<1",
    )


PRICES = HourPrices(
    start=MONDAY,
    days=1,
    steps=100,
    bound=5.0,
    prices=(
        price(Resource.ASSISTANT, Half.MORNING, 4000.0),
        price(Resource.ASSISTANT, Half.AFTERNOON, 0.0),
        price(Resource.DOCTOR, Half.AFTERNOON, 40.0),
    ),
)


def fields(page: str, resource: str, number: int = 0) -> list[tuple[int, str]]:
    """Shade and text of a row; of the first map, or of the one with this number."""
    rows = re.findall(rf'<tr data-resource="{resource}">(.*?)</tr>', page, re.S)
    found = re.findall(r"#d7301f (\d+)%.*?>([^<>]*)</td>", rows[number])
    return [(int(shade), text) for shade, text in found]


def test_the_dearest_hour_is_darkest_and_a_free_one_is_not_shaded(tiny):
    page = price_html(tiny.problem(), PRICES, None)
    assert fields(page, "assistant") == [(100, "1,000"), (0, "0")]
    # In the morning no doctor is there to have a price.
    assert [text for _, text in fields(page, "doctor")] == ["", "10"]
    assert 'data-resource="chair"' not in page
    assert "Do the prices hold?" not in page
    assert "A&lt;1" in page
    assert "A<1" not in page


def test_the_check_is_said_in_a_sentence_and_row_by_row(tiny):
    rows = tuple(
        Checked(price=one, bound_gain=0.5 * one.points, solved_gain=1.0, noise=Noise.GAP)
        for one in PRICES.prices
    )
    page = price_html(tiny.problem(), PRICES, agreement_of(rows))
    assert "gained 50% of what the prices say; 3 of 3 gained no more" in page
    assert "Rank correlation of price and gain: 1.00 in the relaxation" in page
    assert "<td>doctor, Mon 2 Mar afternoon</td>" in page
    # The second map has the gains, half of the prices, on the scale of the prices.
    assert fields(page, "assistant", 1) == [(90, "500"), (0, "0")]


def test_a_check_that_was_stopped_says_so_and_leaves_fields_empty(tiny):
    rows = (Checked(price=PRICES.prices[0], bound_gain=400.0, solved_gain=None, noise=None),)
    left = ("one more assistant, 2026-03-02 afternoon",)
    page = price_html(tiny.problem(), PRICES, agreement_of(rows, stopped=True, left_out=left))
    assert f"Stopped early: nothing is known of {left[0]}." in page
    assert [text for _, text in fields(page, "assistant", 1)] == ["100", ""]
    nothing = price_html(tiny.problem(), PRICES, agreement_of((), stopped=True, left_out=left))
    assert "Stopped early" in nothing
    assert "One more was added" not in nothing


def test_shades_are_logarithms():
    assert shade_of(0.0, 99.0) == 0.0
    assert shade_of(99.0, 99.0) == 1.0
    assert shade_of(9.0, 99.0) == 0.5
    assert shade_of(5.0, 0.0) == 0.0


def test_the_picture_has_a_field_for_each_price():
    figure = price_figure(PRICES)
    axes = figure.axes[0]
    assert sorted(text.get_text() for text in axes.texts) == ["0", "1,000", "10"]
    assert [label.get_text() for label in axes.get_yticklabels()] == ["assistant", "doctor"]
    assert columns_of(PRICES) == (("2026-03-02", "morning"), ("2026-03-02", "afternoon"))
    assert as_png(figure).startswith(b"\x89PNG")
