"""The scripts in `static` that draw a blob of layers, in the order in which they are put together."""

CORE_SCRIPTS = (
    "map_blob.js",
    "map_ground.js",
    "map_marks.js",
    "map_bins.js",
    "map_points.js",
    "map_shapes.js",
    "map_looks.js",
    "map_drawing.js",
    "map_legend.js",
    "map_popup.js",
    "map_furniture.js",
    "map_core.js",
)
