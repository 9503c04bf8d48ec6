//! The terms that a shop's exchanges go by, as its keepers fill them in, and which of them cannot both hold. A request keeps
//! the terms it was made under.

use serde::{Deserialize, Serialize};

use crate::{
    domain::{cases::Reason, catalogue::Variant, money::Money, orders::LineDetail, search::folding},
    error::Says,
    i18n::key,
    text_enum,
};

/// The most rules about single products.
pub const MOST_EXCEPTIONS: usize = 20;

text_enum! {
    /// Who pays when the other piece costs more.
    #[derive(Default)]
    pub enum Dearer { #[default] Shopper = "shopper", Shop = "shop", Refused = "refused" }
}

text_enum! {
    /// What happens when the other piece costs less.
    #[derive(Default)]
    pub enum Cheaper { #[default] Refunded = "refunded", Kept = "kept", Refused = "refused" }
}

/// A rule of its own for the products whose name has these words.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Exception {
    pub words: String,
    /// So many days instead of the shop's; none where they are never exchanged.
    pub days: Option<i32>,
}

impl Exception {
    /// Whether every word of it is in a product's name, accents and case aside.
    fn is_of(&self, title: &str) -> bool {
        let has = folded(title);
        folded(&self.words).iter().all(|word| has.contains(word))
    }
}

fn folded(text: &str) -> Vec<String> {
    folding::words(text).into_iter().map(|word| word.folded).collect()
}

/// Every rule beside the days.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Rules {
    pub dearer: Dearer,
    pub cheaper: Cheaper,
    /// The only option that may differ, as the shop names it; none where every one may.
    pub only: Option<String>,
    /// Reasons nobody may exchange for.
    pub refused: Vec<Reason>,
    /// Reasons that ask for a photo.
    pub photos: Vec<Reason>,
    /// Whether a request without that photo is not taken.
    pub photo_needed: bool,
    /// Sold at so many percent off or more, it is kept.
    pub final_from: Option<i32>,
    pub exceptions: Vec<Exception>,
}

impl Default for Rules {
    fn default() -> Self {
        Self {
            dearer: Dearer::default(),
            cheaper: Cheaper::default(),
            only: None,
            refused: Vec::new(),
            photos: vec![Reason::Defect, Reason::WrongItem],
            photo_needed: false,
            final_from: None,
            exceptions: Vec::new(),
        }
    }
}

/// What an exchange goes by.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Terms {
    /// Days after delivery.
    pub days: i32,
    #[serde(flatten)]
    pub rules: Rules,
}

/// Two rules that cannot both hold: where to mend that, and both by name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Clash {
    pub field: &'static str,
    pub says: Says,
}

impl Rules {
    /// The first two rules that cannot both hold; `titles` are the products the shop sells.
    pub fn clash(&self, titles: &[String]) -> Option<Clash> {
        let shown = self.photos.iter().find(|reason| self.photo_needed && self.refused.contains(reason));
        if let Some(reason) = shown {
            let says = Says::new(key("settings-clash-photo")).with("reason", reason.as_str());
            return Some(Clash { field: "photos", says });
        }
        if Reason::ALL.iter().all(|reason| self.refused.contains(reason)) {
            return Some(Clash { field: "refused", says: Says::new(key("settings-clash-reasons")) });
        }
        self.exceptions.iter().enumerate().find_map(|(at, one)| {
            let later = self.exceptions.iter().skip(at + 1).filter(|other| other.days != one.days);
            later.into_iter().find_map(|other| overlap(one, other, titles))
        })
    }

    /// The rule of its own that a product of this name has.
    pub fn exception(&self, title: &str) -> Option<&Exception> {
        self.exceptions.iter().find(|exception| exception.is_of(title))
    }

    pub fn takes(&self, reason: Reason) -> bool {
        !self.refused.contains(&reason)
    }

    pub fn asks_for_photo(&self, reason: Reason) -> bool {
        self.photos.contains(&reason)
    }

    /// Whether a request for this reason is not taken without a photo.
    pub fn needs_photo(&self, reason: Reason) -> bool {
        self.photo_needed && self.takes(reason) && self.asks_for_photo(reason)
    }

    /// Whether a line was sold for good, at a discount.
    pub(super) fn is_final(&self, line: &LineDetail) -> bool {
        let whole = line.line.unit_price.saturating_mul(i64::from(line.line.quantity.max(1)));
        let percent = |from: i32| line.line.discount.saturating_mul(100) >= whole.saturating_mul(i64::from(from));
        self.final_from.is_some_and(|from| whole > 0 && percent(from))
    }

    /// Whether only what may differ does.
    pub(super) fn lets(&self, own: Option<&Variant>, to: &Variant) -> bool {
        let (Some(only), Some(own)) = (&self.only, own) else { return true };
        let is_only = |name: &str| folded(name) == folded(only);
        to.options.0.iter().all(|choice| {
            let same = |mine: &&crate::domain::normal::Choice| mine.name == choice.name && mine.value == choice.value;
            is_only(&choice.name) || own.options.0.iter().any(|mine| same(&mine))
        })
    }

    /// What of a difference is settled, or why it cannot be asked for.
    pub(super) fn settled(&self, difference: Money) -> Result<Money, Says> {
        let nothing = Money::zero(difference.currency());
        match difference.minor() {
            0 => Ok(nothing),
            1.. => match self.dearer {
                Dearer::Shopper => Ok(difference),
                Dearer::Shop => Ok(nothing),
                Dearer::Refused => Err(Says::new(key("policy-dearer"))),
            },
            _ => match self.cheaper {
                Cheaper::Refunded => Ok(difference),
                Cheaper::Kept => Ok(nothing),
                Cheaper::Refused => Err(Says::new(key("policy-cheaper"))),
            },
        }
    }
}

/// Two rules with other answers overlap when one's words hold the other's, or when a product has both.
fn overlap(one: &Exception, other: &Exception, titles: &[String]) -> Option<Clash> {
    let both = titles.iter().find(|title| one.is_of(title) && other.is_of(title));
    let says = match both {
        Some(title) => Says::new(key("settings-clash-product")).with("product", title),
        None if one.is_of(&other.words) || other.is_of(&one.words) => Says::new(key("settings-clash-words")),
        None => return None,
    };
    Some(Clash { field: "exceptions", says: says.with("one", &one.words).with("other", &other.words) })
}

impl Terms {
    /// Days to exchange a product of this name.
    pub fn days_for(&self, title: &str) -> i32 {
        self.rules.exception(title).and_then(|exception| exception.days).unwrap_or(self.days)
    }

    /// Whether products of this name are never exchanged.
    pub(super) fn never(&self, title: &str) -> bool {
        self.rules.exception(title).is_some_and(|exception| exception.days.is_none())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rule(words: &str, days: Option<i32>) -> Exception {
        Exception { words: words.to_owned(), days }
    }

    fn clash(exceptions: &[Exception], titles: &[&str]) -> Option<&'static str> {
        let titles: Vec<String> = titles.iter().map(|title| (*title).to_owned()).collect();
        let rules = Rules { exceptions: exceptions.to_vec(), ..Rules::default() };
        rules.clash(&titles).map(|clash| clash.says.key)
    }

    #[test]
    fn rules_that_meet_with_other_answers_are_told() {
        let (socks, wool) = (rule("Socks", None), rule("wool", Some(60)));
        assert_eq!(clash(&[socks.clone(), wool.clone()], &["Linen shirt"]), None);
        assert_eq!(clash(&[socks.clone(), wool], &["Wool socks"]), Some("settings-clash-product"));
        assert_eq!(clash(&[socks.clone(), rule("été SOCKS", Some(5))], &[]), Some("settings-clash-words"));
        assert_eq!(clash(&[socks.clone(), socks], &["Socks"]), None, "the same twice is no contradiction");
    }

    #[test]
    fn a_photo_is_not_needed_for_what_cannot_be_asked() {
        let rules = Rules { refused: vec![Reason::Defect], photo_needed: true, ..Rules::default() };
        assert_eq!(rules.clash(&[]).unwrap().field, "photos");
        let rules = Rules { refused: Reason::ALL.to_vec(), ..Rules::default() };
        assert_eq!(rules.clash(&[]).unwrap().field, "refused");
        assert_eq!(Rules::default().clash(&[]), None);
    }

    #[test]
    fn rules_of_before_are_read_as_what_every_shop_begins_with() {
        assert_eq!(serde_json::from_str::<Rules>("{}").unwrap(), Rules::default());
        let terms = Terms { days: 14, rules: Rules { exceptions: vec![rule("Sök", None)], ..Rules::default() } };
        let text = serde_json::to_string(&terms).unwrap();
        assert_eq!(serde_json::from_str::<Terms>(&text).unwrap(), terms);
        assert!(terms.never("sok bleu") && !terms.never("shirt"));
        assert_eq!(terms.days_for("shirt"), 14);
    }

    #[test]
    fn who_pays_is_what_the_sentence_says() {
        let money = |minor| Money::from_minor(minor, "EUR".parse().unwrap());
        let rules = Rules { dearer: Dearer::Shop, cheaper: Cheaper::Refused, ..Rules::default() };
        assert_eq!(rules.settled(money(400)), Ok(money(0)));
        assert_eq!(rules.settled(money(-1)).unwrap_err().key, "policy-cheaper");
        assert_eq!(Rules::default().settled(money(-5)), Ok(money(-5)));
    }
}
