"""What every template is given: the addresses of the assets, and the charts as they were drawn."""

from __future__ import annotations

from collections.abc import Mapping

from markupsafe import Markup

from generator.website.department.charts import Chart
from generator.website.department.sheets import from_below, sheet_of
from generator.website.department.stripes import stripes
from generator.website.everyone.of_ten import of_ten
from generator.website.output.assets import Assets
from generator.website.output.folder import Output
from generator.website.wording.language import gettext as _
from generator.website.wording.language import labels_marked


def provide(output: Output, assets: Assets, drawn: Mapping[str, str]) -> None:
    """Give every template the assets and the drawn charts."""

    def chart_svg(chart: Chart) -> Markup:
        if not chart.specs.keys() <= drawn.keys():
            return Markup("<p>{}</p>").format(_("这张图没有画成，数字见下面的表。"))
        forms = ("narrow", "wide") if chart.wide else ("",)
        return Markup("").join(
            _svg(drawn[name], chart.title, form)
            for name, form in zip(chart.specs, forms, strict=True)
        )

    output.templates.globals.update(
        assets=assets, chart_svg=chart_svg, stripes=stripes, of_ten=of_ten
    )
    output.templates.filters.update(from_below=from_below, sheet=sheet_of)


def _svg(drawn: str, title: str, form: str) -> Markup:
    """A drawing with its title; of one in two forms the style sheet shows that which fits."""
    attributes = Markup('class="{}" role="img" aria-label="{}"').format(
        f"drawing {form}".rstrip(), title
    )
    return labels_marked(Markup(drawn.replace("{attributes}", attributes, 1)))
