//! Tables for spreadsheets: lines of cells as RFC 4180 has them. No cell is taken for a formula.

/// What every answer that is such a table says of itself.
pub const MEDIA_TYPE: &str = "text/csv; charset=utf-8";

/// A line of cells.
pub fn row<S: AsRef<str>>(cells: &[S]) -> String {
    let cells: Vec<String> = cells.iter().map(|text| cell(text.as_ref())).collect();
    format!("{}\r\n", cells.join(","))
}

/// A cell, in quotes always. What a spreadsheet would take for a formula has a quote before it, which it shows as text.
fn cell(text: &str) -> String {
    const FORMULA: [char; 11] = ['=', '+', '-', '@', '\t', '\r', '\n', '\u{ff1d}', '\u{ff0b}', '\u{ff0d}', '\u{ff20}'];
    let mark = if text.starts_with(FORMULA) { "'" } else { "" };
    format!("\"{mark}{}\"", text.replace('"', "\"\""))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_cell_is_a_formula() {
        for text in ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "\u{ff1d}1"] {
            assert!(cell(text).starts_with("\"'"), "{text:?}");
        }
        assert_eq!(cell("Inès \"the\" owner, 1"), "\"Inès \"\"the\"\" owner, 1\"");
        assert_eq!(row(&["a", "=b"]), "\"a\",\"'=b\"\r\n");
    }
}
