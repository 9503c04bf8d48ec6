//! What an export is made of, one page after the other: the JSON as it is written, and the same for a reader, in the person's
//! language.

use std::{path::PathBuf, sync::Arc};

use askama::Template;
use chrono::{DateTime, Utc};
use serde_json::{Value, json};

use super::Person;
use crate::{
    app::App,
    domain::{
        cases,
        events::ActorKind,
        exports::{self, Traces},
        files::{File, Variant},
        merchants,
        orders::{self, Filter, OrderDetail},
        shoppers::{self, Shopper},
        threads::{Thread, messages, messages::Message},
    },
    error::{Error, Result, Says},
    i18n::{Lang, Words, key},
    ids::{IntakeId, OrderId},
    store::columns::At,
    wire::export as wire,
};

/// Orders of one page.
const ORDERS: i64 = 50;
/// Messages of one page.
const MESSAGES: i64 = 500;
/// Raw bodies that are looked at for one page.
const BODIES: i64 = 100;

pub(super) enum Piece {
    /// A part of the document as it stands.
    Raw(String),
    /// Rows of the list that is begun.
    Rows(Vec<Value>),
    /// A part of the page.
    Page(String),
    /// A file of the archive, and where its bytes are.
    File(String, PathBuf),
}

enum Stage {
    Person,
    Orders(Option<(DateTime<Utc>, OrderId)>),
    /// The thread, and after which of its messages.
    Threads(usize, Option<i64>),
    Arrivals(Option<IntakeId>),
    Over,
}

pub(super) struct Source {
    app: Arc<App>,
    person: Person,
    shopper: Shopper,
    since: At,
    merchant: String,
    traces: Arc<Traces>,
    threads: Vec<(Thread, Option<String>)>,
    t: Words,
    stage: Stage,
}

#[derive(Template)]
#[template(path = "export/open.html")]
struct Open {
    t: Words,
    title: String,
    made: String,
}

#[derive(Template)]
#[template(path = "export/section.html")]
struct Section {
    title: String,
    rows: Vec<(String, String)>,
}

struct Said {
    who: String,
    when: String,
    iso: String,
    lines: Vec<String>,
}

#[derive(Template)]
#[template(path = "export/said.html")]
struct Talk {
    all: Vec<Said>,
}

fn drawn(template: &impl Template) -> Result<Piece> {
    template.render().map(Piece::Page).map_err(Error::internal)
}

fn text(value: &Value) -> Result<String> {
    serde_json::to_string(value).map_err(Error::internal)
}

impl Source {
    pub(super) async fn of(app: &Arc<App>, person: Person) -> Result<Self> {
        let (keys, now) = (app.keys.clone(), app.now());
        let Person { merchant, shopper } = person;
        let (known, since, name, traces, threads, shops) = app
            .read(move |conn| {
                Ok((
                    shoppers::find(conn, merchant, shopper)?,
                    exports::known_since(conn, merchant, shopper)?,
                    merchants::name(conn, merchant)?,
                    exports::traces(conn, &keys, merchant, shopper)?,
                    exports::threads(conn, merchant, shopper)?,
                    merchants::shops(conn, merchant)?,
                ))
            })
            .await?;
        if threads.len() >= exports::MOST {
            return Err(Error::Conflict(Says::new(key("person-export-much")).with("most", exports::MOST)));
        }
        let own = known.locale.as_deref().and_then(|locale| locale.parse::<Lang>().ok());
        let lang = own.or(shops.first().map(merchants::Shop::lang)).unwrap_or_default();
        let zone = shops.first().map_or(chrono_tz::UTC, merchants::Shop::zone);
        Ok(Self {
            app: Arc::clone(app),
            person,
            shopper: known,
            since,
            merchant: name,
            traces: Arc::new(traces),
            threads,
            t: Words::new(lang, zone, now),
            stage: Stage::Person,
        })
    }

    /// The next page; none at the end.
    pub(super) async fn next(&mut self) -> Result<Option<Vec<Piece>>> {
        match self.stage {
            Stage::Person => self.who().await.map(Some),
            Stage::Orders(after) => self.orders(after).await.map(Some),
            Stage::Threads(index, after) => self.thread(index, after).await.map(Some),
            Stage::Arrivals(after) => self.arrivals(after).await.map(Some),
            Stage::Over => Ok(None),
        }
    }

    async fn who(&mut self) -> Result<Vec<Piece>> {
        let (merchant, email) = (self.person.merchant, self.shopper.email.clone());
        let codes = match email {
            Some(email) => self.app.read(move |conn| exports::codes(conn, merchant, &email)).await?,
            None => Vec::new(),
        };
        let t = &self.t;
        let title = t.one("yours-title", "merchant", &self.merchant);
        let open = Open { t: *t, made: t.one("yours-made", "date", t.date(&t.now())), title };
        let named = [
            (key("yours-name"), &self.shopper.name),
            (key("yours-email"), &self.shopper.email),
            (key("yours-phone"), &self.shopper.phone),
            (key("yours-language"), &self.shopper.locale),
        ];
        let rows = named.into_iter().filter_map(|(label, value)| Some((t.get(label), value.clone()?))).collect();
        let head = json!({
            "format": "comptoir/person/1", "made_at": t.iso(&t.now()), "merchant": self.merchant,
            "person": wire::person(&self.shopper, self.since),
            "codes": codes.iter().map(wire::code).collect::<Vec<_>>(),
        });
        let head = text(&head)?;
        let head = head.strip_suffix('}').unwrap_or(&head);
        self.stage = Stage::Orders(None);
        Ok(vec![
            Piece::Raw(format!("{head},\n\"orders\":[")),
            drawn(&open)?,
            drawn(&Section { title: t.get("yours-person"), rows })?,
        ])
    }

    async fn orders(&mut self, after: Option<(DateTime<Utc>, OrderId)>) -> Result<Vec<Piece>> {
        let (merchant, shopper) = (self.person.merchant, self.person.shopper);
        let filter = Filter { shopper: Some(shopper), after, ..Filter::default() };
        let found = self
            .app
            .read(move |conn| {
                let found = orders::list(conn, merchant, &filter, ORDERS)?;
                let back = found.iter().map(|detail| exports::refunds(conn, merchant, detail.order.id));
                let back: Vec<_> = back.collect::<Result<_>>()?;
                Ok(found.into_iter().zip(back).collect::<Vec<_>>())
            })
            .await?;
        let Some((last, _)) = found.last() else {
            self.stage = Stage::Threads(0, None);
            return Ok(vec![Piece::Raw("],\n\"threads\":[".to_owned())]);
        };
        self.stage = Stage::Orders(Some((last.order.updated_at.utc(), last.order.id)));
        let mut pieces = vec![Piece::Rows(found.iter().map(|(detail, back)| wire::order(detail, back)).collect())];
        for (detail, _) in &found {
            pieces.push(drawn(&self.order(detail))?);
        }
        Ok(pieces)
    }

    fn order(&self, detail: &OrderDetail) -> Section {
        let (t, order) = (&self.t, &detail.order);
        let mut rows = vec![(t.get("yours-placed"), t.date(&order.placed_at.utc()))];
        rows.extend(order.email.clone().map(|email| (t.get("yours-email"), email)));
        if let Some(to) = &order.ship_to {
            let to = &to.0;
            let parts = [&to.name, &to.line1, &to.line2, &to.postcode, &to.city, &to.country];
            let parts: Vec<&str> = parts.into_iter().filter_map(|part| part.as_deref()).collect();
            rows.push((t.get("yours-ship-to"), parts.join(", ")));
        }
        for detail in &detail.lines {
            let choices = detail.line.options.0.iter().chain(&detail.line.custom.0);
            let choices: String = choices.map(|choice| format!(", {} {}", choice.name, choice.value)).collect();
            rows.push((t.get("yours-bought"), format!("{} × {}{choices}", detail.line.quantity, detail.line.title)));
        }
        for parcel in &detail.shipments {
            let places = parcel.milestones.iter().flat_map(|passed| [&passed.place, &passed.message]).flatten();
            let told: Vec<&str> =
                parcel.carrier.iter().chain(&parcel.numbers).chain(places).map(String::as_str).collect();
            rows.push((t.get("yours-parcel"), told.join(", ")));
        }
        rows.push((t.get("yours-total"), t.money(&order.total())));
        Section { title: t.one("yours-order", "number", order.bare_number()), rows }
    }

    async fn thread(&mut self, index: usize, after: Option<i64>) -> Result<Vec<Piece>> {
        let Some((thread, mail_to)) = self.threads.get(index).cloned() else {
            self.stage = Stage::Arrivals(None);
            return Ok(vec![
                Piece::Raw("],\n\"arrivals\":[".to_owned()),
                drawn(&Section { title: self.t.get("yours-raw"), rows: Vec::new() })?,
            ]);
        };
        let mut pieces = match after {
            None => self.begun(index, &thread, mail_to.as_deref()).await?,
            Some(_) => Vec::new(),
        };
        let from = after.unwrap_or_default();
        let said = self.app.read(move |conn| messages::after(conn, &thread, from, MESSAGES)).await?;
        match said.last() {
            Some(last) => {
                self.stage = Stage::Threads(index, Some(last.seq));
                pieces.push(Piece::Rows(said.iter().map(wire::message).collect()));
                pieces.push(drawn(&Talk { all: said.iter().map(|message| self.said(message)).collect() })?);
            }
            None => {
                self.stage = Stage::Threads(index + 1, None);
                pieces.push(Piece::Raw("]}".to_owned()));
            }
        }
        Ok(pieces)
    }

    /// A thread, up to the list of its messages.
    async fn begun(&self, index: usize, thread: &Thread, mail_to: Option<&str>) -> Result<Vec<Piece>> {
        let of = thread.clone();
        let (asked, files, letters, visits) = self
            .app
            .read(move |conn| {
                Ok((
                    cases::of_thread(conn, of.merchant_id, of.id)?,
                    exports::files(conn, &of)?,
                    exports::letters(conn, &of)?,
                    exports::visits(conn, &of)?,
                ))
            })
            .await?;
        let mut row = wire::thread(thread, mail_to);
        if let Some(fields) = row.as_object_mut() {
            fields.insert("cases".to_owned(), asked.iter().map(wire::case).collect());
            fields.insert("files".to_owned(), files.iter().map(wire::file).collect());
            fields.insert("letters".to_owned(), letters.iter().map(wire::letter).collect());
            fields.insert("visits".to_owned(), visits.iter().map(wire::visit).collect());
        }
        let row = text(&row)?;
        let comma = if index == 0 { "" } else { ",\n" };
        let row = row.strip_suffix('}').unwrap_or(&row);
        let t = &self.t;
        let mut rows: Vec<(String, String)> = Vec::new();
        rows.extend(mail_to.map(|to| (t.get("yours-email"), to.to_owned())));
        for case in &asked {
            let told = [Some(&case.words), case.decline_reason.as_ref(), case.settlement.as_ref()];
            let told: Vec<&str> =
                told.into_iter().flatten().map(String::as_str).filter(|text| !text.is_empty()).collect();
            rows.push((t.get("yours-request"), told.join(", ")));
        }
        rows.extend(files.iter().map(|file| (t.get("yours-file"), in_archive(file))));
        let title = t.one("yours-talk", "date", t.date(&thread.created_at.utc()));
        let mut pieces = vec![Piece::Raw(format!("{comma}{row},\"messages\":[")), drawn(&Section { title, rows })?];
        for file in &files {
            pieces.push(Piece::File(in_archive(file), self.app.shelf.path(file.address(), Variant::Full)));
        }
        Ok(pieces)
    }

    fn said(&self, message: &Message) -> Said {
        let t = &self.t;
        let at = message.created_at.utc();
        let who = match message.author {
            _ if message.note => t.get("yours-note"),
            ActorKind::Shopper => t.get("yours-you"),
            _ => self.merchant.clone(),
        };
        let when = t.two("yours-moment", "date", t.date(&at), "time", t.time(&at));
        Said { who, when, iso: t.iso(&at), lines: message.alt.lines().map(str::to_owned).collect() }
    }

    async fn arrivals(&mut self, after: Option<IntakeId>) -> Result<Vec<Piece>> {
        let (keys, merchant, traces) = (self.app.keys.clone(), self.person.merchant, Arc::clone(&self.traces));
        let until = At::new(self.t.now());
        let page = move |conn: &mut crate::store::Conn| {
            exports::arrivals(conn, &keys, merchant, &traces, (after, until), BODIES)
        };
        let (last, found) = self.app.read(page).await?;
        let Some(last) = last else {
            self.stage = Stage::Over;
            return Ok(vec![Piece::Raw("]}\n".to_owned()), Piece::Page("</body></html>\n".to_owned())]);
        };
        self.stage = Stage::Arrivals(Some(last));
        if found.is_empty() {
            return Ok(Vec::new());
        }
        let t = &self.t;
        let told = found.iter().map(|(intake, body)| Said {
            who: intake.topic.clone(),
            when: t.date(&intake.received_at.utc()),
            iso: t.iso(&intake.received_at.utc()),
            lines: String::from_utf8_lossy(body).lines().map(str::to_owned).collect(),
        });
        let rows = found.iter().map(|(intake, body)| wire::arrival(intake, body)).collect();
        Ok(vec![Piece::Rows(rows), drawn(&Talk { all: told.collect() })?])
    }
}

/// What a file is called in the archive: by its id, so that none hides another, and by its name.
fn in_archive(file: &File) -> String {
    let plain = |c: char| if c.is_alphanumeric() || ".-_ ".contains(c) { c } else { '_' };
    format!("files/{}-{}", file.id, file.name.chars().map(plain).collect::<String>())
}
