//! Camille's order 10482 at Maison Calanque, in the words of both languages.

mod steps;

use chrono::{DateTime, TimeZone, Utc};

use super::super::{entry::*, exchange::*, opening::*, parts::*, thread::*, *};
use crate::web::media::Attach;

pub(super) struct Sample {
    pub(super) t: Words,
    shop: String,
    fr: bool,
}

impl Sample {
    pub(super) fn new(lang: Lang, shop: &str) -> Self {
        let now = Utc.with_ymd_and_hms(2026, 11, 20, 9, 45, 0).unwrap();
        let t = Words::new(lang, chrono_tz::Europe::Paris, now);
        Self { t, shop: shop.to_owned(), fr: lang.code() == "fr" }
    }

    fn say(&self, en: &str, fr: &str) -> String {
        if self.fr { fr.to_owned() } else { en.to_owned() }
    }

    fn at(&self, day: u32, hour: u32, minute: u32) -> DateTime<Utc> {
        Utc.with_ymd_and_hms(2026, 11, day, hour - 1, minute, 0).unwrap()
    }

    fn shop(&self) -> Shop {
        let languages = languages(&self.t, "", &Lang::all().collect::<Vec<_>>())
            .into_iter()
            .map(|link| LanguageLink { href: format!("?lang={}", link.code), ..link })
            .collect();
        Shop {
            name: self.shop.clone(),
            crest: "MC".to_owned(),
            sub: Some(self.say("Usually replies in 12 min", "Répond d’habitude en 12 min")),
            look: Some("/look/calanque.css".to_owned()),
            languages,
            legal: vec![LegalLink { label: "CGV".to_owned(), href: "https://calanque.example/cgv".to_owned() }],
        }
    }

    fn plain_shop(&self) -> Shop {
        Shop { sub: None, ..self.shop() }
    }

    fn picture(name: &str, alt: &str) -> Picture {
        Picture::of(Some(assets::url(&format!("/static/demo/{name}.svg"))), alt)
    }

    fn progress(&self, now: usize) -> Progress {
        let labels = match self.fr {
            true => ["Commandée", "Préparée", "Expédiée", "En livraison", "Livrée"],
            false => ["Ordered", "Packed", "Shipped", "Out for delivery", "Delivered"],
        };
        let state = |at: usize| match at.cmp(&now) {
            std::cmp::Ordering::Less => "done",
            std::cmp::Ordering::Equal => "now",
            std::cmp::Ordering::Greater => "",
        };
        let steps = labels.iter().enumerate().map(|(at, label)| Step { label: (*label).to_owned(), state: state(at) });
        Progress { steps: steps.collect(), sentence: self.say("Step 4 of 5", "Étape 4 sur 5") }
    }

    fn milestone(&self, what: (&str, &str), place: Option<&str>, at: DateTime<Utc>, state: &'static str) -> Milestone {
        Milestone {
            what: self.say(what.0, what.1),
            place: place.map(str::to_owned),
            when: Some(self.t.when(&at)),
            iso: Some(self.t.iso(&at)),
            state,
        }
    }

    fn parcel(&self) -> Parcel {
        let expected = Milestone {
            what: self.say("Expected delivery", "Livraison prévue"),
            place: None,
            when: Some(self.say("2–5 pm", "14 h – 17 h")),
            iso: None,
            state: "todo",
        };
        Parcel {
            id: "shipment-1".to_owned(),
            headline: self.say("Arriving today", "Arrive aujourd’hui"),
            progress: Some(self.progress(3)),
            pictures: vec![Self::picture("shirt-ecru", "")],
            hint: Some(self.say("With the driver, Marseille, 8:12", "Chez le livreur, Marseille, 8 h 12")),
            timeline: vec![
                expected,
                self.milestone(("With the driver", "Chez le livreur"), Some("Marseille"), self.at(20, 8, 12), "now"),
                self.milestone(
                    ("At the sorting centre", "Arrivé au centre de tri"),
                    Some("Vitrolles"),
                    self.at(20, 4, 30),
                    "",
                ),
                self.milestone(
                    ("Handed to Colissimo", "Remis à Colissimo"),
                    Some("La Ciotat"),
                    self.at(19, 16, 40),
                    "",
                ),
            ],
            carrier: Some("Colissimo".to_owned()),
            number: Some("8R 4471 2096 3".to_owned()),
            url: Some("https://carrier.example/8R447120963".to_owned()),
        }
    }

    fn bought(&self, picture: &str, name: (&str, &str), options: (&str, &str), quantity: u32, price: &str) -> Item {
        let name = self.say(name.0, name.1);
        Item {
            picture: Self::picture(picture, &name),
            options: self.say(options.0, options.1),
            quantity,
            price: self.euros(price),
            note: None,
            off: false,
            name,
        }
    }

    fn euros(&self, amount: &str) -> String {
        self.t.money(&crate::domain::money::Money::parse(amount, "EUR".parse().unwrap()).unwrap())
    }

    fn total(&self, label: (&str, &str), value: String, sum: bool) -> Total {
        Total { label: self.say(label.0, label.1), value, sum }
    }

    fn order(&self) -> OrderCard {
        let items = vec![
            self.bought(
                "shirt-ecru",
                ("Sormiou linen shirt", "Chemise Sormiou en lin"),
                ("Ecru, M", "Écru, M"),
                1,
                "92.00",
            ),
            self.bought(
                "tee-white-navy",
                ("Port-Pin striped tee", "Marinière Port-Pin"),
                ("White and navy, M", "Blanc et marine, M"),
                1,
                "54.00",
            ),
            self.bought(
                "socks-terracotta",
                ("Ribbed socks", "Chaussettes côtelées"),
                ("Terracotta, 39–42", "Terre cuite, 39–42"),
                2,
                "28.00",
            ),
        ];
        OrderCard {
            t: self.t,
            id: "order-card".to_owned(),
            seq: 1,
            number: "10482".to_owned(),
            test: false,
            placed_on: self.t.day_month(&self.at(18, 19, 26)),
            headline: self.say("Arriving today", "Arrive aujourd’hui"),
            when: Some(self.say("between 2 and 5 pm, with Colissimo", "entre 14 h et 17 h, avec Colissimo")),
            note: None,
            progress: Some(self.progress(3)),
            parcels: vec![self.parcel()],
            items,
            pieces: 4,
            total: self.euros("174.00"),
            totals: vec![
                self.total(("Delivery", "Livraison"), self.say("free", "offerte"), false),
                self.total(("Total paid", "Total payé"), self.euros("174.00"), true),
            ],
        }
    }

    fn message(&self, id: u8, seq: i64, own: bool, at: DateTime<Utc>, text: (&str, &str)) -> LogPart {
        LogPart::Message(Box::new(Message {
            t: self.t,
            id: format!("msg-{id}"),
            seq,
            client_id: own.then(|| format!("c-{id}")),
            own,
            author: format!("Inès, {}", self.shop),
            initials: "IM".to_owned(),
            hue: 0,
            lang: Some(self.t.code().to_owned()),
            text: self.say(text.0, text.1),
            media: Vec::new(),
            meta: Meta {
                t: self.t,
                id: format!("meta-{id}"),
                time: self.t.time(&at),
                iso: self.t.iso(&at),
                mark: own.then(|| Mark::ReadAt(self.t.time(&at))),
            },
        }))
    }

    fn event(&self, seq: i64, icon: &'static str, text: (&str, &str)) -> LogPart {
        LogPart::Event(Event { id: format!("event-{seq}"), seq, icon, text: self.say(text.0, text.1) })
    }

    fn day(&self, seq: i64, at: DateTime<Utc>) -> LogPart {
        LogPart::Day(Day { id: format!("day-{}", self.t.day_key(&at)), seq, text: self.t.day(&at) })
    }

    fn swap(&self) -> Swap {
        let side = |picture: &str, name: String| Side { picture: Self::picture(picture, &name), name };
        Swap {
            gives: side("shirt-ecru", self.say("Ecru, M", "Écru, M")),
            takes: side("shirt-storm-blue", self.say("Storm blue, M", "Bleu orage, M")),
        }
    }

    fn difference(&self) -> Amount {
        Amount { label: self.say("Difference to pay", "Différence à régler"), value: self.euros("4.00") }
    }

    fn ticket(&self) -> LogPart {
        let at = self.at(20, 10, 33);
        LogPart::Case(Box::new(CaseTicket {
            t: self.t,
            id: "case-1".to_owned(),
            seq: 7,
            own: true,
            icon: "swap",
            title: self.say("Exchange requested", "Échange demandé"),
            swap: Some(self.swap()),
            amount: Some(self.difference()),
            next: self.say(
                "The shop answers. Your storm blue is held until 22 November, 10:33.",
                "La boutique répond. Votre bleu orage est réservé jusqu’au 22 novembre, 10 h 33.",
            ),
            href: "/t/thr_1/cases/cas_1".to_owned(),
            time: self.t.time(&at),
            iso: self.t.iso(&at),
        }))
    }

    fn log(&self) -> Vec<LogPart> {
        let (first, second, third) = (self.at(18, 19, 26), self.at(19, 16, 40), self.at(20, 10, 31));
        vec![
            self.day(1, first),
            self.event(1, "done", ("Order confirmed at 19:26", "Commande confirmée à 19 h 26")),
            self.day(2, second),
            self.event(2, "truck", ("Parcel handed to Colissimo at 16:40", "Colis remis à Colissimo à 16 h 40")),
            self.message(
                2,
                3,
                true,
                self.at(19, 17, 2),
                (
                    "Thanks! Is the ecru shirt closer to white or to beige?",
                    "Merci ! La chemise écrue tire plutôt vers le blanc ou le beige ?",
                ),
            ),
            self.message(
                3,
                4,
                false,
                self.at(19, 17, 9),
                ("A warm white, barely beige.", "Un blanc chaud, à peine beige."),
            ),
            self.day(5, third),
            self.message(
                4,
                5,
                true,
                third,
                (
                    "On reflection I’d rather have storm blue.\nCan I still exchange it?",
                    "Finalement je préférerais le bleu orage.\nUn échange est encore possible ?",
                ),
            ),
            self.message(5, 6, false, self.at(20, 10, 32), ("Of course.", "Bien sûr.")),
            self.ticket(),
            self.message(6, 8, true, self.at(20, 10, 42), ("Perfect, thank you Inès", "Parfait, merci Inès")),
        ]
    }

    fn arrival(&self) -> Arrival {
        Arrival {
            t: self.t,
            id: "arrival".to_owned(),
            seq: 8,
            says: Some(Arriving::Asks {
                text: self.say("Your order was delivered today.", "Votre commande a été livrée aujourd’hui."),
                well: "/t/thr_1/all-well".to_owned(),
                problem: "/t/thr_1/exchange".to_owned(),
                fill: None,
                until: None,
            }),
        }
    }

    pub(super) fn thread(&self) -> ThreadPage {
        ThreadPage {
            t: self.t,
            css: assets::shopper_css(),
            icons: assets::SHOPPER_ICONS,
            device: "/t/thr_a/device".to_owned(),
            gift: Some("/t/thr_a/gift".to_owned()),
            shop: self.shop(),
            usual: Usual { text: self.shop().sub },
            opening: Opening { closed: None },
            order: self.order(),
            log: self.log(),
            thread: "thr_1".to_owned(),
            post_to: "/t/thr_1/messages".to_owned(),
            attach: Attach::new(self.t, "composer", "/t/thr_1", Vec::new()),
            client_id: "c-new".to_owned(),
            live: "/t/thr_1/live".to_owned(),
            upto: 8,
            marks: "0.0".to_owned(),
            seen: 8,
            arrival: self.arrival(),
            quick: self.quick(),
            orders: "/t/thr_1/orders".to_owned(),
            inviting: false,
            policy: Some(self.say("Exchange until 20 December.", "Échange jusqu’au 20 décembre.")),
            text: String::new(),
            error: None,
        }
    }

    pub(super) fn empty_thread(&self) -> ThreadPage {
        let headline = self.say("Order confirmed", "Commande confirmée");
        let order =
            OrderCard { parcels: Vec::new(), when: None, progress: Some(self.progress(0)), headline, ..self.order() };
        ThreadPage { log: Vec::new(), inviting: true, order, error: None, ..self.thread() }
    }

    fn quick(&self) -> Vec<Quick> {
        let quick = |icon, label: (&str, &str), href: &str| Quick {
            icon,
            label: self.say(label.0, label.1),
            href: href.to_owned(),
            ..Quick::default()
        };
        let track = quick("truck", ("Track", "Suivre"), "#order-card");
        vec![
            Quick { tracking: true, ..track },
            quick("swap", ("Exchange", "Échanger"), "/t/thr_1/exchange"),
            Quick { fill: Some(self.shop.clone()), ..quick("help", ("A question", "Une question"), "#message") },
        ]
    }

    pub(super) fn parcels_thread(&self) -> ThreadPage {
        let second = Parcel {
            id: "shipment-2".to_owned(),
            headline: self.say("Delivered Wednesday 18", "Livré mercredi 18"),
            progress: Some(self.progress(5)),
            pictures: vec![Self::picture("tote-ecru", "")],
            number: Some(self.shop.clone()),
            url: None,
            ..self.parcel()
        };
        let order = OrderCard {
            parcels: vec![second, self.parcel()],
            progress: None,
            headline: self.say("1 delivered, 1 on its way", "1 livré, 1 en route"),
            when: None,
            ..self.order()
        };
        ThreadPage { order, error: Some(self.shop.clone()), ..self.thread() }
    }

    fn frame(&self, step: u8) -> Frame {
        Frame {
            title: self.say("Exchange", "Échanger"),
            step,
            back: "/t/thr_1".to_owned(),
            close: "/t/thr_1".to_owned(),
        }
    }

    fn item_choices(&self) -> Vec<ItemChoice> {
        let order = self.order();
        let choice = |(at, item): (usize, Item)| ItemChoice {
            value: format!("lin_{at}"),
            picture: item.picture,
            name: item.name,
            options: item.options,
            price: item.price,
            chosen: at == 0,
            refused: (at == 2).then(|| self.say("Not exchangeable, for hygiene", "Non échangeables, par hygiène")),
        };
        order.items.into_iter().enumerate().map(choice).collect()
    }
}
