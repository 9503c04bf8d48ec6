//! Setting up a second factor: the square to scan, and the codes for when the phone is lost.

use askama::Template;
use qrcode::{Color, QrCode};

use super::door::Language;
use crate::i18n::Words;

/// A square to scan: its width in modules, and the path of the dark ones.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Modules {
    pub width: usize,
    pub path: String,
}

/// Draws a text as a square; none for one that is too long for any.
pub fn scannable(text: &str) -> Option<Modules> {
    let code = QrCode::new(text).ok()?;
    let width = code.width();
    let mut path = String::new();
    for (at, colour) in code.to_colors().into_iter().enumerate() {
        if colour == Color::Dark {
            path.push_str(&format!("M{} {}h1v1h-1z", at % width, at / width));
        }
    }
    Some(Modules { width, path })
}

/// `/desk/settings/second-factor`
#[derive(Template)]
#[template(path = "desk/settings/second_factor.html")]
pub struct SettingUp {
    pub t: Words,
    pub css: &'static str,
    pub icons: &'static str,
    pub modules: Option<Modules>,
    /// The secret in groups of four, to be typed.
    pub groups: String,
    pub problem: Option<String>,
    pub languages: Vec<Language>,
}

/// The answer that switches it on, and the only one with the codes in it.
#[derive(Template)]
#[template(path = "desk/settings/recovery_codes.html")]
pub struct RecoveryCodes {
    pub t: Words,
    pub css: &'static str,
    pub icons: &'static str,
    pub codes: Vec<String>,
    pub languages: Vec<Language>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_square_has_its_three_eyes() {
        let square = scannable("otpauth://totp/Maison:ines?secret=GEZDGNBVGY3TQOJQ").unwrap();
        assert!(square.width >= 21 && (square.width - 21).is_multiple_of(4), "{}", square.width);
        for eye in ["M0 0h".to_owned(), format!("M{} 0h", square.width - 7), format!("M0 {}h", square.width - 7)] {
            assert!(square.path.contains(&eye), "{eye}");
        }
        assert_eq!(scannable(&"x".repeat(5_000)), None);
    }
}
