//! SVG files: the regions of a map, and whether an image is only an image.
//!
//! In: the text of an SVG file. Out: its regions; what in it could run or load something.

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

/// A region of a map.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Region {
    /// The path's id.
    pub id: String,
    /// The path's name.
    pub name: String,
    /// The path's outline, `d` (SVG 2, section 9.3).
    pub outline: String,
}

/// A map: outlines of regions.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Map {
    /// The file's name without its ending.
    pub name: String,
    /// `viewBox` of the drawing.
    pub view_box: String,
    /// Its regions in the order of the file.
    pub regions: Vec<Region>,
}

/// Reads the regions of a map.
///
/// # Errors
/// With a plain sentence where the file is no SVG.
pub fn map(name: &str, text: &str) -> Result<Map, String> {
    let mut map = Map { name: name.to_owned(), ..Map::default() };
    each_element(text, |element| {
        let get = |key: &str| attribute(element, key);
        match element.local_name().as_ref() {
            "svg" if map.view_box.is_empty() => map.view_box = get("viewBox").unwrap_or_default(),
            "path" => {
                if let (Some(id), Some(outline)) = (get("id"), get("d")) {
                    map.regions.push(Region { name: get("name").unwrap_or_else(|| id.clone()), id, outline });
                }
            }
            _ => {}
        }
        Ok(())
    })?;
    Ok(map)
}

/// Elements that run something, load something or hold other languages.
const REFUSED: [&str; 9] =
    ["script", "foreignObject", "iframe", "object", "embed", "audio", "video", "handler", "listener"];

/// Checks that an image holds no script and loads nothing.
///
/// # Errors
/// With a plain sentence that names what it holds.
pub fn safe(text: &str) -> Result<(), String> {
    if text.contains("<!ENTITY") || text.contains("<?xml-stylesheet") {
        return Err("it declares entities or a style sheet".into());
    }
    each_element(text, |element| {
        let name = element.local_name();
        let name = name.as_ref();
        if REFUSED.iter().any(|refused| refused.eq_ignore_ascii_case(name)) {
            return Err(format!("it holds a `{name}` element"));
        }
        for attribute in element.attributes().flatten() {
            let key = attribute.key.local_name();
            let key = key.as_ref();
            let value = attribute.value.to_ascii_lowercase();
            let value = value.trim();
            if key.len() > 2 && key.to_ascii_lowercase().starts_with("on") {
                return Err(format!("it holds an `{key}` handler"));
            }
            let points = key.eq_ignore_ascii_case("href") || key.eq_ignore_ascii_case("src");
            if points && !value.starts_with('#') && !value.starts_with("data:image/") {
                return Err("it points to something outside itself".into());
            }
            if value.contains("url(") && !value.replace(['"', '\'', ' '], "").contains("url(#") {
                return Err("it loads something from outside itself".into());
            }
        }
        Ok(())
    })
}

fn each_element(
    text: &str,
    mut visit: impl FnMut(&BytesStart<'_>) -> Result<(), String>,
) -> Result<(), String> {
    let mut reader = Reader::from_str(text);
    let mut seen = false;
    loop {
        match reader.read_event() {
            Ok(Event::Start(element) | Event::Empty(element)) => {
                seen |= element.local_name().as_ref() == "svg";
                visit(&element)?;
            }
            Ok(Event::Eof) if seen => return Ok(()),
            Ok(Event::Eof) => return Err("it is not an SVG drawing".into()),
            Ok(_) => {}
            Err(_) => return Err("it is not well-formed XML".into()),
        }
    }
}

fn attribute(element: &BytesStart<'_>, name: &str) -> Option<String> {
    let attribute = element.try_get_attribute(name).ok()??;
    Some(attribute.value.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_map_is_read_by_its_paths() {
        let svg =
            r#"<svg viewBox="0 0 9 9"><g><path id="kyiv" name="Kyiv" d="M0 0"/><path d="M1"/></g></svg>"#;
        let map = map("ua", svg).expect("a map");
        assert_eq!((map.view_box.as_str(), map.regions.len()), ("0 0 9 9", 1));
        assert_eq!(map.regions[0].name, "Kyiv");
    }

    #[test]
    fn an_image_is_only_an_image() {
        let check = |inner: &str, sound: bool| {
            assert_eq!(safe(&format!("<svg xmlns=\"x\">{inner}</svg>")).is_ok(), sound, "{inner}");
        };
        check("<path d=\"M0 0\" fill=\"url(#a)\"/>", true);
        check("<use href=\"#a\"/>", true);
        check("<script>1</script>", false);
        check("<SCRIPT/>", false);
        check("<g onclick=\"x\"/>", false);
        check("<a href=\"javascript:x\"/>", false);
        check("<image href=\"https://example.org/x.png\"/>", false);
        check("<g style=\"fill:url('https://x')\"/>", false);
        assert!(safe("<p>no drawing</p>").is_err() && safe("<svg><g></svg>").is_err());
    }
}
