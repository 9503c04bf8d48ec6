//! From what was read to what is shown: names, moments and amounts in the agent's words. The list and the frame are
//! here, the conversation and what stands beside it in the modules below.

mod beside;
mod cases;
mod mailing;
mod narrowing;
mod search;
mod talk;

pub(super) use self::{
    beside::system_name,
    cases::{method_words, other, reason_words},
};

use chrono::{DateTime, Utc};

use super::{
    own_picture,
    reading::{Listing, Opened, Round},
    sheet_and_icons,
    view::{
        Person, Tag, Tally,
        cases::{Kind, badge},
        conversation::Crossed,
        frame::{Counts, Flash, Frame, Here, Page, ShopLink, Tallies},
        list::{Inbox, OpenThread, ThreadList, ThreadRow},
    },
};
use crate::{
    app::App,
    domain::{
        agents::{Agent, Role},
        events::ActorKind,
        files::signing::Audience,
        labels::Label,
        orders::Order,
        shoppers::Shopper,
        threads::{
            ThreadState,
            inbox::{ROWS, Row, View},
        },
    },
    i18n::{Words, key},
    ids::{AgentId, CaseId, FileId, ThreadId},
    web::media::Showing,
};

/// For whom and where something is drawn.
pub(super) struct Desk<'a> {
    pub t: Words,
    pub agent: &'a Agent,
    pub here: &'a Here,
    pub round: &'a Round,
    /// Whether this is the demo, which has a mailbox.
    pub demo: bool,
    app: &'a App,
}

/// What came back with something to mend, so that nothing typed is lost.
#[derive(Debug, Clone, Default)]
pub(super) struct Mend {
    pub text: String,
    pub note: bool,
    pub client_id: Option<String>,
    pub text_error: Option<String>,
    /// A colleague answered first.
    pub crossed: Option<Crossed>,
    /// Files that came with it.
    pub files: Vec<FileId>,
    /// The case, the reason typed, and what to mend in it.
    pub refusal: Option<(CaseId, String, String)>,
    pub settlement: Option<(CaseId, String)>,
    /// The case, and what to mend in what was offered.
    pub proposal: Option<(CaseId, String)>,
    /// The address typed, and what to mend in it.
    pub address: Option<(String, String)>,
    pub flash: Option<Flash>,
}

/// The words of an agent: their language, the zone of the shop that is looked at.
pub(super) fn words(agent: &Agent, round: &Round, here: &Here, now: DateTime<Utc>) -> Words {
    let shop = round.shops.iter().find(|shop| here.shop == Some(shop.id.to_string())).or(round.shops.first());
    Words::new(agent.lang(), shop.map_or(chrono_tz::UTC, crate::domain::merchants::Shop::zone), now)
}

fn tag(label: &Label) -> Tag {
    Tag { id: label.id.to_string(), name: label.name.clone(), hue: label.hue }
}

/// Labels as they are shown.
fn tags(labels: Option<&Vec<Label>>) -> Vec<Tag> {
    labels.into_iter().flatten().map(tag).collect()
}

impl<'a> Desk<'a> {
    pub(super) fn of(agent: &'a Agent, round: &'a Round, here: &'a Here, app: &'a App) -> Self {
        Self { t: words(agent, round, here, app.now()), agent, here, round, demo: app.demo, app }
    }

    /// How the files of a thread are shown.
    pub(super) fn files(&self, thread: ThreadId) -> Showing {
        let base = format!("/desk/threads/{thread}");
        Showing::new(self.app, self.agent.merchant_id, Audience::Desk, &base)
    }

    pub(super) fn me(&self) -> Person {
        Person::new(self.agent.id, &self.agent.name)
    }

    /// The views with their counts.
    pub(super) fn counts(&self, page: Option<Page>) -> Counts {
        let tally = |view| Tally(self.round.count(view));
        let tallies = Tallies {
            needs_reply: tally(View::NeedsReply),
            mine: tally(View::Mine),
            unassigned: tally(View::Unassigned),
            waiting: tally(View::Waiting),
            snoozed: tally(View::Snoozed),
            exchanges: tally(View::Exchanges),
            mentions: tally(View::Mentions),
        };
        let shop = |shop: &crate::domain::merchants::Shop| ShopLink {
            id: shop.id.to_string(),
            name: shop.name.clone(),
            colour: shop.accent.clone(),
            count: Tally(self.round.waiting.get(&shop.id).copied().unwrap_or_default()),
        };
        Counts {
            t: self.t,
            here: page.is_none().then(|| self.here.clone()),
            tallies,
            shops: self.round.shops.iter().map(shop).collect(),
            page,
            manages: self.agent.role != Role::Agent,
            mailbox: self.demo,
        }
    }

    /// What stands round a page.
    pub(super) fn frame(&self, page: Option<Page>, flash: Option<Flash>) -> Frame {
        Frame {
            counts: self.counts(page),
            me: self.me(),
            merchant: self.round.merchant.clone(),
            away: self.agent.is_away(self.t.now()),
            flash,
            single_keys: self.agent.single_keys,
        }
    }

    /// The list, with the open thread marked.
    pub(super) fn list(&self, listing: &Listing, open: Option<&Opened>) -> ThreadList {
        let rows = listing.rows.iter().map(|row| self.row(row, listing, open)).collect();
        let count = listing.count;
        let own = self.here.label.as_deref();
        let label = self.round.labels.iter().map(tag).find(|tag| own == Some(tag.id.as_str()));
        let fuller = i64::try_from(listing.rows.len()).is_ok_and(|shown| shown >= listing.limit && shown < count);
        let more = fuller.then(|| format!("{}&rows={}", self.here.list(), listing.limit + ROWS));
        ThreadList {
            t: self.t,
            here: self.here.clone(),
            rows,
            count: Tally(count),
            limit: (listing.limit > ROWS).then_some(listing.limit),
            more,
            connected: listing.connected,
            label,
        }
    }

    fn row(&self, row: &Row, listing: &Listing, open: Option<&Opened>) -> ThreadRow {
        let (t, thread) = (&self.t, &row.thread);
        let id = thread.id.to_string();
        let at = thread.last_message_at.unwrap_or(thread.moved_at).utc();
        let shopper_said = row.last.as_ref().is_some_and(|message| message.author == ActorKind::Shopper);
        // Where nothing was said yet, the words beside a request stand for it.
        let asked = row.case.as_ref().map(|case| &case.words).filter(|words| !words.is_empty());
        let kind = row.case.as_ref().map(|case| Kind::of(case.kind.as_str()));
        let kind = kind.or(thread.waiting_since.is_some().then_some(Kind::Question));
        ThreadRow {
            t: *t,
            href: self.here.thread(&id),
            id,
            name: self.name(row.shopper.as_ref(), row.order.as_ref()),
            unread: thread.state == ThreadState::Open,
            current: open.is_some_and(|open| open.thread.id == thread.id),
            picture: own_picture(thread.order_id.and_then(|order| listing.pictures.get(&order)).map(String::as_str)),
            last: row
                .last
                .as_ref()
                .map(|message| &message.alt)
                .or(asked)
                .cloned()
                .unwrap_or_else(|| t.get(key("desk-event-order-placed"))),
            lang: (shopper_said || (row.last.is_none() && asked.is_some())).then(|| thread.lang().code().to_owned()),
            when: t.when_row(&at),
            when_iso: t.iso(&at),
            badge: kind.map(|kind| badge(t, kind)),
            left: self.left(thread),
            snoozed: self.sleeps_until(thread),
            assignee: thread.assigned_to.map(|agent| self.colleague(agent)),
            labels: tags(listing.labels.get(&thread.id)),
        }
    }

    /// The shopper's name, or what stands for it.
    pub(in crate::web::desk) fn name(&self, shopper: Option<&Shopper>, order: Option<&Order>) -> String {
        let named = shopper.and_then(|shopper| shopper.name.clone().or_else(|| shopper.email.clone()));
        named.unwrap_or_else(|| match order {
            Some(order) => self.t.one("desk-order", "number", order.bare_number()),
            None => self.t.get("desk-nobody"),
        })
    }

    fn colleague(&self, id: AgentId) -> Person {
        let known = self.round.team.iter().find(|agent| agent.id == id);
        Person::new(id, known.map_or("", |agent| agent.name.as_str()))
    }

    /// A page of threads, with one open or none.
    pub(super) fn inbox(&self, listing: &Listing, opened: Option<&Opened>, mend: Mend) -> Inbox {
        let (css, icons) = sheet_and_icons();
        let frame = self.frame(None, mend.flash.clone());
        let list = self.list(listing, opened);
        Inbox {
            t: self.t,
            css,
            icons,
            frame,
            filters: self.filters(),
            bulk: self.bulk(),
            list,
            open: opened.map(|opened| self.open(opened, mend)),
            replies: Vec::new(),
        }
    }

    /// An open thread.
    pub(super) fn open(&self, opened: &Opened, mend: Mend) -> OpenThread {
        let context = self.context(opened, &mend);
        OpenThread { conversation: self.conversation(opened, &context, mend), context }
    }

    /// When, to the minute: today's and yesterday's moments as such, others with their day.
    pub(super) fn moment(&self, at: &DateTime<Utc>) -> String {
        let near = (*at - self.t.now()).num_hours().abs() < 20;
        if near {
            return self.t.when(at);
        }
        self.t.two("desk-moment", "date", self.t.date_short(at), "time", self.t.time(at))
    }
}
