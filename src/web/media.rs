//! Files as pages show them, the same at the counter and at the desk: a photo to open, a voice to play, a document to save;
//! and the parts of a composer that files are chosen with.

use actix_web::{HttpResponse, http::header};
use askama::Template;

use crate::{
    app::App,
    domain::{
        files::{
            self, Attachment, File, FileKind, MAX_FILES, Variant,
            prepare::VOICE_MINUTES,
            signing::{Audience, Signer},
            sniff,
        },
        threads::messages::{Block, Message},
    },
    i18n::{Words, key},
    ids::{FileAddress, FileId, MerchantId},
};

/// What a file input offers to choose. Telephones then hand over their own formats as JPEG.
pub const ACCEPTED: &str = "image/jpeg,image/png,image/webp,image/gif,application/pdf,video/mp4,video/webm,video/quicktime,audio/ogg,audio/webm,audio/mp4";
/// The same where only photos are asked for.
pub const PHOTOS: &str = "image/jpeg,image/png,image/webp";

/// A file in a message.
#[derive(Debug, Clone, Template)]
#[template(path = "parts/_media.html")]
pub struct Media {
    pub t: Words,
    pub kind: FileKind,
    /// Where it is shown or played from; good for some minutes.
    pub src: String,
    /// The picture that stands still where things should not move.
    pub still: Option<String>,
    /// Where it is opened or saved; good as long as the page may be seen.
    pub open: String,
    /// The same for what stands in `src`, once that is over.
    pub again: String,
    pub name: String,
    pub alt: String,
    /// As people say it: `Photo: the torn seam`.
    pub words: String,
    /// How large it is, `1.2 MB`.
    pub weight: String,
    /// How long it is, `0:14`.
    pub length: Option<String>,
    pub width: i32,
    pub height: i32,
}

/// Whose pages files are shown on: how their addresses are signed, and where a fresh one is asked for.
#[derive(Debug, Clone)]
pub struct Showing {
    merchant: MerchantId,
    signer: Signer,
    /// `/t/...` or `/desk/threads/...`
    base: String,
}

impl Showing {
    pub fn new(app: &App, merchant: MerchantId, audience: Audience, base: &str) -> Self {
        Self { merchant, signer: Signer::new(&app.keys, app.now(), audience), base: base.to_owned() }
    }

    /// The files of a message.
    pub fn of(&self, t: &Words, message: &Message) -> Vec<Media> {
        message.blocks.0.iter().filter_map(|block| self.block(t, block)).collect()
    }

    fn block(&self, t: &Words, block: &Block) -> Option<Media> {
        let Block::Media { file, kind, name, alt, size, width, height, duration_ms, .. } = block else { return None };
        let address = FileAddress::new(self.merchant, *file);
        let shown = if *kind == FileKind::Photo { Variant::Medium } else { Variant::Full };
        let fresh = |variant: Variant| format!("{}/files/{file}/{variant}", self.base);
        let (width, height) = fitted(width.unwrap_or(0), height.unwrap_or(0));
        Some(Media {
            t: *t,
            kind: *kind,
            src: self.signer.path(address, shown),
            still: (*kind == FileKind::Gif).then(|| self.signer.path(address, Variant::Medium)),
            open: fresh(Variant::Full),
            again: fresh(shown),
            name: name.clone(),
            alt: alt.clone(),
            words: files::in_words(t, *kind, name, alt, *duration_ms),
            weight: weight(t, *size),
            length: duration_ms.map(files::minutes),
            width,
            height,
        })
    }

    /// A photo that stands with a request, or waits for one.
    pub fn shot(&self, t: &Words, file: &File) -> Shot {
        let words = files::in_words(t, file.kind, &file.name, &file.alt, file.duration_ms);
        let picture = file.format_of(Variant::Small).map(|_| Variant::Small);
        let fresh = |variant: Variant| format!("{}/files/{}/{variant}", self.base, file.id);
        Shot {
            id: file.id.to_string(),
            src: picture.map(|small| self.signer.path(file.address(), small)),
            again: fresh(picture.unwrap_or(Variant::Full)),
            open: fresh(Variant::Full),
            words,
        }
    }
}

/// A small picture of a file.
#[derive(Debug, Clone)]
pub struct Shot {
    pub id: String,
    /// None for what has no picture.
    pub src: Option<String>,
    pub again: String,
    pub open: String,
    pub words: String,
}

/// What a composer chooses files with; `form` is the id of its form.
#[derive(Debug, Clone, Template)]
#[template(path = "parts/_attach.html")]
pub struct Attach {
    pub t: Words,
    pub form: &'static str,
    /// Where a script sends a file: `.../files`.
    pub to: String,
    /// What may be chosen.
    pub accepted: &'static str,
    /// Files that came with a form which is shown again.
    pub kept: Vec<Shot>,
    /// Whether the description belongs to the page itself.
    pub described: bool,
}

impl Attach {
    pub fn new(t: Words, form: &'static str, base: &str, kept: Vec<Shot>) -> Self {
        Self { t, form, to: format!("{base}/files"), accepted: ACCEPTED, kept, described: false }
    }

    fn most(&self) -> usize {
        MAX_FILES
    }

    fn largest(&self) -> u64 {
        sniff::LARGEST
    }

    fn voice_seconds(&self) -> u64 {
        VOICE_MINUTES * 60
    }
}

/// Files named by a form: `files` as often as there are, and what each shows in `alt-<file>`. `alt` is for those that come
/// with the form itself.
pub fn attachments(fields: &[(String, String)], arrived: &[File]) -> Vec<Attachment> {
    let field = |name: &str| fields.iter().find(|(field, _)| field == name).map_or("", |(_, value)| value.as_str());
    let named = fields.iter().filter(|(name, _)| name == "files").filter_map(|(_, id)| id.parse::<FileId>().ok());
    let named = named.map(|id| Attachment::new(id, field(&format!("alt-{id}"))));
    let arrived = arrived.iter().map(|file| Attachment::new(file.id, field("alt")));
    let mut all: Vec<Attachment> = Vec::new();
    for attachment in named.chain(arrived) {
        if all.iter().all(|known| known.file != attachment.file) {
            all.push(attachment);
        }
    }
    all
}

/// On to an address that is signed afresh.
pub fn onward(signer: &Signer, file: &File, variant: Variant) -> HttpResponse {
    HttpResponse::SeeOther()
        .insert_header((header::LOCATION, signer.path(file.address(), variant)))
        .insert_header((header::CACHE_CONTROL, "no-store"))
        .finish()
}

/// A size as people say it.
fn weight(t: &Words, bytes: i64) -> String {
    let kilobytes = (bytes.max(1) + 1_023) / 1_024;
    if kilobytes < 1_000 {
        return t.one(key("file-kilobytes"), "size", kilobytes);
    }
    let tenths = (bytes * 10 + 524_288) / 1_048_576;
    t.two(key("file-megabytes"), "whole", tenths / 10, "tenth", tenths % 10)
}

/// The sides of a picture as it stands in a conversation, so that nothing moves when it has come.
fn fitted(width: i32, height: i32) -> (i32, i32) {
    let longest = width.max(height);
    if longest <= 480 || longest == 0 { (width, height) } else { (width * 480 / longest, height * 480 / longest) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::i18n::Lang;

    #[test]
    fn a_size_is_said_as_people_say_it() {
        let t = Words::new(Lang::default(), chrono_tz::UTC, chrono::DateTime::default());
        assert_eq!(weight(&t, 1).replace('\u{a0}', " "), "1 kB");
        assert_eq!(weight(&t, 900 * 1024).replace('\u{a0}', " "), "900 kB");
        assert_eq!(weight(&t, 1_258_291).replace('\u{a0}', " "), "1.2 MB");
        assert_eq!((fitted(4_000, 3_000), fitted(100, 50), fitted(0, 0)), ((480, 360), (100, 50), (0, 0)));
    }

    #[test]
    fn a_form_names_each_file_once() {
        let id = FileId::from_bytes([7; 16]);
        let pair = |name: &str, value: &str| (name.to_owned(), value.to_owned());
        let fields = [
            pair("files", &id.to_string()),
            pair("files", "nothing"),
            pair("files", &id.to_string()),
            pair(&format!("alt-{id}"), "a seam"),
        ];
        assert_eq!(attachments(&fields, &[]), vec![Attachment::new(id, "a seam")]);
    }
}
