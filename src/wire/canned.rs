//! Canned replies as programs see them.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use serde::Serialize;
use utoipa::ToSchema;

use crate::{
    domain::canned::Reply,
    ids::{CannedReplyId, ShopId},
};

/// What agents say again and again.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
#[schema(as = CannedReply)]
pub struct CannedReplyOut {
    pub id: CannedReplyId,
    /// What it is for.
    #[schema(example = "On its way")]
    pub title: String,
    /// What an agent types after a slash to find it.
    #[schema(example = "way")]
    pub shortcut: String,
    /// Null: for every shop.
    pub shop_id: Option<ShopId>,
    /// A language and the text in it, with its variables in double braces as they were written.
    pub bodies: BTreeMap<String, String>,
    /// When it was written last.
    pub updated_at: DateTime<Utc>,
}

impl From<&Reply> for CannedReplyOut {
    fn from(reply: &Reply) -> Self {
        Self {
            id: reply.id,
            title: reply.title.clone(),
            shortcut: reply.shortcut.clone(),
            shop_id: reply.shop_id,
            bodies: reply.bodies.0.clone(),
            updated_at: reply.updated_at.utc(),
        }
    }
}
