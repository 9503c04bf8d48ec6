//! The sample thread: what was said, what was bought, what is asked for.

use super::super::super::{
    Person,
    cases::{CaseTracks, Check, Decision, Garment, Kind, Other, Pays, Track, TrackName, pays, track_state},
    context::{Context, OrderCard, OrderLine, Parcel, PastOrder, ShopperCard},
    conversation::{
        Composer, Conversation, Crossed, Day, Entry, EventLine, Head, Message, Meta, Note, Sent, State, Strip,
    },
    events,
    frame::Here,
    list::OpenThread,
    mailing::MailCard,
};
use super::{ines, labels, pauses, picture, sla, theo};
use crate::{i18n::Words, web::media::Attach};

pub(super) fn garments() -> (Garment, Garment) {
    let ecru = Garment {
        picture: picture("shirt-ecru"),
        title: "Chemise Sormiou".into(),
        options: "Écru, M".into(),
        price: Some("92,00 €".into()),
    };
    let storm = Garment {
        picture: picture("shirt-storm-blue"),
        options: "Bleu orage, M".into(),
        price: Some("96,00 €".into()),
        ..ecru.clone()
    };
    (ecru, storm)
}

pub(super) fn decision(t: Words, here: &Here) -> Decision {
    let (from, to) = garments();
    let check = |ok, text: &str| Check { ok, text: text.into() };
    Decision {
        t,
        here: here.clone(),
        case: "cas_1".into(),
        kind: Kind::Exchange,
        shots: Vec::new(),
        ago: t.span(8),
        from: Some(from),
        to: Some(to),
        pieces: None,
        reason: None,
        words: Some(("Très belle, mais plus claire que sur la photo.".into(), Some("fr".into()))),
        checks: vec![
            check(true, "2 days after purchase, limit 30"),
            check(true, "7 in stock"),
            check(false, "Parcel not delivered yet"),
        ],
        money: Some(pays(&t, Pays::Shopper, "4,00 €".into())),
        reserved_until: Some("22 Nov 2026, 10:34".into()),
        first: true,
        pending: None,
        offered: None,
        kept: false,
        others: vec![Other {
            id: "var_1".into(),
            picture: picture("shirt-sky"),
            name: "Ciel, M".into(),
            stock: t.one("desk-propose-left", "count", 4),
            difference: "0,00 €".into(),
            possible: true,
        }],
        proposal_error: None,
        refusal: String::new(),
        refusal_error: None,
    }
}

pub(super) fn tracks(t: Words, here: &Here) -> CaseTracks {
    let (from, to) = garments();
    let track = |name, code, done, movable| Track {
        name,
        state: track_state(&t, code),
        done,
        since: Some("10:42".into()),
        movable,
    };
    CaseTracks {
        t,
        here: here.clone(),
        case: "cas_2".into(),
        kind: Kind::Exchange,
        state: "Inès, 10:42".into(),
        completed: false,
        from: Some(from),
        to: Some(to),
        tracks: vec![
            track(TrackName::GoodsBack, "awaiting_handover", false, true),
            track(TrackName::GoodsOut, "shipped", true, false),
            track(TrackName::Money, "due_from_shopper", false, true),
        ],
        due: Some("4,00 €".into()),
        settlement_error: None,
    }
}

pub(super) fn order() -> OrderCard {
    let line = |drawing, title: &str, options: &str, quantity, price: &str| OrderLine {
        picture: picture(drawing),
        title: title.into(),
        options: options.into(),
        quantity,
        price: price.into(),
    };
    OrderCard {
        number: "10482".into(),
        placed: "18 Nov 2026".into(),
        lines: vec![
            line("shirt-ecru", "Chemise Sormiou", "écru, M", 1, "92,00 €"),
            line("shirt-ink", "Tee-shirt Port-Pin", "M", 1, "54,00 €"),
            line("socks-mustard", "Chaussettes", "39–42", 2, "28,00 €"),
        ],
        extras: vec![],
        total: "174,00 €".into(),
        refunded: None,
        payment: "Payée".into(),
        paid: true,
        cancelled: None,
        admin: Some(("Shopify".into(), "https://demo.myshopify.com/admin/orders/1".into())),
    }
}

fn mail(t: Words, here: &Here) -> MailCard {
    MailCard {
        t,
        here: here.clone(),
        thread: "thr_1".into(),
        address: Some("camille.roussel@exemple.fr".into()),
        corrected: false,
        refused: Some("E-mails to camille.roussel@exemple.fr are refused: there is no such mailbox.".into()),
        typed: None,
        error: None,
    }
}

pub(super) fn context(t: Words, here: &Here, decided: bool) -> Context {
    Context {
        t,
        here: here.clone(),
        thread: "thr_1".into(),
        decisions: if decided { vec![] } else { vec![decision(t, here)] },
        cases: if decided { vec![tracks(t, here)] } else { vec![] },
        shopper: Some(ShopperCard {
            person: Person::new("spr_1", "Camille Roussel"),
            email: Some("camille.roussel@exemple.fr".into()),
            data: Some("spr_1".into()),
            erased: None,
            orders: 4,
            spent: Some("412,00 €".into()),
            past: vec![PastOrder {
                href: here.thread("thr_9"),
                number: "9120".into(),
                when: "4 Jun 2026".into(),
                total: "92,00 €".into(),
                picture: picture("shirt-sage"),
            }],
        }),
        mail: Some(mail(t, here)),
        link: None,
        order: Some(order()),
        parcels: vec![Parcel {
            title: "En livraison".into(),
            expected: Some("14 h – 17 h".into()),
            done: 3,
            still: false,
            problem: false,
            carrier: Some("Colissimo".into()),
            number: Some("8R 4471 2096 3".into()),
            url: Some("https://carrier.example/8R447120963".into()),
            last: Some("Marseille, 8 h 12".into()),
        }],
        exchange: Some("/desk/threads/thr_1/exchange?view=needs-reply".into()),
        spam: false,
        emptied: Some("What was said here was removed on 3 March 2026: its time was over.".into()),
    }
}

pub(super) fn entries(t: Words) -> Vec<Entry> {
    let camille = Person::new("spr_1", "Camille Roussel");
    let message = |id: &str, author: &Person, own, text: &str, time: &str| {
        Entry::Message(Message {
            t,
            id: id.into(),
            seq: 4,
            client_id: None,
            own,
            author: author.clone(),
            text: text.into(),
            media: Vec::new(),
            lang: Some("fr".into()),
            meta: Meta {
                t,
                id: format!("meta-{id}"),
                by: own.then(|| "Inès".to_owned()),
                time: time.into(),
                time_iso: "2026-11-19T16:02:00Z".into(),
                sent: own.then(|| Sent::ReadAt(time.into())),
                automatic: false,
            },
        })
    };
    let event = |seq: i64, change, who, detail, time: &str| {
        let (icon, text) = events::line(&t, change, who, detail).unwrap();
        Entry::Event(EventLine {
            id: format!("event-{seq}"),
            seq,
            icon,
            text,
            time: time.into(),
            time_iso: "2026-11-19T15:40:00Z".into(),
        })
    };
    let day = |id: &str, label: String| Entry::Day(Day { id: format!("day-{id}"), seq: 2, label });
    vec![
        day("2026-11-19", t.get("day-yesterday")),
        event(3, "shipment.moved", "", "Colissimo", "16:40"),
        message(
            "msg_1",
            &camille,
            false,
            "Merci ! La chemise écrue, elle tire plutôt vers le blanc ou vers le beige ?",
            "17:02",
        ),
        message("msg_2", &ines(), true, "C’est un blanc chaud, à peine beige.", "17:09"),
        day("2026-11-20", t.get("day-today")),
        message(
            "msg_3",
            &camille,
            false,
            "Finalement je préférerais le bleu orage. Un échange est encore possible ?",
            "10:31",
        ),
        event(7, "case.requested", "Camille", "écru → bleu orage, M", "10:34"),
        Entry::Note(note(t)),
    ]
}

fn note(t: Words) -> Note {
    Note {
        t,
        id: "msg_4".into(),
        seq: 8,
        client_id: None,
        author: theo(),
        text: vec![
            ("@Inès".into(), true),
            (" third shopper this week who finds the ecru too light. New photo?".into(), false),
        ],
        media: Vec::new(),
        time: "10:34".into(),
        time_iso: "2026-11-20T09:34:00Z".into(),
    }
}

pub(super) fn open(t: Words, here: &Here, decided: bool) -> OpenThread {
    let context = context(t, here, decided);
    let head = Head {
        mail: context.mail.as_ref().and_then(|mail| mail.refused.clone()),
        t,
        here: here.clone(),
        thread: "thr_1".into(),
        name: "Camille Roussel".into(),
        order: Some("10482".into()),
        shop: None,
        state: State::Open,
        left: Some(sla(&t, &t.span(12))),
        snoozed: None,
        pauses: pauses(&t),
        pause_at: "2026-11-21T09:00".into(),
        assignee: Some(ines()),
        team: vec![ines(), theo(), Person::new("agt_malik", "Malik Diop")],
        away: vec!["agt_malik".into()],
        me: "agt_ines".into(),
        labels: labels(1),
        all_labels: labels(2),
        manages: true,
        viewers: vec![theo()],
        strip: context.decisions.first().map(Strip::from),
    };
    let composer = Composer {
        t,
        here: here.clone(),
        thread: "thr_1".into(),
        attach: Attach::new(t, "composer", "/desk/threads/thr_1", Vec::new()),
        client_id: "c-1".into(),
        text: if decided {
            String::new()
        } else {
            "Bonjour Camille, avec plaisir ! Je vous mets de côté un M en bleu orage.".into()
        },
        note: decided,
        language: Some(("fr".into(), "Français".into())),
        error: None,
        upto: 8,
        crossed: decided.then(|| Crossed { who: theo(), resolve: false }),
        resolvable: true,
    };
    OpenThread {
        conversation: Conversation {
            thread: "thr_1".into(),
            upto: 8,
            marks: "0.0".into(),
            head,
            entries: entries(t),
            older: None,
            composer,
        },
        context,
    }
}
