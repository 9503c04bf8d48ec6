//! A square code that a camera reads as an address, as one path of a drawing in the page.

use qrcode::{Color, EcLevel, QrCode};

/// Empty modules that a reader wants around the code.
const QUIET: usize = 4;

/// A code, ready to be drawn.
#[derive(Debug, Clone)]
pub struct Qr {
    /// Modules on a side, with the quiet zone.
    pub side: usize,
    /// The dark modules.
    pub path: String,
}

impl Qr {
    /// The code of an address; none for one that is too long to be printed small.
    pub fn of(address: &str) -> Option<Self> {
        let code = QrCode::with_error_correction_level(address, EcLevel::M).ok()?;
        let width = code.width();
        let modules = code.to_colors();
        let mut path = String::new();
        for (row, modules) in modules.chunks(width).enumerate() {
            let mut start = None;
            for (column, module) in modules.iter().copied().chain([Color::Light]).enumerate() {
                match (module, start) {
                    (Color::Dark, None) => start = Some(column),
                    (Color::Light, Some(from)) => {
                        let run = column - from;
                        path.push_str(&format!("M{} {}h{run}v1h-{run}z", from + QUIET, row + QUIET));
                        start = None;
                    }
                    _ => {}
                }
            }
        }
        Some(Self { side: width + 2 * QUIET, path })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Whether the drawing is dark at a module.
    fn is_dark(qr: &Qr, column: usize, row: usize) -> bool {
        qr.path.split('M').filter(|run| !run.is_empty()).any(|run| {
            let (at, rest) = run.split_once('h').unwrap();
            let (x, y) = at.split_once(' ').unwrap();
            let wide: usize = rest.split('v').next().unwrap().parse().unwrap();
            let x: usize = x.parse().unwrap();
            y.parse() == Ok(row) && (x..x + wide).contains(&column)
        })
    }

    #[test]
    fn the_drawing_is_the_code_with_its_quiet_zone() {
        let address = "https://sav.calanque.example/t#AAECAwQFBgcICQoLDA0ODxAREhMUFRYX";
        let (qr, code) = (Qr::of(address).unwrap(), QrCode::with_error_correction_level(address, EcLevel::M).unwrap());
        assert_eq!(qr.side, code.width() + 8);
        for row in 0..qr.side {
            for column in 0..qr.side {
                let inside =
                    (QUIET..QUIET + code.width()).contains(&row) && (QUIET..QUIET + code.width()).contains(&column);
                let dark = inside && code[(column - QUIET, row - QUIET)] == Color::Dark;
                assert_eq!(is_dark(&qr, column, row), dark, "{column} {row}");
            }
        }
    }

    #[test]
    fn what_no_code_can_hold_has_none() {
        assert!(Qr::of(&"x".repeat(5000)).is_none());
    }
}
