//! Messages as programs see them, and how they write one.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::{
    Cursor, Limit,
    list::Whole,
    people::{ActorOut, shopper_id},
};
use crate::{
    domain::{
        agents::Agent,
        events::ActorKind,
        files::{Attachment, MAX_FILES, Variant, signing::Signer},
        shoppers::Shopper,
        threads::messages::{Block, ClientId, Content, MAX_TEXT, Message},
    },
    error::{Error, Result, Says},
    i18n::key,
    ids::{AgentId, FileAddress, FileId, MessageId, ShopperId},
};

/// What somebody said in a thread.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
#[schema(as = Message)]
pub struct MessageOut {
    pub id: MessageId,
    /// Its place in the thread. Other things that happen there take places too, so there are holes.
    #[schema(example = 4)]
    pub seq: i64,
    pub author: AuthorOut,
    /// For colleagues only: shoppers never see it.
    pub note: bool,
    /// All of it as plain text.
    #[schema(example = "Could I have the shirt in blue?")]
    pub alt: String,
    /// The same in typed parts. Kinds may be added: show `alt` for one you do not know.
    pub blocks: Vec<BlockOut>,
    /// What its writer called it.
    pub client_id: String,
    /// When it was said.
    pub created_at: DateTime<Utc>,
}

/// A typed part of a message; a file's bytes are at `url`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
#[schema(as = Block)]
pub struct BlockOut {
    #[serde(flatten)]
    pub block: Block,
    /// Where a file can be read for the next five minutes, without the token; only for `media`.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(example = "https://help.example.com/files/...")]
    pub url: Option<String>,
}

/// Who said it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
#[schema(as = Author)]
pub struct AuthorOut {
    #[serde(flatten)]
    pub actor: ActorOut,
    /// Null for an app and for the system.
    #[schema(example = "Jon Snow")]
    pub name: Option<String>,
}

/// The names of those who write.
#[derive(Debug, Default)]
pub struct Names {
    pub agents: HashMap<AgentId, Agent>,
    pub shoppers: HashMap<ShopperId, Shopper>,
    /// How the addresses of files are made.
    pub files: Option<Files>,
}

/// The installation's address, and how it signs the addresses of files.
#[derive(Debug)]
pub struct Files {
    pub base: String,
    pub signer: Signer,
}

impl Names {
    /// Who wrote these messages: agents, and shoppers.
    pub fn wanted(messages: &[Message]) -> (Vec<AgentId>, Vec<ShopperId>) {
        let of = |kind| messages.iter().filter(move |message| message.author == kind).filter_map(|m| m.author_id);
        (of(ActorKind::Agent).collect(), of(ActorKind::Shopper).map(shopper_id).collect())
    }

    fn block(&self, message: &Message, block: &Block) -> BlockOut {
        let url = match (block, &self.files) {
            (Block::Media { file, .. }, Some(files)) => {
                let address = FileAddress::new(message.merchant_id, *file);
                Some(format!("{}{}", files.base, files.signer.path(address, Variant::Full)))
            }
            _ => None,
        };
        BlockOut { block: block.clone(), url }
    }

    fn of(&self, message: &Message) -> Option<String> {
        let id = message.author_id?;
        match message.author {
            ActorKind::Agent => self.agents.get(&id).map(|agent| agent.name.clone()),
            ActorKind::Shopper => self.shoppers.get(&shopper_id(id))?.name.clone(),
            ActorKind::App | ActorKind::System => None,
        }
    }
}

impl MessageOut {
    pub fn of(message: &Message, names: &Names) -> Self {
        Self {
            id: message.id,
            seq: message.seq,
            author: AuthorOut { actor: ActorOut::of(message.author, message.author_id), name: names.of(message) },
            note: message.note,
            alt: message.alt.clone(),
            blocks: message.blocks.0.iter().map(|block| names.block(message, block)).collect(),
            client_id: message.client_id.clone(),
            created_at: message.created_at.utc(),
        }
    }
}

/// Which messages of a thread.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct MessageQuery {
    /// Only those after this seq.
    #[param(inline)]
    pub after: Option<Whole>,
    #[param(inline)]
    pub cursor: Option<Cursor>,
    #[param(inline)]
    pub limit: Option<Limit>,
}

/// A message to say. It is said for the merchant, and it answers for nobody: who waits for a person goes on waiting.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = NewMessage)]
pub struct MessageIn {
    /// Plain text, without control characters. It may be left out where there are files.
    #[serde(default)]
    #[schema(example = "Your parcel leaves today.", max_length = 4000)]
    pub text: String,
    /// Ids of files that were sent into this thread and wait for a message.
    #[serde(default)]
    #[schema(max_items = 6)]
    pub files: Vec<FileId>,
    /// Your own id for it: the same one twice says it once. Made here when it is left out.
    #[schema(example = "3f2c9a1e-leaves-today", min_length = 8, max_length = 64, pattern = "^[A-Za-z0-9_-]+$")]
    pub client_id: Option<String>,
}

impl MessageIn {
    /// # Errors
    /// Names the field that cannot be taken.
    pub fn parse(&self) -> Result<(Content, ClientId)> {
        Ok((Content::parse("/text", &self.text, attachments(&self.files)?)?, client_id(self.client_id.as_deref())?))
    }
}

/// Files that were sent before, to go with what is said.
///
/// # Errors
/// When there are too many.
pub fn attachments(files: &[FileId]) -> Result<Vec<Attachment>> {
    if files.len() > MAX_FILES {
        return Err(Error::invalid("/files", Says::new(key("file-many")).with("max", MAX_FILES)));
    }
    Ok(files.iter().map(|file| Attachment::new(*file, "")).collect())
}

/// The client's own id, or one made here.
///
/// # Errors
/// When it cannot be one.
pub fn client_id(given: Option<&str>) -> Result<ClientId> {
    given.map_or_else(|| Ok(ClientId::fresh()), |text| ClientId::parse("/client_id", text))
}

const _: () = assert!(MAX_TEXT == 4_000, "the description of a new message says so too");
