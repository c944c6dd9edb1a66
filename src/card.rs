//! Pictures of pages for links that are shared elsewhere: the text of an SVG comes in, a PNG goes out.
//!
//! Only with the feature `cards`: drawing needs some forty crates that a wiki can do without. The letters
//! come from a font that is compiled in (DejaVu Serif, `themes/fonts/LICENSE-DejaVu.txt`), so that a picture is the
//! same on every machine.

/// Whether this program draws cards.
pub const DRAWN: bool = cfg!(feature = "cards");

/// Width of a card in pixels.
pub const WIDTH: u32 = 1200;
/// Height of a card in pixels.
pub const HEIGHT: u32 = 630;

/// Draws cards; made once, used by all threads.
#[derive(Debug, Default)]
pub struct Painter {
    #[cfg(feature = "cards")]
    fonts: std::sync::Arc<resvg::usvg::fontdb::Database>,
}

#[cfg(feature = "cards")]
impl Painter {
    /// With the font that is compiled in.
    pub fn new() -> Painter {
        let mut fonts = resvg::usvg::fontdb::Database::new();
        fonts.load_font_data(include_bytes!("../themes/fonts/DejaVuSerif.ttf").to_vec());
        Painter { fonts: fonts.into() }
    }

    /// Draws an SVG into a PNG of [`WIDTH`] by [`HEIGHT`] pixels.
    ///
    /// # Errors
    /// When the text is no SVG, or the picture has no size.
    pub fn png(&self, svg: &str) -> Result<Vec<u8>, String> {
        use resvg::{tiny_skia, usvg};
        let options = usvg::Options {
            fontdb: self.fonts.clone(),
            font_family: "DejaVu Serif".to_owned(),
            // A card shows words: no file or address that its SVG names is opened.
            image_href_resolver: usvg::ImageHrefResolver {
                resolve_data: Box::new(|_, _, _| None),
                resolve_string: Box::new(|_, _| None),
            },
            ..usvg::Options::default()
        };
        let tree = usvg::Tree::from_str(svg, &options).map_err(|error| error.to_string())?;
        let mut picture = tiny_skia::Pixmap::new(WIDTH, HEIGHT).ok_or("a card without a size")?;
        let (across, down) = (WIDTH as f32 / tree.size().width(), HEIGHT as f32 / tree.size().height());
        resvg::render(&tree, tiny_skia::Transform::from_scale(across, down), &mut picture.as_mut());
        picture.encode_png().map_err(|error| error.to_string())
    }
}

#[cfg(not(feature = "cards"))]
impl Painter {
    /// One that draws nothing.
    pub fn new() -> Painter {
        Painter::default()
    }

    /// Draws nothing.
    ///
    /// # Errors
    /// Always: no page plans a card without the feature.
    pub fn png(&self, _svg: &str) -> Result<Vec<u8>, String> {
        Err("this program was built without the feature `cards`".to_owned())
    }
}

#[cfg(all(test, feature = "cards"))]
mod tests {
    use super::*;

    #[test]
    fn a_card_has_its_size_and_its_letters() {
        let svg = |words: &str| {
            format!(
                "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 1200 630\" width=\"1200\" height=\"630\">\
                 <text x=\"80\" y=\"200\" font-size=\"64\">{words}</text></svg>"
            )
        };
        let painter = Painter::new();
        let blank = painter.png(&svg("")).unwrap();
        assert_eq!(&blank[16..24], [0, 0, 4, 176, 0, 0, 2, 118], "width and height in the PNG's head");
        let written = painter.png(&svg("Київ, Kyiv")).unwrap();
        assert_ne!(blank, written);
        assert_eq!(written, Painter::new().png(&svg("Київ, Kyiv")).unwrap());
        assert!(painter.png("no picture").is_err());
    }
}
