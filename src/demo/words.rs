//! The words of the demo's desk: its labels, and what its agents answer again and again.

use super::{Deed, Shops};
use crate::{
    domain::{
        agents::Agent,
        canned::{self, Draft as Reply, Typed},
        labels::{self, Draft as Label},
    },
    error::{Error, Result},
    store::Tx,
};

/// Order numbers, each with how many minutes ago.
type Carried = &'static [(&'static str, i64)];

/// Name, hue, and the orders whose threads carry it since so many minutes.
const LABELS: &[(&str, &str, Carried)] = &[
    ("VIP", "9", &[("#10440", 2_865), ("#10482", 1_485)]),
    ("Colis perdu", "0", &[("#10467", 78)]),
    ("Idée produit", "5", &[("#10459", 38)]),
];
/// Minutes ago that labels and replies were made: before anybody used them.
const MADE: i64 = 10_000;

/// Title, shortcut, French, English.
const REPLIES: &[(&str, &str, &str, &str)] = &[
    (
        "En route",
        "route",
        "Bonjour {{shopper.first_name}},\n\nvotre commande {{order.number}} est en route, colis {{parcel.number}}. \
         Vous pouvez le suivre ici : {{parcel.url}}\n\n{{agent.first_name}}, {{shop.name}}",
        "Hello {{shopper.first_name}},\n\nyour order {{order.number}} is on its way, parcel {{parcel.number}}. \
         You can follow it here: {{parcel.url}}\n\n{{agent.first_name}}, {{shop.name}}",
    ),
    (
        "Date de livraison",
        "livraison",
        "Votre colis est attendu le {{parcel.expected}}. Je garde un œil dessus.\n\n{{agent.first_name}}",
        "Your parcel is expected on {{parcel.expected}}. I am keeping an eye on it.\n\n{{agent.first_name}}",
    ),
    (
        "Échange possible",
        "echange",
        "Bonjour {{shopper.first_name}},\n\nbien sûr, {{item.title}} s’échange. Choisissez une autre couleur ou une autre \
         taille depuis cette conversation, je m’occupe du reste.\n\n{{agent.first_name}}",
        "Hello {{shopper.first_name}},\n\nof course, {{item.title}} can be exchanged. Choose another colour or size in \
         this conversation and I will see to the rest.\n\n{{agent.first_name}}",
    ),
    (
        "Merci",
        "merci",
        "Merci {{shopper.first_name}}, bonne journée !\n\n{{agent.first_name}}",
        "Thank you {{shopper.first_name}}, have a good day!\n\n{{agent.first_name}}",
    ),
];

/// Who wrote what, and which thread carries which label since when.
pub(super) fn deeds<'a>(shops: &'a Shops, team: &'a [Agent]) -> Vec<Deed<'a>> {
    let mut deeds = vec![Deed::new(MADE, |tx| write(tx, shops))];
    for (name, _, orders) in LABELS {
        for (number, minutes) in *orders {
            deeds.push(Deed::new(*minutes, move |tx| put(tx, shops, team, name, number)));
        }
    }
    deeds
}

fn put(tx: &mut Tx<'_>, shops: &Shops, team: &[Agent], name: &str, number: &str) -> Result<()> {
    let label = labels::list(tx, shops.merchant)?.into_iter().find(|label| label.name == name);
    let thread = super::orders::thread_of(tx, shops, number)?;
    let (label, thread) = label.zip(thread).ok_or(Error::NotFound)?;
    labels::put(tx, team.first().ok_or(Error::NotFound)?, thread.id, label.id)
}

fn write(tx: &mut Tx<'_>, shops: &Shops) -> Result<()> {
    for (name, hue, _) in LABELS {
        labels::create(tx, shops.merchant, &Label::parse(name, hue)?)?;
    }
    for (title, shortcut, fr, en) in REPLIES {
        let text = |code: &str, text: &str| (code.to_owned(), text.to_owned());
        let typed = Typed {
            title: (*title).to_owned(),
            shortcut: (*shortcut).to_owned(),
            shop: String::new(),
            bodies: vec![text("fr", fr), text("en", en)],
        };
        canned::create(tx, shops.merchant, &Reply::parse(&typed)?)?;
    }
    Ok(())
}
