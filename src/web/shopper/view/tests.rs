//! Every page with the same small world, in both languages. With `PREVIEW_DIR` set, the pages and files are written
//! there, to be looked at.

mod sample;

use std::path::Path;

use askama::Template;

use super::*;
use sample::Sample;

const HOSTILE: &str = "<script>alert(1)</script>\" onclick=\"x";

fn pages(sample: &Sample) -> Vec<(&'static str, String)> {
    let render = |page: &dyn askama::DynTemplate| page.dyn_render().unwrap();
    let mut pages = vec![
        ("thread", render(&sample.thread())),
        ("thread-empty", render(&sample.empty_thread())),
        ("thread-parcels", render(&sample.parcels_thread())),
        ("exchange-item", render(&sample.item())),
        ("exchange-reason", render(&sample.reason())),
        ("exchange-variant", render(&sample.variant())),
        ("exchange-confirm", render(&sample.confirm())),
        ("exchange-status", render(&sample.status())),
        ("find", render(&sample.find())),
        ("expired", render(&sample.expired())),
        ("code", render(&sample.code(false))),
        ("code-wrong", render(&sample.code(true))),
        ("opening", render(&sample.opening())),
    ];
    pages.push(("not-found", render(&sample.not_found(404))));
    pages.push(("forbidden", render(&sample.not_found(403))));
    pages.push(("busy", render(&sample.error(503))));
    pages
}

#[test]
fn every_page_is_whole_in_both_languages() {
    for lang in Lang::all() {
        let sample = Sample::new(lang, "Maison Calanque");
        for (name, page) in pages(&sample) {
            assert!(page.contains(&format!("<html lang=\"{}\">", lang.code())), "{name}");
            assert_eq!(page.matches("<h1").count(), 1, "{name} has one heading");
            for inline in [" style=", " onclick=", "<style", "javascript:"] {
                assert!(!page.contains(inline), "{name} has {inline}");
            }
            let scripts = page.matches("<script").count();
            assert_eq!(scripts, page.matches("<script type=\"module\" src=\"/static/js/").count(), "{name}");
            for word in ["Some(", "None", "{{", "{ $"] {
                assert!(!page.contains(word), "{name} shows {word}");
            }
            assert!(!page.split('>').any(|text| text.starts_with("exchange-") || text.starts_with("error-")), "{name}");
            keep(&sample, name, &page);
        }
    }
}

#[test]
fn the_thread_says_what_happens_and_offers_what_can_be_done() {
    let page = Sample::new("en".parse().unwrap(), "Maison Calanque").thread().render().unwrap();
    for part in [
        "<h2 class=\"ship__headline\" id=\"order-card-head\">Arriving today</h2>",
        "Order 10482, 18 November",
        "rel=\"noopener noreferrer\"",
        "id=\"msg-2\" data-seq=\"3\" data-client=\"c-2\"",
        "id=\"case-1\" data-seq=\"7\"",
        "name=\"client_id\" value=\"c-new\"",
        "data-live=\"/t/thr_1/live\" data-upto=\"8\"",
        "href=\"/t/thr_1/exchange\"",
    ] {
        assert!(page.contains(part), "{part}");
    }
    let mut gzip = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
    std::io::Write::write_all(&mut gzip, page.as_bytes()).unwrap();
    assert!(gzip.finish().unwrap().len() <= 20 * 1024);
}

#[test]
fn a_hostile_name_stays_text() {
    let sample = Sample::new(Lang::default(), HOSTILE);
    for (name, page) in pages(&sample) {
        assert!(!page.contains("<script>"), "{name}");
        assert!(!page.contains("onclick=\"x"), "{name}");
    }
}

#[test]
fn a_sold_out_choice_can_be_reached_and_says_why() {
    let page = Sample::new("en".parse().unwrap(), "Maison Calanque").variant().render().unwrap();
    let ink = page.split("<a class=\"swatch\"").find(|choice| choice.contains("Ink")).unwrap();
    assert!(ink.contains("aria-disabled=\"true\" tabindex=\"0\"") && ink.contains("Sold out"));
    assert!(!ink.split('>').next().unwrap().contains("href"));
}

#[test]
fn every_status_has_its_words() {
    let sample = Sample::new(Lang::default(), "Maison Calanque");
    for status in [400, 403, 404, 405, 409, 413, 422, 429, 500, 503] {
        let page = sample.error(status).render().unwrap();
        assert!(page.contains(&format!("<p class=\"fault__ref\">{status}")), "{status}");
        assert!(!page.contains("error-"), "{status}");
    }
}

#[test]
fn the_other_languages_keep_what_was_answered() {
    let t = Words::new("en".parse().unwrap(), chrono_tz::UTC, chrono::Utc::now());
    let spoken: Vec<Lang> = Lang::all().collect();
    let links = languages(&t, "line=1&lang=en&reason=colour", &spoken);
    assert_eq!(links.iter().map(|link| link.code).collect::<Vec<_>>(), ["de", "fr", "nl"]);
    let french = links.iter().find(|link| link.code == "fr").unwrap();
    assert_eq!((french.short.as_str(), french.name.as_str()), ("FR", "Français"));
    assert_eq!(french.href, "?line=1&reason=colour&lang=fr");
}

fn keep(sample: &Sample, name: &str, page: &str) {
    let Ok(dir) = std::env::var("PREVIEW_DIR") else { return };
    let dir = Path::new(&dir);
    std::fs::create_dir_all(dir.join("look")).unwrap();
    std::fs::write(dir.join("look/calanque.css"), ":root{--merchant-accent:#1c6763}").unwrap();
    std::fs::write(dir.join(format!("{name}.{}.html", sample.t.code())), page).unwrap();
    assets::write_to(dir);
}
