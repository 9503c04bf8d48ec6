//! Reading what a program asks: JSON bodies and query strings into typed requests, and what does not fit named by where
//! it stands: a JSON pointer into the body, the name of a parameter.

use serde::de::DeserializeOwned;
use serde_json::{Map, Value};
use serde_path_to_error::{Path, Segment};

use crate::{
    error::{Error, FieldError, Result, Says},
    i18n::key,
};

/// Reads a request's body.
///
/// # Errors
/// Names the field that is missing, unknown or of the wrong type by its JSON pointer.
pub fn body<T: DeserializeOwned>(value: Value) -> Result<T> {
    serde_path_to_error::deserialize(value).map_err(|error| {
        let (place, says) = misfit(&error);
        let pointer = place.iter().map(|step| format!("/{}", step.replace('~', "~0").replace('/', "~1"))).collect();
        Error::Invalid(vec![FieldError { pointer, says }])
    })
}

/// Reads the parameters of a query, each given once at most.
///
/// # Errors
/// Names the parameter that is unknown, given twice or of the wrong form.
pub fn query<T: DeserializeOwned>(pairs: Vec<(String, String)>) -> Result<T> {
    let mut values = Map::new();
    for (name, value) in pairs {
        if values.contains_key(&name) {
            return Err(Error::invalid(&name, Says::new(key("error-field-twice"))));
        }
        values.insert(name, Value::String(value));
    }
    serde_path_to_error::deserialize(Value::Object(values)).map_err(|error| {
        let (place, says) = misfit(&error);
        Error::Invalid(vec![FieldError { pointer: place.join("."), says }])
    })
}

/// Where something does not fit, and why.
fn misfit(error: &serde_path_to_error::Error<serde_json::Error>) -> (Vec<String>, Says) {
    let mut place = steps(error.path());
    let detail = error.inner().to_string();
    if let Some(field) = named(&detail, "missing field `") {
        place.push(field.to_owned());
        return (place, Says::new(key("error-field-missing")));
    }
    if named(&detail, "unknown field `").is_some() {
        return (place, Says::new(key("error-field-unknown")));
    }
    (place, Says::new(key("error-field-wrong")).with("detail", detail))
}

/// A missing field has no place of its own in the path; serde names it in its message only.
fn named<'a>(detail: &'a str, opening: &str) -> Option<&'a str> {
    detail.strip_prefix(opening)?.split('`').next()
}

fn steps(path: &Path) -> Vec<String> {
    let step = |segment: &Segment| match segment {
        Segment::Seq { index } => Some(index.to_string()),
        Segment::Map { key } => Some(key.clone()),
        Segment::Enum { .. } | Segment::Unknown => None,
    };
    path.iter().filter_map(step).collect()
}

#[cfg(test)]
mod tests {
    use serde::Deserialize;
    use serde_json::json;

    use super::*;
    use crate::wire::Limit;

    #[derive(Debug, Deserialize)]
    #[serde(deny_unknown_fields)]
    struct Wish {
        #[expect(dead_code, reason = "only its type counts")]
        text: String,
        #[expect(dead_code, reason = "only its type counts")]
        lines: Option<Vec<Piece>>,
    }

    #[derive(Debug, Deserialize)]
    #[serde(deny_unknown_fields)]
    struct Piece {
        #[expect(dead_code, reason = "only its type counts")]
        quantity: u32,
    }

    #[derive(Debug, Deserialize)]
    #[serde(deny_unknown_fields)]
    struct Page {
        limit: Option<Limit>,
    }

    fn wrong<T: std::fmt::Debug>(read: Result<T>) -> (String, &'static str) {
        match read {
            Err(Error::Invalid(mut fields)) => {
                let field = fields.pop().unwrap();
                (field.pointer, field.says.key)
            }
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn what_does_not_fit_in_a_body_is_named_by_its_pointer() {
        let read = |value| wrong(body::<Wish>(value));
        assert_eq!(read(json!({})), ("/text".to_owned(), "error-field-missing"));
        assert_eq!(read(json!({"text": 5})), ("/text".to_owned(), "error-field-wrong"));
        assert_eq!(read(json!({"text": "a", "tex/t~": 1})), ("/tex~1t~0".to_owned(), "error-field-unknown"));
        let second = |piece| json!({"text": "a", "lines": [{"quantity": 1}, piece]});
        assert_eq!(read(second(json!({"quantity": -1}))), ("/lines/1/quantity".to_owned(), "error-field-wrong"));
        assert_eq!(read(second(json!({}))), ("/lines/1/quantity".to_owned(), "error-field-missing"));
        assert_eq!(read(json!([])).1, "error-field-wrong");
        assert_eq!(read(json!("text")), (String::new(), "error-field-wrong"));
    }

    #[test]
    fn what_does_not_fit_in_a_query_is_named_by_its_parameter() {
        let read = |pairs: &[(&str, &str)]| {
            query::<Page>(pairs.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect())
        };
        assert_eq!(read(&[]).unwrap().limit, None);
        assert_eq!(read(&[("limit", "100")]).unwrap().limit.unwrap().rows(), 100);
        for bad in ["0", "101", "-1", "ten", ""] {
            assert_eq!(wrong(read(&[("limit", bad)])), ("limit".to_owned(), "error-field-wrong"), "{bad}");
        }
        assert_eq!(wrong(read(&[("page", "2")])), ("page".to_owned(), "error-field-unknown"));
        assert_eq!(wrong(read(&[("limit", "1"), ("limit", "2")])), ("limit".to_owned(), "error-field-twice"));
    }
}
