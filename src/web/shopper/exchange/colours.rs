//! Colours by their names, for the swatches. A swatch never speaks alone: its name stands under it, and a colour that is
//! not known here is shown by its name only.

/// Names in English and French, as shops write them, in lower case and without accents.
#[rustfmt::skip]
const COLOURS: &[(&str, &str)] = &[
    ("amber", "#d99a2b"), ("ambre", "#d99a2b"), ("anthracite", "#3b3d42"), ("argent", "#c0c3c7"), ("beige", "#dccbb0"),
    ("black", "#1d1c1f"), ("blanc", "#fbfaf7"), ("blanche", "#fbfaf7"), ("bleu", "#3f67a8"), ("bleue", "#3f67a8"),
    ("bleu ciel", "#a9c4d9"), ("bleu clair", "#a9c4d9"), ("bleu marine", "#27324e"), ("bleu nuit", "#1f2740"),
    ("bleu orage", "#5d7389"), ("blue", "#3f67a8"), ("bordeaux", "#6b2334"), ("brown", "#6f4a32"),
    ("burgundy", "#6b2334"), ("camel", "#b98b5a"), ("caramel", "#a86a35"), ("charcoal", "#3b3d42"),
    ("chocolat", "#4f3426"), ("chocolate", "#4f3426"), ("ciel", "#a9c4d9"), ("coral", "#e2735c"),
    ("corail", "#e2735c"), ("cream", "#f2e9d8"), ("creme", "#f2e9d8"), ("dark blue", "#27324e"), ("dore", "#c9a24a"),
    ("ecru", "#e8dcc3"), ("emerald", "#1f7a5a"), ("emeraude", "#1f7a5a"), ("encre", "#2b2d3b"), ("gold", "#c9a24a"),
    ("gray", "#8b8d92"), ("green", "#4d7c53"), ("grey", "#8b8d92"), ("gris", "#8b8d92"), ("grise", "#8b8d92"),
    ("honey", "#d8a24a"), ("indigo", "#34407a"), ("ink", "#2b2d3b"), ("ivoire", "#f4ecd9"), ("ivory", "#f4ecd9"),
    ("jaune", "#e5c04a"), ("kaki", "#737a4e"), ("khaki", "#737a4e"), ("lavande", "#b3a6cf"), ("lavender", "#b3a6cf"),
    ("light blue", "#a9c4d9"), ("lilac", "#b79fc6"), ("lilas", "#b79fc6"), ("marine", "#27324e"),
    ("marron", "#6f4a32"), ("maroon", "#6b2334"), ("miel", "#d8a24a"), ("mint", "#a9d3bb"), ("menthe", "#a9d3bb"),
    ("moutarde", "#c9982f"), ("mustard", "#c9982f"), ("natural", "#e8dcc3"), ("naturel", "#e8dcc3"),
    ("navy", "#27324e"), ("navy blue", "#27324e"), ("noir", "#1d1c1f"), ("noire", "#1d1c1f"), ("ocean", "#2f6784"),
    ("ochre", "#c2883a"), ("ocre", "#c2883a"), ("olive", "#6f7145"), ("orange", "#dd7c33"), ("pink", "#e3a1ae"),
    ("plum", "#6c3350"), ("prune", "#6c3350"), ("purple", "#70478c"), ("red", "#b73a3a"), ("rose", "#e3a1ae"),
    ("rouge", "#b73a3a"), ("rouille", "#a4512d"), ("rust", "#a4512d"), ("sable", "#d8c5a3"), ("sage", "#94a583"),
    ("sand", "#d8c5a3"), ("sauge", "#94a583"), ("silver", "#c0c3c7"), ("sky", "#a9c4d9"), ("sky blue", "#a9c4d9"),
    ("storm blue", "#5d7389"), ("taupe", "#8d7f73"), ("teal", "#2c7a7b"), ("terracotta", "#b9694a"),
    ("terre cuite", "#b9694a"), ("turquoise", "#45aab0"), ("vert", "#4d7c53"), ("verte", "#4d7c53"),
    ("violet", "#70478c"), ("white", "#fbfaf7"), ("yellow", "#e5c04a"),
];

/// Whether an option's name says that its values are colours.
pub(super) fn is_colour(option: &str) -> bool {
    matches!(plain(option).as_str(), "color" | "colour" | "couleur" | "coloris" | "teinte" | "farbe" | "kleur")
}

/// The colour of a name: by all of it, else by the first part of it that is known (`White and navy` is white).
pub(super) fn of(name: &str) -> Option<&'static str> {
    let name = plain(name);
    let known = |wanted: &str| COLOURS.iter().find(|(name, _)| *name == wanted).map(|(_, colour)| *colour);
    known(&name).or_else(|| {
        let words: Vec<&str> = name.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
        let pairs = words.windows(2).find_map(|pair| known(&pair.join(" ")));
        pairs.or_else(|| words.iter().find_map(|word| known(word)))
    })
}

/// In lower case, and without the accents that these names have.
fn plain(name: &str) -> String {
    let bare = |letter: char| match letter {
        'é' | 'è' | 'ê' => 'e',
        'à' | 'â' => 'a',
        'î' => 'i',
        'ô' => 'o',
        other => other,
    };
    name.trim().to_lowercase().chars().map(bare).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_colour_is_known_by_its_name_in_both_languages() {
        assert_eq!(of("Storm blue"), of("Bleu orage"));
        assert_eq!(of("Écru"), of("ecru"));
        assert_eq!(of("White and navy"), of("white"));
        assert_eq!(of("Deep navy blue melange"), of("navy"));
        assert_eq!(of("Calanque"), None);
        assert!(is_colour("Couleur") && is_colour("Color") && !is_colour("Size"));
    }
}
