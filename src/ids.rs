//! Ids: UUIDv7 made by the application, one newtype each, written with a prefix (`thr_01j...`) so that a reader of a
//! log or an address knows what it names. Secrets and tokens are not ids; they are in [`crate::secrets`].

use std::{fmt, str::FromStr, sync::LazyLock};

use chrono::{DateTime, Utc};
use uuid::{ContextV7, Timestamp, Uuid};

/// Crockford's base 32: no letters that look like digits, sorts like the bytes.
const ALPHABET: &[u8; 32] = b"0123456789abcdefghjkmnpqrstvwxyz";
/// Characters that 16 bytes take.
const LENGTH: usize = 26;

/// Keeps ids made in the same millisecond in order.
static ORDER: LazyLock<std::sync::Mutex<ContextV7>> = LazyLock::new(|| std::sync::Mutex::new(ContextV7::new()));

/// A new id, sortable by the moment it was made.
pub fn fresh(now: DateTime<Utc>) -> Uuid {
    let context = ORDER.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
    let seconds = u64::try_from(now.timestamp()).unwrap_or_default();
    Uuid::new_v7(Timestamp::from_unix(&*context, seconds, now.timestamp_subsec_nanos()))
}

/// 16 bytes as 26 characters.
pub fn encode(bytes: [u8; 16]) -> String {
    let number = u128::from_be_bytes(bytes);
    (0..LENGTH)
        .rev()
        .filter_map(|place| ALPHABET.get(((number >> (place * 5)) & 31) as usize))
        .map(|&letter| char::from(letter))
        .collect()
}

/// The reverse of [`encode`]; upper case is taken too.
pub fn decode(text: &str) -> Option<[u8; 16]> {
    if text.len() != LENGTH {
        return None;
    }
    let mut number: u128 = 0;
    for letter in text.bytes() {
        let digit = ALPHABET.iter().position(|&known| known == letter.to_ascii_lowercase())?;
        if number >> 123 != 0 {
            return None;
        }
        number = (number << 5) | digit as u128;
    }
    Some(number.to_be_bytes())
}

/// What is not an id of the wanted kind.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct BadId;

/// How an id is described to programs.
fn shape(prefix: &str) -> utoipa::openapi::RefOr<utoipa::openapi::schema::Schema> {
    utoipa::openapi::ObjectBuilder::new()
        .schema_type(utoipa::openapi::schema::Type::String)
        .description(Some("An id: a prefix that names its kind, and an opaque rest."))
        .pattern(Some(format!("^{prefix}_[0-9a-hjkmnp-tv-z]{{26}}$")))
        .examples([format!("{prefix}_01k3m8w4x7f5r9t2v6y0z1b3c5")])
        .into()
}

macro_rules! id {
    ($($(#[$meta:meta])* $name:ident = $prefix:literal),+ $(,)?) => { $(
        $(#[$meta])*
        #[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord,
            diesel::expression::AsExpression, diesel::deserialize::FromSqlRow)]
        #[diesel(sql_type = crate::store::columns::Key)]
        pub struct $name(Uuid);

        impl $name {
            pub const PREFIX: &'static str = $prefix;

            /// A new one, sortable by the moment it was made.
            pub fn new(now: DateTime<Utc>) -> Self {
                Self(fresh(now))
            }

            pub fn from_bytes(bytes: [u8; 16]) -> Self {
                Self(Uuid::from_bytes(bytes))
            }

            pub fn bytes(self) -> [u8; 16] {
                *self.0.as_bytes()
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, "{}_{}", $prefix, encode(self.bytes()))
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                fmt::Display::fmt(self, f)
            }
        }

        impl FromStr for $name {
            type Err = BadId;
            fn from_str(text: &str) -> Result<Self, BadId> {
                let bare = text.strip_prefix($prefix).and_then(|rest| rest.strip_prefix('_')).ok_or(BadId)?;
                decode(bare).map(Self::from_bytes).ok_or(BadId)
            }
        }

        impl serde::Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.collect_str(self)
            }
        }

        impl<'de> serde::Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let text = <std::borrow::Cow<'de, str> as serde::Deserialize>::deserialize(deserializer)?;
                text.parse().map_err(|_| serde::de::Error::custom(concat!("expected an id like ", $prefix, "_...")))
            }
        }

        impl utoipa::PartialSchema for $name {
            fn schema() -> utoipa::openapi::RefOr<utoipa::openapi::schema::Schema> {
                shape($prefix)
            }
        }

        impl utoipa::ToSchema for $name {}

        impl diesel::serialize::ToSql<crate::store::columns::Key, diesel::pg::Pg> for $name {
            fn to_sql<'b>(&'b self, out: &mut diesel::serialize::Output<'b, '_, diesel::pg::Pg>) -> diesel::serialize::Result {
                <Uuid as diesel::serialize::ToSql<diesel::sql_types::Uuid, diesel::pg::Pg>>::to_sql(&self.0, out)
            }
        }

        impl diesel::deserialize::FromSql<crate::store::columns::Key, diesel::pg::Pg> for $name {
            fn from_sql(value: diesel::pg::PgValue<'_>) -> diesel::deserialize::Result<Self> {
                <Uuid as diesel::deserialize::FromSql<diesel::sql_types::Uuid, diesel::pg::Pg>>::from_sql(value).map(Self)
            }
        }

        impl diesel::serialize::ToSql<crate::store::columns::Key, diesel::sqlite::Sqlite> for $name {
            fn to_sql<'b>(&'b self, out: &mut diesel::serialize::Output<'b, '_, diesel::sqlite::Sqlite>) -> diesel::serialize::Result {
                out.set_value(self.0.as_bytes().as_slice());
                Ok(diesel::serialize::IsNull::No)
            }
        }

        impl diesel::deserialize::FromSql<crate::store::columns::Key, diesel::sqlite::Sqlite> for $name {
            fn from_sql(value: <diesel::sqlite::Sqlite as diesel::backend::Backend>::RawValue<'_>) -> diesel::deserialize::Result<Self> {
                let bytes = <Vec<u8> as diesel::deserialize::FromSql<diesel::sql_types::Binary, diesel::sqlite::Sqlite>>::from_sql(value)?;
                Ok(Self(Uuid::from_slice(&bytes)?))
            }
        }
    )+ };
}

id! {
    /// A seller organisation: the tenant.
    MerchantId = "mer",
    ShopId = "shp",
    AgentId = "agt",
    ShopperId = "spr",
    ConnectorId = "con",
    IntakeId = "int",
    ProductId = "prd",
    VariantId = "var",
    OrderId = "ord",
    LineId = "lin",
    RefundId = "ref",
    ShipmentId = "shm",
    MilestoneId = "mil",
    ThreadId = "thr",
    MessageId = "msg",
    CaseId = "cas",
    ReservationId = "res",
    EventId = "evt",
    DeliveryId = "dlv",
    TokenId = "tok",
    ChallengeId = "chl",
    OrderLinkId = "olk",
    LabelId = "lbl",
    CannedReplyId = "rep",
    FileId = "fil",
    InvitationId = "inv",
    ProofId = "prf",
}

/// Two ids in one word, for addresses that are used from outside: whatever comes in names its merchant, so every look-up knows it.
macro_rules! address {
    ($($(#[$meta:meta])* $name:ident($id:ident)),+ $(,)?) => { $(
        $(#[$meta])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        pub struct $name {
            pub merchant: MerchantId,
            pub id: $id,
        }

        impl $name {
            pub fn new(merchant: MerchantId, id: $id) -> Self {
                Self { merchant, id }
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, "{}{}", encode(self.merchant.bytes()), encode(self.id.bytes()))
            }
        }

        impl FromStr for $name {
            type Err = BadId;
            fn from_str(text: &str) -> Result<Self, BadId> {
                let (merchant, id) = text.split_at_checked(LENGTH).ok_or(BadId)?;
                let merchant = decode(merchant).map(MerchantId::from_bytes).ok_or(BadId)?;
                Ok(Self { merchant, id: decode(id).map($id::from_bytes).ok_or(BadId)? })
            }
        }
    )+ };
}

address! {
    /// Where a shopper reads a thread: `/t/...`.
    ThreadAddress(ThreadId),
    /// Where a connector's hooks arrive: `/hooks/...`.
    HookAddress(ConnectorId),
    /// Where a code is entered: `/t/code/...`.
    ChallengeAddress(ChallengeId),
    /// Where the bytes of a file are: `/files/...`.
    FileAddress(FileId),
    /// Where a shop's look is: `/look/...`.
    ShopAddress(ShopId),
    /// What the order links of a connector begin with: `/t/o#...`.
    OrderLinkAddress(OrderLinkId),
    /// What the link of an invitation begins with.
    InvitationAddress(InvitationId),
    /// What an agent's proof begins with.
    ProofAddress(ProofId),
    /// Whose browser a cookie knows again.
    AgentAddress(AgentId),
    /// What an API token begins with.
    TokenAddress(TokenId),
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_reads_back_and_names_its_kind() {
        let id = ThreadId::new(Utc::now());
        let text = id.to_string();
        assert!(text.starts_with("thr_") && text.len() == 30, "{text}");
        assert_eq!(text.parse::<ThreadId>(), Ok(id));
        assert_eq!(text.parse::<OrderId>(), Err(BadId));
        assert_eq!("thr_zzzzzzzzzzzzzzzzzzzzzzzzzz".parse::<ThreadId>(), Err(BadId));
        assert_eq!("thr_".parse::<ThreadId>(), Err(BadId));
    }

    #[test]
    fn ids_made_in_one_moment_sort_in_the_order_they_were_made() {
        let now = Utc::now();
        let ids: Vec<EventId> = (0..1000).map(|_| EventId::new(now)).collect();
        assert!(ids.is_sorted());
    }
}
