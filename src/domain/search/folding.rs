//! Words as search compares them: without accents, case or punctuation. Folding is done here and never by an engine, so
//! both engines know exactly the same words.

use std::ops::Range;

use unicode_normalization::char::{decompose_compatible, is_combining_mark};

/// Characters of a word that count; the rest of a longer one is not compared.
const LONGEST: usize = 64;

/// A word of a text: as it is compared, and where it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Word {
    pub folded: String,
    pub place: Range<usize>,
}

/// The words of a text, in their order.
pub fn words(text: &str) -> Vec<Word> {
    let mut words: Vec<Word> = Vec::new();
    let mut inside = false;
    for (at, letter) in text.char_indices() {
        let end = at + letter.len_utf8();
        let folded = fold(letter);
        match words.last_mut().filter(|_| inside) {
            Some(word) if folded.is_empty() && is_silent(letter) => word.place.end = end,
            Some(word) if !folded.is_empty() => {
                let free = LONGEST.saturating_sub(word.folded.chars().count());
                word.folded.extend(folded.chars().take(free));
                word.place.end = end;
            }
            None if !folded.is_empty() => {
                words.push(Word { folded, place: at..end });
                inside = true;
            }
            _ => inside = false,
        }
    }
    words
}

/// All letters and digits of a text in one word: how numbers are compared that people write with spaces or dashes. Of
/// digits alone the leading zeros do not count, nor a zero in brackets, so that telephone numbers meet.
pub fn compact(text: &str) -> String {
    let all: String = text.replace("(0)", "").chars().map(fold).collect();
    let digits = !all.is_empty() && all.bytes().all(|b| b.is_ascii_digit());
    let kept = if digits { all.trim_start_matches('0') } else { all.as_str() };
    kept.chars().take(LONGEST).collect()
}

/// One letter without accent and case; nothing for what is neither letter nor digit.
fn fold(letter: char) -> String {
    if letter.is_ascii() {
        return if letter.is_ascii_alphanumeric() { letter.to_ascii_lowercase().into() } else { String::new() };
    }
    let mut folded = String::new();
    decompose_compatible(letter, |part| {
        if is_combining_mark(part) {
            return;
        }
        for small in part.to_lowercase().filter(|small| small.is_alphanumeric()) {
            match small {
                'œ' => folded.push_str("oe"),
                'æ' => folded.push_str("ae"),
                'ß' => folded.push_str("ss"),
                'þ' => folded.push_str("th"),
                'ø' => folded.push('o'),
                'đ' | 'ð' => folded.push('d'),
                'ł' => folded.push('l'),
                'ı' => folded.push('i'),
                other => folded.push(other),
            }
        }
    });
    folded
}

/// What stands inside a word without being a letter of it: accents on their own, soft hyphens, joiners.
fn is_silent(letter: char) -> bool {
    is_combining_mark(letter)
        || matches!(letter, '\u{ad}' | '\u{200b}'..='\u{200d}' | '\u{2060}' | '\u{feff}' | '\u{fe00}'..='\u{fe0f}')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn folded(text: &str) -> Vec<String> {
        words(text).into_iter().map(|word| word.folded).collect()
    }

    #[test]
    fn accents_case_and_signs_make_no_difference() {
        assert_eq!(folded("L’ÉTÉ, à l'ourlet… Œuvre n°12"), ["l", "ete", "a", "l", "ourlet", "oeuvre", "n", "12"]);
        assert_eq!(folded("Straße ŁÓDŹ Ærø İstanbul ﬁn"), ["strasse", "lodz", "aero", "istanbul", "fin"]);
        assert_eq!(folded("e\u{301}te\u{301} co\u{ad}ton"), ["ete", "coton"]);
        assert_eq!(folded("\0 \"*\" -- ()"), Vec::<String>::new());
        assert_eq!(folded("camille.roussel@example.com"), ["camille", "roussel", "example", "com"]);
        assert_eq!(folded("日本語 привет"), ["日本語", "привет"]);
    }

    #[test]
    fn a_word_knows_where_it_stands_in_the_text() {
        let text = "Une Tâche, là";
        let places: Vec<&str> = words(text).into_iter().filter_map(|word| text.get(word.place)).collect();
        assert_eq!(places, ["Une", "Tâche", "là"]);
        let apart = "ta\u{302}che";
        assert_eq!(words(apart), [Word { folded: "tache".to_owned(), place: 0..apart.len() }]);
    }

    #[test]
    fn a_word_without_end_is_compared_by_its_beginning() {
        assert_eq!(folded(&"é".repeat(4_000)), ["e".repeat(64)]);
    }

    #[test]
    fn numbers_meet_however_they_are_written() {
        assert_eq!(compact("+33 (0)6 12-34.56 78"), "33612345678");
        assert_eq!(compact("06 12 34 56 78"), "612345678");
        assert_eq!(compact("#G-2041"), "g2041");
        assert_eq!(compact("6A 1234 5678"), "6a12345678");
        assert_eq!(compact("0000"), "");
    }
}
