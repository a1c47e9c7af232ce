"""The residents of regions: each figure is that of its source, as their sums show."""

from __future__ import annotations

from generator.meaning.population import residents_of
from generator.meaning.regions import regions

#: 第七次全国人口普查公报（第三号）: 31 provinces without the armed forces; Guangdong by itself.
MAINLAND, GUANGDONG = 1_409_778_724, 126_012_510


def test_provinces_and_the_cities_of_guangdong_add_up_to_the_published_whole() -> None:
    provinces = [
        r for each in regions() if (r := residents_of(each.code)) and each.level == "province"
    ]
    cities = [r for each in regions() if (r := residents_of(each.code)) and each.level == "city"]
    assert sum(each.count for each in provinces) == MAINLAND
    assert sum(each.count for each in cities) == GUANGDONG
    assert {each.year for each in [*provinces, *cities]} == {2020}
    assert all(each.source for each in [*provinces, *cities])


def test_of_a_region_without_a_source_nothing_is_said() -> None:
    assert residents_of("440105") is None
    assert residents_of("") is None
