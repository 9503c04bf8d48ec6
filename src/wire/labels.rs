//! Labels as programs see them.

use serde::Serialize;
use utoipa::ToSchema;

use crate::{domain::labels::Label, ids::LabelId};

/// A merchant's own word on threads.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
#[schema(as = Label)]
pub struct LabelOut {
    pub id: LabelId,
    /// As people read it.
    #[schema(example = "Urgent")]
    pub name: String,
    /// One of twelve colours round the wheel.
    #[schema(example = 3, minimum = 0, maximum = 11)]
    pub hue: i32,
}

impl From<&Label> for LabelOut {
    fn from(label: &Label) -> Self {
        Self { id: label.id, name: label.name.clone(), hue: label.hue }
    }
}
