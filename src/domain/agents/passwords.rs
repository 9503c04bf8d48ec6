//! Passwords of agents: how they are kept, compared and judged.

use std::sync::LazyLock;

use argon2::{Algorithm, Argon2, Params, PasswordHasher, PasswordVerifier, Version, password_hash::phc::PasswordHash};

use crate::{
    error::{Error, Result, Says},
    i18n::key,
    secrets,
};

/// The bounds of a password, in characters.
const PASSWORD: std::ops::RangeInclusive<usize> = 10..=128;
/// Fewer different characters than this are a pattern.
const DIFFERENT: usize = 5;
/// What is typed first by whoever guesses, without digits and signs.
const COMMON: [&str; 26] = [
    "abcdefghijkl",
    "administrateur",
    "administrator",
    "azerty",
    "azertyuiop",
    "azertyuiopqsdfghjklm",
    "bonjour",
    "changeme",
    "changeit",
    "comptoir",
    "iloveyou",
    "jetaime",
    "letmein",
    "motdepasse",
    "passe",
    "passpass",
    "passw0rd",
    "passwd",
    "password",
    "passwordpassword",
    "qwerty",
    "qwertyuiop",
    "qwertyuiopasdfghjkl",
    "secret",
    "superman",
    "welcome",
];

/// Hashes a password (Argon2id, 64 MiB, 3 passes). Slow on purpose: never inside a change, never on an async thread.
///
/// # Errors
/// When it is too short or too long.
pub fn hash_password(password: &str) -> Result<String> {
    if !PASSWORD.contains(&password.chars().count()) {
        let says = Says::new(key("error-password-length")).with("min", PASSWORD.start()).with("max", PASSWORD.end());
        return Err(Error::invalid("password", says));
    }
    hash_any(password)
}

fn hash_any(password: &str) -> Result<String> {
    hasher()?.hash_password(password.as_bytes()).map(|hash| hash.to_string()).map_err(Error::internal)
}

fn hasher() -> Result<Argon2<'static>> {
    let params = Params::new(64 * 1024, 3, 1, None).map_err(Error::internal)?;
    Ok(Argon2::new(Algorithm::Argon2id, Version::V0x13, params))
}

/// A hash of nothing anybody knows, so that an unknown name takes as long as a wrong password.
static NOBODY: LazyLock<String> = LazyLock::new(|| hash_any(&secrets::token()).unwrap_or_default());

/// Whether the password is the one of the hash. Takes as long without a hash as with one.
pub fn password_fits(password: &str, hash: Option<&str>) -> bool {
    // Whoever comes first waits for it to be made, known or not.
    let nobody = NOBODY.as_str();
    let Ok(parsed) = PasswordHash::new(hash.unwrap_or(nobody)) else { return false };
    let fits = Argon2::default().verify_password(password.as_bytes(), &parsed).is_ok();
    fits && hash.is_some()
}

/// Whether a password is among the first that somebody would try who knows these `own` words: names, addresses.
pub fn is_guessable(password: &str, own: &[&str]) -> bool {
    let low = password.to_lowercase();
    let different: std::collections::BTreeSet<char> = low.chars().collect();
    let letters = |text: &str| text.chars().filter(|c| c.is_alphabetic()).collect::<String>();
    let bare = letters(&low);
    let owned = own.iter().flat_map(|text| text.split(|c: char| !c.is_alphanumeric())).map(str::to_lowercase);
    let whole = own.iter().map(|text| letters(&text.to_lowercase()));
    different.len() < DIFFERENT
        || bare.is_empty()
        || COMMON.contains(&bare.as_str())
        || owned.chain(whole).filter(|word| word.chars().count() > 2).any(|word| bare == letters(&word))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_tried_first_is_no_password() {
        let own = ["ines@calanque.example", "Inès Marchand", "Maison Calanque"];
        for weak in [
            "calanque2026",
            "Password1234!",
            "motdepasse123",
            "aaaaaaaaaaaa",
            "123456789012",
            "InèsMarchand1",
            "abababababab",
        ] {
            assert!(is_guessable(weak, &own), "{weak}");
        }
        for good in ["four unrelated words", "calanque tordue 7 loutres", "9f-Kq2_mmZxL4", "éléphants très bleus"] {
            assert!(!is_guessable(good, &own), "{good}");
        }
    }
}
