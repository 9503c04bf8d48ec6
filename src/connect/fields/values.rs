//! Values from outside that are not text: flags, moments, known words, quantities, money. Exact, never through a float's
//! arithmetic.

use std::{fmt::Display, str::FromStr};

use chrono::{DateTime, Datelike, NaiveDate, NaiveDateTime, Utc};
use rust_decimal::{Decimal, prelude::ToPrimitive};
use serde_json::Value;

use super::Field;
use crate::domain::money::{Currency, Money, MoneyError};

/// Pieces that one line may have.
const MOST_PIECES: u32 = 100_000;
/// Years that every store and every reader of a date can hold.
const YEARS: std::ops::Range<i32> = 1900..3000;

impl Field<'_> {
    pub(in crate::connect) fn flag(&self) -> Option<bool> {
        if let Value::Bool(flag) = self.value {
            return Some(*flag);
        }
        self.unless_missing("must be true or false");
        None
    }

    /// An RFC 3339 moment of these centuries.
    pub(in crate::connect) fn time(&self) -> Option<DateTime<Utc>> {
        let time = self.name()?;
        let time = DateTime::parse_from_rfc3339(&time).ok().map(|time| time.to_utc());
        let time = time.filter(|time| YEARS.contains(&time.year()));
        if time.is_none() {
            self.odd("must be an RFC 3339 date and time with its offset");
        }
        time
    }

    /// A moment of these centuries; one that names no offset is in UTC.
    pub(in crate::connect) fn time_as_utc(&self) -> Option<DateTime<Utc>> {
        let text = self.name()?;
        let bare = ["%Y-%m-%dT%H:%M:%S%.f", "%Y-%m-%d %H:%M:%S%.f"];
        let bare = bare.iter().find_map(|form| NaiveDateTime::parse_from_str(&text, form).ok());
        let time = bare.map(|time| time.and_utc()).or_else(|| Some(DateTime::parse_from_rfc3339(&text).ok()?.to_utc()));
        let time = time.filter(|time| YEARS.contains(&time.year()));
        if time.is_none() {
            self.odd("must be a date and time");
        }
        time
    }

    /// A moment however somebody noted it: seconds since 1970, a date and time, a day.
    pub(in crate::connect) fn moment(&self) -> Option<DateTime<Utc>> {
        let text = self.name()?;
        let seconds = text.parse().ok().and_then(|seconds| DateTime::from_timestamp(seconds, 0));
        let day = || NaiveDate::parse_from_str(&text, "%Y-%m-%d").ok()?.and_hms_opt(0, 0, 0);
        let time = seconds.or_else(|| day().map(|day| day.and_utc())).or_else(|| self.time_as_utc());
        time.filter(|time| YEARS.contains(&time.year()))
    }

    /// One of the `known` words.
    pub(in crate::connect) fn word<T: FromStr + Display>(&self, known: &[T]) -> Option<T> {
        let word = self.name()?.parse().ok();
        if word.is_none() {
            let known: Vec<String> = known.iter().map(ToString::to_string).collect();
            self.odd(&format!("must be one of: {}", known.join(", ")));
        }
        word
    }

    /// Pieces, from `least` (0 or 1) to 100,000.
    pub(in crate::connect) fn pieces(&self, least: u32) -> Option<u32> {
        let number = self.decimal()?;
        let pieces = Some(number).filter(Decimal::is_integer).and_then(|number| number.to_u32());
        let pieces = pieces.filter(|pieces| (least..=MOST_PIECES).contains(pieces));
        if pieces.is_none() {
            self.wrong(&format!("must be a whole number from {least} to {MOST_PIECES}"));
        }
        pieces
    }

    /// A count of stock; below zero when oversold.
    pub(in crate::connect) fn count(&self) -> Option<i64> {
        let most = i64::from(i32::MAX);
        let count = self.decimal()?.normalize();
        let count = Some(count).filter(Decimal::is_integer).and_then(|count| count.to_i64());
        let count = count.filter(|count| (-most..=most).contains(count));
        if count.is_none() {
            self.wrong("must be a whole number within reason");
        }
        count
    }

    /// An ISO 4217 code.
    pub(in crate::connect) fn currency(&self) -> Option<Currency> {
        let currency = self.name()?.to_uppercase().parse().ok();
        if currency.is_none() {
            self.wrong("is not an ISO 4217 currency that is in use");
        }
        currency
    }

    /// An amount in major units that is not negative: `"35.000000"`, `37`, `35.1`.
    pub(in crate::connect) fn amount(&self, currency: Currency) -> Option<Money> {
        match Money::from_decimal(self.decimal()?, currency) {
            Ok(money) if money.is_negative() => self.wrong("must not be negative"),
            Ok(money) => return Some(money),
            Err(problem) => self.wrong(&explain(problem, currency)),
        }
        None
    }

    /// A number as it was written, in text or in JSON.
    pub(in crate::connect) fn decimal(&self) -> Option<Decimal> {
        let text = match self.value {
            Value::Number(number) => number.to_string(),
            Value::String(text) if text.trim().is_empty() => return None,
            Value::String(text) => text.trim().to_owned(),
            Value::Null => return None,
            _ => {
                self.wrong("must be a number");
                return None;
            }
        };
        let number = Decimal::from_str_exact(&text).ok();
        if number.is_none() {
            self.wrong("must be a plain decimal number");
        }
        number
    }
}

/// A sum's or an amount's problem in words.
pub(in crate::connect) fn explain(problem: MoneyError, currency: Currency) -> String {
    match problem {
        MoneyError::UnknownCurrency => "is not in an ISO 4217 currency that is in use".to_owned(),
        MoneyError::NotANumber => "must be a plain decimal number".to_owned(),
        MoneyError::TooPrecise => {
            format!("must have at most {} digits after the point in {currency}", currency.exponent())
        }
        MoneyError::TooLarge => "is out of bounds".to_owned(),
        MoneyError::Mixed => format!("must be in {currency}"),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::connect::{ReadError, fields::Reading};

    fn read<T>(value: &Value, read: impl FnOnce(&Field<'_>) -> Option<T>) -> Result<Option<T>, ReadError> {
        let body = json!({ "x": value });
        let reading = Reading::strict();
        let found = read(&reading.root(&body).get("x"));
        reading.finish(Some(found))
    }

    #[test]
    fn amounts_are_exact_whether_text_or_number() {
        let minor = |value: &Value, code: &str| {
            let currency = code.parse().unwrap();
            read(value, |field| field.amount(currency)).ok().map(|money| money.map(Money::minor))
        };
        assert_eq!(minor(&json!("35.000000"), "EUR"), Some(Some(3500)));
        assert_eq!(minor(&json!(37), "EUR"), Some(Some(3700)));
        assert_eq!(minor(&json!(35.1), "EUR"), Some(Some(3510)));
        assert_eq!(minor(&json!(9_999_999_999_999.99), "EUR"), Some(Some(999_999_999_999_999)));
        assert_eq!(minor(&json!("400"), "JPY"), Some(Some(400)));
        assert_eq!(minor(&json!(""), "EUR"), Some(None));
        for bad in [json!("ten"), json!(1e30), json!(1e-9), json!("-1"), json!(true), json!(0.125), json!({})] {
            assert_eq!(minor(&bad, "EUR"), None, "{bad}");
        }
    }

    #[test]
    fn pieces_are_whole_and_few() {
        let pieces = |value: &Value| read(value, |field| field.pieces(1)).ok().flatten();
        assert_eq!(pieces(&json!(1)), Some(1));
        assert_eq!(pieces(&json!("100000")), Some(100_000));
        for bad in [json!(0), json!(-1), json!(1.5), json!(100_001), json!(1_000_000_000_000_i64), json!("many")] {
            assert_eq!(pieces(&bad), None, "{bad}");
        }
    }

    #[test]
    fn moments_carry_their_offset() {
        let time = read(&json!("2008-01-10T11:00:00-05:00"), |field| field.time()).unwrap().unwrap();
        assert_eq!(time.to_rfc3339(), "2008-01-10T16:00:00+00:00");
        for bad in ["2008-01-10 11:00:00", "2008-01-10T11:00:00", "9999-12-31T23:59:59-23:59", "0001-01-01T00:00:00Z"] {
            assert!(read(&json!(bad), |field| field.time()).is_err(), "{bad}");
        }
        assert!(read(&json!(1_199_980_800), |field| field.time()).is_err());
    }

    #[test]
    fn an_unknown_currency_is_a_problem() {
        assert!(read(&json!("eur"), |field| field.currency()).unwrap().is_some());
        assert!(read(&json!("XXX"), |field| field.currency()).is_err());
    }
}
