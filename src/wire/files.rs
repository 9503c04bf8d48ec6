//! Files as programs send and see them.

use serde::Serialize;
use utoipa::ToSchema;

use super::messages::Files;
use crate::{
    domain::files::{File, FileKind, Variant},
    ids::FileId,
};

/// A form with one file.
#[derive(Debug, ToSchema)]
#[schema(as = NewFile)]
pub struct FileIn {
    /// A photo (JPEG, PNG, WebP), a GIF, a PDF document, a short video or a voice clip.
    #[schema(value_type = String, format = Binary)]
    pub file: Vec<u8>,
}

/// A file that was sent.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
#[schema(as = File)]
pub struct FileOut {
    pub id: FileId,
    pub kind: FileKind,
    /// As its sender called it, without what a name cannot hold.
    #[schema(example = "label.pdf")]
    pub name: String,
    /// In bytes, as it is kept.
    pub size: i64,
    /// In pixels, of what is seen.
    pub width: Option<i32>,
    /// In pixels, of what is seen.
    pub height: Option<i32>,
    /// In milliseconds, of what is heard or plays.
    pub duration_ms: Option<i32>,
    /// Where it can be read for the next five minutes, without the token.
    pub url: String,
}

impl FileOut {
    pub fn of(file: &File, files: &Files) -> Self {
        Self {
            id: file.id,
            kind: file.kind,
            name: file.name.clone(),
            size: file.size,
            width: file.width,
            height: file.height,
            duration_ms: file.duration_ms,
            url: format!("{}{}", files.base, files.signer.path(file.address(), Variant::Full)),
        }
    }
}
