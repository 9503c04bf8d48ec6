//! What somebody looks for, as a value: words, the last of which may be begun only, or one number however it is written.
//! Each engine gets it in its own language, made of folded letters and digits alone: nothing typed is ever syntax.

use super::folding::{compact, words};
use crate::{
    error::{Error, Result, Says},
    i18n::key,
    ids::{LabelId, MerchantId, encode},
};

/// The longest search, in characters.
pub const MAX_QUERY: usize = 200;
/// Words of a search that count.
const MAX_WORDS: usize = 12;
/// From how many letters on a word may be begun only; one letter would find half of everything.
const BEGUN: usize = 2;
/// From how many characters on a number is looked for in one piece.
const NUMBER: usize = 4;

/// A search that can be made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Query {
    /// All of them, in one document; of the last the beginning is enough.
    words: Vec<String>,
    /// Or this alone: the whole search as one number.
    number: Option<String>,
    /// Or one of these: labels that are called so.
    labels: Vec<LabelId>,
}

impl Query {
    /// # Errors
    /// When there is no word in it, or it is too long; names the field `q`.
    pub fn parse(text: &str) -> Result<Self> {
        let length = text.chars().count();
        if length > MAX_QUERY {
            let says = Says::new(key("error-search-long")).with("max", MAX_QUERY).with("length", length);
            return Err(Error::invalid("q", says));
        }
        let words: Vec<String> = words(text).into_iter().map(|word| word.folded).take(MAX_WORDS).collect();
        if words.is_empty() {
            return Err(Error::invalid("q", Says::new(key("error-search-empty"))));
        }
        let whole = compact(text);
        let is_number = whole.len() >= NUMBER && whole.bytes().any(|b| b.is_ascii_digit());
        let number = Some(whole).filter(|whole| is_number && words.as_slice() != std::slice::from_ref(whole));
        Ok(Self { words, number, labels: Vec::new() })
    }

    /// The same search, which finds what carries one of these labels too.
    #[must_use]
    pub(super) fn or_labelled(mut self, labels: Vec<LabelId>) -> Self {
        self.labels = labels;
        self
    }

    /// Whether all words of a name are looked for: `urgent` finds the label "Très urgent" as `tres urgent` does.
    pub(super) fn names(&self, name: &str) -> bool {
        let name: Vec<String> = words(name).into_iter().map(|word| word.folded).collect();
        self.fits(&name)
    }

    /// Whether a word of a text is one that is looked for.
    pub fn marks(&self, folded: &str) -> bool {
        let last = self.words.len().saturating_sub(1);
        self.words.iter().enumerate().any(|(at, word)| is_it(word, at == last, folded))
    }

    /// Whether a number, however it is written, is the one that is looked for.
    pub fn marks_number(&self, text: &str) -> bool {
        let whole = compact(text);
        let begun = |word: &String| word.chars().count() >= 3 && whole.contains(word.as_str());
        self.number.as_ref().is_some_and(begun) || (self.words.len() == 1 && self.words.iter().any(begun))
    }

    /// Whether a document with these words is found. This is what a search means; the engines only know it faster.
    pub fn finds(&self, document: &str) -> bool {
        let document: Vec<&str> = document.split(' ').collect();
        let label = |label: &LabelId| document.contains(&label_word(*label).as_str());
        let number = |number: &String| document.iter().any(|word| is_it(number, true, word));
        self.fits(&document) || self.number.iter().any(number) || self.labels.iter().any(label)
    }

    fn fits<W: AsRef<str>>(&self, document: &[W]) -> bool {
        let last = self.words.len().saturating_sub(1);
        let found = |(at, word): (usize, &String)| document.iter().any(|other| is_it(word, at == last, other.as_ref()));
        self.words.iter().enumerate().all(found)
    }

    /// For FTS5.
    pub(super) fn for_sqlite(&self, merchant: MerchantId) -> String {
        let word = |text: &str, begun: bool| format!("\"{text}\"{}", if may_begin(text, begun) { "*" } else { "" });
        self.written(&merchant_word(merchant), " AND ", " OR ", word)
    }

    /// For a tsquery.
    pub(super) fn for_postgres(&self, merchant: MerchantId) -> String {
        let word = |text: &str, begun: bool| format!("'{text}'{}", if may_begin(text, begun) { ":*" } else { "" });
        self.written(&merchant_word(merchant), " & ", " | ", word)
    }

    fn written(&self, merchant: &str, and: &str, or: &str, word: impl Fn(&str, bool) -> String) -> String {
        let last = self.words.len().saturating_sub(1);
        let words: Vec<String> = self.words.iter().enumerate().map(|(at, text)| word(text, at == last)).collect();
        let mut ways = vec![format!("({})", words.join(and))];
        ways.extend(self.number.iter().map(|number| word(number, true)));
        ways.extend(self.labels.iter().map(|label| word(&label_word(*label), false)));
        format!("{}{and}({})", word(merchant, false), ways.join(or))
    }
}

fn may_begin(word: &str, last: bool) -> bool {
    last && word.chars().nth(BEGUN - 1).is_some()
}

fn is_it(word: &str, last: bool, other: &str) -> bool {
    if may_begin(word, last) { other.starts_with(word) } else { other == word }
}

/// The word that every document of a merchant holds, so that the index itself keeps merchants apart.
pub(super) fn merchant_word(merchant: MerchantId) -> String {
    format!("mer{}", encode(merchant.bytes()))
}

/// The word that a document holds for each label of its thread: a label that is renamed is found by its new name.
pub(super) fn label_word(label: LabelId) -> String {
    format!("lbl{}", encode(label.bytes()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn finds(query: &str, text: &str) -> bool {
        let words: Vec<String> = words(text).into_iter().map(|word| word.folded).collect();
        Query::parse(query).unwrap().finds(&words.join(" "))
    }

    #[test]
    fn all_words_are_found_and_the_last_may_be_begun() {
        assert!(finds("tache ourlet", "La tâche était là, près de l’ourlet"));
        assert!(finds("ourl", "l’ourlet") && !finds("ourl la", "la, l’ourlet") && finds("la ourl", "la, l’ourlet"));
        assert!(!finds("tache bleue", "La tâche") && !finds("o", "ourlet") && finds("l", "l’ourlet"));
    }

    #[test]
    fn a_number_is_found_as_one() {
        assert!(finds("+33 6 12 34 56 78", "33612345678 612345678"));
        assert!(finds("06.12.34.56.78", "33612345678 612345678"));
        assert!(finds("6A 1234 567", "6a12345678901"));
        assert!(!finds("commande 10482", "10482"));
    }

    #[test]
    fn what_holds_no_word_or_too_many_is_answered_plainly() {
        let wrong = |text: &str| match Query::parse(text) {
            Err(Error::Invalid(fields)) => fields[0].says.key,
            other => panic!("{other:?}"),
        };
        for nothing in ["", "\"*\"", "*", "\0\0", "-- ( ) : ^", "\u{301}"] {
            assert_eq!(wrong(nothing), "error-search-empty", "{nothing:?}");
        }
        assert_eq!(wrong(&"é".repeat(4_000)), "error-search-long");
    }

    #[test]
    fn nothing_typed_is_syntax() {
        let merchant = MerchantId::from_bytes([0; 16]);
        let zero = "mer00000000000000000000000000";
        for typed in ["a\"* OR NEAR(b)", "a' | !b:*", "{words}: a ^b", "NOT a AND b -c", "a\0b'; DROP TABLE x"] {
            let query = Query::parse(typed).unwrap();
            for (written, signs) in [(query.for_sqlite(merchant), "\"*() "), (query.for_postgres(merchant), "':*()|& ")]
            {
                let plain = written.replace("AND", "").replace("OR", "");
                assert!(plain.chars().all(|c| c.is_alphanumeric() || signs.contains(c)), "{written}");
            }
        }
        let query = Query::parse("AND fit*").unwrap();
        assert_eq!(query.for_sqlite(merchant), format!("\"{zero}\" AND ((\"and\" AND \"fit\"*))"));
        assert_eq!(query.for_postgres(merchant), format!("'{zero}' & (('and' & 'fit':*))"));
    }
}
