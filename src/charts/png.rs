//! SVG → PNG, with the embedded fonts only: the same picture on every machine.

use crate::assets;
use crate::error::Error;
use resvg::tiny_skia::{Pixmap, Transform};
use resvg::usvg::{Options, Tree};
use std::fmt::Display;

/// Parses an SVG with the embedded fonts.
pub(super) fn tree(svg: &str) -> Result<Tree, Error> {
    let mut options =
        Options { font_family: assets::FONT_FAMILY.to_string(), ..Options::default() };
    let fonts = options.fontdb_mut();
    for (_, bytes) in assets::FONTS {
        fonts.load_font_data(bytes.to_vec());
    }
    fonts.set_sans_serif_family(assets::FONT_FAMILY);
    Tree::from_str(svg, &options).map_err(refused)
}

/// Renders an SVG as PNG, `scale` times its size in pixels (2 gives 215 dpi at 170 mm).
///
/// # Errors
/// `graphique` when the SVG cannot be read or the picture would be empty or too large.
pub fn png(svg: &str, scale: f32) -> Result<Vec<u8>, Error> {
    let tree = tree(svg)?;
    let size = tree
        .size()
        .to_int_size()
        .scale_by(scale)
        .ok_or_else(|| refused(format!("{scale} × {:?}", tree.size())))?;
    let mut pixmap = Pixmap::new(size.width(), size.height())
        .ok_or_else(|| refused(format!("{} × {}", size.width(), size.height())))?;
    resvg::render(&tree, Transform::from_scale(scale, scale), &mut pixmap.as_mut());
    pixmap.encode_png().map_err(refused)
}

fn refused(cause: impl Display) -> Error {
    Error::new("graphique").with("cause", cause)
}
