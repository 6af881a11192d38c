//! Stage 8: figure data → SVG.
//! TODO-HELPER
