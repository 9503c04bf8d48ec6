//! Other systems' formats, pure: bytes and headers in, the domain's input out ([`crate::domain::normal`]). Nothing here
//! asks a clock, a database or the network; storing an arrival and acting on its news belong to the domain.

mod fields;
pub mod shops;
pub mod signature;

use crate::domain::normal::Unreadable;

/// Why a body gives no news.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ReadError {
    /// Not JSON at all.
    NotJson,
    /// JSON, or its beginning, nested deeper than [`DEEPEST`] levels.
    TooDeep,
    /// JSON that is not what it claims to be; every problem that was found, at most a hundred.
    Unreadable(Vec<Unreadable>),
}

/// Levels of nesting that a body may have.
pub const DEEPEST: usize = 32;
