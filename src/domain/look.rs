//! How a shop's colour is worn: any colour a merchant picks is brought to one that can be read. Pages do the same with
//! CSS relative colours; what is here is for e-mail and for browsers without those, where every value is a plain hex.

/// What a shop's colour becomes in one scheme, by role. White on `fill` reads at 4.7:1 or better; `text` reads at 4.5:1
/// or better on the scheme's page, and on `tint`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Accent {
    pub fill: String,
    pub fill_hover: String,
    pub text: String,
    pub tint: String,
    pub line: String,
    /// The pale stripe of an awning.
    pub soft: String,
}

impl Accent {
    /// Worn on light pages, and in e-mail. What is not a hex colour is taken as black.
    pub fn light(hex: &str) -> Self {
        let colour = Oklch::of(hex);
        let fill = colour.at_most(0.52, 0.15);
        Self {
            fill: fill.hex(),
            fill_hover: fill.at(fill.lightness - 0.05, 0.15).hex(),
            text: colour.at_most(0.46, 0.13).hex(),
            tint: colour.at(0.95, 0.018).hex(),
            line: colour.at(0.84, 0.045).hex(),
            soft: colour.at(0.925, 0.022).hex(),
        }
    }

    /// Worn on dark pages.
    pub fn dark(hex: &str) -> Self {
        let colour = Oklch::of(hex);
        let fill = colour.at(colour.lightness.clamp(0.42, 0.52), 0.15);
        Self {
            fill: fill.hex(),
            fill_hover: fill.at(fill.lightness - 0.05, 0.15).hex(),
            text: colour.at(colour.lightness.max(0.8), 0.11).hex(),
            tint: colour.at(0.3, 0.04).hex(),
            line: colour.at(0.45, 0.07).hex(),
            soft: colour.at(0.36, 0.04).hex(),
        }
    }
}

/// `oklch(lightness chroma degrees)` as a plain hex: the nearest colour a screen can show.
pub fn hex_of_oklch(lightness: f64, chroma: f64, degrees: f64) -> String {
    Oklch { lightness, chroma, hue: degrees.to_radians() }.hex()
}

/// A colour by how light, how strong and which it is (Björn Ottosson's Oklab in polar form).
#[derive(Debug, Clone, Copy)]
struct Oklch {
    lightness: f64,
    chroma: f64,
    /// Radians.
    hue: f64,
}

impl Oklch {
    fn of(hex: &str) -> Self {
        let [red, green, blue] = channels(hex).unwrap_or_default().map(|byte| linear(f64::from(byte) / 255.0));
        let l = (0.412_221_470_8 * red + 0.536_332_536_3 * green + 0.051_445_992_9 * blue).cbrt();
        let m = (0.211_903_498_2 * red + 0.680_699_545_1 * green + 0.107_396_956_6 * blue).cbrt();
        let s = (0.088_302_461_9 * red + 0.281_718_837_6 * green + 0.629_978_700_5 * blue).cbrt();
        let a = 1.977_998_495_1 * l - 2.428_592_205 * m + 0.450_593_709_9 * s;
        let b = 0.025_904_037_1 * l + 0.782_771_766_2 * m - 0.808_675_766 * s;
        let lightness = 0.210_454_255_3 * l + 0.793_617_785 * m - 0.004_072_046_8 * s;
        Self { lightness, chroma: a.hypot(b), hue: b.atan2(a) }
    }

    fn at_most(self, lightness: f64, chroma: f64) -> Self {
        self.at(self.lightness.min(lightness), chroma)
    }

    /// As light as that, and at most as strong.
    fn at(self, lightness: f64, chroma: f64) -> Self {
        Self { lightness, chroma: self.chroma.min(chroma), ..self }
    }

    /// The nearest sRGB colour of the same lightness and hue: what a screen cannot show loses chroma.
    fn hex(self) -> String {
        let (mut shown, mut beyond) = (0.0, self.chroma);
        if self.is_shown() {
            shown = self.chroma;
        } else {
            for _ in 0..24 {
                let middle = f64::midpoint(shown, beyond);
                if (Self { chroma: middle, ..self }).is_shown() {
                    shown = middle;
                } else {
                    beyond = middle;
                }
            }
        }
        let [red, green, blue] = (Self { chroma: shown, ..self }).linear_rgb().map(byte);
        format!("#{red:02x}{green:02x}{blue:02x}")
    }

    fn is_shown(self) -> bool {
        self.linear_rgb().iter().all(|channel| (-0.000_05..=1.000_05).contains(channel))
    }

    fn linear_rgb(self) -> [f64; 3] {
        let (a, b) = (self.chroma * self.hue.cos(), self.chroma * self.hue.sin());
        let l = (self.lightness + 0.396_337_777_4 * a + 0.215_803_757_3 * b).powi(3);
        let m = (self.lightness - 0.105_561_345_8 * a - 0.063_854_172_8 * b).powi(3);
        let s = (self.lightness - 0.089_484_177_5 * a - 1.291_485_548 * b).powi(3);
        [
            4.076_741_662_1 * l - 3.307_711_591_3 * m + 0.230_969_929_2 * s,
            -1.268_438_004_6 * l + 2.609_757_401_1 * m - 0.341_319_396_5 * s,
            -0.004_196_086_3 * l - 0.703_418_614_7 * m + 1.707_614_701 * s,
        ]
    }
}

/// `#1c6763` or `#abc`, with or without the `#`.
fn channels(hex: &str) -> Option<[u8; 3]> {
    let digits = hex.trim().trim_start_matches('#');
    let number = u32::from_str_radix(digits, 16).ok()?;
    let [_, red, green, blue] = number.to_be_bytes();
    match digits.len() {
        6 => Some([red, green, blue]),
        3 => Some([green & 15, blue >> 4, blue & 15].map(|nibble| nibble * 17)),
        _ => None,
    }
}

fn linear(channel: f64) -> f64 {
    if channel <= 0.040_45 { channel / 12.92 } else { ((channel + 0.055) / 1.055).powf(2.4) }
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "clamped to 0..=255 just before")]
fn byte(linear: f64) -> u8 {
    let channel = linear.clamp(0.0, 1.0);
    let curved = if channel <= 0.003_130_8 { channel * 12.92 } else { 1.055 * channel.powf(1.0 / 2.4) - 0.055 };
    (curved * 255.0).round().clamp(0.0, 255.0) as u8
}

#[cfg(test)]
mod tests {
    use super::*;

    /// WCAG 2.2: (lighter + 0.05) / (darker + 0.05) of the relative luminances.
    fn contrast(one: &str, other: &str) -> f64 {
        let luminance = |hex: &str| {
            let [red, green, blue] = channels(hex).unwrap().map(|byte| linear(f64::from(byte) / 255.0));
            0.2126 * red + 0.7152 * green + 0.0722 * blue + 0.05
        };
        let (one, other) = (luminance(one), luminance(other));
        one.max(other) / one.min(other)
    }

    #[test]
    fn whatever_colour_a_merchant_picks_can_be_read() {
        let steps = || (0..=255_u8).step_by(15);
        let dark_page = hex_of_oklch(0.185, 0.011, 345.0);
        for red in steps() {
            for green in steps() {
                for blue in steps() {
                    let picked = format!("#{red:02x}{green:02x}{blue:02x}");
                    for (worn, page) in [(Accent::light(&picked), "#ffffff"), (Accent::dark(&picked), &*dark_page)] {
                        let reads = |what: &str, on: &str, least: f64| {
                            let ratio = contrast(what, on);
                            assert!(ratio >= least, "{picked}: {what} on {on} reads at {ratio:.2}");
                        };
                        reads("#ffffff", &worn.fill, 4.7);
                        reads("#ffffff", &worn.fill_hover, 4.7);
                        reads(&worn.text, page, 4.5);
                        reads(&worn.text, &worn.tint, 4.5);
                    }
                }
            }
        }
    }

    #[test]
    fn a_colour_that_can_be_read_already_stays_itself() {
        let fill = |hex: &str| Accent::light(hex).fill;
        assert_eq!(fill("#1c6763"), "#1c6763");
        assert_eq!(fill("000000"), "#000000");
        assert_eq!(fill("#135"), fill("#113355"));
        assert_eq!(Accent::light("teal"), Accent::light("#000"));
    }

    #[test]
    fn the_pale_stripe_is_pale() {
        assert!(contrast("#ffffff", &Accent::light("#1c6763").soft) < 1.5);
    }

    #[test]
    fn a_colour_of_the_sheet_is_the_one_a_browser_draws() {
        // As Chromium computes them.
        assert_eq!(hex_of_oklch(1.0, 0.0, 0.0), "#ffffff");
        assert_eq!(hex_of_oklch(0.628, 0.2577, 29.23), "#ff0000");
    }
}
