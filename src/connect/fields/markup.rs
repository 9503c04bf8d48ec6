//! Text that was made for a page: tags are taken out and what stands for a letter becomes it (`&amp;`, `&#8211;`).

use super::Field;

/// Letters that shops write by name.
const NAMED: &[(&str, char)] = &[
    ("amp", '&'),
    ("lt", '<'),
    ("gt", '>'),
    ("quot", '"'),
    ("apos", '\''),
    ("nbsp", '\u{a0}'),
    ("ndash", '–'),
    ("mdash", '—'),
    ("hellip", '…'),
    ("times", '×'),
    ("deg", '°'),
    ("middot", '·'),
    ("bull", '•'),
    ("euro", '€'),
    ("pound", '£'),
    ("yen", '¥'),
    ("copy", '©'),
    ("reg", '®'),
    ("trade", '™'),
    ("lsquo", '‘'),
    ("rsquo", '’'),
    ("ldquo", '“'),
    ("rdquo", '”'),
    ("laquo", '«'),
    ("raquo", '»'),
    ("auml", 'ä'),
    ("ouml", 'ö'),
    ("uuml", 'ü'),
    ("Auml", 'Ä'),
    ("Ouml", 'Ö'),
    ("Uuml", 'Ü'),
    ("szlig", 'ß'),
    ("agrave", 'à'),
    ("acirc", 'â'),
    ("ccedil", 'ç'),
    ("egrave", 'è'),
    ("eacute", 'é'),
    ("ecirc", 'ê'),
    ("euml", 'ë'),
    ("icirc", 'î'),
    ("iuml", 'ï'),
    ("ocirc", 'ô'),
    ("ugrave", 'ù'),
    ("ucirc", 'û'),
    ("Eacute", 'É'),
    ("oelig", 'œ'),
    ("ntilde", 'ñ'),
];
/// The longest name or number of a letter, in bytes.
const LONGEST: usize = 8;

impl Field<'_> {
    /// A name as [`Field::name`] reads it, without markup.
    pub(in crate::connect) fn plain(&self) -> Option<String> {
        let text = unmarked(&without_tags(&self.name()?));
        let text: String = text.chars().filter(|letter| !letter.is_control()).collect();
        Some(text.trim()).filter(|text| !text.is_empty()).map(str::to_owned)
    }
}

/// With letters for what stands for them; what is not known stays as it is.
pub(in crate::connect) fn unmarked(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('&') {
        plain.push_str(before);
        match after.split_once(';').filter(|(name, _)| name.len() <= LONGEST).map(|(name, tail)| (letter(name), tail)) {
            Some((Some(letter), tail)) => {
                plain.push(letter);
                rest = tail;
            }
            _ => {
                plain.push('&');
                rest = after;
            }
        }
    }
    plain.push_str(rest);
    plain
}

fn letter(name: &str) -> Option<char> {
    let Some(number) = name.strip_prefix('#') else {
        return NAMED.iter().find(|(known, _)| *known == name).map(|(_, letter)| *letter);
    };
    let number = match number.strip_prefix(['x', 'X']) {
        Some(hex) => u32::from_str_radix(hex, 16),
        None => number.parse(),
    };
    number.ok().and_then(char::from_u32)
}

/// Without `<span ...>` and the like; a `<` that begins no tag stays.
fn without_tags(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('<') {
        plain.push_str(before);
        let tag = after.starts_with(|letter: char| letter.is_ascii_alphabetic() || letter == '/');
        match after.split_once('>').filter(|_| tag) {
            Some((_, tail)) => rest = tail,
            None => {
                plain.push('<');
                rest = after;
            }
        }
    }
    plain.push_str(rest);
    plain
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use crate::connect::fields::Reading;

    fn plain(text: &str) -> Option<String> {
        let body = json!({ "x": text });
        Reading::lenient().root(&body).get("x").plain()
    }

    #[test]
    fn what_was_made_for_a_page_is_plain_text() {
        for (text, expected) in [
            ("Salt &amp; pepper", "Salt & pepper"),
            ("Ship Your Idea &ndash; M", "Ship Your Idea – M"),
            ("caf&#233; &#xE9;", "café é"),
            ("<strong>Bold</strong> <br/>x", "Bold x"),
            ("2 < 3 & 4 > 1", "2 < 3 & 4 > 1"),
            ("&amp;lt;script&gt;", "&lt;script>"),
            ("&unknown; &toolonganame; &#xFFFFFF; &", "&unknown; &toolonganame; &#xFFFFFF; &"),
        ] {
            assert_eq!(plain(text).as_deref(), Some(expected), "{text}");
        }
        assert_eq!(plain("a&#0;b&#10;c").as_deref(), Some("abc"), "no control characters by the back door");
        assert_eq!(plain("<p></p>&nbsp;"), None);
    }
}
