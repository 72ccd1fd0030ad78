//! Bars with their names and numbers, as SVG. The table behind each says the same, so a screen reader passes them over.

use std::fmt::Write;

use crate::language::escaped;

const ROW: usize = 44;
/// Of the longest bar; its number stands behind it. A phone shows the drawing in about its own size, so that words stay
/// readable.
const WIDTH: f64 = 250.0;

/// A bar each; nothing where there is nothing to compare.
pub(super) fn bars(rows: &[(String, u32, String)]) -> String {
    let Some(largest) = rows.iter().map(|(_, value, _)| *value).max().filter(|largest| *largest > 0) else {
        return String::new();
    };
    let mut svg = format!("<svg viewBox=\"0 0 330 {}\" aria-hidden=\"true\">", rows.len() * ROW);
    for (at, (name, value, says)) in rows.iter().enumerate() {
        let width = (f64::from(*value) / f64::from(largest) * WIDTH).max(2.0);
        let (top, bar) = (at * ROW + 14, at * ROW + 20);
        let _ = write!(svg, "<text x=\"0\" y=\"{top}\">{}</text>", escaped(name));
        let _ = write!(svg, "<rect x=\"0\" y=\"{bar}\" width=\"{width:.0}\" height=\"14\" rx=\"3\"/>");
        let _ = write!(svg, "<text x=\"{:.0}\" y=\"{}\">{}</text>", width + 8.0, bar + 12, escaped(says));
    }
    svg + "</svg>"
}
