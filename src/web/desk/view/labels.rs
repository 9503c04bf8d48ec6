//! The page where labels are made.

use askama::Template;

use super::frame::Frame;
use crate::i18n::{Words, key};

/// A label as it can be changed, or the one to be made.
#[derive(Debug, Clone)]
pub struct LabelForm {
    /// The public id; none for a new one.
    pub id: Option<String>,
    /// The name it has.
    pub saved: String,
    pub name: String,
    pub hue: String,
    pub problem: Option<String>,
}

impl LabelForm {
    /// The beginning of the ids of its fields.
    fn key(&self) -> &str {
        self.id.as_deref().unwrap_or("new")
    }

    fn action(&self) -> String {
        self.id.as_ref().map_or_else(|| "/desk/labels".to_owned(), |id| format!("/desk/labels/{id}"))
    }

    fn is_hue(&self, hue: &str) -> bool {
        self.hue == hue
    }
}

/// `GET /desk/labels`
#[derive(Debug, Clone, Template)]
#[template(path = "desk/labels.html")]
pub struct Labels {
    pub t: Words,
    pub css: &'static str,
    pub icons: &'static str,
    pub frame: Frame,
    pub labels: Vec<LabelForm>,
    pub fresh: LabelForm,
    pub max: usize,
}

impl Labels {
    /// The forms, the new one last.
    fn forms(&self) -> impl Iterator<Item = &LabelForm> {
        self.labels.iter().chain([&self.fresh])
    }

    /// The twelve hues with their names.
    fn hues(&self) -> [(&'static str, String); 12] {
        let name = |hue, words| (hue, self.t.get(words));
        [
            name("0", key("hue-0")),
            name("1", key("hue-1")),
            name("2", key("hue-2")),
            name("3", key("hue-3")),
            name("4", key("hue-4")),
            name("5", key("hue-5")),
            name("6", key("hue-6")),
            name("7", key("hue-7")),
            name("8", key("hue-8")),
            name("9", key("hue-9")),
            name("10", key("hue-10")),
            name("11", key("hue-11")),
        ]
    }
}
