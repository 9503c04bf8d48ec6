//! What a search found, in the agent's words: the threads with the words marked, and what narrows them.

use super::{Desk, own_picture, sheet_and_icons, tags};
use crate::{
    domain::{
        search::{self, DocKind, Query, folding},
        threads::{ThreadState, inbox::Row, messages::Message},
    },
    error::Error,
    i18n::{Words, key},
    ids::AgentId,
    web::{
        desk::{
            searching::{Asked, DAYS, Found},
            view::{
                Badge, Tally,
                cases::{Kind, badge},
                conversation::State,
                frame::Page,
                search::{Chip, Facet, FacetOption, Hit, Marked, Search},
            },
        },
        problem,
    },
};

/// Characters of a text that are shown before the first word that was found, and in all.
const BEFORE: usize = 60;
const SHOWN: usize = 180;

impl Desk<'_> {
    pub(in crate::web::desk) fn search(&self, asked: &Asked, found: Option<&Found>, wrong: Option<&Error>) -> Search {
        let (css, icons) = sheet_and_icons();
        let t = self.t;
        let count = found.map(|found| {
            let threads = found.facets.threads;
            let key = if found.facets.at_least { key("search-at-least") } else { key("search-threads") };
            t.count(key, threads)
        });
        let facets = found.map(|found| self.facets(asked, found)).unwrap_or_default();
        let next = found.and_then(|found| found.hits.next);
        Search {
            t,
            css,
            icons,
            frame: self.frame(Some(Page::Search), None),
            q: asked.q.clone(),
            max: search::query::MAX_QUERY,
            problem: wrong.map(|error| problem::in_words(error, &t)),
            asked: found.is_some(),
            count: count.unwrap_or_default(),
            chips: chips(asked, &facets),
            clear: address(&Asked { q: asked.q.clone(), ..Asked::default() }),
            facets,
            hits: found.map(|found| self.hits(found)).unwrap_or_default(),
            file: format!("/desk/search/file?{}", address(asked).split_once('?').map_or("", |(_, query)| query)),
            more: next.map(|after| address(&Asked { after: Some(after), ..asked.clone() })),
            behind: found.is_some_and(|found| found.behind),
        }
    }

    /// The threads that were found.
    pub(in crate::web::desk) fn hits(&self, found: &Found) -> Vec<Hit> {
        let hit = |hit: &search::Hit| {
            let row = found.rows.get(&hit.thread)?;
            let said = found.messages.iter().find(|said| said.thread_id == hit.thread && said.seq == hit.seq);
            if hit.kind != DocKind::Order && said.is_none() {
                return None;
            }
            Some(self.hit(found, hit, row, said))
        };
        found.hits.hits.iter().filter_map(hit).collect()
    }

    fn hit(&self, found: &Found, hit: &search::Hit, row: &Row, said: Option<&Message>) -> Hit {
        let (t, thread) = (&self.t, &row.thread);
        let state = State::of(thread.state.as_str());
        let mut badges: Vec<Badge> = row.case.iter().map(|case| badge(t, Kind::of(case.kind.as_str()))).collect();
        badges.push(Badge { label: state.label(t), icon: state_icon(thread.state), tone: state_tone(thread.state) });
        let anchor = said.map(|said| format!("#{}", said.id)).unwrap_or_default();
        let shoppers = said.is_some_and(|said| said.author == crate::domain::events::ActorKind::Shopper);
        Hit {
            href: format!("/desk/threads/{}?view=all{anchor}", thread.id),
            picture: own_picture(thread.order_id.and_then(|id| found.pictures.get(&id)).map(String::as_str)),
            name: self.name(row.shopper.as_ref(), row.order.as_ref()),
            order: row.order.as_ref().filter(|_| row.shopper.is_some()).map(|order| order.bare_number().to_owned()),
            when: t.when(&hit.at()),
            when_iso: t.iso(&hit.at()),
            note_by: said.filter(|said| said.note).map(|said| self.first_name(said.author_id)),
            text: said.map_or_else(|| order_text(found, row), |said| excerpt(&said.alt, &found.query)),
            lang: shoppers.then(|| thread.lang().code().to_owned()),
            badges,
            labels: tags(found.labels.get(&thread.id)),
        }
    }

    fn first_name(&self, id: Option<AgentId>) -> String {
        id.map(|id| self.colleague(id).first().to_owned()).unwrap_or_default()
    }

    fn facets(&self, asked: &Asked, found: &Found) -> Vec<Facet> {
        let (t, counts) = (&self.t, &found.facets);
        let option = |value: String, label: String, count: Option<&i64>, on: bool| FacetOption {
            value,
            label,
            count: Some(Tally(count.copied().unwrap_or_default())),
            on,
        };
        let kinds = DocKind::ALL.iter().map(|kind| {
            option(kind.to_string(), kind_words(t, *kind), counts.kinds.get(kind), asked.kinds.contains(kind))
        });
        let states = ThreadState::ALL.iter().map(|state| {
            let label = State::of(state.as_str()).label(t);
            option(state.to_string(), label, counts.states.get(state), asked.states.contains(state))
        });
        let shops = self.round.shops.iter().map(|shop| {
            option(shop.id.to_string(), shop.name.clone(), counts.shops.get(&shop.id), asked.shops.contains(&shop.id))
        });
        let everybody = self.round.team.iter().map(|agent| (Some(agent.id), agent.name.clone()));
        let agents = everybody.chain([(None, t.get("search-nobody"))]).map(|(id, name)| {
            let value = id.map_or_else(|| "none".to_owned(), |id| id.to_string());
            option(value, name, counts.agents.get(&id), asked.agents.contains(&id))
        });
        let some = |options: Vec<FacetOption>| {
            options.into_iter().filter(|option| option.on || option.count.is_some_and(|count| count.any())).collect()
        };
        let facet = |title, name, options| Facet { title: t.get(title), name, options, single: false };
        let mut all: Vec<Facet> = vec![
            facet(key("search-in"), "in", some(kinds.collect())),
            facet(key("search-state"), "state", some(states.collect())),
            facet(key("search-agent"), "agent", some(agents.collect())),
        ];
        if self.round.shops.len() > 1 {
            all.insert(2, facet(key("search-shop"), "shop", some(shops.collect())));
        }
        all.retain(|facet| !facet.options.is_empty());
        all.push(self.period(asked));
        all
    }

    fn period(&self, asked: &Asked) -> Facet {
        let any = FacetOption {
            value: String::new(),
            label: self.t.get("search-any-time"),
            count: None,
            on: asked.days.is_none(),
        };
        let back = DAYS.iter().map(|days| FacetOption {
            value: days.to_string(),
            label: self.t.count("search-days", *days),
            count: None,
            on: asked.days == Some(*days),
        });
        let options = [any].into_iter().chain(back).collect();
        Facet { title: self.t.get("search-period"), name: "days", options, single: true }
    }
}

/// What narrows now, each with the address without it.
fn chips(asked: &Asked, facets: &[Facet]) -> Vec<Chip> {
    let on = |facet: &Facet| {
        let name = facet.name;
        let of_facet = facet.options.iter().filter(|option| option.on && !option.value.is_empty());
        of_facet.map(move |option| (name, option.value.clone(), option.label.clone())).collect::<Vec<_>>()
    };
    let without = |name: &str, value: &str| {
        let pairs = pairs(asked).into_iter().filter(|(own, text)| *own != "after" && (*own != name || text != value));
        written(pairs.collect())
    };
    let all = facets.iter().flat_map(on);
    all.map(|(name, value, label)| Chip { href: without(name, &value), label }).collect()
}

fn pairs(asked: &Asked) -> Vec<(&'static str, String)> {
    let mut pairs = vec![("q", asked.q.clone())];
    pairs.extend(asked.kinds.iter().map(|kind| ("in", kind.to_string())));
    pairs.extend(asked.states.iter().map(|state| ("state", state.to_string())));
    pairs.extend(asked.shops.iter().map(|shop| ("shop", shop.to_string())));
    let agent = |agent: &Option<AgentId>| agent.map_or_else(|| "none".to_owned(), |id| id.to_string());
    pairs.extend(asked.agents.iter().map(|id| ("agent", agent(id))));
    pairs.extend(asked.days.map(|days| ("days", days.to_string())));
    pairs.extend(asked.after.map(|after| ("after", after.to_string())));
    pairs
}

fn address(asked: &Asked) -> String {
    written(pairs(asked))
}

fn written(pairs: Vec<(&'static str, String)>) -> String {
    let pair = |(name, value): (&str, String)| {
        let escaped: String = value.bytes().map(crate::web::desk::escaped).collect();
        format!("{name}={escaped}")
    };
    format!("/desk/search?{}", pairs.into_iter().map(pair).collect::<Vec<_>>().join("&"))
}

/// The part of a text round the first word that was found, with all that were found in it marked.
fn excerpt(text: &str, query: &Query) -> Marked {
    let words = folding::words(text);
    let places: Vec<_> = words.iter().filter(|word| query.marks(&word.folded)).map(|word| word.place.clone()).collect();
    let first = places.first().map_or(0, |place| place.start);
    let begins = text.get(..first).unwrap_or_default().char_indices().rev().nth(BEFORE).map_or(0, |(at, _)| at);
    // From the beginning of a word on, and to the end of one.
    let begins = words.iter().map(|word| word.place.start).find(|start| *start >= begins).filter(|_| begins > 0);
    let begins = begins.unwrap_or(0);
    let rest = text.get(begins..).unwrap_or_default();
    let ends = rest.char_indices().nth(SHOWN).map_or(text.len(), |(at, _)| begins + at);
    let mut pieces = Vec::new();
    let mut done = begins;
    if begins > 0 {
        pieces.push(("… ".to_owned(), false));
    }
    for place in places.into_iter().filter(|place| place.start >= begins && place.end <= ends) {
        pieces.extend(text.get(done..place.start).filter(|gap| !gap.is_empty()).map(|gap| (gap.to_owned(), false)));
        pieces.extend(text.get(place.clone()).map(|word| (word.to_owned(), true)));
        done = place.end;
    }
    pieces.extend(text.get(done..ends).filter(|gap| !gap.is_empty()).map(|gap| (gap.to_owned(), false)));
    if ends < text.len() {
        pieces.push(("…".to_owned(), false));
    }
    Marked(pieces)
}

/// What an order was found by: whatever of it fits, else its number.
fn order_text(found: &Found, row: &Row) -> Marked {
    let query = &found.query;
    let (order, shopper) = (row.order.as_ref(), row.shopper.as_ref());
    let words = [
        shopper.and_then(|shopper| shopper.name.clone()),
        order.and_then(|order| order.ship_to.as_ref()?.0.name.clone()),
        shopper.and_then(|shopper| shopper.email.clone()),
        order.and_then(|order| order.email.clone()),
    ];
    let parcels = order.and_then(|order| found.parcels.get(&order.id)).cloned().unwrap_or_default();
    let numbers = order.map(|order| order.number.clone()).into_iter().chain(parcels);
    let numbers = numbers.chain(shopper.and_then(|shopper| shopper.phone.clone()));
    let mut shown: Vec<(String, bool)> = Vec::new();
    let mut seen = std::collections::HashSet::new();
    let texts = words.into_iter().flatten().map(|text| (text, false)).chain(numbers.map(|text| (text, true)));
    for (text, number) in texts {
        let marked = if number && query.marks_number(&text) {
            Marked(vec![(text.clone(), true)])
        } else {
            excerpt(&text, query)
        };
        if !marked.0.iter().any(|(_, mark)| *mark) || !seen.insert(text.to_lowercase()) {
            continue;
        }
        if !shown.is_empty() {
            shown.push((" · ".to_owned(), false));
        }
        shown.extend(marked.0);
    }
    if shown.is_empty() {
        shown.extend(order.map(|order| (order.number.clone(), false)));
    }
    Marked(shown)
}

fn kind_words(t: &Words, kind: DocKind) -> String {
    t.get(match kind {
        DocKind::Message => key("search-in-messages"),
        DocKind::Note => key("search-in-notes"),
        DocKind::Order => key("search-in-orders"),
    })
}

fn state_icon(state: ThreadState) -> &'static str {
    match state {
        ThreadState::Resolved => "check",
        ThreadState::Snoozed => "moon",
        _ => "",
    }
}

fn state_tone(state: ThreadState) -> &'static str {
    match state {
        ThreadState::Open => "info",
        ThreadState::Resolved => "ok",
        _ => "",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn marked(text: &str, query: &str) -> String {
        let pieces = excerpt(text, &Query::parse(query).unwrap()).0;
        pieces.into_iter().map(|(text, mark)| if mark { format!("[{text}]") } else { text }).collect()
    }

    #[test]
    fn the_words_that_were_found_are_marked_as_they_were_written() {
        assert_eq!(marked("La tâche, près de l’Ourlet.", "tache ourl"), "La [tâche], près de l’[Ourlet].");
        assert_eq!(marked("<b>tache</b>", "tache"), "<b>[tache]</b>");
        assert_eq!(marked("tache taches", "tache x"), "[tache] taches");
    }

    #[test]
    fn a_long_text_is_shown_round_what_was_found() {
        let text = format!("{} aiguille {}", "mot ".repeat(100), "é".repeat(400));
        let shown = marked(&text, "aiguille");
        assert!(shown.starts_with("… mot ") && shown.contains("[aiguille]") && shown.ends_with('…'), "{shown}");
        assert!(shown.chars().count() <= SHOWN + 6, "{shown}");
    }
}
