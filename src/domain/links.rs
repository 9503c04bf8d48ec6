//! What the links to a thread say: a MAC over merchant, thread, version and expiry, and nothing stored. Each kind of link
//! has a key of its own, so that none can be taken for another: `visits` for the buyer's, `gifts` for a present's.

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use chrono::{DateTime, Duration, Utc};

use super::threads::Thread;
use crate::{
    error::{Error, Result},
    ids::{MerchantId, ThreadId},
    secrets,
};

/// How long a link, and a visit it opened, is good for.
pub(super) const LASTS: Duration = Duration::days(90);
/// Bytes of what is signed: merchant, thread, version, expiry.
const CONTENT: usize = 16 + 16 + 4 + 8;
const MAC: usize = 32;

/// What a link says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Link {
    pub merchant: MerchantId,
    pub thread: ThreadId,
    pub(super) version: i32,
    /// Seconds since 1970.
    expires: i64,
}

impl Link {
    /// A link to the thread, made now.
    pub(super) fn new(thread: &Thread, version: i32, now: DateTime<Utc>) -> Self {
        // By the day, so that a page that shows the link does not change with every look.
        let expires = (now + LASTS).timestamp() / 86_400 * 86_400;
        Self { merchant: thread.merchant_id, thread: thread.id, version, expires }
    }

    /// The link as text that fits behind an address.
    pub(super) fn token(&self, mac: impl Fn(&[u8]) -> [u8; MAC]) -> String {
        let mut bytes = Vec::with_capacity(CONTENT + MAC);
        bytes.extend(self.merchant.bytes());
        bytes.extend(self.thread.bytes());
        bytes.extend(self.version.to_be_bytes());
        bytes.extend(self.expires.to_be_bytes());
        let mac = mac(&bytes);
        bytes.extend(mac);
        URL_SAFE_NO_PAD.encode(bytes)
    }

    /// Reads that text.
    ///
    /// # Errors
    /// [`Error::NotFound`] when we never made it.
    pub(super) fn read(token: &str, mac: impl Fn(&[u8]) -> [u8; MAC]) -> Result<Self> {
        let bytes = URL_SAFE_NO_PAD.decode(token.trim()).map_err(|_| Error::NotFound)?;
        let bytes: [u8; CONTENT + MAC] = bytes.try_into().map_err(|_| Error::NotFound)?;
        let (content, shown) = bytes.split_last_chunk::<MAC>().ok_or(Error::NotFound)?;
        if !secrets::same(&mac(content), shown) {
            return Err(Error::NotFound);
        }
        let part = |from: usize, to: usize| content.get(from..to).unwrap_or_default();
        let id = |from: usize| <[u8; 16]>::try_from(part(from, from + 16)).map_err(|_| Error::NotFound);
        Ok(Self {
            merchant: MerchantId::from_bytes(id(0)?),
            thread: ThreadId::from_bytes(id(16)?),
            version: i32::from_be_bytes(part(32, 36).try_into().map_err(|_| Error::NotFound)?),
            expires: i64::from_be_bytes(part(36, CONTENT).try_into().map_err(|_| Error::NotFound)?),
        })
    }

    pub(super) fn is_over(&self, now: DateTime<Utc>) -> bool {
        self.expires <= now.timestamp()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::secrets::Keys;

    #[test]
    fn a_link_is_read_as_it_was_made_and_for_nothing_else() {
        let keys = Keys::of_tests(1);
        let link = Link {
            merchant: MerchantId::from_bytes([1; 16]),
            thread: ThreadId::from_bytes([2; 16]),
            version: 3,
            expires: 1_800_000_000,
        };
        let token = link.token(|content| keys.link_mac(content));
        let read = |token: &str| Link::read(token, |content| keys.link_mac(content)).ok();
        assert_eq!(read(&token), Some(link));
        assert_eq!(read(&format!(" {token}\n")), Some(link), "as it is pasted");
        assert_eq!(Link::read(&token, |content| keys.gift_mac(content)).ok(), None, "one kind is not another");
        assert_eq!(Link::read(&token, |content| Keys::of_tests(2).link_mac(content)).ok(), None);
        for (at, _) in token.char_indices() {
            let mut changed = token.clone().into_bytes();
            changed[at] = if changed[at] == b'A' { b'B' } else { b'A' };
            let changed = String::from_utf8(changed).unwrap();
            assert_eq!(read(&changed), None, "{at}");
        }
        for bad in ["", "A", &token[1..], &format!("{token}AAAA"), &"é".repeat(50)] {
            assert_eq!(read(bad), None, "{bad}");
        }
    }
}
