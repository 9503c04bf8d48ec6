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
    Resolved,
    All,
    /// Threads with an exchange to decide.
    Exchanges,
    /// Threads in which a colleague called the reader.
    Mentions,
}

impl View {
    /// The views about answering, in the order they stand.
    pub const TALK: [Self; 7] =
        [Self::NeedsReply, Self::Mine, Self::Mentions, Self::Unassigned, Self::Waiting, Self::Resolved, Self::All];
    /// The views about deciding.
    pub const DECIDE: [Self; 1] = [Self::Exchanges];

    /// As in `?view=`.
    pub fn slug(self) -> &'static str {
        match self {
            Self::NeedsReply => "needs-reply",
            Self::Mine => "mine",
            Self::Unassigned => "unassigned",
            Self::Waiting => "waiting",
            Self::Resolved => "resolved",
            Self::All => "all",
            Self::Exchanges => "exchanges",
            Self::Mentions => "mentions",
        }
    }

    /// From `?view=`; what is not known is the first view.
    pub fn of(slug: &str) -> Self {
        Self::TALK.into_iter().chain(Self::DECIDE).find(|view| view.slug() == slug).unwrap_or_default()
    }

    pub fn label(self, t: &Words) -> String {
        t.get(match self {
            Self::NeedsReply => key("desk-view-needs-reply"),
            Self::Mine => key("desk-view-mine"),
            Self::Unassigned => key("desk-view-unassigned"),
            Self::Waiting => key("desk-view-waiting"),
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
            Self::Resolved => (key("desk-empty-resolved"), key("desk-empty-resolved-text")),
            Self::All => (key("desk-empty-all"), key("desk-empty-all-text")),
            Self::Mentions => (key("desk-empty-mentions"), key("desk-empty-mentions-text")),
            Self::Exchanges => (key("desk-empty-decide"), key("desk-empty-decide-text")),
        };
        (t.get(title), t.get(text))
    }
}

/// Which list is being looked at: a view, of one shop or of all. It is carried along in every address.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Here {
    pub view: View,
    /// The public id of the only shop shown.
    pub shop: Option<String>,
    /// The public id of the only label shown.
    pub label: Option<String>,
}

impl Here {
    /// The query of every address of the desk, with its `?`.
    pub fn query(&self) -> String {
        Self::written(self.view, self.shop.as_deref(), self.label.as_deref())
    }

    pub fn list(&self) -> String {
        format!("/desk{}", self.query())
    }

    pub fn thread(&self, thread: &str) -> String {
        format!("/desk/threads/{thread}{}", self.query())
    }

    fn with_view(&self, view: View) -> String {
        format!("/desk{}", Self::written(view, self.shop.as_deref(), None))
    }

    fn with_shop(&self, shop: Option<&str>) -> String {
        format!("/desk{}", Self::written(self.view, shop, self.label.as_deref()))
    }

    /// The same list without its label.
    pub(super) fn without_label(&self) -> String {
        format!("/desk{}", Self::written(self.view, self.shop.as_deref(), None))
    }

    fn written(view: View, shop: Option<&str>, label: Option<&str>) -> String {
        let part = |name: &str, id: Option<&str>| id.map(|id| format!("&{name}={id}")).unwrap_or_default();
        format!("?view={}{}{}", view.slug(), part("shop", shop), part("label", label))
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
    People,
    Profile,
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
            View::Resolved | View::All => Tally(0),
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

    /// Whether the page is one of the settings.
    fn is_settings(&self) -> bool {
        self.page.is_some_and(|page| page != Page::Mailbox)
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
}

/// The frame of a page after sign-in.
#[derive(Debug, Clone)]
pub struct Frame {
    pub counts: Counts,
    /// Who is signed in.
    pub me: Person,
    pub merchant: String,
    pub flash: Option<Flash>,
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
