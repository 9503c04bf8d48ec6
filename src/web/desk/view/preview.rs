//! Every page of the desk with the sample people of the design, in every language: asserted on always, and written to
//! `PREVIEW_DIR` to look at when that is set.

mod samples;

use askama::Template;

use self::samples::{inbox, mailbox, pages, setup_owner, sign_in, words};
use super::door::Refused;
use crate::i18n::Lang;

fn look_at(name: &str, html: &str) {
    let Ok(dir) = std::env::var("PREVIEW_DIR") else { return };
    std::fs::write(format!("{dir}/{name}.html"), html).unwrap();
}

#[test]
fn no_page_carries_inline_style_or_script_or_what_somebody_typed_as_markup() {
    for lang in Lang::all() {
        for (name, html) in pages(words(lang)) {
            look_at(&format!("desk-{name}.{}", lang.code()), &html);
            for never in [" style=", " onclick=", "<script>alert", "<img src=x", "<style", "javascript:", "<b>x</b>"] {
                assert!(!html.contains(never), "{name} in {} contains {never}", lang.code());
            }
            let handler = html.split('<').any(|tag| tag.split('>').next().unwrap().contains(" onerror="));
            assert!(!handler, "{name} in {} has a handler", lang.code());
            assert_eq!(html.matches("<h1").count(), 1, "{name} has one heading of the page");
            let missing = html
                .split(['>', '"'])
                .find(|text| ["desk-view-", "desk-key-", "setup-mend"].iter().any(|key| text.starts_with(key)));
            assert_eq!(missing, None, "{name} in {} shows a key instead of words", lang.code());
        }
    }
}

#[test]
fn a_thread_shows_what_an_agent_needs_to_decide_and_the_forms_that_do_it() {
    let html = inbox(words(Lang::default()), Some(false), None).render().unwrap();
    for wanted in [
        "Exchange to decide",
        "Shopper pays",
        "action=\"/desk/cases/cas_1/approval?view=needs-reply\"",
        "action=\"/desk/cases/cas_1/refusal?view=needs-reply\"",
        "action=\"/desk/threads/thr_1/messages?view=needs-reply\"",
        "action=\"/desk/threads/thr_1/assignment?view=needs-reply\"",
        "action=\"/desk/threads/thr_1/resolution?view=needs-reply\"",
        "name=\"client_id\" value=\"c-1\"",
        "Camille requested an exchange: écru",
        "Théo, internal note, 10:34",
        "data-upto=\"8\"",
        "id=\"row-thr_1\"",
    ] {
        assert!(html.contains(wanted), "{wanted}");
    }
}

#[test]
fn an_agreed_case_offers_only_the_buttons_that_move_it() {
    let html = inbox(words(Lang::default()), Some(true), None).render().unwrap();
    assert!(html.contains("/desk/cases/cas_2/goods-back") && html.contains("/desk/cases/cas_2/settlement"));
    assert!(!html.contains("/desk/cases/cas_2/goods-out"), "it has been sent already");
    assert!(!html.contains("/approval"));
}

#[test]
fn each_live_region_is_drawn_alone_as_on_the_page() {
    let page = inbox(words(Lang::default()), Some(false), None);
    let whole = page.render().unwrap();
    let open = page.open.unwrap();
    for (id, part) in [
        ("counts", page.frame.counts.render().unwrap()),
        ("threads", page.list.render().unwrap()),
        ("context", open.context.render().unwrap()),
        ("conversation-head", open.conversation.head.render().unwrap()),
    ] {
        assert!(part.contains(&format!(" id=\"{id}\"")), "{id}");
        assert!(whole.contains(part.trim()), "{id} is the same alone and on the page");
    }
    for entry in &open.conversation.entries {
        let part = entry.html().unwrap();
        assert!(part.contains(&format!("id=\"{}\"", entry.id())) && whole.contains(part.trim()));
    }
}

#[test]
fn a_refused_sign_in_says_so_without_saying_which_was_wrong() {
    let t = words(Lang::default());
    let html = sign_in(t, Some(Refused::Mismatch)).render().unwrap();
    assert!(html.contains("aria-invalid=\"true\"") && html.contains("doesn’t match this e-mail"));
    assert!(sign_in(t, Some(Refused::TooMany(3))).render().unwrap().contains("in 3 minutes"));
    assert!(setup_owner(t, true).render().unwrap().contains("href=\"#password_again\""));
}

#[test]
fn a_hostile_file_name_stays_inside_its_address() {
    let html = mailbox(words(Lang::default())).render().unwrap();
    assert!(html.contains("/desk/mailbox/..%2F2%20%C3%A9.eml"));
}
