//! The people behind the counter: who joins, who leaves, who may what, how each signs in. Here is what its stories share.

mod account;
mod joining;
mod phone;
mod second;
mod shop;

use std::{sync::Arc, time::Duration};

use comptoir::{
    bus::Bus,
    domain::{
        agents::{self, NewAgent, Role},
        merchants::{self, Shop},
    },
    i18n::Lang,
    ids::{MerchantId, ShopId},
    store::{
        Clock, Store, Tx,
        columns::{At, Json},
    },
};

use super::support::{Server, Visitor, page::Page};

/// Within which a socket that may no longer look is closed.
const SECOND: Duration = Duration::from_secs(1);
const INES: &str = "ines@calanque.example";
const THEO: &str = "theo@calanque.example";
const GOOD: &str = "four unrelated loutres";
const PEOPLE: &str = "/desk/settings/people";
const PROFILE: &str = "/desk/settings/profile";

pub(super) async fn theo(server: &Server) -> Visitor {
    server.desk_of(THEO, &server.told().desk.password).await
}

/// The menu of one of the team, as a form's action.
fn of(page: &Page, name: &str, act: &str) -> String {
    let html = scraper::Html::parse_document(&page.body);
    let rows = scraper::Selector::parse("tr").unwrap();
    let forms = scraper::Selector::parse("form").unwrap();
    let row = html.select(&rows).find(|row| row.text().any(|text| text.contains(name)));
    let row = row.unwrap_or_else(|| panic!("{name} is not in {}", page.text()));
    let mut actions = row.select(&forms).filter_map(|form| form.attr("action").map(str::to_owned));
    actions.find(|action| action.ends_with(act)).unwrap_or_else(|| panic!("{name} has no {act}: {}", page.text()))
}

/// Invites an address; the page after it.
async fn invited(keeper: &Visitor, email: &str, role: &str) -> Page {
    let form = keeper.get(PEOPLE).await.form("#invite form").fill("email", email).choose("role", role);
    keeper.submit(form).await
}

/// The link of the newest invitation to an address.
async fn link(server: &Server, email: &str) -> String {
    let mail = server.mail_to(email, "/desk/sign-in/invitation/").await;
    mail.link(&server.url("/desk/sign-in/invitation/")).unwrap()
}

/// Signs in at the door; whatever comes of it.
async fn at_the_door(visitor: &Visitor, email: &str, password: &str) -> Page {
    let page = visitor.get("/desk/sign-in").await;
    let form = page.form("form:has(input[type=password])").fill("email", email).fill("password", password);
    visitor.submit(form).await
}

fn is_inside(page: &Page) -> bool {
    page.status == 200 && page.url.path() == "/desk"
}

/// Another merchant of the same installation, and its owner signed in.
pub(super) async fn others_owner(server: &Server) -> Visitor {
    let store = Store::open(server.database_url(), 2, Clock::default(), &Arc::new(Bus::default())).unwrap();
    let hash = agents::hash_password(GOOD).unwrap();
    let change = move |tx: &mut Tx<'_>| {
        let merchant: MerchantId = merchants::create(tx, "Canary House")?;
        let shop = Shop {
            merchant_id: merchant,
            id: ShopId::new(tx.now()),
            name: "Canary Shop".to_owned(),
            accent: "#1c6763".to_owned(),
            locale: "en".to_owned(),
            time_zone: "UTC".to_owned(),
            email: "hello@canary.example".to_owned(),
            exchange_days: 30,
            reply_minutes: merchants::REPLY_MINUTES,
            exchange_rules: Json::default(),
            languages: Json::default(),
            legal: Json::default(),
            mail_on_order: true,
            created_at: At::new(tx.now()),
        };
        merchants::add_shop(tx, &shop)?;
        let new = NewAgent {
            email: "owner@canary.example".to_owned(),
            name: "Canary Owner".to_owned(),
            role: Role::Owner,
            locale: Lang::default(),
            password_hash: hash.clone(),
        };
        agents::create(tx, merchant, &new)
    };
    store.write(change).await.unwrap();
    server.desk_of("owner@canary.example", GOOD).await
}
