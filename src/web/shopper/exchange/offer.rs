//! What a line can be exchanged for: the product's variants by their options, which of them is chosen now, and whether
//! it can be had.

use std::fmt::Display;

use super::{Answers, Step, colours};
use crate::{
    domain::{
        catalogue::{Offer, Product, Variant},
        normal::Choice as Opted,
        orders::LineDetail,
        policy::{self, Difference},
    },
    error::Says,
    i18n::Words,
    web::shopper::{
        counter::Counter,
        seen::Seen,
        view::exchange::{Choice, Group},
    },
};

/// From so many pieces on, how many there are is nobody's concern.
const PLENTY: i64 = 5;
/// Quantities that are offered at most.
const QUANTITIES: i32 = 10;

/// A line of the order and what is chosen for it now.
pub(super) struct Choosing<'a> {
    pub(super) line: &'a LineDetail,
    pub(super) product: &'a Product,
    offers: &'a [Offer],
    pub(super) chosen: &'a Offer,
    /// Pieces that are to be exchanged, and that can be.
    pub(super) quantity: i32,
    pieces: i32,
    pub(super) difference: Option<Difference>,
    /// Why what is chosen now is not swapped for.
    refused: Option<Says>,
}

impl<'a> Choosing<'a> {
    /// None when no line is chosen yet, or one that cannot be exchanged.
    pub(super) fn of(counter: &Counter, seen: &'a Seen, offers: &'a [Offer], answers: &Answers) -> Option<Self> {
        let wanted = answers.line()?;
        let line = seen.order.lines.iter().find(|detail| detail.line.id == wanted)?;
        let in_cases = seen.in_cases.get(&wanted).copied().unwrap_or(0);
        let terms = seen.shop.terms();
        let allowed = policy::exchange(&seen.order, line, in_cases, &terms, counter.t.now());
        let policy::Exchange::Allowed { pieces, .. } = allowed else { return None };
        let named = offers.iter().find(|offer| Some(offer.variant.id) == answers.variant());
        let own = offers.iter().find(|offer| is_own(line, &offer.variant));
        let chosen = named.or(own).or_else(|| offers.first())?;
        let quantity = answers.quantity().clamp(1, pieces);
        let (difference, refused) =
            match policy::swap(line, &chosen.variant, quantity, seen.order.order.currency, &terms) {
                Ok(difference) => (Some(difference), None),
                Err(says) => (None, Some(says)),
            };
        Some(Self { refused, line, product: line.product.as_ref()?, offers, chosen, quantity, pieces, difference })
    }

    /// What is chosen now, in one line.
    pub(super) fn name(&self) -> String {
        let options = self.chosen.variant.options_line();
        if options.is_empty() { self.product.title.clone() } else { options }
    }

    /// Why what is chosen now cannot be had.
    pub(super) fn blocked(&self, t: &Words) -> Option<String> {
        if is_own(self.line, &self.chosen.variant) {
            return Some(t.get("exchange-choose-other"));
        }
        if !self.chosen.has(1) {
            return Some(t.one("exchange-sold-out", "name", self.name()));
        }
        if !self.chosen.has(i64::from(self.quantity)) {
            return Some(t.count("exchange-too-few", self.chosen.available.unwrap_or_default()));
        }
        self.refused.as_ref().map(|says| says.in_words(t))
    }

    /// The options, each choice a link to this screen with that choice made; then how many pieces.
    pub(super) fn groups(&self, counter: &Counter, answers: &Answers) -> Vec<Group> {
        let named = &self.chosen.variant.options.0;
        let options = named.iter().enumerate().map(|(at, option)| self.group(counter, answers, at, option));
        let quantities = (self.pieces > 1).then(|| self.quantities(counter, answers));
        options.chain(quantities).collect()
    }

    fn group(&self, counter: &Counter, answers: &Answers, at: usize, option: &Opted) -> Group {
        let t = &counter.t;
        let mut values: Vec<&str> = Vec::new();
        for offer in self.offers {
            if let Some(choice) = offer.variant.options.0.get(at).filter(|c| !values.contains(&c.value.as_str())) {
                values.push(&choice.value);
            }
        }
        let coloured = colours::is_colour(&option.name);
        let choices = values.into_iter().map(|value| self.choice(t, counter, answers, at, value)).collect();
        Group { name: group_name(t, &option.name), colours: coloured, choices }
    }

    fn choice(&self, t: &Words, counter: &Counter, answers: &Answers, at: usize, value: &str) -> Choice {
        let offer = self.with(at, value);
        let chosen = self.chosen.variant.options.0.get(at).is_some_and(|option| option.value == value);
        let (stock, href) = match offer {
            Some(offer) => {
                let reachable = offer.has(1) || is_own(self.line, &offer.variant);
                let href = reachable.then(|| link(counter, answers, "variant", &offer.variant.id));
                (self.stock(t, offer), href)
            }
            None => (t.get("stock-none"), None),
        };
        let colour = colours::of(value).unwrap_or("none").to_owned();
        Choice { label: value.to_owned(), colour, stock, href, chosen }
    }

    /// The variant that is like the chosen one but for this option; else the nearest that can be had.
    fn with(&self, at: usize, value: &str) -> Option<&'a Offer> {
        let wanted = &self.chosen.variant.options.0;
        let having = || {
            self.offers.iter().filter(move |offer| offer.variant.options.0.get(at).is_some_and(|o| o.value == value))
        };
        let alike = move |offer: &Offer| {
            offer.variant.options.0.iter().zip(wanted).filter(|(one, other)| one.value == other.value).count()
        };
        let exact = having().find(|offer| {
            let same = |(place, option): (usize, &Opted)| {
                place == at || wanted.get(place).is_some_and(|other| other.value == option.value)
            };
            offer.variant.options.0.iter().enumerate().all(same)
        });
        exact.or_else(|| having().max_by_key(|offer| (offer.has(1), alike(offer))))
    }

    fn stock(&self, t: &Words, offer: &Offer) -> String {
        if is_own(self.line, &offer.variant) {
            return t.get("stock-own");
        }
        match offer.available {
            None => t.get("stock-uncounted"),
            Some(..=0) => t.get("stock-none"),
            Some(left @ 1..=PLENTY) => t.count("stock-few", left),
            Some(_) => t.get("stock-plenty"),
        }
    }

    fn quantities(&self, counter: &Counter, answers: &Answers) -> Group {
        let choice = |pieces: i32| Choice {
            label: pieces.to_string(),
            colour: String::new(),
            stock: String::new(),
            href: Some(link(counter, answers, "quantity", &pieces)),
            chosen: pieces == self.quantity,
        };
        let choices = (1..=self.pieces.min(QUANTITIES)).map(choice).collect();
        Group { name: counter.t.get("exchange-how-many"), colours: false, choices }
    }
}

/// This screen with one answer changed.
fn link(counter: &Counter, answers: &Answers, name: &str, value: &dyn Display) -> String {
    let mut changed = answers.clone();
    let value = Some(value.to_string());
    match name {
        "quantity" => changed.quantity = value,
        _ => changed.variant = value,
    }
    format!("{}/exchange{}", counter.home, changed.query(Step::Variant))
}

fn is_own(line: &LineDetail, variant: &Variant) -> bool {
    line.variant.as_ref().is_some_and(|own| own.id == variant.id)
}

/// The shop's own name of an option, or ours for the two that every shop has.
fn group_name(t: &Words, name: &str) -> String {
    match name.trim().to_lowercase().as_str() {
        "" => t.get("option-other"),
        "size" | "taille" | "größe" | "maat" => t.get("option-size"),
        _ if colours::is_colour(name) => t.get("option-colour"),
        _ => name.to_owned(),
    }
}
