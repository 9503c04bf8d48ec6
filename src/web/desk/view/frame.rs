//! What stands round every page of the desk: the views with their counts, the shops, who is signed in.

use askama::Template;

use super::{Person, Tally};
use crate::i18n::{Words, key};

/// One way of looking at the threads.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum View {
    #[default]
    NeedsReply,
    Mine,
    Unassigned,
    Waiting,
    Snoozed,
    Resolved,
    All,
    /// Threads with an exchange to decide.
    Exchanges,
    Spam,
    /// Threads in which a colleague called the reader.
    Mentions,
}

impl View {
    /// The views about answering, in the order they stand.
    pub const TALK: [Self; 9] = [
        Self::NeedsReply,
        Self::Mine,
        Self::Mentions,
        Self::Unassigned,
        Self::Waiting,
        Self::Snoozed,
        Self::Resolved,
        Self::All,
        Self::Spam,
    ];
    /// The views about deciding.
    pub const DECIDE: [Self; 1] = [Self::Exchanges];

    /// As in `?view=`.
    pub fn slug(self) -> &'static str {
        match self {
            Self::NeedsReply => "needs-reply",
            Self::Mine => "mine",
            Self::Unassigned => "unassigned",
            Self::Waiting => "waiting",
            Self::Snoozed => "snoozed",
            Self::Resolved => "resolved",
            Self::All => "all",
            Self::Exchanges => "exchanges",
            Self::Mentions => "mentions",
            Self::Spam => "spam",
        }
    }

    /// The letter that leads here after `G`, where one does.
    pub fn letter(self) -> Option<&'static str> {
        match self {
            Self::NeedsReply => Some("i"),
            Self::Unassigned => Some("u"),
            Self::Snoozed => Some("s"),
            Self::Exchanges => Some("x"),
            _ => None,
        }
    }

    /// From `?view=`; what is not known is the first view.
    pub fn of(slug: &str) -> Self {
        Self::TALK.into_iter().chain(Self::DECIDE).find(|view| view.slug() == slug).unwrap_or_default()
    }

    /// The order it has by itself.
    pub fn order(self) -> Sort {
        match self {
            Self::NeedsReply | Self::Mine | Self::Unassigned => Sort::TimeLeft,
            Self::Exchanges => Sort::Oldest,
            Self::Snoozed => Sort::Waking,
            Self::Waiting | Self::Resolved | Self::All | Self::Mentions | Self::Spam => Sort::Newest,
        }
    }

    /// The orders it can be put in. Calls stand as they came.
    pub(super) fn orders(self) -> Vec<Sort> {
        match self {
            Self::Mentions => Vec::new(),
            Self::Snoozed => std::iter::once(Sort::Waking).chain(Sort::ANY).collect(),
            Self::Resolved | Self::Spam => vec![Sort::Newest, Sort::Oldest],
            _ => Sort::ANY.to_vec(),
        }
    }

    pub fn label(self, t: &Words) -> String {
        t.get(match self {
            Self::NeedsReply => key("desk-view-needs-reply"),
            Self::Mine => key("desk-view-mine"),
            Self::Unassigned => key("desk-view-unassigned"),
            Self::Waiting => key("desk-view-waiting"),
            Self::Snoozed => key("desk-view-snoozed"),
            Self::Spam => key("desk-view-spam"),
            Self::Resolved => key("desk-view-resolved"),
            Self::All => key("desk-view-all"),
            Self::Exchanges => key("desk-view-exchanges"),
            Self::Mentions => key("desk-view-mentions"),
        })
    }

    pub fn icon(self) -> &'static str {
        match self {
            Self::NeedsReply => "inbox",
            Self::Mine => "user",
            Self::Unassigned => "users",
            Self::Waiting => "clock",
            Self::Snoozed => "moon",
            Self::Spam => "x",
            Self::Resolved => "done",
            Self::All => "dots",
            Self::Exchanges => "swap",
            Self::Mentions => "at",
        }
    }

    /// What to say where nothing is left, and why that is so.
    pub fn nothing(self, t: &Words) -> (String, String) {
        let (title, text) = match self {
            Self::NeedsReply => (key("desk-empty-needs-reply"), key("desk-empty-needs-reply-text")),
            Self::Mine => (key("desk-empty-mine"), key("desk-empty-mine-text")),
            Self::Unassigned => (key("desk-empty-unassigned"), key("desk-empty-unassigned-text")),
            Self::Waiting => (key("desk-empty-waiting"), key("desk-empty-waiting-text")),
            Self::Snoozed => (key("desk-empty-snoozed"), key("desk-empty-snoozed-text")),
            Self::Spam => (key("desk-empty-spam"), key("desk-empty-spam-text")),
            Self::Resolved => (key("desk-empty-resolved"), key("desk-empty-resolved-text")),
            Self::All => (key("desk-empty-all"), key("desk-empty-all-text")),
            Self::Mentions => (key("desk-empty-mentions"), key("desk-empty-mentions-text")),
            Self::Exchanges => (key("desk-empty-decide"), key("desk-empty-decide-text")),
        };
        (t.get(title), t.get(text))
    }
}

/// By what a list is ordered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sort {
    TimeLeft,
    Newest,
    Oldest,
    /// What wakes first; the order of what sleeps alone.
    Waking,
}

impl Sort {
    /// The orders that any list can have.
    const ANY: [Self; 3] = [Self::TimeLeft, Self::Newest, Self::Oldest];

    /// As in `?sort=`.
    pub fn slug(self) -> &'static str {
        match self {
            Self::TimeLeft => "time-left",
            Self::Newest => "newest",
            Self::Oldest => "oldest",
            Self::Waking => "waking",
        }
    }

    /// From `?sort=`.
    pub fn of(slug: &str) -> Option<Self> {
        Self::ANY.into_iter().find(|sort| sort.slug() == slug)
    }

    pub fn label(self, t: &Words) -> String {
        t.get(match self {
            Self::TimeLeft => key("desk-sort-time-left"),
            Self::Newest => key("desk-sort-newest"),
            Self::Oldest => key("desk-sort-oldest"),
            Self::Waking => key("desk-sort-waking"),
        })
    }
}

/// Which list is being looked at: a view, and what it is narrowed by. It is carried along in every address, so every part
/// holds only what an address may hold as it is.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Here {
    pub view: View,
    /// The public id of the only shop shown.
    pub shop: Option<String>,
    /// The public id of the only agent whose threads are shown, or `none`.
    pub assignee: Option<String>,
    /// The code of the only kind of request shown.
    pub kind: Option<String>,
    /// The code of the only language shown.
    pub lang: Option<String>,
    /// The public id of the only label shown.
    pub label: Option<String>,
    /// Only what is late.
    pub late: bool,
    /// By what it is ordered; none for the view's own order.
    pub sort: Option<Sort>,
}

impl Here {
    /// The query of every address of the desk, with its `?`.
    pub fn query(&self) -> String {
        let mut query = format!("?view={}", self.view.slug());
        let parts = [
            ("shop", self.shop.as_deref()),
            ("assignee", self.assignee.as_deref()),
            ("kind", self.kind.as_deref()),
            ("lang", self.lang.as_deref()),
            ("label", self.label.as_deref()),
            ("late", self.late.then_some("1")),
            ("sort", self.sort.map(Sort::slug)),
        ];
        for (name, value) in parts {
            if let Some(value) = value {
                query.push('&');
                query.push_str(name);
                query.push('=');
                query.push_str(value);
            }
        }
        query
    }

    /// Whether anything beside the view narrows it.
    pub fn is_narrowed(&self) -> bool {
        *self != self.whole()
    }

    /// The same view with nothing that narrows it.
    pub fn whole(&self) -> Self {
        Self { view: self.view, sort: self.sort, ..Self::default() }
    }

    /// By what the list is ordered.
    pub fn order(&self) -> Sort {
        self.sort.unwrap_or(self.view.order())
    }

    /// The same list in another order.
    pub(super) fn sorted(&self, sort: &Sort) -> String {
        Self { sort: Some(*sort).filter(|sort| *sort != self.view.order()), ..self.clone() }.list()
    }

    pub fn list(&self) -> String {
        format!("/desk{}", self.query())
    }

    pub fn thread(&self, thread: &str) -> String {
        format!("/desk/threads/{thread}{}", self.query())
    }

    /// Another view of the same shop; what else narrows belongs to the list that is left.
    fn with_view(&self, view: View) -> String {
        Self { view, shop: self.shop.clone(), ..Self::default() }.list()
    }

    fn with_shop(&self, shop: Option<&str>) -> String {
        Self { shop: shop.map(str::to_owned), ..self.clone() }.list()
    }

    /// The same list without its label.
    pub(super) fn without_label(&self) -> String {
        Self { label: None, ..self.clone() }.list()
    }
}

/// A shop as a filter of the list.
#[derive(Debug, Clone)]
pub struct ShopLink {
    /// The public id.
    pub id: String,
    pub name: String,
    /// The shop's colour, `#1c6763`.
    pub colour: String,
    /// Threads of it that need a reply.
    pub count: Tally,
}

/// How many threads each view holds.
#[derive(Debug, Clone, Copy, Default)]
pub struct Tallies {
    pub needs_reply: Tally,
    pub mine: Tally,
    pub unassigned: Tally,
    pub waiting: Tally,
    pub snoozed: Tally,
    pub exchanges: Tally,
    /// Not read yet.
    pub mentions: Tally,
}

/// The views, shops and pages to go to. Live under the id `counts`.
#[derive(Debug, Clone, Template)]
#[template(path = "parts/_desk_counts.html")]
pub struct Counts {
    pub t: Words,
    /// `None` on pages that are no list of threads.
    pub here: Option<Here>,
    pub tallies: Tallies,
    /// Shown as filters when there are two or more.
    pub shops: Vec<ShopLink>,
    /// Which page of the managing ones is shown, if any.
    pub page: Option<Page>,
    /// Whether the reader may see how order systems are connected.
    pub manages: bool,
    /// Whether there is a mailbox of written e-mails to read (the demo).
    pub mailbox: bool,
}

/// The pages that are no list of threads.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Page {
    Connectors,
    Shop,
    Policy,
    Hours,
    People,
    Profile,
    Personal,
    Activity,
    Mailbox,
    Search,
    Canned,
    Labels,
}

impl Counts {
    fn tally(&self, view: View) -> Tally {
        match view {
            View::NeedsReply => self.tallies.needs_reply,
            View::Mine => self.tallies.mine,
            View::Unassigned => self.tallies.unassigned,
            View::Waiting => self.tallies.waiting,
            View::Exchanges => self.tallies.exchanges,
            View::Mentions => self.tallies.mentions,
            View::Snoozed => self.tallies.snoozed,
            View::Resolved | View::All | View::Spam => Tally(0),
        }
    }

    pub(super) fn is_here(&self, view: View) -> bool {
        self.here.as_ref().is_some_and(|here| here.view == view)
    }

    fn is_shop(&self, shop: &str) -> bool {
        self.here.as_ref().is_some_and(|here| here.shop.as_deref() == Some(shop))
    }

    fn view_href(&self, view: View) -> String {
        self.here.clone().unwrap_or_default().with_view(view)
    }

    /// A shop that is already the filter leads back to all shops.
    fn shop_href(&self, shop: &str) -> String {
        let here = self.here.clone().unwrap_or_default();
        here.with_shop(Some(shop).filter(|_| !self.is_shop(shop)))
    }

    pub(super) fn is_page(&self, page: Page) -> bool {
        self.page == Some(page)
    }

    /// Whether the page is one of the settings; what has a link of its own beside them is none.
    fn is_settings(&self) -> bool {
        const BESIDE: [Page; 4] = [Page::Mailbox, Page::Search, Page::Canned, Page::Labels];
        self.page.is_some_and(|page| !BESIDE.contains(&page))
    }
}

/// What was just done, said once, with the way back where there is one.
#[derive(Debug, Clone)]
pub struct Flash {
    pub text: String,
    /// Shown as something that did not work.
    pub bad: bool,
    /// The address whose POST takes it back, for example `/desk/threads/thr_.../reopening?view=mine`.
    pub undo: Option<String>,
    /// Seconds after which it is done for good, where the server counts them.
    pub seconds: Option<i64>,
}

impl Flash {
    pub fn done(text: String, undo: Option<String>) -> Self {
        Self { text, bad: false, undo, seconds: None }
    }

    pub fn bad(text: String) -> Self {
        Self { text, bad: true, undo: None, seconds: None }
    }
}

/// The frame of a page after sign-in.
#[derive(Debug, Clone)]
pub struct Frame {
    pub counts: Counts,
    /// Who is signed in.
    pub me: Person,
    pub merchant: String,
    /// Whether the reader said to be away.
    pub away: bool,
    pub flash: Option<Flash>,
    /// Whether single letters act.
    pub single_keys: bool,
}

impl Frame {
    /// Where a phone's bar leads.
    pub(super) fn view_href(&self, view: View) -> String {
        self.counts.view_href(view)
    }

    pub(super) fn searching(&self) -> bool {
        self.counts.is_page(Page::Search)
    }

    pub(super) fn deciding(&self) -> bool {
        View::DECIDE.into_iter().any(|view| self.counts.is_here(view))
    }

    pub(super) fn needs_reply(&self) -> Tally {
        self.counts.tallies.needs_reply
    }

    pub(super) fn to_decide(&self) -> Tally {
        self.counts.tallies.exchanges
    }
}
