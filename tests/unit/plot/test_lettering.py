"""Text stays inside its box."""

from engine.plot.lettering import fitting, lines_in, text_width


def test_the_longest_wording_that_fits_is_taken():
    # 10 characters at 13 px: 10 * 0.56 * 13 = 72.8 px.
    assert fitting(("abcdefghij", "abc"), 73, 13) == ("abcdefghij", 13)
    assert fitting(("abcdefghij", "abc"), 40, 13) == ("abc", 13)


def test_a_little_too_long_is_set_smaller():
    text, size = fitting(("abcdefghij", "abc"), 65, 13)
    assert (text, size) == ("abcdefghij", 11.0)
    assert text_width(text, size) <= 65


def test_much_too_long_is_cut():
    text, size = fitting(("Maximiliane Hohenstein",), 60, 13)
    assert text.endswith("…")
    assert text_width(text, size) <= 60 + size


def test_height_decides_how_many_lines():
    rows = (("one",), ("two",), ("three",), ("four",))
    assert [line.text for line in lines_in(rows, ("1",), 100, 100, 20)] == ["1"]
    assert [line.text for line in lines_in(rows, ("1",), 100, 100, 30)] == ["one", "two"]
    tall = lines_in(rows, ("1",), 100, 100, 120)
    assert [line.text for line in tall] == ["one", "two", "three", "four"]
    assert all(line.baseline < 120 for line in tall)


def test_five_minutes_in_the_doctor_lane_fit_their_height():
    (line,) = lines_in((("x",),), ("P00123 ADJS C3",), 150, 150, 10)
    assert line.size <= 10
    assert line.baseline <= 10
