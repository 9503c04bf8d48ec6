//! The letters that were written to files instead of being sent, to read in the demo.

mod eml;

use std::{
    path::Path,
    time::{Duration, SystemTime},
};

use actix_web::{HttpResponse, http::StatusCode, web};
use chrono::{DateTime, Utc};

use self::eml::Letter;
use super::{
    drawing::Desk as Drawing,
    reading, sheet_and_icons,
    view::{
        frame::{Here, Page},
        mailbox::{Mail, MailRow, Mailbox},
    },
};
use crate::{
    app::App,
    error::{Error, Result},
    web::{gate::Desk, page},
};

/// Letters listed.
const NEWEST: usize = 100;

/// `GET /desk/mailbox`
pub(super) async fn list(desk: Desk, app: web::Data<App>) -> Result<HttpResponse> {
    draw(&desk, &app, None).await
}

/// `GET /desk/mailbox/{name}`
pub(super) async fn open(desk: Desk, app: web::Data<App>, path: web::Path<String>) -> Result<HttpResponse> {
    draw(&desk, &app, Some(path.into_inner())).await
}

struct File {
    name: String,
    written: DateTime<Utc>,
    letter: Letter,
}

async fn draw(desk: &Desk, app: &App, name: Option<String>) -> Result<HttpResponse> {
    if !app.demo {
        return Err(Error::NotFound);
    }
    let folder = app.mail.clone();
    let files = tokio::task::spawn_blocking(move || newest(&folder)).await.map_err(Error::internal)?;
    // Only what is in the folder can be opened: a name is compared, never used as a path.
    let open = match &name {
        Some(name) => Some(files.iter().find(|file| file.name == *name).ok_or(Error::NotFound)?),
        None => files.first(),
    };
    let (agent, here) = (desk.agent.clone(), Here::default());
    let round = app.read(move |conn| reading::round(conn, &agent, &Here::default())).await?;
    let drawing = Drawing::of(&desk.agent, &round, &here, app);
    let (css, icons) = sheet_and_icons();
    let page = Mailbox {
        t: drawing.t,
        css,
        icons,
        frame: drawing.frame(Some(Page::Mailbox), None),
        mails: files.iter().map(|file| row(&drawing, file, open)).collect(),
        open: open.map(|file| mail(&drawing, file, app.base.as_str())),
    };
    Ok(page::html(&page, StatusCode::OK))
}

fn newest(folder: &Path) -> Vec<File> {
    let Ok(entries) = std::fs::read_dir(folder) else { return Vec::new() };
    let letters = entries.flatten().filter(|entry| entry.path().extension().is_some_and(|end| end == "eml"));
    let mut found: Vec<_> = letters
        .map(|entry| {
            let written = entry.metadata().and_then(|data| data.modified()).unwrap_or(SystemTime::UNIX_EPOCH);
            (written, entry.path())
        })
        .collect();
    found.sort();
    let read = |(written, path): (SystemTime, std::path::PathBuf)| {
        let name = path.file_name()?.to_str()?.to_owned();
        let text = std::fs::read_to_string(&path).ok()?;
        Some(File { name, written: moment(written), letter: Letter::read(&text) })
    };
    found.into_iter().rev().take(NEWEST).filter_map(read).collect()
}

fn moment(at: SystemTime) -> DateTime<Utc> {
    let since = at.duration_since(SystemTime::UNIX_EPOCH).unwrap_or(Duration::ZERO);
    DateTime::UNIX_EPOCH + chrono::Duration::from_std(since).unwrap_or_default()
}

fn row(drawing: &Drawing<'_>, file: &File, open: Option<&File>) -> MailRow {
    MailRow {
        name: file.name.clone(),
        subject: file.letter.header("subject"),
        to: file.letter.header("to"),
        when: drawing.moment(&file.written),
        when_iso: drawing.t.iso(&file.written),
        current: open.is_some_and(|open| open.name == file.name),
    }
}

fn mail(drawing: &Drawing<'_>, file: &File, base: &str) -> Mail {
    let text = file.letter.text();
    let ours = |word: &&str| word.strip_prefix(base).is_some_and(|rest| rest.starts_with('/'));
    let mut links: Vec<String> = text.split_whitespace().filter(ours).map(str::to_owned).collect();
    links.dedup();
    Mail {
        subject: file.letter.header("subject"),
        from: file.letter.header("from"),
        to: file.letter.header("to"),
        when: drawing.moment(&file.written),
        text,
        links,
        source: file.letter.source().to_owned(),
    }
}
