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
        if chart.hash not in drawn:
            return Markup("<p>{}</p>").format(_("这张图没有画成，数字见下面的表。"))
        attributes = Markup('class="drawing" role="img" aria-label="{}"').format(chart.title)
        return labels_marked(Markup(drawn[chart.hash].replace("{attributes}", attributes, 1)))

    output.templates.globals.update(
        assets=assets, chart_svg=chart_svg, stripes=stripes, of_ten=of_ten
    )
    output.templates.filters.update(from_below=from_below, sheet=sheet_of)
