//! What an image may hold: the elements, attributes and style values that draw and do nothing else.
//!
//! In: a name or a value. Out: whether it is taken. A list of what is refused would miss what browsers
//! run tomorrow; what is missing here is told, and can be added.

/// Elements that draw, name or group. `a`, `image`, `foreignObject`, `metadata` and all that animates or
/// runs are left out.
#[rustfmt::skip]
const ELEMENTS: &[&str] = &[
    "circle", "clipPath", "defs", "desc", "ellipse", "filter", "g", "line", "linearGradient", "marker",
    "mask", "path", "pattern", "polygon", "polyline", "radialGradient", "rect", "stop", "style", "svg",
    "switch", "symbol", "text", "textPath", "title", "tspan", "use", "feBlend", "feColorMatrix",
    "feComponentTransfer", "feComposite", "feDropShadow", "feFlood", "feFuncA", "feFuncB", "feFuncG",
    "feFuncR", "feGaussianBlur", "feMerge", "feMergeNode", "feMorphology", "feOffset",
];

/// Attributes that hold words and names: nothing reads them as an address or a style.
#[rustfmt::skip]
const WORDS: &[&str] = &[
    "baseProfile", "class", "id", "lang", "media", "name", "role", "systemLanguage", "type", "version",
    "xml:lang", "xml:space",
];

/// Geometry and what gives a look. Their values may be read as styles.
#[rustfmt::skip]
const LOOKS: &[&str] = &[
    "alignment-baseline", "amplitude", "baseline-shift", "clip", "clip-path", "clip-rule",
    "clipPathUnits", "color", "color-interpolation", "color-interpolation-filters", "color-rendering",
    "cursor", "cx", "cy", "d", "direction", "display", "dominant-baseline", "dx", "dy",
    "enable-background", "exponent", "fill", "fill-opacity", "fill-rule", "filter", "filterUnits",
    "flood-color", "flood-opacity", "font", "font-family", "font-size", "font-size-adjust",
    "font-stretch", "font-style", "font-variant", "font-weight", "fr", "fx", "fy",
    "glyph-orientation-horizontal", "glyph-orientation-vertical", "gradientTransform", "gradientUnits",
    "height", "image-rendering", "in", "in2", "intercept", "k1", "k2", "k3", "k4", "kerning",
    "lengthAdjust", "letter-spacing", "lighting-color", "marker", "marker-end", "marker-mid",
    "marker-start", "markerHeight", "markerUnits", "markerWidth", "mask", "maskContentUnits", "maskUnits",
    "method", "mix-blend-mode", "mode", "offset", "opacity", "operator", "orient", "overflow",
    "paint-order", "pathLength", "patternContentUnits", "patternTransform", "patternUnits",
    "pointer-events", "points", "preserveAspectRatio", "primitiveUnits", "r", "radius", "refX", "refY",
    "result", "rotate", "rx", "ry", "shape-rendering", "side", "slope", "spacing", "spreadMethod",
    "startOffset", "stdDeviation", "stop-color", "stop-opacity", "stroke", "stroke-dasharray",
    "stroke-dashoffset", "stroke-linecap", "stroke-linejoin", "stroke-miterlimit", "stroke-opacity",
    "stroke-width", "style", "tableValues", "text-align", "text-anchor", "text-decoration",
    "text-rendering", "textLength", "transform", "transform-origin", "unicode-bidi", "values",
    "vector-effect", "viewBox", "visibility", "white-space", "width", "word-spacing", "writing-mode", "x",
    "x1", "x2", "y", "y1", "y2",
];

/// Functions of styles that take no address.
#[rustfmt::skip]
const FUNCTIONS: &[&str] = &[
    "", "blur", "brightness", "calc", "circle", "clamp", "color", "color-mix", "contrast", "drop-shadow",
    "ellipse", "grayscale", "hsl", "hsla", "hue-rotate", "hwb", "inset", "invert", "is", "lab", "lang",
    "lch", "matrix", "max", "min", "not", "nth-child", "nth-last-child", "nth-last-of-type",
    "nth-of-type", "oklab", "oklch", "opacity", "path", "polygon", "rgb", "rgba", "rotate", "saturate",
    "scale", "scalex", "scaley", "sepia", "skew", "skewx", "skewy", "translate", "translatex",
    "translatey", "var", "where",
];

/// Whether an element is taken.
pub fn element(name: &str) -> bool {
    ELEMENTS.contains(&name)
}

/// Checks an attribute with its value, character references resolved.
///
/// # Errors
/// With what is wrong, to stand behind "its `path` element ".
pub fn attribute(key: &str, value: &str) -> Result<(), String> {
    let inert = key.starts_with("aria-") || key.starts_with("data-");
    if inert || WORDS.contains(&key) {
        return Ok(());
    }
    if key == "href" || key == "xlink:href" {
        let inside = value.starts_with('#');
        return if inside { Ok(()) } else { Err("points to something outside the file".into()) };
    }
    if !LOOKS.contains(&key) {
        return Err(format!("has the attribute `{key}`, which is not taken"));
    }
    match loads(value) {
        Some(what) => Err(format!("holds {what} in `{key}`")),
        None => Ok(()),
    }
}

/// What in a style could load something, or hide that it does: an escape, a rule such as `@import`, a
/// function that is not known, an address outside the file.
pub fn loads(style: &str) -> Option<String> {
    if let Some(sign) = style.chars().find(|c| matches!(c, '\\' | '@')) {
        return Some(format!("`{sign}`"));
    }
    let style = style.to_ascii_lowercase();
    for (at, _) in style.match_indices('(') {
        let before = &style[..at];
        let word = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_') || !c.is_ascii();
        let name = &before[before.trim_end_matches(word).len()..];
        let inside = || {
            let address = style[at + 1..].trim_start();
            address.strip_prefix(['"', '\'']).unwrap_or(address).starts_with('#')
        };
        if name == "url" && !inside() {
            return Some("an address outside the file".into());
        }
        if name != "url" && !FUNCTIONS.contains(&name) {
            return Some(format!("`{name}()`"));
        }
    }
    None
}
