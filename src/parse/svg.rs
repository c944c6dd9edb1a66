//! SVG files: the regions of a map, and whether an image is only an image.
//!
//! In: the text of an SVG file. Out: its regions; what in it could run or load something.

mod allowed;

use quick_xml::events::attributes::Attribute;
use quick_xml::events::{BytesStart, Event};
use quick_xml::{Reader, XmlVersion};
use std::borrow::Cow;

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

/// The namespace of every element that is taken: outside it, names mean what other languages say.
const SVG: &str = "http://www.w3.org/2000/svg";

/// Reads the regions of a map. Only their names and outlines are used, so other elements may stand in it.
///
/// # Errors
/// With a plain sentence where the file is no SVG.
pub fn map(name: &str, text: &str) -> Result<Map, String> {
    let mut map = Map { name: name.to_owned(), ..Map::default() };
    walk(text, |part| {
        let Part::Element(element, _) = part else { return Ok(()) };
        let get = |key: &str| attribute(element, key);
        match element.local_name().as_ref() {
            "svg" if map.view_box.is_empty() => map.view_box = get("viewBox")?.unwrap_or_default(),
            "path" => {
                if let (Some(id), Some(outline)) = (get("id")?, get("d")?) {
                    // Maps made for screen readers name their regions so.
                    let name = get("name")?.or(get("aria-label")?).unwrap_or_else(|| id.clone());
                    map.regions.push(Region { name, id, outline });
                }
            }
            _ => {}
        }
        Ok(())
    })?;
    Ok(map)
}

/// Checks that an image holds no script and loads nothing: it may hold only what `svg/allowed.rs` lists.
///
/// # Errors
/// With a plain sentence that names what it holds.
pub fn safe(text: &str) -> Result<(), String> {
    // A comment may cut a word of a style sheet in two, so the whole text of the element is looked at.
    let mut sheet: Option<String> = None;
    walk(text, |part| match part {
        Part::Element(element, root) => {
            let full = element.name();
            let full = full.as_ref();
            let same = element.name().prefix().as_ref().map(AsRef::as_ref) == root;
            let name = element.local_name();
            let name = name.as_ref();
            if !same || sheet.is_some() || !allowed::element(name) {
                return Err(format!("it holds a `{full}` element, which is not taken"));
            }
            attributes(element, root).map_err(|why| format!("its `{name}` element {why}"))
        }
        Part::Inside("style") => {
            sheet = Some(String::new());
            Ok(())
        }
        Part::Inside(_) => Ok(()),
        Part::Text(text) => {
            if let Some(sheet) = &mut sheet {
                sheet.push_str(text);
            }
            Ok(())
        }
        Part::Reference if sheet.is_some() => Err("its `style` element holds a character reference".into()),
        Part::Reference => Ok(()),
        Part::End => match sheet.take().as_deref().and_then(allowed::loads) {
            Some(what) => Err(format!("its `style` element holds {what}")),
            None => Ok(()),
        },
    })
}

/// Checks the attributes of an element of an image.
fn attributes(element: &BytesStart<'_>, prefix: Option<&str>) -> Result<(), String> {
    for attribute in element.attributes() {
        let attribute = attribute.map_err(|_| "has an attribute that cannot be read".to_owned())?;
        let key = attribute.key.as_ref();
        let value = value_of(&attribute)?;
        let declared = if key == "xmlns" { Some("") } else { key.strip_prefix("xmlns:") };
        match declared {
            // What another namespace is declared for is told at its elements and attributes.
            Some(name) if name.is_empty() || Some(name) == prefix => {
                if value.as_ref() != SVG {
                    return Err(format!("has the namespace `{value}`"));
                }
            }
            Some(_) => {}
            None => allowed::attribute(key, &value)?,
        }
    }
    Ok(())
}

/// What is met in a file.
enum Part<'e> {
    /// An element, and the prefix of the root.
    Element(&'e BytesStart<'e>, Option<&'e str>),
    /// The inside of an element begins.
    Inside(&'e str),
    /// Text as written.
    Text(&'e str),
    /// A character reference.
    Reference,
    /// An element ends.
    End,
}

/// Goes through a file that every reader reads alike: UTF-8, without a document type, whose attributes
/// and entities browsers would add, and with one root `svg`.
fn walk(text: &str, mut visit: impl FnMut(Part<'_>) -> Result<(), String>) -> Result<(), String> {
    let mut reader = Reader::from_str(text.trim_start_matches('\u{feff}'));
    reader.config_mut().check_comments = true;
    let mut root: Option<Option<String>> = None;
    let mut depth = 0usize;
    let mut first = true;
    loop {
        let event = reader.read_event().map_err(|_| MALFORMED.to_owned())?;
        match &event {
            Event::Start(element) | Event::Empty(element) => {
                if depth == 0 && root.is_some() {
                    return Err(MALFORMED.into());
                }
                let root = match &root {
                    Some(root) => root,
                    None => root.insert(root_prefix(element)?),
                };
                visit(Part::Element(element, root.as_deref()))?;
                if matches!(event, Event::Start(_)) {
                    depth += 1;
                    visit(Part::Inside(element.local_name().as_ref()))?;
                }
            }
            Event::End(_) => {
                depth = depth.saturating_sub(1);
                visit(Part::End)?;
            }
            Event::Text(text) if depth > 0 => visit(Part::Text(text))?,
            Event::CData(text) if depth > 0 => visit(Part::Text(text))?,
            Event::GeneralRef(_) if depth > 0 => visit(Part::Reference)?,
            Event::Text(text) if text.trim().is_empty() => {}
            Event::Text(_) | Event::CData(_) | Event::GeneralRef(_) => return Err(MALFORMED.into()),
            Event::Comment(_) => {}
            Event::Decl(declared) if first => declaration(declared)?,
            Event::Decl(_) | Event::PI(_) => return Err("it holds a processing instruction `<?…?>`".into()),
            Event::DocType(_) => return Err("it declares a document type, `<!DOCTYPE …>`".into()),
            Event::Eof if depth > 0 => return Err(MALFORMED.into()),
            Event::Eof if root.is_none() => return Err(NO_DRAWING.into()),
            Event::Eof => return Ok(()),
        }
        first = false;
    }
}

const MALFORMED: &str = "it is not well-formed XML";
const NO_DRAWING: &str = "it is not an SVG drawing";

/// The prefix of the root, which must be an `svg` of the right namespace.
fn root_prefix(element: &BytesStart<'_>) -> Result<Option<String>, String> {
    if element.local_name().as_ref() != "svg" {
        return Err(NO_DRAWING.into());
    }
    let prefix = element.name().prefix().map(|prefix| prefix.as_ref().to_owned());
    let key = prefix.as_ref().map_or_else(|| "xmlns".to_owned(), |prefix| format!("xmlns:{prefix}"));
    match attribute(element, &key)? {
        Some(namespace) if namespace == SVG => Ok(prefix),
        _ => Err(format!("its `svg` element has no {key}=\"{SVG}\"")),
    }
}

/// An XML declaration: another encoding would make other text of the same bytes.
fn declaration(declared: &str) -> Result<(), String> {
    let plain = |word: &str| {
        let word = word.to_ascii_lowercase().replace('\'', "\"");
        let known =
            ["xml", "version=\"1.0\"", "encoding=\"utf-8\"", "standalone=\"no\"", "standalone=\"yes\""];
        known.contains(&word.as_str())
    };
    match declared.split_whitespace().find(|word| !plain(word)) {
        Some(word) => Err(format!("its XML declaration holds `{word}`; only UTF-8 is read")),
        None => Ok(()),
    }
}

/// The value of an attribute, if the element has it.
fn attribute(element: &BytesStart<'_>, name: &str) -> Result<Option<String>, String> {
    let found = element.try_get_attribute(name).map_err(|_| MALFORMED.to_owned())?;
    let Some(found) = found else { return Ok(None) };
    let value =
        value_of(&found).map_err(|why| format!("its `{}` element {why}", element.local_name().as_ref()))?;
    Ok(Some(value.into_owned()))
}

/// What an attribute says, with its references replaced.
fn value_of<'a>(attribute: &'a Attribute<'_>) -> Result<Cow<'a, str>, String> {
    let value = attribute.normalized_value(XmlVersion::Implicit1_0);
    value.map_err(|_| format!("has a `{}` that cannot be read", attribute.key.as_ref()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_map_is_read_by_its_paths() {
        let svg = r#"<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><g>
            <path id="kyiv" name="Kyiv" d="M0 0"/><path id="lviv" aria-label="Lviv" d="M1"/><path d="M2"/></g></svg>"#;
        let map = map("ua", svg).expect("a map");
        assert_eq!((map.view_box.as_str(), map.regions.len()), ("0 0 9 9", 2));
        assert_eq!((&*map.regions[0].name, &*map.regions[1].name), ("Kyiv", "Lviv"));
    }

    #[test]
    fn a_region_is_named_by_what_its_attribute_says() {
        let check = |written: &str, expected: Result<&str, &str>| {
            let map = map("m", &drawing(&format!("<path id=\"a\" d=\"M0 0\" name=\"{written}\"/>")));
            let name = map.as_ref().map(|map| map.regions[0].name.as_str()).map_err(String::as_str);
            assert_eq!(name, expected, "{written}");
        };
        check("Donetsk &amp; Luhansk", Ok("Donetsk & Luhansk"));
        check("&#x41;&lt;b>", Ok("A<b>"));
        check("A\nB", Ok("A B"));
        check("A &nbsp; B", Err("its `path` element has a `name` that cannot be read"));
    }

    /// A drawing with this inside.
    fn drawing(inner: &str) -> String {
        format!("<svg xmlns=\"{SVG}\" xmlns:xlink=\"http://www.w3.org/1999/xlink\">{inner}</svg>")
    }

    #[test]
    fn what_only_draws_is_taken() {
        let check = |inner: &str| assert_eq!(safe(&drawing(inner)), Ok(()), "{inner}");
        check("<path d=\"M0 0\" fill=\"url(#a)\"/>");
        check("<use href=\"#a\"/><use xlink:href=\"#a\"/>");
        check("<g style=\"fill: url('#a'); stroke: rgb(0, 0, 0)\" transform=\"translate(1 2)\"/>");
        check("<style type=\"text/css\"><![CDATA[ .a, g:not(.b) { fill: url(#a) } ]]></style>");
        check(
            "<text xml:space=\"preserve\" aria-label=\"@url(x)\">A &amp; B <tspan x=\"1\">c@d</tspan></text>",
        );
        check("<!-- drawn by hand --><title>url(https://x) @import</title>");
        let file = |text: &str| assert_eq!(safe(text), Ok(()), "{text}");
        file(&format!(
            "\u{feff}<?xml version=\"1.0\" encoding='UTF-8' standalone=\"no\"?>\n{}\n",
            drawing("")
        ));
        file(&format!("<s:svg xmlns:s=\"{SVG}\"><s:g/></s:svg>"));
        file(&format!("<svg xmlns:svg=\"{SVG}\" version=\"1.1\" xmlns=\"{SVG}\"><defs id=\"a\"/></svg>"));
    }

    #[test]
    fn what_else_it_holds_is_named() {
        let check = |inner: &str, named: &str| {
            let why = safe(&drawing(inner)).expect_err(inner);
            assert!(why.contains(named), "{inner}: {why}");
        };
        check("<script>1</script>", "`script`");
        check("<SCRIPT/>", "`SCRIPT`");
        check("<g onclick=\"x\"/>", "`onclick`");
        check("<a href=\"#x\"/>", "`a`");
        check("<image href=\"#x\"/>", "`image`");
        check("<set attributeName=\"href\" to=\"javascript:1\"/>", "`set`");
        check("<animate attributeName=\"href\" values=\"javascript:1\"/>", "`animate`");
        check("<foreignObject/>", "`foreignObject`");
        check("<h:script xmlns:h=\"http://www.w3.org/1999/xhtml\"/>", "`h:script`");
        check("<g xmlns=\"http://www.w3.org/1999/xhtml\"/>", "1999/xhtml");
        check("<metadata/>", "`metadata`");
        check("<sodipodi:namedview xmlns:sodipodi=\"s\"/>", "`sodipodi:namedview`");
        check("<g inkscape:label=\"x\" xmlns:inkscape=\"i\"/>", "`inkscape:label`");
        check("<g xml:base=\"https://x/\"/>", "`xml:base`");
        check("<use href=\"data:image/svg+xml,x\"/>", "outside");
        check("<use xlink:href=\" https://x/\"/>", "outside");
        check("<g style=\"fill:url(#a);background:url(https://x)\"/>", "`style`");
        check("<g style=\"fill:u\\72l(https://x)\"/>", "`\\`");
        check("<g fill=\"&#117;rl(https://x)\"/>", "`fill`");
        check("<g style=\"background: image-set('https://x' 1x)\"/>", "`image-set()`");
        check("<style>@import 'https://x';</style>", "`@`");
        check("<style>@<!-- -->import</style>", "`@`");
        check("<style>g { fill: u<!-- -->rl(https://x) }</style>", "`style`");
        check("<style>g { fill: &#117;rl(https://x) }</style>", "reference");
        check("<style><g/></style>", "`g`");
        check("<path d=\"M0\" d=\"M1\"/>", "cannot be read");
        check("<?xml-stylesheet href=\"x\"?>", "processing");
        check("<g>", "well-formed");
        check("<!-- a -- b -->", "well-formed");
        // The prefix of the root means SVG in all of the file.
        let prefixed = |inner: &str| format!("<s:svg xmlns:s=\"{SVG}\">{inner}</s:svg>");
        let other = prefixed("<s:g xmlns:s=\"http://www.w3.org/1999/xhtml\"/>");
        assert!(safe(&other).expect_err("another language").contains("1999/xhtml"));
    }

    #[test]
    fn a_file_that_readers_may_read_otherwise_is_refused() {
        let check = |text: String, named: &str| {
            for why in [safe(&text).expect_err(&text), map("m", &text).expect_err(&text)] {
                assert!(why.contains(named), "{text}: {why}");
            }
        };
        check("<p>no drawing</p>".into(), "drawing");
        check("<svg/>".into(), "xmlns");
        check("<svg xmlns=\"http://www.w3.org/1999/xhtml\"/>".into(), "xmlns");
        check(format!("<html xmlns=\"http://www.w3.org/1999/xhtml\">{}</html>", drawing("")), "drawing");
        check(format!("<!DOCTYPE svg [<!ATTLIST svg onload CDATA \"x\">]>{}", drawing("")), "DOCTYPE");
        check(format!("<!DOCTYPE svg SYSTEM \"https://x/x.dtd\">{}", drawing("")), "DOCTYPE");
        check(format!("<?xml version=\"1.0\" encoding=\"ISO-2022-JP\"?>{}", drawing("")), "ISO-2022-JP");
        check(format!("{}{}", drawing(""), drawing("")), "well-formed");
        check(format!("{}x", drawing("")), "well-formed");
        check("".into(), "drawing");
    }
}
