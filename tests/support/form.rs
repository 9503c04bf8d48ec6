//! A form as a browser without JavaScript would send it: read from the page, changed only as the page allows.

use std::collections::BTreeMap;

use scraper::{ElementRef, Html};

use super::page::{Page, selector, words};

#[derive(Debug, Clone)]
pub(crate) struct Form {
    pub(crate) action: String,
    /// `get` or `post`.
    pub(crate) method: String,
    /// Sent in parts, so that files can go with it.
    with_files: bool,
    files: Vec<(String, Sent)>,
    /// What is sent, in the page's order.
    pub(crate) fields: Vec<(String, String)>,
    /// What may be chosen under a name: options, radios, boxes.
    choices: BTreeMap<String, Vec<String>>,
    /// Names under which a person types.
    typed: Vec<String>,
    required: Vec<String>,
    buttons: Vec<Button>,
}

/// A file as a client sends it: what it says of it, and its bytes.
#[derive(Debug, Clone)]
pub(crate) struct Sent {
    pub(crate) name: String,
    pub(crate) kind: String,
    pub(crate) bytes: Vec<u8>,
}

impl Sent {
    pub(crate) fn new(name: &str, kind: &str, bytes: &[u8]) -> Self {
        Self { name: name.to_owned(), kind: kind.to_owned(), bytes: bytes.to_vec() }
    }
}

const BOUNDARY: &str = "----a-form-of-the-stories-5b1f";

/// A body in parts, and its type.
pub(crate) fn parts(fields: &[(String, String)], files: &[(String, Sent)]) -> (String, Vec<u8>) {
    let mut body = Vec::new();
    for (name, value) in fields {
        let head = format!("--{BOUNDARY}\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n");
        body.extend(head.into_bytes());
    }
    for (name, file) in files {
        let quoted = file.name.replace('"', "%22");
        let head = format!(
            "--{BOUNDARY}\r\nContent-Disposition: form-data; name=\"{name}\"; filename=\"{quoted}\"\r\nContent-Type: {}\r\n\r\n",
            file.kind
        );
        body.extend(head.into_bytes());
        body.extend(&file.bytes);
        body.extend(b"\r\n");
    }
    body.extend(format!("--{BOUNDARY}--\r\n").into_bytes());
    (format!("multipart/form-data; boundary={BOUNDARY}"), body)
}

#[derive(Debug, Clone)]
struct Button {
    name: Option<String>,
    value: String,
    label: String,
    action: Option<String>,
}

impl Form {
    pub(crate) fn read(html: &Html, form: ElementRef<'_>, page: &Page) -> Self {
        let mut read = Self {
            action: page.resolve(form.attr("action").unwrap_or("")),
            method: form.attr("method").unwrap_or("get").to_ascii_lowercase(),
            with_files: form.attr("enctype") == Some("multipart/form-data"),
            files: Vec::new(),
            fields: Vec::new(),
            choices: BTreeMap::new(),
            typed: Vec::new(),
            required: Vec::new(),
            buttons: Vec::new(),
        };
        let controls = selector("input, select, textarea, button");
        let inside = form.select(&controls).filter(|c| c.attr("form").is_none());
        let outside = form.attr("id").map(|id| selector(&format!("[form=\"{id}\"]")));
        let outside = outside.iter().flat_map(|css| html.select(css)).collect::<Vec<_>>();
        for control in inside.chain(outside) {
            if !is_disabled(control) {
                read.take(control, page);
            }
        }
        read.fields.retain(|(name, _)| !name.is_empty());
        read
    }

    fn take(&mut self, control: ElementRef<'_>, page: &Page) {
        let name = control.attr("name").unwrap_or_default().to_owned();
        if control.attr("required").is_some() {
            self.required.push(name.clone());
        }
        let value = control.attr("value").map(str::to_owned);
        match (control.value().name(), control.attr("type").unwrap_or("text")) {
            ("select", _) => self.take_select(&name, control),
            ("textarea", _) => self.take_typed(name, control.text().collect()),
            ("button", "button" | "reset") | ("input", "button" | "reset" | "file") => {}
            ("button", _) | ("input", "submit" | "image") => self.buttons.push(Button {
                label: if control.value().name() == "button" {
                    words(control)
                } else {
                    value.clone().unwrap_or_default()
                },
                name: control.attr("name").map(str::to_owned),
                value: value.unwrap_or_default(),
                action: control.attr("formaction").map(|action| page.resolve(action)),
            }),
            (_, "radio" | "checkbox") => {
                let value = value.unwrap_or_else(|| "on".to_owned());
                if control.attr("checked").is_some() {
                    self.fields.push((name.clone(), value.clone()));
                }
                self.choices.entry(name).or_default().push(value);
            }
            (_, "hidden") => self.fields.push((name, value.unwrap_or_default())),
            _ => self.take_typed(name, value.unwrap_or_default()),
        }
    }

    fn take_typed(&mut self, name: String, value: String) {
        self.typed.push(name.clone());
        self.fields.push((name, value));
    }

    fn take_select(&mut self, name: &str, select: ElementRef<'_>) {
        let open: Vec<_> =
            select.select(&selector("option")).filter(|option| option.attr("disabled").is_none()).collect();
        let value = |option: &ElementRef<'_>| option.attr("value").map_or_else(|| words(*option), str::to_owned);
        self.choices.entry(name.to_owned()).or_default().extend(open.iter().map(value));
        let chosen = open.iter().find(|option| option.attr("selected").is_some()).or(open.first());
        if let Some(option) = chosen {
            self.fields.push((name.to_owned(), value(option)));
        }
    }

    /// Types into a field the page has.
    pub(crate) fn fill(mut self, name: &str, value: &str) -> Self {
        assert!(self.typed.iter().any(|field| field == name), "nothing to type into under {name}: {self:?}");
        self.put(name, value);
        self
    }

    /// Chooses an option, a radio or a box the page offers.
    pub(crate) fn choose(mut self, name: &str, value: &str) -> Self {
        let offered = self.choices.get(name).is_some_and(|values| values.iter().any(|v| v == value));
        assert!(offered, "{name} does not offer {value:?}: {self:?}");
        self.put(name, value);
        self
    }

    /// Empties a checkbox.
    pub(crate) fn uncheck(mut self, name: &str) -> Self {
        assert!(self.choices.contains_key(name), "nothing to uncheck under {name}: {self:?}");
        self.fields.retain(|(field, _)| field != name);
        self
    }

    /// Sends with this button, by what it says or by its value; without it the form is sent by its first button's rules.
    pub(crate) fn press(mut self, label: &str) -> Self {
        let Some(button) = self.buttons.iter().find(|b| b.label == label || b.value == label).cloned() else {
            panic!("no button says {label:?}: {self:?}");
        };
        if let Some(name) = button.name {
            self.fields.push((name, button.value));
        }
        self.action = button.action.unwrap_or(self.action);
        self
    }

    /// Changes a field although no page would: what an attacker sends.
    pub(crate) fn forge(mut self, name: &str, value: &str) -> Self {
        self.put(name, value);
        self
    }

    /// Chooses a file, as a browser without scripts lets a person do.
    pub(crate) fn attach(mut self, name: &str, file: Sent) -> Self {
        assert!(self.with_files, "this form takes no files: {self:?}");
        self.files.push((name.to_owned(), file));
        self
    }

    /// The body it is sent with and its type.
    pub(crate) fn body(&self) -> (String, Vec<u8>) {
        if self.with_files {
            // A browser sends an empty part where nothing was chosen.
            let none = [("file".to_owned(), Sent::new("", "application/octet-stream", b""))];
            return parts(&self.fields, if self.files.is_empty() { &none } else { &self.files });
        }
        let mut url: reqwest::Url = "http://form/".parse().expect("an address");
        url.query_pairs_mut().extend_pairs(&self.fields);
        ("application/x-www-form-urlencoded".to_owned(), url.query().unwrap_or_default().as_bytes().to_vec())
    }

    /// Where a form that is sent by `get` leads.
    pub(crate) fn address_with_fields(&self) -> String {
        let mut url: reqwest::Url = self.action.parse().expect("a form leads somewhere");
        url.query_pairs_mut().clear().extend_pairs(&self.fields);
        url.to_string()
    }

    /// The value that would be sent under a name.
    pub(crate) fn value(&self, name: &str) -> Option<&str> {
        self.fields.iter().find(|(field, _)| field == name).map(|(_, value)| value.as_str())
    }

    /// What the page offers under a name.
    pub(crate) fn offers(&self, name: &str) -> Vec<String> {
        self.choices.get(name).cloned().unwrap_or_default()
    }

    /// What the buttons say.
    pub(crate) fn buttons(&self) -> Vec<String> {
        self.buttons.iter().map(|button| button.label.clone()).collect()
    }

    /// Panics where a browser would refuse to send: a required field is empty.
    pub(crate) fn must_be_complete(&self) {
        for name in &self.required {
            assert!(
                self.value(name).is_some_and(|value| !value.is_empty()),
                "a browser asks for {name} first: {self:?}"
            );
        }
    }

    fn put(&mut self, name: &str, value: &str) {
        let kept = self.fields.iter().position(|(field, _)| field == name);
        self.fields.retain(|(field, _)| field != name);
        let place = kept.unwrap_or(self.fields.len()).min(self.fields.len());
        self.fields.insert(place, (name.to_owned(), value.to_owned()));
    }
}

fn is_disabled(control: ElementRef<'_>) -> bool {
    let fieldset = |element: ElementRef<'_>| element.value().name() == "fieldset" && element.attr("disabled").is_some();
    control.attr("disabled").is_some() || control.ancestors().filter_map(ElementRef::wrap).any(fieldset)
}

#[cfg(test)]
mod tests {
    use super::*;

    const EXCHANGE: &str = r#"
        <form id="swap" action="exchange?step=2" method="POST">
          <input type="hidden" name="client_id" value="c1">
          <input type="radio" name="colour" value="blue"><input type="radio" name="colour" value="ecru" checked>
          <input type="radio" name="colour" value="red" disabled>
          <select name="size"><option value="">Choisir</option><option>M</option><option value="l" selected>L</option></select>
          <textarea name="note" required></textarea>
          <fieldset disabled><input name="hidden_from_us" value="x"></fieldset>
          <input type="checkbox" name="keep" checked>
          <button name="go" value="send">Envoyer  la demande</button>
          <button formaction="/t/cancel">Annuler</button>
        </form>
        <input form="swap" name="outside" value="yes"><form><input name="other"></form>"#;

    fn exchange() -> Form {
        Page::of(EXCHANGE, "http://127.0.0.1:9/t/thr_1").form("#swap")
    }

    #[test]
    fn a_form_is_sent_as_the_browser_would() {
        let form = exchange();
        assert_eq!((form.action.as_str(), form.method.as_str()), ("http://127.0.0.1:9/t/exchange?step=2", "post"));
        let sent: Vec<_> = form.fields.iter().map(|(n, v)| (n.as_str(), v.as_str())).collect();
        let expected =
            [("client_id", "c1"), ("colour", "ecru"), ("size", "l"), ("note", ""), ("keep", "on"), ("outside", "yes")];
        assert_eq!(sent, expected);
        assert_eq!(form.offers("size"), ["", "M", "l"]);
        assert_eq!(form.buttons(), ["Envoyer la demande", "Annuler"]);
    }

    #[test]
    fn a_form_is_changed_only_as_the_page_allows() {
        let form = exchange().choose("colour", "blue").choose("size", "M").fill("note", "Merci !").uncheck("keep");
        let form = form.press("Envoyer la demande");
        assert_eq!(form.value("colour"), Some("blue"));
        assert_eq!((form.value("size"), form.value("keep"), form.value("go")), (Some("M"), None, Some("send")));
        form.must_be_complete();
        assert_eq!(exchange().press("Annuler").action, "http://127.0.0.1:9/t/cancel");
    }

    #[test]
    #[should_panic(expected = "does not offer")]
    fn a_choice_that_is_disabled_cannot_be_made() {
        let _ = exchange().choose("colour", "red");
    }

    #[test]
    #[should_panic(expected = "a browser asks for note first")]
    fn a_required_field_is_asked_for() {
        exchange().must_be_complete();
    }
}
