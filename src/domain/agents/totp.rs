//! Codes that change with the time (RFC 6238 over RFC 4226): SHA-1, six digits, steps of 30 seconds, which is what every
//! authenticator knows. Pure: the secret, the moment and what was typed go in, the step that fits comes out.

use hmac::{Hmac, Mac};
use sha1::Sha1;

/// Seconds of a step.
const STEP: i64 = 30;
/// The letters of RFC 4648's base 32, in which authenticators take a secret.
const ALPHABET: &[u8; 32] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
/// Bytes of a secret: as many as SHA-1 gives.
pub(super) const SECRET: usize = 20;

/// The step of a moment.
pub(super) fn step_at(unix_seconds: i64) -> i64 {
    unix_seconds.div_euclid(STEP)
}

/// The step whose code was typed: this one, or one beside it for clocks that differ.
pub(super) fn fitting(secret: &[u8], typed: &str, unix_seconds: i64) -> Option<i64> {
    let digits: String = typed.chars().filter(char::is_ascii_digit).collect();
    let now = step_at(unix_seconds);
    // All three are looked at, whichever fits.
    let fits = |step: &i64| crate::secrets::same(code(secret, *step).as_bytes(), digits.as_bytes());
    [now, now - 1, now + 1].iter().filter(|step| fits(step)).copied().next_back()
}

fn code(secret: &[u8], step: i64) -> String {
    #[expect(clippy::expect_used, reason = "HMAC takes keys of any length")]
    let mut mac = <Hmac<Sha1> as hmac::KeyInit>::new_from_slice(secret).expect("a key of any length");
    mac.update(&step.to_be_bytes());
    let hash = mac.finalize().into_bytes();
    let at = usize::from(hash.last().copied().unwrap_or_default() & 15);
    let four = hash.iter().skip(at).take(4).fold(0_u32, |number, byte| (number << 8) | u32::from(*byte));
    format!("{:06}", (four & 0x7fff_ffff) % 1_000_000)
}

/// A secret as people and authenticators read it.
pub(super) fn written(secret: &[u8]) -> String {
    let (mut text, mut held, mut bits) = (String::new(), 0_u32, 0_u32);
    for byte in secret {
        held = (held << 8) | u32::from(*byte);
        bits += 8;
        while bits >= 5 {
            bits -= 5;
            text.extend(ALPHABET.get(((held >> bits) & 31) as usize).map(|letter| char::from(*letter)));
        }
        held &= (1 << bits) - 1;
    }
    if bits > 0 {
        text.extend(ALPHABET.get(((held << (5 - bits)) & 31) as usize).map(|letter| char::from(*letter)));
    }
    text
}

/// The reverse of [`written`].
pub(super) fn read(text: &str) -> Option<Vec<u8>> {
    let (mut bytes, mut held, mut bits) = (Vec::new(), 0_u32, 0_u32);
    for letter in text.bytes() {
        let value = ALPHABET.iter().position(|known| *known == letter)?;
        held = (held << 5) | u32::try_from(value).ok()?;
        bits += 5;
        if bits >= 8 {
            bits -= 8;
            bytes.extend(u8::try_from((held >> bits) & 255));
            held &= (1 << bits) - 1;
        }
    }
    Some(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    const SECRET: &[u8] = b"12345678901234567890";

    #[test]
    fn the_codes_are_those_of_the_standard() {
        // RFC 6238, appendix B: the last six of its eight digits.
        for (at, expected) in [
            (59, "287082"),
            (1_111_111_109, "081804"),
            (1_111_111_111, "050471"),
            (1_234_567_890, "005924"),
            (2_000_000_000, "279037"),
            (20_000_000_000, "353130"),
        ] {
            assert_eq!(code(SECRET, step_at(at)), expected, "{at}");
        }
    }

    #[test]
    fn a_clock_may_differ_by_one_step_and_no_more() {
        let at = 1_234_567_890;
        let step = step_at(at);
        for (seconds, expected) in
            [(0, Some(step)), (-30, Some(step)), (30, Some(step)), (-60, None), (60, None), (3_600, None)]
        {
            assert_eq!(fitting(SECRET, "005 924", at + seconds), expected, "{seconds}");
        }
        for wrong in ["", "005925", "5924", "0059240"] {
            assert_eq!(fitting(SECRET, wrong, at), None, "{wrong}");
        }
    }

    #[test]
    fn a_secret_reads_back() {
        assert_eq!(written(b"foobar"), "MZXW6YTBOI");
        assert_eq!(written(SECRET), "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ");
        assert_eq!(read(&written(SECRET)).as_deref(), Some(SECRET));
        assert_eq!(read("not base 32"), None);
    }
}
