//! Lists in pages: rows, and the cursor that goes on after the last of them. A cursor is opaque to who holds it; inside
//! it is the position of the last row.

use std::{fmt::Display, str::FromStr};

use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Deserializer, Serialize, de::Error as _};
use utoipa::{
    PartialSchema, ToSchema,
    openapi::{ObjectBuilder, RefOr, Schema, schema::Type},
};

use crate::{
    error::{Error, Result, Says},
    i18n::key,
};

/// One page of a list.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct List<T: ToSchema> {
    /// The rows, each in full.
    pub data: Vec<T>,
    /// Where the next page begins: give it back as `cursor`. Null on the last page.
    pub next: Option<Cursor>,
}

impl<T: ToSchema> List<T> {
    /// A page of at most `limit` rows out of one row more, if there was one: that there is more is known by it.
    pub fn page<R>(mut rows: Vec<R>, limit: Limit, position: impl Fn(&R) -> Cursor, row: impl Fn(&R) -> T) -> Self {
        let size = limit.rows();
        let more = rows.len() > size;
        rows.truncate(size);
        let next = rows.last().filter(|_| more).map(position);
        Self { data: rows.iter().map(row).collect(), next }
    }

    /// A list that is never long.
    pub fn whole(data: Vec<T>) -> Self {
        Self { data, next: None }
    }
}

/// Rows of one page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limit(u8);

impl Limit {
    /// The most rows a page has.
    const MOST: u8 = 100;

    pub fn rows(self) -> usize {
        usize::from(self.0)
    }

    /// How many rows to look for: one more, so that it is known whether there is a next page.
    pub fn look_for(self) -> i64 {
        i64::from(self.0) + 1
    }
}

impl Default for Limit {
    fn default() -> Self {
        Self(50)
    }
}

impl<'de> Deserialize<'de> for Limit {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        let rows = text.parse().ok().filter(|rows| (1..=Self::MOST).contains(rows));
        rows.map(Self).ok_or_else(|| D::Error::custom("expected a whole number from 1 to 100"))
    }
}

impl PartialSchema for Limit {
    fn schema() -> RefOr<Schema> {
        ObjectBuilder::new()
            .schema_type(Type::Integer)
            .description(Some("Rows of one page."))
            .minimum(Some(1))
            .maximum(Some(Self::MOST))
            .default(Some(Self::default().0.into()))
            .into()
    }
}

impl ToSchema for Limit {}

/// A whole number in a query: a seq, a position.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Whole(pub i64);

impl<'de> Deserialize<'de> for Whole {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        let number = text.parse().ok().filter(|number| *number >= 0);
        number.map(Self).ok_or_else(|| D::Error::custom("expected a whole number, 0 or more"))
    }
}

impl PartialSchema for Whole {
    fn schema() -> RefOr<Schema> {
        ObjectBuilder::new().schema_type(Type::Integer).minimum(Some(0)).into()
    }
}

impl ToSchema for Whole {}

/// A position in a list, opaque to who holds it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Cursor(String);

impl Cursor {
    /// After the row of this moment and id.
    pub fn moment(at: DateTime<Utc>, id: impl Display) -> Self {
        Self::sealed(&format!("{} {id}", at.timestamp_micros()))
    }

    /// After the row of this id, seq or position.
    pub fn plain(id: impl Display) -> Self {
        Self::sealed(&id.to_string())
    }

    fn sealed(position: &str) -> Self {
        Self(URL_SAFE_NO_PAD.encode(position))
    }

    /// The moment and id of [`Cursor::moment`].
    ///
    /// # Errors
    /// When it is no cursor of such a list; names the parameter.
    pub fn to_moment<I: FromStr>(&self) -> Result<(DateTime<Utc>, I)> {
        let position = self.opened()?;
        let (micros, id) = position.split_once(' ').ok_or_else(bad)?;
        let micros = micros.parse().map_err(|_| bad())?;
        let at = DateTime::from_timestamp_micros(micros).ok_or_else(bad)?;
        Ok((at, id.parse().map_err(|_| bad())?))
    }

    /// The id, seq or position of [`Cursor::plain`].
    ///
    /// # Errors
    /// When it is no cursor of such a list; names the parameter.
    pub fn to_plain<I: FromStr>(&self) -> Result<I> {
        self.opened()?.parse().map_err(|_| bad())
    }

    fn opened(&self) -> Result<String> {
        let bytes = URL_SAFE_NO_PAD.decode(&self.0).map_err(|_| bad())?;
        String::from_utf8(bytes).map_err(|_| bad())
    }
}

fn bad() -> Error {
    Error::invalid("cursor", Says::new(key("error-cursor")))
}

impl PartialSchema for Cursor {
    fn schema() -> RefOr<Schema> {
        ObjectBuilder::new()
            .schema_type(Type::String)
            .description(Some("A position in a list. Opaque: give it back as it is, to the list it came from."))
            .examples(["MTc1NDA0MjQwMDAwMDAwMA"])
            .into()
    }
}

impl ToSchema for Cursor {}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ids::{OrderId, ThreadId};

    #[test]
    fn a_cursor_reads_back_in_its_own_list_only() {
        let at = DateTime::from_timestamp_micros(1_754_042_400_000_001).unwrap();
        let id = OrderId::new(at);
        let cursor = Cursor::moment(at, id);
        assert_eq!(cursor.to_moment::<OrderId>().unwrap(), (at, id));
        assert!(cursor.to_moment::<ThreadId>().is_err());
        assert!(cursor.to_plain::<i64>().is_err());
        assert_eq!(Cursor::plain(7).to_plain::<i64>().unwrap(), 7);
        for wrong in ["", "7", "%%", "MTc1"] {
            let error = Cursor(wrong.to_owned()).to_moment::<OrderId>().unwrap_err();
            assert!(matches!(error, Error::Invalid(fields) if fields[0].pointer == "cursor"), "{wrong}");
        }
    }

    #[test]
    fn a_page_knows_whether_there_is_another() {
        let limit: Limit = serde_json::from_value("2".into()).unwrap();
        let page = |rows: Vec<i64>| List::page(rows, limit, |row| Cursor::plain(row), |row| row.to_string());
        assert_eq!(limit.look_for(), 3);
        let more = page(vec![1, 2, 3]);
        assert_eq!((more.data, more.next), (vec!["1".to_owned(), "2".to_owned()], Some(Cursor::plain(2))));
        let last = page(vec![3, 4]);
        assert_eq!((last.data.len(), last.next), (2, None));
        assert_eq!(page(Vec::new()).next, None);
    }
}
