//! What the letters say.

use super::{
    people::{AddressMoved, Invited, NewAddress, NewPassword},
    *,
};
use crate::{domain::agents::Role, i18n::Lang};

fn head(lang: &str) -> Head {
    let t = Words::new(lang.parse().unwrap(), chrono_tz::Europe::Paris, chrono::Utc::now());
    Head::new(t, "Maison Calanque", "#1c6763", Some("10482".into()), Some("en livraison".into()))
}

fn item(options: &str) -> Item {
    Item { picture: None, title: "Sormiou".into(), options: options.into(), quantity: 1 }
}

fn link() -> String {
    "https://sav.calanque.example/t#abc".into()
}

fn reply(lang: &str, text: &str) -> Reply {
    Reply {
        head: head(lang),
        agent: "Inès".into(),
        answers: vec![Answer { agent: "Inès".into(), text: text.into(), when: "aujourd’hui à 10 h 40".into() }],
        lang: Some("fr".into()),
        swap: Some(swap()),
        before: Some("Un échange est encore possible ?".into()),
        link: link(),
    }
}

fn swap() -> Swap {
    Swap { news: CaseNews::Approved, exchange: true, from: Some(item("Écru, M")), to: item("Bleu orage, M") }
}

fn update(lang: &str) -> CaseUpdate {
    CaseUpdate { head: head(lang), swap: swap(), reason: None, next: None, due: Some("4,00 €".into()), link: link() }
}

fn open(lang: &str) -> ThreadOpen {
    ThreadOpen { head: head(lang), items: vec![item("Écru, M")], link: link() }
}

fn code(lang: &str) -> Code {
    Code { head: head(lang), code: "482913".into(), minutes: 10 }
}

fn waiting(lang: &str) -> Waiting {
    Waiting { head: head(lang), since: "aujourd’hui à 10 h 40".into(), link: link() }
}

fn invited(lang: &str) -> Invited {
    let (by, until) = ("Inès Marchand".into(), "18 nov. 2026, 10 h 42".into());
    Invited { head: head(lang), by, role: Role::Agent, until, link: link() }
}

#[test]
fn several_answers_stand_in_one_letter_each_with_its_author() {
    let mut letter = reply("fr", "Bien sûr.");
    letter.answers.push(Answer { agent: "Théo".into(), text: "C’est parti.".into(), when: "à 10 h 42".into() });
    let written = letter.write().unwrap();
    for words in ["Bien sûr.", "C’est parti.", "Théo, à 10 h 42", "Inès, aujourd’hui à 10 h 40"] {
        assert_eq!(written.text.matches(words).count(), 1, "{words}: {}", written.text);
        assert!(written.html.contains(words), "{words}");
    }
}

#[test]
fn an_answer_shows_the_request_that_is_under_way() {
    let mut letter = reply("fr", "Bien sûr.");
    let written = letter.write().unwrap();
    for words in ["Votre échange est accepté", "Écru, M", "contre", "Bleu orage, M"] {
        assert!(written.html.contains(words) && written.text.contains(words), "{words}: {}", written.text);
    }
    letter.swap = None;
    let written = letter.write().unwrap();
    assert!(!written.html.contains("contre") && !written.text.contains("Bleu orage"), "{}", written.text);
}

#[test]
fn each_letter_says_the_same_in_html_and_in_plain_text() {
    for lang in Lang::all().map(Lang::code) {
        let letters = [
            ("thread_open", open(lang).write().unwrap(), link()),
            ("reply", reply(lang, "Bien sûr, je vous mets un M de côté.").write().unwrap(), "un M de côté".into()),
            ("link", Link { head: head(lang), link: link() }.write().unwrap(), link()),
            ("waiting", waiting(lang).write().unwrap(), "à 10 h 40".into()),
            ("code", code(lang).write().unwrap(), "482913".into()),
            ("invited", invited(lang).write().unwrap(), link()),
            ("new_password", NewPassword { head: head(lang), link: link(), minutes: 60 }.write().unwrap(), link()),
            (
                "new_address",
                NewAddress { head: head(lang), code: "482913".into(), minutes: 10 }.write().unwrap(),
                "482913".into(),
            ),
            (
                "address_moved",
                AddressMoved { head: head(lang), email: "ines@example.com".into() }.write().unwrap(),
                "ines@example.com".into(),
            ),
            ("case_update", update(lang).write().unwrap(), "Bleu orage, M".into()),
        ];
        for (name, letter, words) in letters {
            assert!(letter.html.contains(&words) && letter.text.contains(&words), "{name} in {lang}");
            assert!(letter.html.contains("#1c6763"), "{name} wears the shop's colour");
            assert!(!letter.subject.is_empty() && !letter.html.contains("mail-") && !letter.text.contains("mail-"));
            assert!(!letter.html.contains("<table") && !letter.html.contains("<script") && !letter.text.contains("&#"));
            if let Ok(dir) = std::env::var("PREVIEW_DIR") {
                std::fs::write(format!("{dir}/mail-{name}.{lang}.html"), &letter.html).unwrap();
                std::fs::write(
                    format!("{dir}/mail-{name}.{lang}.txt"),
                    format!("{}\n\n{}", letter.subject, letter.text),
                )
                .unwrap();
            }
        }
    }
}

#[test]
fn the_subject_names_who_answered_and_which_order() {
    assert_eq!(reply("fr", "…").subject(), "Inès vous a répondu, commande nº\u{a0}10482");
    assert_eq!(reply("en", "…").subject(), "Inès replied, order 10482");
    assert!(code("en").subject().starts_with("482913"));
    assert_eq!(update("en").subject(), "Your exchange is approved, order 10482");
}

#[test]
fn what_people_wrote_cannot_become_markup() {
    let letter = reply("en", "<img src=x onerror=alert(1)>").write().unwrap();
    assert!(!letter.html.contains("<img src=x"));
    assert!(letter.text.contains("<img src=x onerror=alert(1)>"), "plain text is not escaped");
}
