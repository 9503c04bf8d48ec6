//! The screens of the exchange and the ways in.

use super::*;
use crate::web::fault::{ErrorPage, Fault, Way};

const COLOURS: [(&str, &str, &str, &str, &str); 7] = [
    ("Ecru", "Écru", "#eadfc8", "Yours", "Votre achat"),
    ("Storm blue", "Bleu orage", "#5d7389", "In stock", "En stock"),
    ("Sage", "Sauge", "#93a384", "In stock", "En stock"),
    ("Terracotta", "Terre cuite", "#b8684a", "Only 2 left", "Plus que 2"),
    ("Sky", "Ciel", "#a9c3d6", "In stock", "En stock"),
    ("Plum", "Prune", "#6d3550", "In stock", "En stock"),
    ("Ink", "Encre", "#30323e", "Sold out", "Épuisé"),
];
const SIZES: [(&str, &str, &str); 5] = [
    ("XS", "sold out", "épuisé"),
    ("S", "", ""),
    ("M", "7 left", "7 pièces"),
    ("L", "", ""),
    ("XL", "1 left", "1 pièce"),
];

impl Sample {
    pub(crate) fn item(&self) -> ItemStep {
        ItemStep {
            t: self.t,
            css: assets::shopper_css(),
            icons: assets::SHOPPER_ICONS,
            shop: self.plain_shop(),
            frame: self.frame(1),
            action: "/t/thr_1/exchange/reason".to_owned(),
            kept: vec![("reason".to_owned(), self.shop.clone())],
            error: None,
            items: self.item_choices(),
            any: true,
            notice: Some(self.say(
                "Exchange possible until 20 December, unworn. The return is free.",
                "Échange possible jusqu’au 20 décembre, article non porté. Le retour est offert.",
            )),
        }
    }

    pub(crate) fn reason(&self) -> ReasonStep {
        let reasons = [
            ("The colour doesn’t suit me", "La couleur ne me convient pas"),
            ("Too small", "Trop petit"),
            ("Too large", "Trop grand"),
            ("Flawed or damaged", "Défaut ou article abîmé"),
            ("Not what I ordered", "Ce n’est pas ce que j’ai commandé"),
            ("I changed my mind", "J’ai changé d’avis"),
        ];
        let answer = |(at, (en, fr)): (usize, &(&str, &str))| Answer {
            value: format!("reason-{at}"),
            label: self.say(en, fr),
            hint: (at == 3).then(|| self.say("Photo asked for", "Photo demandée")),
            chosen: at == 0,
        };
        ReasonStep {
            t: self.t,
            css: assets::shopper_css(),
            icons: assets::SHOPPER_ICONS,
            shop: self.plain_shop(),
            frame: self.frame(2),
            action: "/t/thr_1/exchange/variant".to_owned(),
            kept: vec![("line".to_owned(), "lin_0".to_owned())],
            error: None,
            reasons: reasons.iter().enumerate().map(answer).collect(),
            words: self.say("Lovely, but lighter than in the photo.", "Très belle, mais plus claire que sur la photo."),
        }
    }

    pub(crate) fn variant(&self) -> VariantStep {
        let colour = |(at, (en, fr, hex, stock_en, stock_fr)): (usize, &(&str, &str, &str, &str, &str))| Choice {
            label: self.say(en, fr),
            colour: (*hex).to_owned(),
            stock: self.say(stock_en, stock_fr),
            href: (at != 6).then(|| format!("?line=lin_0&variant=var_{at}")),
            chosen: at == 1,
        };
        let size = |(at, (label, stock_en, stock_fr)): (usize, &(&str, &str, &str))| Choice {
            label: (*label).to_owned(),
            colour: String::new(),
            stock: self.say(stock_en, stock_fr),
            href: (at != 0).then(|| format!("?line=lin_0&variant=var_1{at}")),
            chosen: at == 2,
        };
        let swap = self.swap();
        VariantStep {
            t: self.t,
            css: assets::shopper_css(),
            icons: assets::SHOPPER_ICONS,
            shop: self.plain_shop(),
            frame: self.frame(3),
            action: "/t/thr_1/exchange/confirm".to_owned(),
            kept: vec![("variant".to_owned(), "var_1".to_owned())],
            gone: None,
            picture: swap.takes.picture,
            name: swap.takes.name,
            product: self.say("Sormiou linen shirt", "Chemise Sormiou en lin"),
            price: self.euros("96.00"),
            difference: Some(self.say("+€4.00", "+ 4,00 €")),
            groups: vec![
                Group {
                    name: self.say("Colour", "Couleur"),
                    colours: true,
                    choices: COLOURS.iter().enumerate().map(colour).collect(),
                },
                Group {
                    name: self.say("Size", "Taille"),
                    colours: false,
                    choices: SIZES.iter().enumerate().map(size).collect(),
                },
            ],
            amount: Some(self.difference()),
            blocked: None,
        }
    }

    pub(crate) fn confirm(&self) -> ConfirmStep {
        let swap = self.swap();
        let line = |label: String, value: String, sum| Total { label, value, sum };
        ConfirmStep {
            t: self.t,
            css: assets::shopper_css(),
            icons: assets::SHOPPER_ICONS,
            shop: self.plain_shop(),
            frame: self.frame(4),
            action: "/t/thr_1/cases".to_owned(),
            client_id: "c-case".to_owned(),
            kept: vec![("variant".to_owned(), "var_1".to_owned())],
            error: None,
            totals: vec![
                line(swap.takes.name.clone(), self.euros("96.00"), false),
                line(self.say("Ecru, M, already paid", "Écru, M, déjà payé"), self.say("−€92.00", "− 92,00 €"), false),
                line(self.say("Return and delivery", "Retour et envoi"), self.say("free", "offerts"), false),
                line(self.say("To pay once accepted", "À payer une fois accepté"), self.euros("4.00"), true),
            ],
            swap,
            shots: Vec::new(),
            reason: Some(self.say("the colour doesn’t suit me", "la couleur ne me convient pas")),
            next: self.say(
                "The shop answers. Your size is held for 48 hours.",
                "La boutique répond. Votre taille est réservée 48 heures.",
            ),
        }
    }

    pub(crate) fn status(&self) -> StatusPage {
        let todo = |what: String| Milestone { what, place: None, when: None, iso: None, state: "todo" };
        let timeline = vec![
            self.milestone(("Request sent", "Demande envoyée"), None, self.at(20, 10, 33), ""),
            self.milestone(("Accepted by Inès", "Acceptée par Inès"), None, self.at(20, 10, 40), ""),
            Milestone { state: "now", ..todo(self.say("Settle the difference", "Régler la différence")) },
            todo(self.say("Hand in the ecru shirt", "Déposer la chemise écrue")),
            todo(self.say("Storm blue shipped", "Bleu orage expédiée")),
            todo(self.say("Exchange completed", "Échange terminé")),
        ];
        let case = CaseStatus {
            t: self.t,
            id: "case-status".to_owned(),
            seq: 8,
            swap: Some(self.swap()),
            state: self.say("Accepted", "Accepté"),
            sub: Some(self.say("€4.00 left to pay", "Il reste 4,00 € à régler")),
            timeline,
            next: self.say("The shop tells you how to pay.", "La boutique vous dit comment régler."),
            offer: None,
            cancel: Some(Cancel {
                action: "/t/thr_1/cases/cas_1/cancellation".to_owned(),
                client_id: "c-x".to_owned(),
            }),
        };
        StatusPage {
            t: self.t,
            css: assets::shopper_css(),
            icons: assets::SHOPPER_ICONS,
            shop: self.plain_shop(),
            frame: Frame { title: self.say("Your exchange", "Votre échange"), ..self.frame(0) },
            live: "/t/thr_1/cases/cas_1/live".to_owned(),
            upto: 8,
            case,
        }
    }

    fn form(&self) -> FindForm {
        FindForm {
            action: "/t".to_owned(),
            number: "10482".to_owned(),
            email: self.shop.clone(),
            email_error: Some(self.say("An e-mail address has an @ in it.", "Une adresse e-mail contient un @.")),
            ..FindForm::default()
        }
    }

    pub(crate) fn find(&self) -> FindPage {
        FindPage {
            t: self.t,
            css: assets::shopper_css(),
            icons: assets::SHOPPER_ICONS,
            shop: self.plain_shop(),
            form: self.form(),
        }
    }

    pub(crate) fn expired(&self) -> ExpiredPage {
        ExpiredPage {
            t: self.t,
            css: assets::shopper_css(),
            icons: assets::SHOPPER_ICONS,
            shop: self.plain_shop(),
            form: FindForm { email_error: None, email: String::new(), ..self.form() },
            fresh: Some(FreshLink { action: "/t/link".into(), token: "abc".into() }),
            asked: false,
        }
    }

    pub(crate) fn code(&self, wrong: bool) -> CodePage {
        CodePage {
            t: self.t,
            css: assets::shopper_css(),
            icons: assets::SHOPPER_ICONS,
            shop: self.plain_shop(),
            action: "/t/code".to_owned(),
            number: "10482".to_owned(),
            sent_to: "c•••••l@exemple.fr".to_owned(),
            error: wrong.then(|| {
                self.say(
                    "That is not the code of the latest e-mail. You have 3 tries left.",
                    "Ce n’est pas le code du dernier e-mail. Il vous reste 3 essais.",
                )
            }),
            resend: "/t/code/again".to_owned(),
            change: "/t".to_owned(),
            look: "/t/code/look".to_owned(),
            look_again: (!wrong).then_some(10),
        }
    }

    pub(crate) fn opening(&self) -> OpeningPage {
        OpeningPage {
            t: self.t,
            css: assets::shopper_css(),
            icons: assets::SHOPPER_ICONS,
            shop: self.plain_shop(),
            action: "/t/open".to_owned(),
            find: "/t/find".to_owned(),
        }
    }

    fn fault(&self, status: u16) -> Fault {
        let way = |en: &str, fr: &str| Way { label: self.say(en, fr), href: "/t".to_owned() };
        let ways = vec![way("Find my order", "Retrouver ma commande"), way("Go to the shop", "Aller à la boutique")];
        Fault::of(&self.t, status, ways, (status >= 500).then(|| "7QK2-M4".to_owned()))
    }

    pub(crate) fn not_found(&self, status: u16) -> NotFoundPage {
        NotFoundPage {
            t: self.t,
            css: assets::shopper_css(),
            icons: assets::SHOPPER_ICONS,
            shop: self.plain_shop(),
            fault: self.fault(status),
        }
    }

    pub(crate) fn error(&self, status: u16) -> ErrorPage {
        ErrorPage { t: self.t, css: assets::shopper_css(), icons: assets::SHOPPER_ICONS, fault: self.fault(status) }
    }
}
