//! What is said and asked in the demo's threads.

use super::{Deed, Shops};
use crate::{
    domain::{
        agents::Agent,
        cases::{
            self, Case, ExchangeRequest, Reason,
            deciding::{self, Decider},
            states::Step,
        },
        catalogue, orders,
        threads::{
            self, Thread,
            messages::{self, ClientId, Text},
        },
        visits::{Proof, Visit},
    },
    error::{Error, Result},
    store::Tx,
};

/// Who says it.
#[derive(Clone, Copy)]
enum Voice {
    Shopper,
    /// An agent, by place in the team.
    Agent(usize),
    Note(usize),
}

use Voice::{Note, Shopper};

/// Said in a thread (by its order's number), so many minutes ago.
const SAID: &[(&str, i64, Voice, &str)] = &[
    (
        "#10482",
        3_700,
        Voice::Agent(0),
        "Bonjour Camille, votre commande est bien arrivée à l’atelier. Je vous écris ici dès qu’elle part.",
    ),
    ("#10482", 1_500, Shopper, "Merci ! La chemise écrue, elle tire plutôt vers le blanc ou vers le beige ?"),
    ("#10482", 1_490, Voice::Agent(0), "Plutôt un blanc chaud, à peine beige. Elle éclaircit un peu au soleil."),
    ("#10467", 95, Shopper, "Tracking says delivered but the mailbox is empty. Could you check with the carrier?"),
    (
        "#10467",
        80,
        Note(1),
        "@Inès second parcel this week that went missing in Lyon 3e. Asking Colissimo for the signature.",
    ),
    ("#10471", 43, Shopper, "Est-ce que le 43 taille plutôt grand ? J’hésite à les garder."),
    ("#10440", 2_900, Shopper, "Hello! I love the shirt, the colour is just too warm for me."),
    (
        "#10440",
        2_880,
        Voice::Agent(2),
        "Hello Lucía, no problem at all: pick another colour right here and I will approve it.",
    ),
    ("#10455", 4_000, Shopper, "Le M est parfait, merci pour votre patience."),
    ("#10455", 3_980, Voice::Agent(1), "Avec plaisir Hélène, à bientôt."),
    ("G-2041", 60, Shopper, "Could you add a gift note before it ships? \"Happy birthday Mum\" would be perfect."),
    ("G-2033", 7_000, Shopper, "One of the tees has a pulled thread near the hem."),
    (
        "G-2033",
        6_900,
        Voice::Agent(2),
        "I am sorry, Nora. I have given you €10.00 back on it, and it is yours to keep.",
    ),
];

/// What everybody said and did.
pub(super) fn deeds<'a>(shops: &'a Shops, team: &'a [Agent]) -> Vec<Deed<'a>> {
    let said = SAID.iter().map(|(number, minutes, voice, words)| {
        Deed::new(*minutes, move |tx| {
            let thread = thread_of(tx, shops, number)?;
            say(tx, &thread, team, *voice, words)
        })
    });
    let assigned = [("#10467", 1, 90), ("#10440", 2, 2_870), ("G-2041", 0, 55)];
    let assigned = assigned.into_iter().map(|(number, place, minutes)| {
        Deed::new(minutes, move |tx| {
            let (thread, agent) = (thread_of(tx, shops, number)?, at(team, place)?);
            threads::assign(tx, agent, thread.id, Some(agent.id))
        })
    });
    let resolved = ["#10455", "G-2033", "#10433"].into_iter().map(|number| {
        Deed::new(25, move |tx| {
            let thread = thread_of(tx, shops, number)?;
            threads::resolve(tx, at(team, 1)?, thread.id)
        })
    });
    said.chain(requests(shops, team)).chain(assigned).chain(resolved).collect()
}

fn say(tx: &mut Tx<'_>, thread: &Thread, team: &[Agent], voice: Voice, words: &str) -> Result<()> {
    let (text, client_id) = (Text::parse("text", words)?, ClientId::fresh());
    match voice {
        Shopper => messages::from_shopper(tx, &visit(thread), &text, &client_id),
        Voice::Agent(place) => messages::from_agent(tx, at(team, place)?, thread.id, &text, &client_id),
        Note(place) => messages::note(tx, at(team, place)?, thread.id, &text, &client_id),
    }
    .map(drop)
}

/// Requests: one to decide, one approved and under way, one declined.
fn requests<'a>(shops: &'a Shops, team: &'a [Agent]) -> Vec<Deed<'a>> {
    let mia = move || at(team, 2).map(|agent| Decider::Agent(agent.clone()));
    let newest = move |tx: &mut Tx<'_>, number: &str| -> Result<Case> {
        let thread = thread_of(tx, shops, number)?;
        cases::of_thread(tx, shops.merchant, thread.id)?.pop().ok_or(Error::NotFound)
    };
    let ask = move |number: &'static str, minutes, wanted, reason, words: &'static str| {
        Deed::new(minutes, move |tx| {
            let thread = thread_of(tx, shops, number)?;
            request(tx, &thread, wanted, reason, words)
        })
    };
    vec![
        ask("#10459", 40, (2, 2), Reason::TooSmall, "A little shorter in the sleeves than I hoped."),
        ask("#10440", 2_800, (0, 2), Reason::Colour, ""),
        Deed::new(2_790, move |tx| {
            newest(tx, "#10440").and_then(|case| deciding::approve(tx, &mia()?, case.id)).map(drop)
        }),
        Deed::new(900, move |tx| {
            let case = newest(tx, "#10440")?;
            deciding::step(tx, &mia()?, case.id, Step::Receive, None).map(drop)
        }),
        ask("#10455", 3_900, (2, 2), Reason::ChangedMind, ""),
        Deed::new(3_890, move |tx| {
            let words = "Cette chemise a été ourlée pour vous, nous ne pouvons pas la reprendre.";
            let case = newest(tx, "#10455")?;
            deciding::decline(tx, &mia()?, case.id, &Text::parse("reason", words)?).map(drop)
        }),
    ]
}

/// The first line of a thread's order, asked to be swapped for another colour and size of the shirt.
fn request(
    tx: &mut Tx<'_>,
    thread: &Thread,
    (colour, size): (usize, usize),
    reason: Reason,
    words: &str,
) -> Result<()> {
    let order = orders::detail(tx, thread.merchant_id, thread.order_id.ok_or(Error::NotFound)?)?;
    let line = order.lines.first().ok_or(Error::NotFound)?;
    let product = line.product.as_ref().ok_or(Error::NotFound)?;
    let wanted = super::goods::SHIRT.variant(colour, size);
    let offers = catalogue::offers(tx, thread.merchant_id, product.id)?;
    let offer = offers.iter().find(|offer| offer.variant.external_id == wanted).ok_or(Error::NotFound)?;
    let wish = ExchangeRequest {
        line: line.line.id,
        to: offer.variant.id,
        quantity: 1,
        reason,
        words: words.to_owned(),
        client_id: ClientId::fresh(),
    };
    cases::request(tx, &visit(thread), &wish).map(drop)
}

fn thread_of(tx: &mut Tx<'_>, shops: &Shops, number: &str) -> Result<Thread> {
    super::orders::thread_of(tx, shops, number)?.ok_or(Error::NotFound)
}

fn visit(thread: &Thread) -> Visit {
    Visit {
        merchant_id: thread.merchant_id,
        thread_id: thread.id,
        shopper_id: thread.shopper_id,
        proof: Proof::Link,
        proven: None,
    }
}

fn at(team: &[Agent], place: usize) -> Result<&Agent> {
    team.get(place).ok_or(Error::NotFound)
}
