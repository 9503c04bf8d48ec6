//! Files: pictures, documents, short videos and voice clips that somebody sends in a thread. A row for each, its bytes on
//! the [`shelf`]. A file is uploaded first and attached to a message afterwards; one that no message takes is swept.
//! What may come in is said in [`sniff`], what is made of it in [`prepare`], under which address it is read in [`signing`].

pub mod names;
pub mod prepare;
pub mod shelf;
pub mod signing;
pub mod sniff;

mod boxes;
mod finding;
mod gifs;
mod pages;
mod pictures;
mod tracks;

use diesel::prelude::*;

pub use finding::{for_agent, for_visit, is_known, left_over, of_cases, signed_for, waiting_at_the_desk, waiting_of};

use super::{
    agents::Agent,
    events::{Actor, ActorKind},
    threads::Thread,
    visits::Visit,
};
use crate::{
    error::{Error, Result, Says},
    i18n::{Words, key},
    ids::{AgentId, CaseId, FileAddress, FileId, MerchantId, MessageId, ThreadId},
    q,
    store::{
        Conn, Tx,
        columns::At,
        schema::{files, removals},
    },
    text_enum,
};

/// Files that one message can carry.
pub const MAX_FILES: usize = 6;
/// The longest description of a picture, in characters.
pub const MAX_ALT: usize = 300;
/// Files of a thread that may wait for a message at a time.
const MAX_WAITING: i64 = 60;

text_enum! {
    /// What a file is to people.
    pub enum FileKind { Photo = "photo", Gif = "gif", Pdf = "pdf", Video = "video", Voice = "voice" }
}

text_enum! {
    pub enum FileState {
        /// Waits for its message.
        Uploaded = "uploaded",
        Attached = "attached",
    }
}

text_enum! {
    /// What the bytes are, as browsers call it.
    pub enum Format {
        Jpeg = "image/jpeg",
        Png = "image/png",
        Gif = "image/gif",
        Pdf = "application/pdf",
        Mp4 = "video/mp4",
        Webm = "video/webm",
        Mp4Sound = "audio/mp4",
        WebmSound = "audio/webm",
        OggSound = "audio/ogg",
    }
}

text_enum! {
    /// Which of a file's makes: itself, or its picture made smaller.
    pub enum Variant { Full = "full", Medium = "480", Small = "112" }
}

/// Something that was uploaded.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable, Insertable)]
#[diesel(table_name = files)]
pub struct File {
    pub merchant_id: MerchantId,
    pub id: FileId,
    pub thread_id: ThreadId,
    pub uploaded_by: ActorKind,
    pub uploader_id: Option<AgentId>,
    pub kind: FileKind,
    pub format: Format,
    pub name: String,
    pub alt: String,
    /// In bytes.
    pub size: i64,
    pub hash: String,
    pub width: Option<i32>,
    pub height: Option<i32>,
    pub duration_ms: Option<i32>,
    pub state: FileState,
    pub note: bool,
    pub message_id: Option<MessageId>,
    pub case_id: Option<CaseId>,
    pub created_at: At,
    pub attached_at: Option<At>,
}

impl File {
    pub fn address(&self) -> FileAddress {
        FileAddress::new(self.merchant_id, self.id)
    }

    /// What the bytes of a variant are; none where there is no such one.
    pub fn format_of(&self, variant: Variant) -> Option<Format> {
        match (variant, self.kind) {
            (Variant::Full, _) => Some(self.format),
            (_, FileKind::Photo) => Some(self.format),
            (_, FileKind::Gif) => Some(Format::Png),
            _ => None,
        }
    }
}

/// Who sends a file, and into which thread.
#[derive(Debug, Clone, Copy)]
pub struct Sender {
    pub merchant: MerchantId,
    pub thread: ThreadId,
    by: Actor,
}

impl Sender {
    pub fn shopper(visit: &Visit) -> Self {
        Self { merchant: visit.merchant_id, thread: visit.thread_id, by: Actor::Shopper(visit.shopper_id) }
    }

    /// A program of the merchant.
    pub fn app(merchant: MerchantId, thread: ThreadId) -> Self {
        Self { merchant, thread, by: Actor::App }
    }

    /// An agent in a thread that is looked up with the file.
    pub fn agent(agent: &Agent, thread: ThreadId) -> Self {
        Self { merchant: agent.merchant_id, thread, by: Actor::Agent(agent.id) }
    }
}

/// Whether the thread is the sender's and takes another file now.
///
/// # Errors
/// [`Error::NotFound`] for a thread of anybody else; a conflict while too many wait for a message.
pub fn admit(conn: &mut Conn, sender: &Sender) -> Result<()> {
    super::threads::of_merchant(conn, sender.merchant, sender.thread)?;
    let waiting: i64 = q!(conn, |c| files::table
        .filter(files::merchant_id.eq(sender.merchant))
        .filter(files::thread_id.eq(sender.thread))
        .filter(files::state.eq(FileState::Uploaded))
        .count()
        .get_result(c))?;
    if waiting >= MAX_WAITING {
        return Err(Error::conflict(key("file-waiting-many")));
    }
    Ok(())
}

/// Writes down what stands on the shelf already.
///
/// # Errors
/// When the database fails.
pub fn add(tx: &mut Tx<'_>, sender: &Sender, id: FileId, ready: &prepare::Ready) -> Result<File> {
    admit(tx, sender)?;
    let file = File {
        merchant_id: sender.merchant,
        id,
        thread_id: sender.thread,
        uploaded_by: sender.by.kind(),
        uploader_id: sender.by.id(),
        kind: ready.kind,
        format: ready.format,
        name: ready.name.clone(),
        alt: String::new(),
        size: ready.size,
        hash: ready.hash.clone(),
        width: ready.width,
        height: ready.height,
        duration_ms: ready.duration_ms,
        state: FileState::Uploaded,
        note: false,
        message_id: None,
        case_id: None,
        created_at: tx.at(),
        attached_at: None,
    };
    q!(tx, |c| diesel::insert_into(files::table).values(&file).execute(c))?;
    Ok(file)
}

/// A file that goes with what is said, and what it shows in its sender's words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attachment {
    pub file: FileId,
    pub alt: String,
}

impl Attachment {
    /// The description without what cannot be shown, and no longer than it may be.
    pub fn new(file: FileId, alt: &str) -> Self {
        let alt: String = alt.chars().map(|c| if c.is_control() { ' ' } else { c }).take(MAX_ALT).collect();
        Self { file, alt: alt.trim().to_owned() }
    }
}

/// Gives uploaded files to a message of their sender, in the order they are named.
///
/// # Errors
/// The same for a file of somebody else, of another thread, used already or swept: it is not there.
pub(super) fn attach(
    tx: &mut Tx<'_>,
    thread: &Thread,
    by: Actor,
    attachments: &[Attachment],
    message: MessageId,
    note: bool,
) -> Result<Vec<File>> {
    if attachments.len() > MAX_FILES {
        return Err(Error::invalid("files", Says::new(key("file-many")).with("max", MAX_FILES)));
    }
    let now = tx.at();
    let mut attached = Vec::with_capacity(attachments.len());
    for Attachment { file, alt } in attachments {
        // Several people may follow one link; they are one shopper, whatever is known of them.
        let by_agent = by.id().filter(|_| by.kind() == ActorKind::Agent);
        let row = files::table
            .find((thread.merchant_id, *file))
            .filter(files::thread_id.eq(thread.id))
            .filter(files::state.eq(FileState::Uploaded))
            .filter(files::uploaded_by.eq(by.kind()));
        let own: Option<File> = q!(tx, |c| row.select(File::as_select()).first(c).optional())?;
        let own = own.filter(|own| by_agent.is_none() || own.uploader_id == by_agent);
        let gone = || Error::invalid("files", Says::new(key("file-gone")));
        let own = own.ok_or_else(gone)?;
        let alt = if alt.is_empty() { own.alt } else { alt.clone() };
        let set = (
            (files::state.eq(FileState::Attached), files::message_id.eq(message), files::note.eq(note)),
            (files::alt.eq(&alt), files::attached_at.eq(now)),
        );
        let taken: Option<File> =
            q!(tx, |c| diesel::update(row).set(set).returning(File::as_returning()).get_result(c).optional())?;
        attached.push(taken.ok_or_else(gone)?);
    }
    Ok(attached)
}

/// What a waiting file shows, in its sender's words.
///
/// # Errors
/// When the database fails.
pub fn describe(tx: &mut Tx<'_>, visit: &Visit, id: FileId, alt: &str) -> Result<()> {
    let alt = Attachment::new(id, alt).alt;
    let row = files::table
        .find((visit.merchant_id, id))
        .filter(files::thread_id.eq(visit.thread_id))
        .filter(files::uploaded_by.eq(ActorKind::Shopper))
        .filter(files::state.eq(FileState::Uploaded));
    q!(tx, |c| diesel::update(row).set(files::alt.eq(&alt)).execute(c))?;
    Ok(())
}

/// Lets the photos of a message stand with a request too.
pub(super) fn stand_with(tx: &mut Tx<'_>, merchant: MerchantId, message: MessageId, case: CaseId) -> Result<()> {
    let rows = files::table.filter(files::merchant_id.eq(merchant)).filter(files::message_id.eq(message));
    q!(tx, |c| diesel::update(rows).set(files::case_id.eq(case)).execute(c))?;
    Ok(())
}

/// Forgets a file that no message took. False when one did meanwhile.
///
/// # Errors
/// When the database fails.
pub fn forget(tx: &mut Tx<'_>, address: FileAddress) -> Result<bool> {
    let row = files::table.find((address.merchant, address.id)).filter(files::state.eq(FileState::Uploaded));
    Ok(q!(tx, |c| diesel::delete(row).execute(c))? > 0)
}

/// Takes every file of a thread; their bytes go afterwards.
pub(super) fn remove_all(tx: &mut Tx<'_>, thread: &Thread) -> Result<()> {
    let of_thread =
        || files::table.filter(files::merchant_id.eq(thread.merchant_id)).filter(files::thread_id.eq(thread.id));
    let ids: Vec<FileId> = q!(tx, |c| of_thread().select(files::id).load(c))?;
    for id in ids {
        let row =
            (removals::merchant_id.eq(thread.merchant_id), removals::file_id.eq(id), removals::decided_at.eq(tx.at()));
        q!(tx, |c| diesel::insert_into(removals::table).values(row).on_conflict_do_nothing().execute(c))?;
    }
    q!(tx, |c| diesel::delete(of_thread()).execute(c))?;
    Ok(())
}

/// Files whose rows are gone and whose bytes are still to go; at most `limit`.
///
/// # Errors
/// When the database fails.
pub fn to_remove(conn: &mut Conn, limit: i64) -> Result<Vec<FileAddress>> {
    let found: Vec<(MerchantId, FileId)> = q!(conn, |c| removals::table
        .order(removals::decided_at)
        .limit(limit)
        .select((removals::merchant_id, removals::file_id))
        .load(c))?;
    Ok(found.into_iter().map(|(merchant, id)| FileAddress::new(merchant, id)).collect())
}

/// Says that the bytes of a file are gone.
///
/// # Errors
/// When the database fails.
pub fn removed(tx: &mut Tx<'_>, address: FileAddress) -> Result<()> {
    q!(tx, |c| diesel::delete(removals::table.find((address.merchant, address.id))).execute(c))?;
    Ok(())
}

/// A file where it can only be spoken of: `Photo: the torn seam`, `Voice message, 0:14`.
pub fn in_words(t: &Words, kind: FileKind, name: &str, alt: &str, duration_ms: Option<i32>) -> String {
    match (kind, duration_ms) {
        (FileKind::Photo, _) if alt.is_empty() => t.get(key("file-photo")),
        (FileKind::Photo, _) => t.one(key("file-photo-of"), "alt", alt),
        (FileKind::Gif, _) if alt.is_empty() => t.get(key("file-gif")),
        (FileKind::Gif, _) => t.one(key("file-gif-of"), "alt", alt),
        (FileKind::Pdf, _) => t.one(key("file-pdf"), "name", name),
        (FileKind::Video, None) => t.get(key("file-video")),
        (FileKind::Video, Some(length)) => t.one(key("file-video-long"), "length", minutes(length)),
        (FileKind::Voice, None) => t.get(key("file-voice")),
        (FileKind::Voice, Some(length)) => t.one(key("file-voice-of"), "length", minutes(length)),
    }
}

/// `0:14`, in every language of ours.
pub fn minutes(milliseconds: i32) -> String {
    let seconds = (milliseconds + 500) / 1_000;
    format!("{}:{:02}", seconds / 60, seconds % 60)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::i18n::Lang;

    #[test]
    fn a_file_is_spoken_of_in_words() {
        let t = Words::new(Lang::default(), chrono_tz::UTC, chrono::DateTime::default());
        let says = |kind, alt, length| in_words(&t, kind, "facture.pdf", alt, length);
        assert_eq!(says(FileKind::Photo, "", None), "Photo");
        assert_eq!(says(FileKind::Photo, "torn seam", None), "Photo: torn seam");
        assert_eq!(says(FileKind::Pdf, "", None), "File: facture.pdf");
        assert_eq!(says(FileKind::Voice, "", Some(13_600)), "Voice message, 0:14");
        assert_eq!(minutes(299_999), "5:00");
    }

    #[test]
    fn a_description_holds_no_control_characters_and_has_an_end() {
        let id = FileId::from_bytes([1; 16]);
        assert_eq!(Attachment::new(id, "  torn\r\nseam ").alt, "torn  seam");
        assert_eq!(Attachment::new(id, &"x".repeat(5_000)).alt.chars().count(), MAX_ALT);
    }
}
