//! Reading a JSON body field by field: every value is bounded and cleaned here, and every problem is noted with its JSON
//! pointer. What the fields mean is said by each system's own module.

mod markup;
mod texts;
mod values;

pub(super) use markup::unmarked;
pub(super) use values::explain;

use std::cell::RefCell;

use serde_json::Value;

use super::{DEEPEST, ReadError};
use crate::domain::normal::Unreadable;

/// Problems told at once; a body with more is not read by anybody.
const MOST_PROBLEMS: usize = 100;

static NOTHING: Value = Value::Null;

/// How to take what is odd but harmless.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Manner {
    /// A developer is listening: every oddity is told.
    Strict,
    /// A vendor sends what it sends: oddities in optional fields are dropped, control characters are taken out.
    Lenient,
}

/// One reading of one body, and what was wrong so far. A field that must be there and is not is read as its type's
/// default: the reading has failed then, and [`Reading::finish`] throws away what was made of it.
#[derive(Debug)]
pub(super) struct Reading {
    manner: Manner,
    problems: RefCell<Vec<Unreadable>>,
}

/// One place in a body; a missing field and `null` are the same.
#[derive(Debug, Clone)]
pub(super) struct Field<'a> {
    reading: &'a Reading,
    pointer: String,
    value: &'a Value,
}

/// The JSON value of a body.
///
/// # Errors
/// When it is nested too deep (judged first, without recursion) or is not JSON.
pub(super) fn parse(body: &[u8]) -> Result<Value, ReadError> {
    if depth(body) > DEEPEST {
        return Err(ReadError::TooDeep);
    }
    serde_json::from_slice(body).map_err(|_| ReadError::NotJson)
}

/// The deepest nesting of brackets outside strings.
fn depth(body: &[u8]) -> usize {
    let (mut depth, mut deepest, mut quoted, mut escaped) = (0_usize, 0, false, false);
    for byte in body {
        match byte {
            _ if escaped => escaped = false,
            b'\\' if quoted => escaped = true,
            b'"' => quoted = !quoted,
            b'[' | b'{' if !quoted => depth += 1,
            b']' | b'}' if !quoted => depth = depth.saturating_sub(1),
            _ => {}
        }
        deepest = deepest.max(depth);
    }
    deepest
}

impl Reading {
    pub(super) fn strict() -> Self {
        Self { manner: Manner::Strict, problems: RefCell::default() }
    }

    pub(super) fn lenient() -> Self {
        Self { manner: Manner::Lenient, problems: RefCell::default() }
    }

    pub(super) fn root<'a>(&'a self, value: &'a Value) -> Field<'a> {
        let root = Field { reading: self, pointer: String::new(), value };
        if !value.is_object() {
            root.wrong("must be an object");
        }
        root
    }

    /// What was read, unless something was wrong.
    ///
    /// # Errors
    /// With every problem that was noted.
    pub(super) fn finish<T>(self, read: Option<T>) -> Result<T, ReadError> {
        let mut problems = self.problems.into_inner();
        match read {
            Some(read) if problems.is_empty() => Ok(read),
            _ => {
                if problems.is_empty() {
                    problems.push(Unreadable { pointer: String::new(), problem: "cannot be read".to_owned() });
                }
                Err(ReadError::Unreadable(problems))
            }
        }
    }
}

impl<'a> Field<'a> {
    /// The field called `name` in this object.
    pub(super) fn get(&self, name: &str) -> Field<'a> {
        let value = self.value.get(name).unwrap_or(&NOTHING);
        Field { reading: self.reading, pointer: format!("{}/{name}", self.pointer), value }
    }

    /// The elements of this list; none when it is missing. More than `most` is a problem.
    pub(super) fn items(&self, most: usize) -> Vec<Field<'a>> {
        let items = match self.value {
            Value::Array(items) => items.as_slice(),
            Value::Null => &[],
            _ => {
                self.odd("must be a list");
                &[]
            }
        };
        if items.len() > most {
            self.wrong(&format!("must have at most {most} elements"));
        }
        let place = |(at, value)| Field { reading: self.reading, pointer: format!("{}/{at}", self.pointer), value };
        items.iter().take(most).enumerate().map(place).collect()
    }

    /// The elements of this list, or the values of this object: PHP tells a list with gaps as one. Anything else has none.
    pub(super) fn values(&self, most: usize) -> Vec<Field<'a>> {
        let Value::Object(fields) = self.value else {
            return if self.value.is_array() { self.items(most) } else { Vec::new() };
        };
        if fields.len() > most {
            self.wrong(&format!("must have at most {most} elements"));
        }
        let place = |(name, value)| Field { reading: self.reading, pointer: format!("{}/{name}", self.pointer), value };
        fields.iter().take(most).map(place).collect()
    }

    /// Whether this is a list or an object.
    pub(super) fn is_compound(&self) -> bool {
        self.value.is_array() || self.value.is_object()
    }

    /// This object, when it is there.
    pub(super) fn object(&self) -> Option<Field<'a>> {
        match self.value {
            Value::Object(_) => Some(self.clone()),
            Value::Null => None,
            _ => {
                self.odd("must be an object");
                None
            }
        }
    }

    pub(super) fn is_missing(&self) -> bool {
        self.value.is_null()
    }

    /// Whether this object names the field, even if only to say `null`.
    pub(super) fn names(&self, name: &str) -> bool {
        self.value.get(name).is_some()
    }

    /// What `read` finds here; that there is nothing is a problem.
    pub(super) fn must<T>(&self, read: impl FnOnce(&Self) -> Option<T>) -> Option<T> {
        let found = read(self);
        if found.is_none() && !self.is_noted() {
            self.wrong(if self.is_missing() { "is required" } else { "is empty or not of the right kind" });
        }
        found
    }

    /// As [`Field::must`], going on with the default so that the rest is looked at too.
    pub(super) fn required<T: Default>(&self, read: impl FnOnce(&Self) -> Option<T>) -> T {
        self.must(read).unwrap_or_default()
    }

    /// Notes a problem that nobody's manner forgives.
    pub(super) fn wrong(&self, problem: &str) {
        let mut problems = self.reading.problems.borrow_mut();
        if problems.len() < MOST_PROBLEMS {
            problems.push(Unreadable { pointer: self.pointer.clone(), problem: problem.to_owned() });
        }
    }

    /// Notes a problem when somebody is listening.
    fn odd(&self, problem: &str) {
        if self.reading.manner == Manner::Strict {
            self.wrong(problem);
        }
    }

    /// Whether a problem was noted here or further inside.
    fn is_noted(&self) -> bool {
        let is_here = |rest: &str| rest.is_empty() || rest.starts_with('/');
        let problems = self.reading.problems.borrow();
        problems.iter().any(|noted| noted.pointer.strip_prefix(&self.pointer).is_some_and(is_here))
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn nesting_is_counted_outside_strings_only() {
        let nested = |levels: usize| format!("{}{}", "[".repeat(levels), "]".repeat(levels));
        assert!(parse(nested(32).as_bytes()).is_ok());
        assert_eq!(parse(nested(33).as_bytes()), Err(ReadError::TooDeep));
        assert_eq!(parse(nested(1_000_000).as_bytes()), Err(ReadError::TooDeep));
        let quoted = format!(r#"{{"a": "\"{}"}}"#, "[".repeat(100));
        assert!(parse(quoted.as_bytes()).is_ok());
        assert_eq!(parse(b"order=1"), Err(ReadError::NotJson));
        assert_eq!(parse(b""), Err(ReadError::NotJson));
        assert_eq!(parse(b"\"\xff\""), Err(ReadError::NotJson));
    }

    #[test]
    fn every_problem_is_told_with_its_place() {
        let body = json!({"lines": [{"title": 7}, {"title": "Shirt"}, "sock"]});
        let reading = Reading::strict();
        for line in reading.root(&body).get("lines").items(10) {
            let Some(line) = line.object() else { continue };
            line.get("title").required(Field::name);
            line.get("sku").required(Field::name);
        }
        let Err(ReadError::Unreadable(problems)) = reading.finish(Some(())) else { panic!("was read") };
        let places: Vec<&str> = problems.iter().map(|problem| problem.pointer.as_str()).collect();
        assert_eq!(places, ["/lines/0/title", "/lines/0/sku", "/lines/1/sku", "/lines/2"]);
    }

    #[test]
    fn a_list_that_is_too_long_is_a_problem() {
        let body = json!({"lines": [1, 2, 3]});
        let reading = Reading::lenient();
        assert_eq!(reading.root(&body).get("lines").items(2).len(), 2);
        assert!(reading.finish(Some(())).is_err());
    }
}
