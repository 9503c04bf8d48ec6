//! Messages: what a shopper, an agent or an app says in a thread; `alt` always, typed blocks beside it. A note is a
//! message that shoppers never see. Text is plain; rendering it safely is the templates' matter.

use diesel::prelude::*;
use serde::{Deserialize, Serialize};

use super::{Thread, answered, locked, marks, owe_answer};
use crate::{
    domain::{
        agents::Agent,
        erasures,
        events::{Actor, ActorKind, Change, announce},
        files::{self, Attachment, File, FileKind, Format},
        hours::waits,
        mentions,
        search::documents,
        visits::Visit,
    },
    error::{Error, Result, Says},
    i18n::{Words, key},
    ids::{AgentId, FileId, MerchantId, MessageId, ThreadId},
    q,
    store::{
        Conn, Tx,
        columns::{At, Json},
        schema::{messages, threads},
    },
};

/// The longest text, in characters.
pub const MAX_TEXT: usize = 4_000;
/// The longest id a client may choose for its message.
const MAX_CLIENT_ID: usize = 64;

/// A typed part of a message. New kinds may be added; a reader that does not know one shows the message's `alt`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum Block {
    /// Plain text.
    Text {
        /// As it was written.
        text: String,
    },
    /// Something the server knows, by its id; it is rendered from its present state.
    Record {
        /// Its id.
        #[serde(rename = "ref")]
        reference: String,
    },
    /// Colleagues who are called by name, in a note.
    Mention {
        /// Who is called: one, or all who go by this name.
        agents: Vec<AgentId>,
        /// As it was written: `@Inès`.
        text: String,
    },
    /// A picture, a document, a short video or a voice clip.
    Media {
        /// The file's id.
        file: FileId,
        /// What it is to a reader.
        kind: FileKind,
        /// What its bytes are.
        format: Format,
        /// Its name, as its sender called it.
        name: String,
        /// What a picture shows, in its sender's words; may be empty.
        alt: String,
        /// In bytes.
        size: i64,
        /// Of a picture or a video, in pixels.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        width: Option<i32>,
        /// Of a picture or a video, in pixels.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        height: Option<i32>,
        /// Of a video or a voice clip, where it is known.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        duration_ms: Option<i32>,
    },
}

impl Block {
    fn media(file: &File) -> Self {
        Self::Media {
            file: file.id,
            kind: file.kind,
            format: file.format,
            name: file.name.clone(),
            alt: file.alt.clone(),
            size: file.size,
            width: file.width,
            height: file.height,
            duration_ms: file.duration_ms,
        }
    }
}

/// A text that can be said: trimmed, not empty, not too long, without control characters.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Text(String);

impl Text {
    /// # Errors
    /// Names what is wrong with the field `pointer`.
    pub fn parse(pointer: &str, text: &str) -> Result<Self> {
        let text = text.replace("\r\n", "\n");
        let text = text.trim();
        if text.is_empty() {
            return Err(Error::invalid(pointer, Says::new(key("error-text-empty"))));
        }
        let length = text.chars().count();
        if length > MAX_TEXT {
            let says = Says::new(key("error-text-long")).with("max", MAX_TEXT).with("length", length);
            return Err(Error::invalid(pointer, says));
        }
        if text.chars().any(|c| c.is_control() && c != '\n' && c != '\t') {
            return Err(Error::invalid(pointer, Says::new(key("error-text-control"))));
        }
        Ok(Self(text.to_owned()))
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// What is said: a text, files, or both.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Content {
    text: Option<Text>,
    files: Vec<Attachment>,
}

impl Content {
    /// A text may be left out where there is a file.
    ///
    /// # Errors
    /// Names what is wrong with the field `pointer`.
    pub fn parse(pointer: &str, text: &str, files: Vec<Attachment>) -> Result<Self> {
        let none = text.trim().is_empty() && !files.is_empty();
        let text = if none { None } else { Some(Text::parse(pointer, text)?) };
        Ok(Self { text, files })
    }

    /// Files without a word.
    pub(in crate::domain) fn of_files(files: Vec<Attachment>) -> Self {
        Self { text: None, files }
    }

    /// The text as blocks.
    fn said(&self) -> Vec<Block> {
        self.text.iter().map(|text| Block::Text { text: text.as_str().to_owned() }).collect()
    }

    /// All of it as plain text, in the language of the thread.
    fn alt(&self, attached: &[File], thread: &Thread) -> String {
        let t = Words::new(thread.lang(), chrono_tz::UTC, thread.created_at.utc());
        let named = |file: &File| files::in_words(&t, file.kind, &file.name, &file.alt, file.duration_ms);
        let text = self.text.iter().map(|text| text.0.clone());
        text.chain(attached.iter().map(named)).collect::<Vec<_>>().join("\n")
    }
}

impl From<&Text> for Content {
    fn from(text: &Text) -> Self {
        Self { text: Some(text.clone()), files: Vec::new() }
    }
}

impl From<&Content> for Content {
    fn from(content: &Content) -> Self {
        content.clone()
    }
}

/// The id a client gives its message, so that sending twice says it once.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ClientId(String);

impl ClientId {
    /// # Errors
    /// When it is not 8 to 64 letters, digits, `-` or `_`.
    pub fn parse(pointer: &str, text: &str) -> Result<Self> {
        let fits = (8..=MAX_CLIENT_ID).contains(&text.len())
            && text.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b'_');
        if fits { Ok(Self(text.to_owned())) } else { Err(Error::invalid(pointer, Says::new(key("error-client-id")))) }
    }

    /// One made here, for a form that JavaScript did not touch.
    pub fn fresh() -> Self {
        Self(crate::secrets::token())
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }
}

#[derive(Debug, Clone, Queryable, Selectable, Insertable)]
#[diesel(table_name = messages)]
pub struct Message {
    pub merchant_id: MerchantId,
    pub thread_id: ThreadId,
    pub seq: i64,
    pub id: MessageId,
    pub author: ActorKind,
    pub author_id: Option<AgentId>,
    pub note: bool,
    pub client_id: String,
    pub alt: String,
    pub blocks: Json<Vec<Block>>,
    pub created_at: At,
}

impl Message {
    /// What was written, without the words that stand for its files.
    pub fn text(&self) -> String {
        let written = |block: &Block| match block {
            Block::Text { text } | Block::Mention { text, .. } => Some(text.clone()),
            _ => None,
        };
        let found: Vec<String> = self.blocks.0.iter().filter_map(written).collect();
        let files = self.blocks.0.iter().any(|block| matches!(block, Block::Media { .. }));
        if found.is_empty() && !files { self.alt.clone() } else { found.concat() }
    }

    /// Whether there is something to look at: a photo, a GIF or a video.
    pub fn shows_something(&self) -> bool {
        let seen = |kind: &FileKind| matches!(kind, FileKind::Photo | FileKind::Gif | FileKind::Video);
        self.blocks.0.iter().any(|block| matches!(block, Block::Media { kind, .. } if seen(kind)))
    }
}

/// A shopper writes: it is our turn again.
///
/// # Errors
/// When the thread is gone.
pub fn from_shopper(
    tx: &mut Tx<'_>,
    visit: &Visit,
    content: impl Into<Content>,
    client_id: &ClientId,
) -> Result<Message> {
    let thread = locked(tx, visit.merchant_id, visit.thread_id)?;
    if let Some(same) = already(tx, &thread, client_id)? {
        return Ok(same);
    }
    let actor = Actor::Shopper(thread.shopper_id);
    let message = say(tx, &thread, actor, &content.into(), client_id)?;
    owe_answer(tx, &thread, actor)?;
    Ok(message)
}

/// An agent answers, having read all there is: it is the shopper's turn.
///
/// # Errors
/// When the thread is not the agent's merchant's.
pub fn from_agent(
    tx: &mut Tx<'_>,
    agent: &Agent,
    thread: ThreadId,
    content: impl Into<Content>,
    client_id: &ClientId,
) -> Result<Message> {
    marks::seen_at_desk(tx, agent.merchant_id, thread, i64::MAX)?;
    Ok(reply(tx, agent.merchant_id, Actor::Agent(agent.id), thread, &content.into(), client_id)?.0)
}

/// What became of an answer.
#[derive(Debug)]
pub enum Answered {
    Said(Message),
    /// Nothing was said: a colleague answered meanwhile, with this.
    Crossed(Message),
}

/// An agent answers, having the thread up to `upto` before their eyes: nothing is said when a colleague's answer came
/// after that. What they had before their eyes counts as seen.
///
/// # Errors
/// When the thread is not the agent's merchant's.
pub fn from_agent_knowing(
    tx: &mut Tx<'_>,
    agent: &Agent,
    thread: ThreadId,
    content: impl Into<Content>,
    client_id: &ClientId,
    upto: i64,
) -> Result<Answered> {
    let known = locked(tx, agent.merchant_id, thread)?;
    if let Some(same) = already(tx, &known, client_id)? {
        return Ok(Answered::Said(same));
    }
    let crossed = q!(tx, |c| messages::table
        .filter(messages::merchant_id.eq(agent.merchant_id))
        .filter(messages::thread_id.eq(thread))
        .filter(messages::seq.gt(upto))
        .filter(messages::note.eq(false))
        .filter(messages::author.eq(ActorKind::Agent))
        .filter(messages::author_id.ne(agent.id))
        .order(messages::seq.desc())
        .select(Message::as_select())
        .first(c)
        .optional())?;
    if let Some(crossed) = crossed {
        return Ok(Answered::Crossed(crossed));
    }
    marks::seen_at_desk(tx, agent.merchant_id, thread, upto)?;
    let (message, _) = reply(tx, agent.merchant_id, Actor::Agent(agent.id), thread, &content.into(), client_id)?;
    Ok(Answered::Said(message))
}

/// A program of the merchant writes. It answers for nobody: who waits for a person goes on waiting. Also whether the
/// message is new: it is not when one with its `client_id` was there.
///
/// # Errors
/// When the thread is not the merchant's.
pub fn from_app(
    tx: &mut Tx<'_>,
    merchant: MerchantId,
    thread: ThreadId,
    content: &Content,
    client_id: &ClientId,
) -> Result<(Message, bool)> {
    reply(tx, merchant, Actor::App, thread, content, client_id)
}

fn reply(
    tx: &mut Tx<'_>,
    merchant: MerchantId,
    actor: Actor,
    thread: ThreadId,
    content: &Content,
    client_id: &ClientId,
) -> Result<(Message, bool)> {
    let thread = locked(tx, merchant, thread)?;
    if let Some(same) = already(tx, &thread, client_id)? {
        return Ok((same, false));
    }
    let message = say(tx, &thread, actor, content, client_id)?;
    if matches!(actor, Actor::Agent(_)) {
        waits::record(tx, &thread, message.seq)?;
        answered(tx, &thread)?;
    }
    Ok((message, true))
}

/// An agent notes something for colleagues.
///
/// # Errors
/// When the thread is not the agent's merchant's.
pub fn note(
    tx: &mut Tx<'_>,
    agent: &Agent,
    thread: ThreadId,
    content: impl Into<Content>,
    client_id: &ClientId,
) -> Result<Message> {
    let thread = locked(tx, agent.merchant_id, thread)?;
    if let Some(same) = already(tx, &thread, client_id)? {
        return Ok(same);
    }
    let content: Content = content.into();
    let said = content.text.as_ref().map(|text| mentions::blocks(tx, agent, text.as_str())).transpose()?;
    let note = write(tx, &thread, Actor::Agent(agent.id), &content, client_id, Some(said.unwrap_or_default()))?;
    mentions::record(tx, &note)?;
    Ok(note)
}

fn already(conn: &mut Conn, thread: &Thread, client_id: &ClientId) -> Result<Option<Message>> {
    Ok(q!(conn, |c| messages::table
        .filter(messages::merchant_id.eq(thread.merchant_id))
        .filter(messages::thread_id.eq(thread.id))
        .filter(messages::client_id.eq(client_id.as_str()))
        .select(Message::as_select())
        .first(c)
        .optional())?)
}

fn say(tx: &mut Tx<'_>, thread: &Thread, actor: Actor, content: &Content, client_id: &ClientId) -> Result<Message> {
    write(tx, thread, actor, content, client_id, None)
}

/// A message, or the note whose text is made of these blocks.
fn write(
    tx: &mut Tx<'_>,
    thread: &Thread,
    actor: Actor,
    content: &Content,
    client_id: &ClientId,
    note: Option<Vec<Block>>,
) -> Result<Message> {
    erasures::refuse(tx, thread)?;
    let (id, is_note) = (MessageId::new(tx.now()), note.is_some());
    let said = note.unwrap_or_else(|| content.said());
    let attached = files::attach(tx, thread, actor, &content.files, id, is_note)?;
    let change = if is_note { Change::NoteAdded { message: id } } else { Change::MessagePosted { message: id } };
    let seq = announce(tx, thread, actor, change)?;
    let message = Message {
        merchant_id: thread.merchant_id,
        thread_id: thread.id,
        seq,
        id,
        author: actor.kind(),
        author_id: actor.id(),
        note: is_note,
        client_id: client_id.as_str().to_owned(),
        alt: content.alt(&attached, thread),
        blocks: Json(said.into_iter().chain(attached.iter().map(Block::media)).collect()),
        created_at: tx.at(),
    };
    q!(tx, |c| diesel::insert_into(messages::table).values(&message).execute(c))?;
    documents::said(tx, &message)?;
    if !is_note {
        let now = tx.at();
        let row = threads::table.find((thread.merchant_id, thread.id));
        let set = threads::last_message_at.eq(now);
        if message.author == ActorKind::Shopper {
            q!(tx, |c| diesel::update(row).set((set, threads::asked_seq.eq(seq))).execute(c))?;
        } else {
            q!(tx, |c| diesel::update(row).set(set).execute(c))?;
        }
    }
    Ok(message)
}

/// Which messages a reader is given.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Audience {
    Shopper,
    Desk,
}

/// The messages after `seq`, oldest first; the newest `limit` of them.
///
/// # Errors
/// When the database fails.
pub fn since(conn: &mut Conn, thread: &Thread, audience: Audience, seq: i64, limit: i64) -> Result<Vec<Message>> {
    let notes_too = audience == Audience::Desk;
    let mut newest: Vec<Message> = q!(conn, |c| messages::table
        .filter(messages::merchant_id.eq(thread.merchant_id))
        .filter(messages::thread_id.eq(thread.id))
        .filter(messages::seq.gt(seq))
        .filter(messages::note.eq(false).or(messages::note.eq(notes_too)))
        .order(messages::seq.desc())
        .limit(limit)
        .select(Message::as_select())
        .load(c))?;
    newest.reverse();
    Ok(newest)
}

/// The messages after `seq` as the desk has them, oldest first; the oldest `limit` of them, for a reader who goes on.
///
/// # Errors
/// When the database fails.
pub fn after(conn: &mut Conn, thread: &Thread, seq: i64, limit: i64) -> Result<Vec<Message>> {
    Ok(q!(conn, |c| messages::table
        .filter(messages::merchant_id.eq(thread.merchant_id))
        .filter(messages::thread_id.eq(thread.id))
        .filter(messages::seq.gt(seq))
        .order(messages::seq)
        .limit(limit)
        .select(Message::as_select())
        .load(c))?)
}

/// Single messages by their places.
///
/// # Errors
/// When the database fails.
pub fn at_places(conn: &mut Conn, merchant: MerchantId, places: &[(ThreadId, i64)]) -> Result<Vec<Message>> {
    let (threads, seqs): (Vec<ThreadId>, Vec<i64>) = places.iter().copied().unzip();
    let found: Vec<Message> = q!(conn, |c| messages::table
        .filter(messages::merchant_id.eq(merchant))
        .filter(messages::thread_id.eq_any(&threads))
        .filter(messages::seq.eq_any(&seqs))
        .select(Message::as_select())
        .load(c))?;
    Ok(found.into_iter().filter(|message| places.contains(&(message.thread_id, message.seq))).collect())
}
