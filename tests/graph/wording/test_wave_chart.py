from __future__ import annotations

import doctest
from xml.etree import ElementTree

from tsunagari.graph.wording import wave_chart as module
from tsunagari.graph.wording.wave_chart import line_chart


def test_a_chart_is_sound_xml_and_says_what_it_shows():
    picture = line_chart(
        ["2022-01-01", "2023-01-01", "2024-01-01"], {"A & B": [1.0, float("nan"), 3.0], "C": [0, 0, 0]}
    )
    root = ElementTree.fromstring(picture)
    texts = [node.text for node in root.iter() if node.tag.endswith("text")]
    assert {"A & B", "C", "2022-01-01", "2024-01-01", "3"} <= set(texts)
    lines = [node.attrib["points"].split() for node in root.iter() if node.tag.endswith("polyline")]
    assert [len(points) for points in lines] == [2, 3]


def test_days_stand_where_they_fall_in_time():
    root = ElementTree.fromstring(line_chart(["2022-01-01", "2022-02-01", "2024-01-01"], {"A": [1, 1, 1]}))
    (line,) = [node.attrib["points"].split() for node in root.iter() if node.tag.endswith("polyline")]
    first, second, third = (float(point.split(",")[0]) for point in line)
    assert second - first < (third - second) / 10


def test_a_single_day_and_no_series_are_drawn():
    assert line_chart(["2022-01-01"], {}).startswith("<svg")
    assert "<polyline" in line_chart(["2022-01-01"], {"A": [2.0]})


def test_examples_in_the_documentation():
    assert doctest.testmod(module).failed == 0
