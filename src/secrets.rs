//! Secrets: random tokens and their hashes, keys derived for one purpose each from the installation's key, sealing of
//! what must be read again. Nothing in here is ever printed.

use std::{fmt, io::Write, path::Path};

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use chacha20poly1305::{
    KeyInit, XChaCha20Poly1305,
    aead::{Aead, Payload},
};
use hkdf::Hkdf;
use hmac::{Hmac, Mac};
use sha2::{Digest, Sha256};
use subtle::ConstantTimeEq;

const KEY_FILE: &str = "secret.key";
const NONCE: usize = 24;

/// Random bytes from the system.
pub fn random<const N: usize>() -> [u8; N] {
    let mut bytes = [0; N];
    // Without randomness nothing that follows is safe, so there is no way on.
    #[expect(clippy::expect_used, reason = "a system without randomness cannot be served from")]
    getrandom::fill(&mut bytes).expect("the system gives randomness");
    bytes
}

/// A new token of 256 random bits, as 43 characters that fit in an address.
pub fn token() -> String {
    URL_SAFE_NO_PAD.encode(random::<32>())
}

/// What is stored of a token.
pub fn hash(token: &str) -> String {
    URL_SAFE_NO_PAD.encode(Sha256::digest(token.as_bytes()))
}

/// The fingerprint of a body.
pub fn fingerprint(bytes: &[u8]) -> String {
    URL_SAFE_NO_PAD.encode(Sha256::digest(bytes))
}

/// Compares without telling by its time how much was right.
pub fn same(a: &[u8], b: &[u8]) -> bool {
    a.ct_eq(b).into()
}

/// The keys of an installation, each derived for one purpose.
#[derive(Clone)]
pub struct Keys {
    links: [u8; 32],
    gifts: [u8; 32],
    order_links: [u8; 32],
    codes: [u8; 32],
    files: [u8; 32],
    people: [u8; 32],
    erased: [u8; 32],
    seal: [u8; 32],
    check: [u8; 32],
}

impl fmt::Debug for Keys {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Keys(hidden)")
    }
}

impl Keys {
    /// From the environment's value if there is one, else from `secret.key` in the data directory, which is made on
    /// first use with mode 0600.
    ///
    /// # Errors
    /// In plain words, when the key is not 32 bytes or the file cannot be read or made.
    pub fn load(data: &Path, from_environment: Option<&str>) -> Result<Self, String> {
        let path = data.join(KEY_FILE);
        let text = match from_environment {
            Some(text) => text.to_owned(),
            None if path.exists() => {
                std::fs::read_to_string(&path).map_err(|error| format!("cannot read {}: {error}", path.display()))?
            }
            None => make_key(&path)?,
        };
        let bytes = URL_SAFE_NO_PAD.decode(text.trim()).ok().and_then(|bytes| <[u8; 32]>::try_from(bytes).ok());
        let master =
            bytes.ok_or("the secret key must be 32 bytes in URL-safe base64 without padding (43 characters)")?;
        Ok(Self::derive(&master))
    }

    /// Whether there is a key already, so that [`Keys::load`] makes none.
    pub fn are_there(data: &Path, from_environment: Option<&str>) -> bool {
        from_environment.is_some() || data.join(KEY_FILE).exists()
    }

    fn derive(master: &[u8; 32]) -> Self {
        let from = Hkdf::<Sha256>::new(None, master);
        let key = |purpose: &str| {
            let mut key = [0; 32];
            #[expect(clippy::expect_used, reason = "32 bytes are always within what HKDF can give")]
            from.expand(purpose.as_bytes(), &mut key).expect("a short key");
            key
        };
        Self {
            links: key("comptoir thread links v1"),
            gifts: key("comptoir gift links v1"),
            order_links: key("comptoir order links v1"),
            codes: key("comptoir six-digit codes v1"),
            files: key("comptoir file addresses v1"),
            people: key("comptoir links and codes of agents v1"),
            erased: key("comptoir addresses of erased people v1"),
            seal: key("comptoir sealed secrets v1"),
            check: key("comptoir key check v1"),
        }
    }

    /// Keys of a test.
    #[cfg(test)]
    pub fn of_tests(byte: u8) -> Self {
        Self::derive(&[byte; 32])
    }

    /// A value that only this key gives: kept in the database, so that a wrong key is noticed at start.
    pub fn check_value(&self) -> String {
        URL_SAFE_NO_PAD.encode(mac(&self.check, b"check"))
    }

    /// The MAC of a thread link's content.
    pub fn link_mac(&self, content: &[u8]) -> [u8; 32] {
        mac(&self.links, content)
    }

    /// The MAC of a gift link's content.
    pub fn gift_mac(&self, content: &[u8]) -> [u8; 32] {
        mac(&self.gifts, content)
    }

    /// The key that the order links of what `content` names are signed with, as text that other systems are given.
    pub fn order_link_key(&self, content: &[u8]) -> String {
        URL_SAFE_NO_PAD.encode(mac(&self.order_links, content))
    }

    /// The MAC of a file's address.
    pub fn file_mac(&self, content: &[u8]) -> [u8; 32] {
        mac(&self.files, content)
    }

    /// The MAC of what an agent is to show again, for one purpose: a letter's link, a recovery code, a known browser.
    pub fn people_mac(&self, purpose: &str, content: &[u8]) -> String {
        URL_SAFE_NO_PAD.encode(mac(&self.people, &[purpose.as_bytes(), &[0], content].concat()))
    }

    /// What an address of somebody who was erased is known again by.
    pub fn erased_mac(&self, content: &[u8]) -> String {
        URL_SAFE_NO_PAD.encode(mac(&self.erased, content))
    }

    /// A six-digit code for what `content` names.
    pub fn code(&self, content: &[u8]) -> String {
        let [a, b, c, d, e, f, g, h, ..] = mac(&self.codes, content);
        format!("{:06}", u64::from_be_bytes([a, b, c, d, e, f, g, h]) % 1_000_000)
    }

    /// Seals a secret for the place it is kept in; opened elsewhere it is refused.
    ///
    /// # Errors
    /// When the cipher fails, which it does not for short texts.
    pub fn seal(&self, secret: &str, place: &str) -> Result<String, String> {
        let nonce = random::<NONCE>();
        let payload = Payload { msg: secret.as_bytes(), aad: place.as_bytes() };
        let sealed = self.cipher().encrypt(&nonce.into(), payload).map_err(|_| "a secret could not be sealed")?;
        Ok(URL_SAFE_NO_PAD.encode([nonce.as_slice(), sealed.as_slice()].concat()))
    }

    /// Opens what [`Keys::seal`] sealed for the same place.
    ///
    /// # Errors
    /// When it was sealed for another place, with another key, or was changed.
    pub fn open(&self, sealed: &str, place: &str) -> Result<String, String> {
        let failed = || "a sealed secret cannot be opened: wrong key or changed data".to_owned();
        let bytes = URL_SAFE_NO_PAD.decode(sealed).map_err(|_| failed())?;
        let (nonce, sealed) = bytes.split_first_chunk::<NONCE>().ok_or_else(failed)?;
        let payload = Payload { msg: sealed, aad: place.as_bytes() };
        let secret = self.cipher().decrypt(&(*nonce).into(), payload).map_err(|_| failed())?;
        String::from_utf8(secret).map_err(|_| failed())
    }

    fn cipher(&self) -> XChaCha20Poly1305 {
        XChaCha20Poly1305::new(&self.seal.into())
    }
}

/// The HMAC-SHA256 of `content` under a key that is kept as text, as other systems reckon it.
pub fn text_mac(key: &str, content: &str) -> [u8; 32] {
    #[expect(clippy::expect_used, reason = "HMAC takes keys of any length")]
    let mut mac = <Hmac<Sha256> as hmac::KeyInit>::new_from_slice(key.as_bytes()).expect("a key of any length");
    mac.update(content.as_bytes());
    mac.finalize().into_bytes().into()
}

fn mac(key: &[u8; 32], content: &[u8]) -> [u8; 32] {
    #[expect(clippy::expect_used, reason = "HMAC takes keys of any length")]
    let mut mac = <Hmac<Sha256> as hmac::KeyInit>::new_from_slice(key).expect("a key of any length");
    mac.update(content);
    mac.finalize().into_bytes().into()
}

fn make_key(path: &Path) -> Result<String, String> {
    let text = token();
    let mut options = std::fs::OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let write = |mut file: std::fs::File| {
        file.write_all(text.as_bytes())?;
        file.sync_all()
    };
    options.open(path).and_then(write).map_err(|error| format!("cannot make {}: {error}", path.display()))?;
    Ok(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sealed_secret_opens_only_in_its_place_and_with_its_key() {
        let keys = Keys::derive(&[1; 32]);
        let sealed = keys.seal("whsec_abc", "connectors/con_1").unwrap();
        assert!(!sealed.contains("whsec"));
        assert_eq!(keys.open(&sealed, "connectors/con_1").unwrap(), "whsec_abc");
        assert!(keys.open(&sealed, "connectors/con_2").is_err());
        assert!(Keys::derive(&[2; 32]).open(&sealed, "connectors/con_1").is_err());
        assert!(keys.open(&sealed[1..], "connectors/con_1").is_err());
    }

    #[test]
    fn the_key_is_made_once_and_a_bad_one_is_refused() {
        let data = std::env::temp_dir().join(format!("comptoir-key-{}", token()));
        std::fs::create_dir_all(&data).unwrap();
        let first = Keys::load(&data, None).unwrap();
        assert_eq!(first.check_value(), Keys::load(&data, None).unwrap().check_value());
        assert!(Keys::load(&data, Some("short")).is_err());
        std::fs::remove_dir_all(&data).unwrap();
    }
}
