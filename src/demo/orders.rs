//! The demo's orders, in every state an order can be in. The first is the one the demo's first link opens.

use chrono::{DateTime, Duration, Utc};

use super::{
    Deed, Shops,
    goods::{FITTING, Goods, PLAIN_TEE, SHIRT, SOCKS, TEE, TOTE, choice},
};
use crate::{
    domain::{
        money::{Currency, Money},
        normal::{
            Address, CustomerNews, FulfilmentState, LineNews, MilestoneNews, OrderKind, OrderNews, PaymentState,
            RefundNews, ShipmentNews, ShipmentStatus,
        },
        orders::{self, Source, placing},
        shipments,
        threads::{self, Thread},
    },
    error::{Error, Result},
    store::Tx,
};

/// A line: what, colour, size, pieces.
type Bought = (&'static Goods, usize, usize, u32);
/// A sighting of a parcel: hours ago, what, where.
type Seen = (i64, ShipmentStatus, &'static str);

/// Carrier, tracking number, sightings.
type Parcel = (&'static str, &'static str, &'static [Seen]);

/// An order of the demo.
struct Sold {
    number: &'static str,
    name: &'static str,
    email: &'static str,
    locale: &'static str,
    city: &'static str,
    hours_ago: i64,
    payment: PaymentState,
    lines: &'static [Bought],
    parcels: &'static [Parcel],
    /// Hours until it is expected, when that is known.
    expected_in: Option<i64>,
    cancelled: bool,
    kind: OrderKind,
}

const QUIET: Sold = Sold {
    number: "",
    name: "",
    email: "",
    locale: "fr",
    city: "Marseille",
    hours_ago: 0,
    payment: PaymentState::Paid,
    lines: &[],
    parcels: &[],
    expected_in: None,
    cancelled: false,
    kind: OrderKind::Goods,
};

use ShipmentStatus::{Accepted, AvailableForPickup, Delayed, Delivered, InTransit, LabelCreated, OutForDelivery};

const CALANQUE: &[Sold] = &[
    Sold {
        number: "#10482",
        name: "Camille Roussel",
        email: "camille.roussel@example.com",
        hours_ago: 63,
        lines: &[(&SHIRT, 0, 2, 1), (&TEE, 0, 2, 1), (&SOCKS, 0, 1, 2)],
        parcels: &[(
            "Colissimo",
            "8R44712096374",
            &[(30, Accepted, "La Ciotat"), (6, InTransit, "Vitrolles"), (2, OutForDelivery, "Marseille 6e")],
        )],
        expected_in: Some(4),
        ..QUIET
    },
    Sold {
        number: "#10467",
        name: "Jonas Weber",
        email: "jonas.weber@example.com",
        locale: "en",
        city: "Lyon",
        hours_ago: 130,
        lines: &[(&TEE, 1, 3, 1)],
        parcels: &[(
            "Colissimo",
            "8R44712081120",
            &[(90, Accepted, "La Ciotat"), (50, InTransit, "Lyon"), (26, Delivered, "Lyon 3e")],
        )],
        ..QUIET
    },
    Sold {
        number: "#10459",
        name: "Priya Nair",
        email: "priya.nair@example.com",
        locale: "en",
        city: "Nice",
        hours_ago: 190,
        lines: &[(&SHIRT, 2, 1, 1)],
        parcels: &[("Chronopost", "XT093318820FR", &[(160, Accepted, "La Ciotat"), (120, Delivered, "Nice")])],
        ..QUIET
    },
    Sold {
        number: "#10471",
        name: "Amélie Tran",
        email: "amelie.tran@example.com",
        city: "Paris",
        hours_ago: 100,
        lines: &[(&SOCKS, 0, 2, 1)],
        parcels: &[(
            "Colissimo",
            "8R44712090014",
            &[(70, Accepted, "La Ciotat"), (20, AvailableForPickup, "Paris 11e")],
        )],
        ..QUIET
    },
    Sold {
        number: "#10440",
        name: "Lucía Ferrer",
        email: "lucia.ferrer@example.com",
        locale: "en",
        city: "Toulouse",
        hours_ago: 300,
        lines: &[(&SHIRT, 3, 2, 1)],
        parcels: &[("Colissimo", "8R44712044871", &[(280, Accepted, "La Ciotat"), (230, Delivered, "Toulouse")])],
        ..QUIET
    },
    Sold {
        number: "#10490",
        name: "Marc Delattre",
        email: "marc.delattre@example.com",
        city: "Nantes",
        hours_ago: 5,
        lines: &[(&SHIRT, 1, 3, 1), (&TEE, 2, 3, 2)],
        ..QUIET
    },
    Sold {
        number: "#10455",
        name: "Hélène Picard",
        email: "helene.picard@example.com",
        city: "Lille",
        hours_ago: 220,
        lines: &[(&SHIRT, 4, 2, 1), (&SOCKS, 1, 1, 3)],
        parcels: &[
            ("Colissimo", "8R44712070001", &[(200, Accepted, "La Ciotat"), (150, Delivered, "Lille")]),
            (
                "Colissimo",
                "8R44712070002",
                &[(60, Accepted, "La Ciotat"), (30, InTransit, "Roissy"), (3, Delayed, "Roissy")],
            ),
        ],
        ..QUIET
    },
    Sold {
        number: "#10433",
        name: "Yusuf Demir",
        email: "yusuf.demir@example.com",
        city: "Strasbourg",
        hours_ago: 400,
        payment: PaymentState::Refunded,
        lines: &[(&SHIRT, 5, 4, 1)],
        cancelled: true,
        ..QUIET
    },
    Sold { number: "#10492", name: "", email: "", hours_ago: 2, lines: &[(&TEE, 0, 1, 1)], ..QUIET },
    Sold {
        number: "#10493",
        name: "Léo Garnier",
        email: "leo.garnier@example.com",
        hours_ago: 1,
        payment: PaymentState::Pending,
        lines: &[(&SOCKS, 2, 1, 1)],
        ..QUIET
    },
];

const GARRIGUE: &[Sold] = &[
    Sold {
        number: "G-2041",
        name: "Owen Hughes",
        email: "owen.hughes@example.com",
        locale: "en",
        city: "Bordeaux",
        hours_ago: 28,
        lines: &[(&TOTE, 1, 1, 1), (&PLAIN_TEE, 0, 1, 2)],
        parcels: &[("DPD", "05808012345678", &[(20, LabelCreated, "")])],
        ..QUIET
    },
    Sold {
        number: "G-2033",
        name: "Nora Lindqvist",
        email: "nora.lindqvist@example.com",
        locale: "en",
        city: "Rennes",
        hours_ago: 170,
        payment: PaymentState::PartiallyRefunded,
        lines: &[(&TOTE, 0, 0, 1), (&PLAIN_TEE, 2, 2, 1)],
        parcels: &[("DPD", "05808012330001", &[(150, Accepted, "Aubagne"), (100, Delivered, "Rennes")])],
        ..QUIET
    },
];

/// The orders of one shopper, in every state that a page can show: several parcels, late, just delivered, cancelled, a
/// booking, long over.
const FAITHFUL: &[Sold] = &[
    Sold {
        hours_ago: 96,
        lines: &[(&SHIRT, 1, 2, 1), (&TEE, 1, 2, 1), (&SOCKS, 1, 1, 2)],
        parcels: &[
            ("Colissimo", "8R44712099001", &[(80, Accepted, "La Ciotat"), (26, Delivered, "Marseille 7e")]),
            ("Chronopost", "XT093318899FR", &[(30, Accepted, "La Ciotat"), (9, InTransit, "Vitrolles")]),
            ("Colissimo", "8R44712099003", &[(8, LabelCreated, "")]),
        ],
        expected_in: Some(24),
        ..faithful("#10486")
    },
    Sold {
        hours_ago: 210,
        lines: &[(&SHIRT, 0, 1, 1)],
        parcels: &[("Colissimo", "8R44712061204", &[(180, Accepted, "La Ciotat"), (98, InTransit, "Vitrolles")])],
        expected_in: Some(-49),
        ..faithful("#10463")
    },
    Sold {
        hours_ago: 120,
        lines: &[(&TEE, 0, 1, 1)],
        parcels: &[("Colissimo", "8R44712085512", &[(70, Accepted, "La Ciotat"), (27, Delivered, "Marseille 7e")])],
        ..faithful("#10474")
    },
    Sold {
        hours_ago: 260,
        payment: PaymentState::Refunded,
        lines: &[(&TEE, 2, 1, 1)],
        cancelled: true,
        ..faithful("#10451")
    },
    Sold { hours_ago: 40, lines: &[(&FITTING, 0, 0, 1)], kind: OrderKind::Booking, ..faithful("#10488") },
    Sold {
        hours_ago: 1_500,
        lines: &[(&SHIRT, 4, 1, 1)],
        parcels: &[("Colissimo", "8R44711900318", &[(1_470, Accepted, "La Ciotat"), (1_420, Delivered, "Marseille")])],
        ..faithful("#10102")
    },
];

const fn faithful(number: &'static str) -> Sold {
    Sold { number, name: "Salomé Vidal", email: "salome.vidal@example.com", ..QUIET }
}

/// Every order and its source.
fn all(shops: &Shops) -> impl Iterator<Item = (&'static Sold, &Source)> {
    let calanque = CALANQUE.iter().map(|sold| (sold, &shops.calanque));
    let garrigue = GARRIGUE.iter().map(|sold| (sold, &shops.garrigue));
    calanque.chain(garrigue).chain(FAITHFUL.iter().map(|sold| (sold, &shops.calanque)))
}

/// Placing them, and what their parcels passed.
pub(super) fn deeds(shops: &Shops, now: DateTime<Utc>) -> Vec<Deed<'_>> {
    let mut deeds = Vec::new();
    for (sold, source) in all(shops) {
        let place = move |tx: &mut Tx<'_>| placing::place(tx, source, &sold.news(now)?).map(drop);
        deeds.push(Deed::new(sold.hours_ago * 60, place));
        for (number, parcel) in sold.parcels.iter().enumerate() {
            sold.send(&mut deeds, source, now, number, parcel);
        }
    }
    deeds
}

/// The threads that opened, in the order of the lists.
pub(super) fn threads(tx: &mut Tx<'_>, shops: &Shops) -> Result<Vec<Thread>> {
    let mut threads = Vec::new();
    for (sold, _) in all(shops) {
        threads.extend(thread_of(tx, shops, sold.number)?);
    }
    Ok(threads)
}

/// The thread of an order by its number.
pub(super) fn thread_of(tx: &mut Tx<'_>, shops: &Shops, number: &str) -> Result<Option<Thread>> {
    let filter = orders::Filter { number: Some(number.to_owned()), ..orders::Filter::default() };
    let found = orders::list(tx, shops.merchant, &filter, 1)?.pop().and_then(|detail| detail.thread_id);
    found.map(|thread| threads::of_merchant(tx, shops.merchant, thread)).transpose()
}

impl Sold {
    fn external_id(&self) -> String {
        let digits: String = self.number.chars().filter(char::is_ascii_digit).collect();
        format!("54000{digits}")
    }

    fn news(&self, now: DateTime<Utc>) -> Result<OrderNews> {
        let euro: Currency = "EUR".parse().map_err(|_| Error::Internal("no euro".to_owned()))?;
        let money = |minor| Money::from_minor(minor, euro);
        let placed_at = now - Duration::hours(self.hours_ago);
        let lines: Vec<LineNews> = self.lines.iter().enumerate().map(|(at, line)| self.line(at, *line, euro)).collect();
        let total: i64 = lines.iter().map(|line| line.unit_price.minor() * i64::from(line.quantity)).sum();
        let refunded = match self.payment {
            PaymentState::Refunded => total,
            PaymentState::PartiallyRefunded => 1_000,
            _ => 0,
        };
        let some = |text: &str| (!text.is_empty()).then(|| text.to_owned());
        Ok(OrderNews {
            external_id: self.external_id(),
            number: self.number.to_owned(),
            kind: self.kind,
            placed_at,
            updated_at: placed_at,
            test: false,
            currency: euro,
            payment: self.payment,
            placed: false,
            draft: false,
            fulfilment: if self.parcels.is_empty() { FulfilmentState::None } else { FulfilmentState::Fulfilled },
            customer: CustomerNews {
                name: some(self.name),
                email: some(self.email),
                locale: some(self.locale),
                ..CustomerNews::default()
            },
            ship_to: Some(Address {
                name: some(self.name),
                city: some(self.city),
                country: Some("FR".to_owned()),
                ..Address::default()
            }),
            lines,
            discount: money(0),
            shipping: money(0),
            tax: money(total / 6),
            tax_included: true,
            total: money(total),
            refunded: money(refunded),
            cancelled_at: self.cancelled.then(|| placed_at + Duration::hours(20)),
            cancel_reason: None,
            shipments: Vec::new(),
            refunds: if refunded > 0 { vec![self.refund(money(refunded), placed_at)] } else { Vec::new() },
            admin_url: Some(format!("https://admin.shopify.com/store/demo/orders/{}", self.external_id())),
        })
    }

    fn refund(&self, amount: Money, placed_at: DateTime<Utc>) -> RefundNews {
        let external_id = format!("{}-r1", self.external_id());
        RefundNews { external_id, amount, reason: None, at: placed_at + Duration::hours(21), lines: Vec::new() }
    }

    fn line(&self, at: usize, (goods, colour, size, quantity): Bought, euro: Currency) -> LineNews {
        let (name, _, price) = goods.colours.get(colour).copied().unwrap_or(("", "", 0));
        let size_name = goods.sizes.get(size).copied().unwrap_or_default();
        let zero = Money::zero(euro);
        LineNews {
            external_id: format!("{}-{at}", self.external_id()),
            product: Some(goods.id.to_owned()),
            variant: Some(goods.variant(colour, size)),
            sku: None,
            title: goods.title.to_owned(),
            options: vec![choice("", name), choice("", size_name)],
            custom: Vec::new(),
            image: None,
            quantity,
            fulfilled: if self.parcels.is_empty() { 0 } else { quantity },
            refunded: 0,
            unit_price: Money::from_minor(price, euro),
            discount: zero,
            tax: zero,
            requires_shipping: true,
        }
    }

    /// What is in a parcel: of several, each holds a line of its own.
    fn inside(&self, at: usize) -> Vec<(String, u32)> {
        let line = self.lines.get(at).filter(|_| self.parcels.len() > 1);
        line.map(|bought| (format!("{}-{at}", self.external_id()), bought.3)).into_iter().collect()
    }

    fn send<'a>(
        &'a self,
        deeds: &mut Vec<Deed<'a>>,
        source: &'a Source,
        now: DateTime<Utc>,
        at: usize,
        parcel: &'a Parcel,
    ) {
        let (order, id) = (self.external_id(), format!("{}-p{at}", self.external_id()));
        let (carrier, number, seen) = *parcel;
        for (place, (hours, status, town)) in seen.iter().enumerate() {
            let (order, id) = (order.clone(), id.clone());
            deeds.push(Deed::new(hours * 60, move |tx| {
                if place == 0 {
                    let inside = self.inside(at);
                    let told = ShipmentNews { lines: inside, ..told(tx.now(), &id, carrier, number, *status) };
                    shipments::take_for(tx, source, &order, &told)?;
                }
                let milestone = MilestoneNews {
                    external_id: format!("{id}-{status}"),
                    status: *status,
                    at: tx.now(),
                    place: (!town.is_empty()).then(|| (*town).to_owned()),
                    message: None,
                    expected_at: self.expected_in.map(|hours| now + Duration::hours(hours)),
                };
                shipments::pass(tx, source, &order, &id, &milestone).map(drop)
            }));
        }
    }
}

fn told(now: DateTime<Utc>, id: &str, carrier: &str, number: &str, status: ShipmentStatus) -> ShipmentNews {
    ShipmentNews {
        external_id: id.to_owned(),
        carrier: Some(carrier.to_owned()),
        numbers: vec![number.to_owned()],
        urls: vec![format!("https://tracking.example/{number}")],
        status: Some(status),
        shipped_at: Some(now),
        updated_at: now,
        lines: Vec::new(),
    }
}
