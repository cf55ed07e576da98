"""Open a GeoPackage in QGIS as its users do, and say as JSON what QGIS makes of each layer; paint it where asked.

Run by the Python that Debian's python3-qgis belongs to: `qgis_look.py FILE.gpkg [PICTURE.png]`.
"""

import json
import os
import sys

from osgeo import ogr
from qgis.core import (
    QgsApplication,
    QgsMapRendererParallelJob,
    QgsMapSettings,
    QgsRenderContext,
    QgsVectorLayer,
)
from qgis.PyQt.QtCore import QSize
from qgis.PyQt.QtGui import QColor

ON_TOP_FIRST = ("members", "households", "zones", "streets", "neighbourhoods")
WIDTH, HEIGHT = 1200, 860


def main(path, picture=None):
    application = QgsApplication([], False)
    application.initQgis()
    names = [layer.GetName() for layer in ogr.Open(path)]
    layers = {name: QgsVectorLayer(f"{path}|layername={name}", name, "ogr") for name in names}
    json.dump({name: told(layer) for name, layer in layers.items()}, sys.stdout)
    sys.stdout.flush()
    if picture:
        paint([layers[name] for name in ON_TOP_FIRST if name in layers], picture)
    os._exit(0)  # taking QGIS down without its desktop may crash it


def told(layer):
    renderer = layer.renderer()
    several = renderer is not None and renderer.type() == "categorizedSymbol"
    symbol = renderer.symbol() if renderer is not None and not several else None
    return {
        "valid": layer.isValid(),
        "rows": layer.featureCount(),
        "crs": layer.crs().authid(),
        "fields": [field.name() for field in layer.fields()],
        "renderer": renderer.type() if renderer is not None else None,
        "color": symbol.color().name() if symbol is not None else None,
        "categories": [one.label() for one in renderer.categories()] if several else [],
        "uncategorized": uncategorized(layer, renderer) if several else 0,
        "labels": layer.labeling().settings().fieldName if layer.labelsEnabled() else None,
    }


def uncategorized(layer, renderer):
    """How many rows the renderer has no symbol for."""
    context = QgsRenderContext.fromMapSettings(QgsMapSettings())
    context.setExpressionContext(layer.createExpressionContext())
    renderer.startRender(context, layer.fields())
    left = 0
    for row in layer.getFeatures():
        context.expressionContext().setFeature(row)
        left += renderer.symbolForFeature(row, context) is None
    renderer.stopRender(context)
    return left


def paint(layers, picture):
    settings = QgsMapSettings()
    settings.setLayers(layers)
    settings.setOutputSize(QSize(WIDTH, HEIGHT))
    settings.setBackgroundColor(QColor("white"))
    around = layers[-1].extent()
    around.scale(1.05)
    settings.setExtent(around)
    settings.setDestinationCrs(layers[-1].crs())
    job = QgsMapRendererParallelJob(settings)
    job.start()
    job.waitForFinished()
    job.renderedImage().save(picture)


if __name__ == "__main__":
    main(*sys.argv[1:])
