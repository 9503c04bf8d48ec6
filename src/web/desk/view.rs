//! What the pages and live parts of the desk show: plain data, already in the reader's words, with the template each
//! is drawn by. Where the data comes from is the handlers' matter; what a button does is the domain's.

pub mod activity;
pub mod canned;
pub mod cases;
pub mod conversation;

pub mod connecting;
pub mod connectors;
pub mod context;
pub mod door;
pub mod events;
pub mod exchange;
pub mod filters;
pub mod frame;
pub mod hours;
pub mod joining;
pub mod labels;
pub mod links;
pub mod list;
pub mod mailbox;
pub mod mailing;
pub mod people;
pub mod person;
pub mod policy;
#[cfg(test)]
mod preview;
pub mod profile;
pub mod search;
pub mod second;
pub mod shop;
pub mod slip;

use std::fmt;

/// Somebody with a face: an agent or a shopper.
#[derive(Debug, Clone, Default)]
pub struct Person {
    /// The public id (`agt_...`, `spr_...`); empty for somebody we have no row for.
    pub id: String,
    pub name: String,
    /// At most two letters, shown on the avatar.
    pub initials: String,
    /// Which of the twelve avatar hues, 0 to 11.
    pub hue: u8,
}

impl Person {
    /// Initials and hue follow from the name, so the same person looks the same everywhere.
    pub fn new(id: impl fmt::Display, name: &str) -> Self {
        let letters = name.split_whitespace().filter_map(|word| word.chars().find(|letter| letter.is_alphanumeric()));
        let mut initials: Vec<char> = letters.flat_map(char::to_uppercase).collect();
        if let (Some(&first), Some(&last), true) = (initials.first(), initials.last(), initials.len() > 2) {
            initials = vec![first, last];
        }
        let hue = name.bytes().fold(7_u32, |sum, byte| (sum * 31 + u32::from(byte)) % 9973) % 12;
        let initials = if initials.is_empty() { "?".to_owned() } else { initials.into_iter().collect() };
        Self { id: id.to_string(), name: name.to_owned(), initials, hue: u8::try_from(hue).unwrap_or_default() }
    }

    /// The first word of the name, for lines that name who acted.
    pub fn first(&self) -> &str {
        self.name.split_whitespace().next().unwrap_or(&self.name)
    }
}

/// A small label with a drawing, for rows and cards.
#[derive(Debug, Clone)]
pub struct Badge {
    pub label: String,
    /// The symbol's name without its `i-`.
    pub icon: &'static str,
    /// The class behind `badge--`, or nothing.
    pub tone: &'static str,
}

/// A label as it is shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tag {
    /// The public id.
    pub id: String,
    pub name: String,
    /// Which of the twelve hues, 0 to 11.
    pub hue: i32,
}

/// How many there are, shown up to 999.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Tally(pub i64);

impl Tally {
    pub fn any(&self) -> bool {
        self.0 > 0
    }
}

impl fmt::Display for Tally {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.0 > 999 { f.write_str("999+") } else { write!(f, "{}", self.0) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_face_has_two_letters_at_most_and_always_the_same_hue() {
        let camille = Person::new("spr_1", "Camille Marie Roussel");
        assert_eq!(camille.initials, "CR");
        assert_eq!(camille.hue, Person::new("spr_2", "Camille Marie Roussel").hue);
        assert!(camille.hue < 12);
        assert_eq!(Person::new("", "").initials, "?");
        assert_eq!(Person::new("", "élodie").initials, "É");
        assert_eq!(camille.first(), "Camille");
    }

    #[test]
    fn a_tally_stops_counting_at_999() {
        assert_eq!(Tally(999).to_string(), "999");
        assert_eq!(Tally(1000).to_string(), "999+");
        assert!(!Tally(0).any());
    }
}
