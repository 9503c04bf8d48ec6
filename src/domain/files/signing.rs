//! The addresses that files are read under: good for a few minutes, for one file, one variant and one audience. Whoever
//! may see a page gets them with it; nothing is stored.

use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use chrono::{DateTime, Utc};

use super::Variant;
use crate::{
    error::{Error, Result},
    ids::FileAddress,
    secrets::{self, Keys},
    text_enum,
};

/// How long an address is good for at least, in seconds.
const LASTS: i64 = 300;
/// Addresses made within this many seconds are the same, so that a page and its live parts share what was loaded.
const STEP: i64 = 60;
/// Bytes of the MAC that stand in the address.
const MAC: usize = 16;

text_enum! {
    /// For whom an address was made.
    pub enum Audience { Shopper = "shopper", Desk = "desk", Program = "program" }
}

/// Makes addresses at one moment, for one audience.
#[derive(Clone)]
pub struct Signer {
    keys: Keys,
    now: DateTime<Utc>,
    audience: Audience,
}

impl std::fmt::Debug for Signer {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Signer({})", self.audience)
    }
}

impl Signer {
    pub fn new(keys: &Keys, now: DateTime<Utc>, audience: Audience) -> Self {
        Self { keys: keys.clone(), now, audience }
    }

    /// The path of a variant.
    pub fn path(&self, file: FileAddress, variant: Variant) -> String {
        let until = ((self.now.timestamp() + LASTS + STEP - 1) / STEP) * STEP;
        let mac = mac(&self.keys, file, variant, self.audience, until);
        format!("/files/{file}/{variant}?for={}&until={until}&mac={}", self.audience, URL_SAFE_NO_PAD.encode(mac))
    }
}

/// What an address says beside its path.
#[derive(Debug, Clone, serde::Deserialize)]
pub struct Signed {
    #[serde(rename = "for")]
    audience: String,
    until: i64,
    mac: String,
}

/// Whether we made the address and it is still good; for how many seconds more.
///
/// # Errors
/// [`Error::NotFound`] when we never made it, [`Error::Denied`] when it is over.
pub fn check(keys: &Keys, file: FileAddress, variant: Variant, signed: &Signed, now: DateTime<Utc>) -> Result<i64> {
    let audience: Audience = signed.audience.parse().map_err(|()| Error::NotFound)?;
    let given = URL_SAFE_NO_PAD.decode(&signed.mac).map_err(|_| Error::NotFound)?;
    if !secrets::same(&mac(keys, file, variant, audience, signed.until), &given) {
        return Err(Error::NotFound);
    }
    let left = signed.until.saturating_sub(now.timestamp());
    if left <= 0 || left > LASTS + STEP {
        return Err(Error::Denied);
    }
    Ok(left)
}

fn mac(keys: &Keys, file: FileAddress, variant: Variant, audience: Audience, until: i64) -> Vec<u8> {
    let content = format!("{file}/{variant}/{audience}/{until}");
    keys.file_mac(content.as_bytes()).into_iter().take(MAC).collect()
}

#[cfg(test)]
mod tests {
    use chrono::Duration;

    use super::*;
    use crate::ids::{FileId, MerchantId};

    fn read(path: &str) -> Signed {
        let query = path.split_once('?').unwrap().1;
        let part = |name: &str| query.split('&').find_map(|part| part.strip_prefix(name)).unwrap().to_owned();
        Signed { audience: part("for="), until: part("until=").parse().unwrap(), mac: part("mac=") }
    }

    #[test]
    fn an_address_is_good_for_its_file_its_variant_its_audience_and_its_minutes() {
        let (keys, other) = (Keys::of_tests(1), Keys::of_tests(2));
        let now: DateTime<Utc> = "2026-11-28T10:00:30Z".parse().unwrap();
        let file = FileAddress::new(MerchantId::from_bytes([1; 16]), FileId::from_bytes([2; 16]));
        let foreign = FileAddress::new(MerchantId::from_bytes([3; 16]), FileId::from_bytes([2; 16]));
        let signer = Signer::new(&keys, now, Audience::Shopper);
        let path = signer.path(file, Variant::Full);
        let signed = read(&path);
        let ok = |signed: &Signed, now| check(&keys, file, Variant::Full, signed, now);
        assert_eq!(ok(&signed, now).unwrap(), 330);
        assert!(ok(&signed, now + Duration::seconds(329)).is_ok());
        assert!(matches!(ok(&signed, now + Duration::seconds(330)), Err(Error::Denied)));
        assert!(matches!(check(&keys, foreign, Variant::Full, &signed, now), Err(Error::NotFound)));
        assert!(matches!(check(&keys, file, Variant::Small, &signed, now), Err(Error::NotFound)));
        assert!(matches!(check(&other, file, Variant::Full, &signed, now), Err(Error::NotFound)));
        let forged = [
            Signed { audience: "desk".to_owned(), ..signed.clone() },
            Signed { until: signed.until + 60, ..signed.clone() },
            Signed { mac: String::new(), ..signed.clone() },
            Signed { mac: signed.mac[1..].to_owned(), ..signed.clone() },
        ];
        for signed in forged {
            assert!(matches!(ok(&signed, now), Err(Error::NotFound)), "{signed:?}");
        }
    }

    #[test]
    fn a_page_and_its_live_parts_share_an_address() {
        let keys = Keys::of_tests(1);
        let file = FileAddress::new(MerchantId::from_bytes([1; 16]), FileId::from_bytes([2; 16]));
        let at = |text: &str| Signer::new(&keys, text.parse().unwrap(), Audience::Desk).path(file, Variant::Medium);
        assert_eq!(at("2026-11-28T10:00:01Z"), at("2026-11-28T10:00:59Z"));
        assert_ne!(at("2026-11-28T10:00:01Z"), at("2026-11-28T10:01:01Z"));
    }
}
