//! What a search finds, as programs see it.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::{Cursor, Limit, messages::MessageOut, threads::ThreadOut};
use crate::{
    domain::{search::DocKind, threads::ThreadState},
    ids::ShopId,
};

/// A thread that a search found, by the newest thing in it that fits.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
#[schema(as = SearchHit)]
pub struct SearchHitOut {
    pub thread: ThreadOut,
    /// What was found: something that was said, an internal note, or what is known of the order.
    pub found_in: DocKind,
    /// The message or note; null when it was found by its order.
    pub message: Option<MessageOut>,
    /// When it was said; when the order was placed.
    pub at: DateTime<Utc>,
}

/// What is looked for.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct SearchQuery {
    /// Words, all of which are found in one message, note or order; of the last its beginning is enough. Case and accents
    /// make no difference and no sign means anything. An order's number, a name, an e-mail address, a telephone number, a
    /// parcel's number or a label finds the thread.
    #[param(example = "tache ourlet", max_length = 200)]
    pub q: String,
    /// Only what was found in this.
    #[param(inline)]
    pub found_in: Option<DocKind>,
    #[param(inline)]
    pub state: Option<ThreadState>,
    #[param(inline)]
    pub shop_id: Option<ShopId>,
    /// Only what is of this moment or later.
    pub since: Option<DateTime<Utc>>,
    #[param(inline)]
    pub cursor: Option<Cursor>,
    #[param(inline)]
    pub limit: Option<Limit>,
}
