//! Who really sent it: HMAC-SHA256 over the raw bytes, compared in constant time. Where each system puts its signature is
//! said here; which secrets are valid is the connector's business.

use base64::{Engine, engine::general_purpose::STANDARD};
use chrono::{DateTime, TimeDelta, Utc};
use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;
use subtle::{Choice, ConstantTimeEq};

/// How far the sender's clock and ours may be apart.
const TOLERANCE: TimeDelta = TimeDelta::minutes(5);
/// Signatures looked at in one header; rotation needs two.
const MOST_SIGNATURES: usize = 8;
const SECRET_PREFIX: &str = "whsec_";

/// Why an arrival is not trusted. For the log only: the sender is told the same for all.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BadSignature {
    /// A header that must be there is not.
    Missing,
    /// A header is there but cannot be a signature or a time.
    Malformed,
    /// Signed too long ago, or in the future.
    Stale,
    /// No secret gives this signature.
    Mismatch,
}

/// The three headers of Standard Webhooks 1.0, as they came.
#[derive(Debug, Clone, Copy)]
pub struct StandardHeaders<'a> {
    pub id: &'a str,
    /// Seconds since 1970.
    pub timestamp: &'a str,
    /// One or more `v1,<base64>`, separated by spaces.
    pub signature: &'a str,
}

/// Checks a Standard Webhooks 1.0 signature; any of `secrets` (`whsec_<base64>`) may have made it.
///
/// # Errors
/// When a header is empty or malformed, the time is more than five minutes from `now`, or nothing matches.
pub fn verify_standard(
    secrets: &[&str],
    headers: StandardHeaders<'_>,
    body: &[u8],
    now: DateTime<Utc>,
) -> Result<(), BadSignature> {
    let StandardHeaders { id, timestamp, signature } = headers;
    if id.is_empty() || timestamp.is_empty() || signature.is_empty() {
        return Err(BadSignature::Missing);
    }
    let sent = timestamp.parse().ok().and_then(|seconds| DateTime::from_timestamp(seconds, 0));
    if now.signed_duration_since(sent.ok_or(BadSignature::Malformed)?).abs() > TOLERANCE {
        return Err(BadSignature::Stale);
    }
    let given: Vec<Vec<u8>> = signature
        .split_ascii_whitespace()
        .filter_map(|one| STANDARD.decode(one.strip_prefix("v1,")?).ok())
        .take(MOST_SIGNATURES)
        .collect();
    let message = [id.as_bytes(), b".", timestamp.as_bytes(), b".", body];
    any_matches(secrets.iter().filter_map(|secret| standard_key(secret)), &message, &given)
}

/// One `v1,<base64>` of Standard Webhooks 1.0 over `id`, `timestamp` (seconds) and `body`; `None` when the secret is not
/// `whsec_<base64>`.
pub fn sign_standard(secret: &str, id: &str, timestamp: i64, body: &[u8]) -> Option<String> {
    let timestamp = timestamp.to_string();
    let mac = hmac_sha256(&standard_key(secret)?, &[id.as_bytes(), b".", timestamp.as_bytes(), b".", body])?;
    Some(format!("v1,{}", STANDARD.encode(mac)))
}

/// Checks a plain base64 HMAC-SHA256 of the body, the key being the secret's own characters.
///
/// # Errors
/// When the signature is missing, is not base64, or no secret matches.
pub fn verify_plain(secrets: &[&str], signature: &str, body: &[u8]) -> Result<(), BadSignature> {
    if signature.is_empty() {
        return Err(BadSignature::Missing);
    }
    let given = STANDARD.decode(signature).map_err(|_| BadSignature::Malformed)?;
    any_matches(secrets.iter().map(|secret| secret.as_bytes().to_vec()), &[body], &[given])
}

/// The base64 HMAC-SHA256 of the body that [`verify_plain`] takes; `None` when the secret is empty.
pub fn sign_plain(secret: &str, body: &[u8]) -> Option<String> {
    Some(STANDARD.encode(hmac_sha256(secret.as_bytes(), &[body])?))
}

/// Compares every key with every signature, so that the time taken does not tell which one nearly fitted.
fn any_matches(keys: impl Iterator<Item = Vec<u8>>, message: &[&[u8]], given: &[Vec<u8>]) -> Result<(), BadSignature> {
    let mut matched = Choice::from(0);
    for mac in keys.filter_map(|key| hmac_sha256(&key, message)) {
        for signature in given {
            matched |= mac.as_slice().ct_eq(signature.as_slice());
        }
    }
    if matched.into() { Ok(()) } else { Err(BadSignature::Mismatch) }
}

fn standard_key(secret: &str) -> Option<Vec<u8>> {
    STANDARD.decode(secret.strip_prefix(SECRET_PREFIX)?).ok()
}

/// `None` for an empty key: a secret that was never set must not open anything.
fn hmac_sha256(key: &[u8], message: &[&[u8]]) -> Option<[u8; 32]> {
    if key.is_empty() {
        return None;
    }
    let mut mac = Hmac::<Sha256>::new_from_slice(key).ok()?;
    for part in message {
        mac.update(part);
    }
    Some(mac.finalize().into_bytes().into())
}

#[cfg(test)]
mod tests {
    use super::*;

    const SECRET: &str = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
    const ID: &str = "msg_p5jXN8AQM9LWM0D4loKWxJek";
    const BODY: &[u8] = br#"{"test": 2432232314}"#;
    const SIGNATURE: &str = "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=";
    const SENT: i64 = 1_614_265_330;

    fn check(secrets: &[&str], signature: &str, body: &[u8], late: i64) -> Result<(), BadSignature> {
        let headers = StandardHeaders { id: ID, timestamp: "1614265330", signature };
        verify_standard(secrets, headers, body, DateTime::from_timestamp(SENT + late, 0).unwrap())
    }

    #[test]
    fn the_published_example_of_standard_webhooks_is_trusted() {
        assert_eq!(sign_standard(SECRET, ID, SENT, BODY).as_deref(), Some(SIGNATURE));
        assert_eq!(check(&[SECRET], SIGNATURE, BODY, 0), Ok(()));
    }

    #[test]
    fn while_secrets_change_over_either_is_trusted() {
        let newer = "whsec_AAECAwQFBgcICQoLDA0ODxAREhMUFRYX";
        assert_eq!(check(&[newer, SECRET], SIGNATURE, BODY, 0), Ok(()));
        let both = format!("v1a,xxxx v1,AAAA {SIGNATURE}");
        assert_eq!(check(&[SECRET], &both, BODY, 0), Ok(()));
        assert_eq!(check(&[newer], SIGNATURE, BODY, 0), Err(BadSignature::Mismatch));
    }

    #[test]
    fn a_signature_is_good_for_five_minutes_either_way() {
        for (late, expected) in [(300, Ok(())), (-300, Ok(())), (301, Err(BadSignature::Stale))] {
            assert_eq!(check(&[SECRET], SIGNATURE, BODY, late), expected, "{late} s");
        }
        assert_eq!(check(&[SECRET], SIGNATURE, BODY, -301), Err(BadSignature::Stale));
        let headers = StandardHeaders { id: ID, timestamp: "soon", signature: SIGNATURE };
        assert_eq!(verify_standard(&[SECRET], headers, BODY, Utc::now()), Err(BadSignature::Malformed));
        let headers = StandardHeaders { id: ID, timestamp: "99999999999999999", signature: SIGNATURE };
        assert_eq!(verify_standard(&[SECRET], headers, BODY, Utc::now()), Err(BadSignature::Malformed));
    }

    #[test]
    fn a_signature_that_is_shorter_longer_or_bent_is_refused() {
        let mac = STANDARD.decode(SIGNATURE.strip_prefix("v1,").unwrap()).unwrap();
        let mut longer = mac.clone();
        longer.push(0);
        for bent in [&mac[..31], &mac[..0], longer.as_slice()] {
            let signature = format!("v1,{}", STANDARD.encode(bent));
            assert_eq!(check(&[SECRET], &signature, BODY, 0), Err(BadSignature::Mismatch));
        }
        for at in 0..32 {
            let mut bent = mac.clone();
            bent[at] ^= 1;
            let signature = format!("v1,{}", STANDARD.encode(bent));
            assert_eq!(check(&[SECRET], &signature, BODY, 0), Err(BadSignature::Mismatch), "byte {at}");
        }
        assert_eq!(check(&[SECRET], SIGNATURE, br#"{"test": 2432232315}"#, 0), Err(BadSignature::Mismatch));
        assert_eq!(check(&[SECRET], "", BODY, 0), Err(BadSignature::Missing));
    }

    #[test]
    fn a_plain_signature_fits_its_body_and_one_of_the_secrets() {
        // HMAC-SHA256 test case 2 of RFC 4231.
        let body = b"what do ya want for nothing?";
        let signature = sign_plain("Jefe", body).unwrap();
        assert_eq!(signature, "W9zBRr9gdU5qBCQmCJV1x1oAPwidJzmDnexYuWTsOEM=");
        assert_eq!(verify_plain(&["other", "Jefe"], &signature, body), Ok(()));
        assert_eq!(verify_plain(&["other"], &signature, body), Err(BadSignature::Mismatch));
        assert_eq!(verify_plain(&["Jefe"], "not base64!", body), Err(BadSignature::Malformed));
        assert_eq!(verify_plain(&["Jefe"], "", body), Err(BadSignature::Missing));
    }

    #[test]
    fn an_empty_secret_opens_nothing() {
        assert_eq!(sign_plain("", BODY), None);
        assert_eq!(verify_plain(&[""], SIGNATURE.strip_prefix("v1,").unwrap(), BODY), Err(BadSignature::Mismatch));
        assert_eq!(check(&["whsec_", ""], SIGNATURE, BODY, 0), Err(BadSignature::Mismatch));
    }
}
