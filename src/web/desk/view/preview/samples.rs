//! The sample people, threads and pages of the design. What is asserted on them is in the parent.

mod settings;
mod thread;

use self::thread::open;
use super::super::{
    Person, Tag, Tally,
    cases::{Kind, badge},
    connecting::{self, ConnectForm, Connected},
    connectors::{Connector, Connectors, Health, IntakeDetail, IntakeRow, Intakes, Verdict},
    door::{Field, Language, Owner, Refused, SetupCode, SetupOwner, SignIn},
    filters::{Bulk, Chip, Filters, PauseChoice, Sla},
    frame::{Counts, Flash, Frame, Here, Page, ShopLink, Tallies},
    list::{CannedChip, Inbox, ThreadList, ThreadRow},
    mailbox::{Mail, MailRow, Mailbox},
};
use crate::{
    i18n::{Lang, Words, key},
    web::assets,
};
use chrono::{TimeZone, Utc};

pub(super) fn words(lang: Lang) -> Words {
    Words::new(lang, chrono_tz::Europe::Paris, Utc.with_ymd_and_hms(2026, 11, 20, 9, 42, 0).unwrap())
}

pub(super) fn picture(name: &str) -> Option<String> {
    Some(assets::url(&format!("/static/demo/{name}.svg")).to_owned())
}

pub(super) fn ines() -> Person {
    Person::new("agt_ines", "Inès Marchand")
}

pub(super) fn theo() -> Person {
    Person::new("agt_theo", "Théo Lambert")
}

pub(super) fn frame(t: Words, here: Option<Here>, page: Option<Page>) -> Frame {
    let shop = |id: &str, name: &str, colour: &str, count| ShopLink {
        id: id.into(),
        name: name.into(),
        colour: colour.into(),
        count: Tally(count),
    };
    let tallies = Tallies {
        needs_reply: Tally(12),
        mine: Tally(5),
        unassigned: Tally(7),
        waiting: Tally(31),
        snoozed: Tally(9),
        exchanges: Tally(3),
        mentions: Tally(1),
    };
    let shops = vec![shop("shp_a", "Maison Calanque", "#1c6763", 9), shop("shp_b", "Atelier Garrigue", "#c2703d", 3)];
    Frame {
        counts: Counts { t, here, tallies, shops, page, manages: true, mailbox: true },
        me: ines(),
        merchant: "Maison Calanque".into(),
        away: false,
        flash: None,
        single_keys: true,
    }
}

/// Name, picture, last words, time, kind, waiting, whether unread, who has it.
const ROWS: &str = "\
Jonas Weber|shirt-plum|Tracking says delivered but the mailbox is empty|09:52|dispute|50 min|unread|
Camille Roussel|shirt-ecru|Finalement je préférerais le bleu orage. Un échange est…|10:31|exchange|12 min||Inès Marchand
Priya Nair|shirt-sage|Here is a photo of the seam on the left cuff|10:18|return|24 min|unread|Théo Lambert
Amélie Tran|socks-mustard|Est-ce que le 43 taille plutôt grand ?|10:24|question|18 min|unread|
Lucía Ferrer|shirt-terracotta|Return label scanned at the pickup point|10:05|return|37 min||Théo Lambert
Marc Delattre|shirt-ink|Bâtiment C et pas A, le digicode est 42B7|09:40|change|1 h|unread|
Hélène Picard|shirt-sky|Le M est parfait, merci pour votre patience|09:12|exchange|1 h||Théo Lambert
<script>alert(1)</script>||\"><img src=x onerror=alert(1)>|08:58|cancellation|2 h||";

pub(super) fn rows(t: Words, here: &Here, open: bool) -> Vec<ThreadRow> {
    ROWS.lines().enumerate().map(|(at, line)| row(t, here, open, at, line)).collect()
}

pub(super) fn row(t: Words, here: &Here, open: bool, at: usize, line: &str) -> ThreadRow {
    let cells: Vec<&str> = line.split('|').collect();
    ThreadRow {
        t,
        id: format!("thr_{at}"),
        href: here.thread(&format!("thr_{at}")),
        name: cells[0].into(),
        unread: cells[6] == "unread",
        current: open && at == 1,
        picture: (!cells[1].is_empty()).then(|| picture(cells[1])).flatten(),
        last: cells[2].into(),
        lang: None,
        when: cells[3].into(),
        when_iso: "2026-11-20T09:31:00Z".into(),
        badge: Some(badge(&t, Kind::of(cells[4]))),
        left: Some(sla(&t, cells[5])),
        snoozed: None,
        assignee: (!cells[7].is_empty()).then(|| Person::new(cells[7], cells[7])),
        labels: labels(if at == 2 { 2 } else { usize::from(at == 7) }),
    }
}

/// Some time left, of an hour.
pub(super) fn sla(t: &Words, span: &str) -> Sla {
    Sla { tone: "soon", short: span.into(), long: t.one("desk-left", "span", span), percent: 22 }
}

/// So many labels; one of them is a page in itself.
pub(super) fn labels(count: usize) -> Vec<Tag> {
    let tag = |id: &str, name: &str, hue| Tag { id: id.into(), name: name.into(), hue };
    let all = [tag("lbl_a", "<script>alert(1)</script>", 0), tag("lbl_b", "VIP", 6)];
    all.into_iter().take(count).collect()
}

pub(super) fn inbox(t: Words, thread: Option<bool>, empty: Option<bool>) -> Inbox {
    let here = Here::default();
    let rows = if empty.is_some() { vec![] } else { rows(t, &here, thread.is_some()) };
    let count = Tally(if rows.is_empty() { 0 } else { 12 });
    Inbox {
        t,
        css: assets::desk_css(),
        icons: assets::DESK_ICONS,
        frame: frame(t, Some(here.clone()), None),
        filters: filters(&t, &here),
        bulk: Bulk { team: vec![ines(), theo()], away: vec![theo().id], pauses: pauses(&t) },
        list: ThreadList {
            t,
            here: here.clone(),
            rows,
            count,
            limit: None,
            more: None,
            connected: empty != Some(false),
            label: None,
        },
        open: thread.map(|decided| open(t, &here, decided)),
        replies: [("merci", "Merci"), ("diff", "Price difference"), ("retour", "How to send it back")]
            .map(|(shortcut, title)| CannedChip {
                id: format!("rep_{shortcut}"),
                shortcut: shortcut.to_owned(),
                title: title.to_owned(),
            })
            .into(),
    }
}

fn filters(t: &Words, here: &Here) -> Filters {
    let chip = |label: String, icon, on| Chip { label, icon, href: here.list(), on };
    Filters {
        chips: vec![
            chip(t.get("desk-filter-all"), "", true),
            chip(t.get("desk-view-exchanges"), "swap", false),
            chip("FR".into(), "globe", false),
        ],
        shops: vec![("shp_a".into(), "Maison Calanque".into())],
        team: vec![ines(), theo()],
        kinds: vec![("exchange".into(), Kind::Exchange.label(t))],
        languages: vec![("fr".into(), "Français".into())],
        clear: here.list(),
    }
}

pub(super) fn pauses(t: &Words) -> Vec<PauseChoice> {
    vec![PauseChoice { value: "hour", label: t.get("desk-pause-hour"), when: "11:42".into() }]
}

pub(super) fn flashed(t: Words) -> Inbox {
    let mut page = inbox(t, None, Some(true));
    page.frame.flash = Some(Flash::done("Camille Roussel".into(), Some("/desk/undos/und_1?view=needs-reply".into())));
    page
}

pub(super) fn connector(health: Health) -> Connector {
    Connector {
        id: format!("con_{health:?}"),
        kind: "Shopify".into(),
        code: "shopify",
        store: "demo.myshopify.com".into(),
        shop: "Maison Calanque".into(),
        hook: "https://sav.calanque.example/hooks/con_01j9zq4m3v7t8w2x5y6b0c1d2e".into(),
        health,
        last: (health != Health::Waiting).then(|| "11:02".into()),
        pinged: None,
        verdicts: if health == Health::Waiting {
            vec![]
        } else {
            vec![(Verdict::Applied, 218), (Verdict::Repeat, 12), (Verdict::Failed, 2)]
        },
        refused: i64::from(health == Health::Troubled),
        own_secret: health != Health::Waiting,
        mend_secret: health == Health::Troubled,
        tail: "YKYo".into(),
        old_until: (health == Health::Well).then(|| "12:02".into()),
    }
}

pub(super) fn connectors(t: Words) -> Connectors {
    Connectors {
        t,
        css: assets::desk_css(),
        icons: assets::DESK_ICONS,
        frame: frame(t, None, Some(Page::Connectors)),
        connectors: vec![connector(Health::Troubled), connector(Health::Well), connector(Health::Waiting)],
        form: ConnectForm {
            store: "\"><script>alert(1)".into(),
            problems: vec![
                (connecting::Field::Store, key("error-connector-there")),
                (connecting::Field::Secret, key("desk-mend-secret")),
            ],
            ..ConnectForm::default()
        },
        shops: vec![("shp_1".into(), "Maison Calanque".into()), ("shp_2".into(), "Atelier Garrigue".into())],
    }
}

/// The answer that shows a secret once.
pub(super) fn connected(t: Words) -> Connected {
    Connected {
        t,
        css: assets::desk_css(),
        icons: assets::DESK_ICONS,
        frame: frame(t, None, Some(Page::Connectors)),
        connector: connector(Health::Waiting),
        first: connecting::FirstEvent { t, connector: "con_Waiting".into(), arrived: None },
        secret: Some("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSwMfKQ9r8GKYo=".into()),
        replaced: false,
    }
}

pub(super) fn intakes(t: Words) -> Intakes {
    let row = |at: usize, topic: &str, about: &str, verdict| IntakeRow {
        id: format!("int_{at}"),
        topic: topic.into(),
        about: Some(about.into()),
        verdict,
        time: format!("11:0{at}:14"),
        time_iso: "2026-11-20T10:02:14Z".into(),
        current: at == 0,
    };
    let body = "{\n  \"id\": 5417710943321,\n  \"name\": \"#10553\",\n  \"line_items\": [\n    { \"sku\": \"<script>\", \"quantity\": 1.5 }\n  ]\n}";
    Intakes {
        t,
        css: assets::desk_css(),
        icons: assets::DESK_ICONS,
        frame: frame(t, None, Some(Page::Connectors)),
        connector: connector(Health::Troubled),
        rows: vec![
            row(0, "orders/create", "#10553", Verdict::Failed),
            row(1, "orders/updated", "#10552", Verdict::Applied),
            row(2, "orders/updated", "#10552", Verdict::Repeat),
            row(3, "orders/updated", "#10551", Verdict::Older),
        ],
        only: None,
        choices: vec![("applied", Verdict::Applied, 218), ("failed", Verdict::Failed, 2)],
        older: None,
        open: Some(IntakeDetail {
            id: "int_0".into(),
            topic: "orders/create".into(),
            time: "11:02:14".into(),
            verdict: Verdict::Failed,
            problem: Some("is 1.5 and a quantity is a whole number.".into()),
            pointer: Some("/line_items/0/quantity".into()),
            delivery: Some("b7c6-41f0-9d2e".into()),
            measure: Some((t.count("desk-intake-bytes", 4812), "7c1f42d8".into())),
            headers: vec![("X-Shopify-Topic".into(), "orders/create".into())],
            body: Some(body.into()),
            replayable: true,
            old_secret: false,
        }),
    }
}

pub(super) fn mailbox(t: Words) -> Mailbox {
    let row = |name: &str, subject: &str, current| MailRow {
        name: name.into(),
        subject: subject.into(),
        to: "camille.roussel@exemple.fr".into(),
        when: "10:40".into(),
        when_iso: "2026-11-20T09:40:00Z".into(),
        current,
    };
    Mailbox {
        t,
        css: assets::desk_css(),
        icons: assets::DESK_ICONS,
        frame: frame(t, None, Some(Page::Mailbox)),
        mails: vec![
            row("1.eml", "Inès vous a répondu, commande nº 10482", true),
            row("../2 é.eml", "Maison Calanque : votre commande nº 10482", false),
        ],
        open: Some(Mail {
            subject: "Inès vous a répondu, commande nº 10482".into(),
            from: "Maison Calanque <sav@calanque.example>".into(),
            to: "camille.roussel@exemple.fr".into(),
            when: "10:40".into(),
            text: "Maison Calanque\nCommande nº 10482\n\nBien sûr, je vous mets un M de côté.".into(),
            links: vec![
                "http://127.0.0.1:8080/t#abcdefghijklmnopqrstuvwxyz0123456789abcdefghijklmnopqrstuvwxyz".into(),
            ],
            source: "Subject: <b>x</b>\nContent-Type: text/plain".into(),
        }),
    }
}

pub(super) fn languages(t: &Words) -> Vec<Language> {
    let language = |code: &str, name: &str| Language {
        code: code.into(),
        name: name.into(),
        href: format!("?lang={code}"),
        current: code == t.code(),
    };
    vec![language("en", "English"), language("fr", "Français")]
}

pub(super) fn sign_in(t: Words, refused: Option<Refused>) -> SignIn {
    SignIn {
        t,
        css: assets::desk_css(),
        icons: assets::DESK_ICONS,
        merchant: Some("Maison Calanque".into()),
        email: "ines@calanque.example".into(),
        refused,
        renewed: false,
        ended: false,
        next: "/desk".into(),
        languages: languages(&t),
    }
}

pub(super) fn setup_code(t: Words) -> SetupCode {
    let code = "7QK2-M4XD-91VP".into();
    SetupCode { t, css: assets::desk_css(), icons: assets::DESK_ICONS, code, wrong: false, languages: languages(&t) }
}

pub(super) fn setup_owner(t: Words, wrong: bool) -> SetupOwner {
    let problem = |field: Field| (field, field.advice(&t));
    SetupOwner {
        t,
        css: assets::desk_css(),
        icons: assets::DESK_ICONS,
        code: "7QK2-M4XD-91VP".into(),
        owner: Owner {
            merchant: "Maison Calanque".into(),
            name: "Inès Marchand".into(),
            email: "ines@calanque".into(),
            language: t.code().into(),
            zone: "Europe/Paris".into(),
            ..Owner::default()
        },
        problems: if wrong { vec![problem(Field::Email), problem(Field::PasswordAgain)] } else { vec![] },
        languages: languages(&t),
    }
}

pub(super) fn pages(t: Words) -> Vec<(&'static str, String)> {
    let drawn = |page: &dyn askama::DynTemplate| page.dyn_render().unwrap();
    vec![
        ("thread", drawn(&inbox(t, Some(false), None))),
        ("thread-decided", drawn(&inbox(t, Some(true), None))),
        ("list", drawn(&inbox(t, None, None))),
        ("empty", drawn(&flashed(t))),
        ("unconnected", drawn(&inbox(t, None, Some(false)))),
        ("connectors", drawn(&connectors(t))),
        ("connected", drawn(&connected(t))),
        ("intakes", drawn(&intakes(t))),
        ("hours", drawn(&settings::hours(t))),
        ("policy", drawn(&settings::policy(t))),
        ("mailbox", drawn(&mailbox(t))),
        ("sign-in", drawn(&sign_in(t, Some(Refused::Mismatch)))),
        ("sign-in-often", drawn(&sign_in(t, Some(Refused::TooMany(3))))),
        ("setup-code", drawn(&setup_code(t))),
        ("setup-owner", drawn(&setup_owner(t, false))),
        ("setup-owner-wrong", drawn(&setup_owner(t, true))),
    ]
}
