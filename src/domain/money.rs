//! Money: integer minor units and an ISO 4217 currency. Parsing, arithmetic and plain printing live here;
//! how an amount reads in a person's language is in [`crate::i18n`].

use std::{fmt, str::FromStr};

use diesel::{
    backend::Backend,
    deserialize::{self, FromSql},
    pg::Pg,
    serialize::{self, IsNull, Output, ToSql},
    sql_types::Text,
    sqlite::Sqlite,
};
use rust_decimal::{Decimal, prelude::ToPrimitive};

/// The largest absolute amount taken from outside, in minor units: far above any purchase, far below overflow of sums.
const MAX_MINOR: i64 = 1_000_000_000_000_000;

/// Active ISO 4217 codes with the number of digits after the point (ISO 4217 list one, "minor unit").
#[rustfmt::skip]
const CURRENCIES: &[(&str, u32)] = &[
    ("AED", 2), ("AFN", 2), ("ALL", 2), ("AMD", 2), ("ANG", 2), ("AOA", 2), ("ARS", 2), ("AUD", 2), ("AWG", 2),
    ("AZN", 2), ("BAM", 2), ("BBD", 2), ("BDT", 2), ("BGN", 2), ("BHD", 3), ("BIF", 0), ("BMD", 2), ("BND", 2),
    ("BOB", 2), ("BRL", 2), ("BSD", 2), ("BTN", 2), ("BWP", 2), ("BYN", 2), ("BZD", 2), ("CAD", 2), ("CDF", 2),
    ("CHF", 2), ("CLP", 0), ("CNY", 2), ("COP", 2), ("CRC", 2), ("CUP", 2), ("CVE", 2), ("CZK", 2), ("DJF", 0),
    ("DKK", 2), ("DOP", 2), ("DZD", 2), ("EGP", 2), ("ERN", 2), ("ETB", 2), ("EUR", 2), ("FJD", 2), ("FKP", 2),
    ("GBP", 2), ("GEL", 2), ("GHS", 2), ("GIP", 2), ("GMD", 2), ("GNF", 0), ("GTQ", 2), ("GYD", 2), ("HKD", 2),
    ("HNL", 2), ("HTG", 2), ("HUF", 2), ("IDR", 2), ("ILS", 2), ("INR", 2), ("IQD", 3), ("IRR", 2), ("ISK", 0),
    ("JMD", 2), ("JOD", 3), ("JPY", 0), ("KES", 2), ("KGS", 2), ("KHR", 2), ("KMF", 0), ("KPW", 2), ("KRW", 0),
    ("KWD", 3), ("KYD", 2), ("KZT", 2), ("LAK", 2), ("LBP", 2), ("LKR", 2), ("LRD", 2), ("LSL", 2), ("LYD", 3),
    ("MAD", 2), ("MDL", 2), ("MGA", 2), ("MKD", 2), ("MMK", 2), ("MNT", 2), ("MOP", 2), ("MRU", 2), ("MUR", 2),
    ("MVR", 2), ("MWK", 2), ("MXN", 2), ("MYR", 2), ("MZN", 2), ("NAD", 2), ("NGN", 2), ("NIO", 2), ("NOK", 2),
    ("NPR", 2), ("NZD", 2), ("OMR", 3), ("PAB", 2), ("PEN", 2), ("PGK", 2), ("PHP", 2), ("PKR", 2), ("PLN", 2),
    ("PYG", 0), ("QAR", 2), ("RON", 2), ("RSD", 2), ("RUB", 2), ("RWF", 0), ("SAR", 2), ("SBD", 2), ("SCR", 2),
    ("SDG", 2), ("SEK", 2), ("SGD", 2), ("SHP", 2), ("SLE", 2), ("SOS", 2), ("SRD", 2), ("SSP", 2), ("STN", 2),
    ("SVC", 2), ("SYP", 2), ("SZL", 2), ("THB", 2), ("TJS", 2), ("TMT", 2), ("TND", 3), ("TOP", 2), ("TRY", 2),
    ("TTD", 2), ("TWD", 2), ("TZS", 2), ("UAH", 2), ("UGX", 0), ("USD", 2), ("UYU", 2), ("UZS", 2), ("VED", 2),
    ("VES", 2), ("VND", 0), ("VUV", 0), ("WST", 2), ("XAF", 0), ("XCD", 2), ("XOF", 0), ("XPF", 0), ("YER", 2),
    ("ZAR", 2), ("ZMW", 2), ("ZWG", 2),
];

/// An ISO 4217 currency that this list knows.
#[derive(Clone, Copy, PartialEq, Eq, Hash, diesel::expression::AsExpression, diesel::deserialize::FromSqlRow)]
#[diesel(sql_type = diesel::sql_types::Text)]
pub struct Currency(&'static str, u32);

impl Currency {
    /// The three-letter code, upper case.
    pub fn code(self) -> &'static str {
        self.0
    }

    /// Digits after the decimal point: 0 for JPY, 2 for EUR, 3 for KWD.
    pub fn exponent(self) -> u32 {
        self.1
    }
}

impl Currency {
    /// No currency (ISO 4217 `XXX`): of an order that others spoke of and that has not arrived itself.
    pub const NONE: Self = Self("XXX", 0);
}

impl FromStr for Currency {
    type Err = MoneyError;

    fn from_str(code: &str) -> Result<Self, MoneyError> {
        let at =
            CURRENCIES.binary_search_by(|(known, _)| (*known).cmp(code)).map_err(|_| MoneyError::UnknownCurrency)?;
        let (code, exponent) = CURRENCIES.get(at).ok_or(MoneyError::UnknownCurrency)?;
        Ok(Self(code, *exponent))
    }
}

impl fmt::Debug for Currency {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.0)
    }
}

impl fmt::Display for Currency {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.0)
    }
}

impl ToSql<Text, Pg> for Currency {
    fn to_sql<'b>(&'b self, out: &mut Output<'b, '_, Pg>) -> serialize::Result {
        <str as ToSql<Text, Pg>>::to_sql(self.0, out)
    }
}

impl ToSql<Text, Sqlite> for Currency {
    fn to_sql<'b>(&'b self, out: &mut Output<'b, '_, Sqlite>) -> serialize::Result {
        out.set_value(self.0);
        Ok(IsNull::No)
    }
}

impl<DB: Backend> FromSql<Text, DB> for Currency
where
    String: FromSql<Text, DB>,
{
    fn from_sql(value: DB::RawValue<'_>) -> deserialize::Result<Self> {
        let code = String::from_sql(value)?;
        if code == Self::NONE.0 {
            return Ok(Self::NONE);
        }
        code.parse().map_err(|_| format!("unknown currency {code}").into())
    }
}

/// Why something is not an amount of money.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MoneyError {
    /// Not one of the active ISO 4217 codes (upper case).
    UnknownCurrency,
    /// Not a plain decimal number.
    NotANumber,
    /// More digits after the point than the currency has.
    TooPrecise,
    /// Beyond ten thousand milliard of the smallest unit.
    TooLarge,
    /// Two currencies in one sum.
    Mixed,
}

/// An amount in the currency's minor units; may be negative (a difference that goes to the shopper).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Money {
    minor: i64,
    currency: Currency,
}

impl Money {
    /// `minor` units (cents for EUR, yen for JPY) of `currency`.
    pub fn from_minor(minor: i64, currency: Currency) -> Self {
        Self { minor, currency }
    }

    /// Nothing, in `currency`.
    pub fn zero(currency: Currency) -> Self {
        Self::from_minor(0, currency)
    }

    /// Reads a plain decimal such as `35`, `35.0`, `35.000000` or `-4.00`; exact, never through a float.
    ///
    /// # Errors
    /// When it is no number, has digits the currency cannot hold (trailing zeros are fine), or is out of bounds.
    pub fn parse(amount: &str, currency: Currency) -> Result<Self, MoneyError> {
        let amount = Decimal::from_str_exact(amount.trim()).map_err(|_| MoneyError::NotANumber)?;
        Self::from_decimal(amount, currency)
    }

    /// The same for a number that is already decimal, in major units.
    ///
    /// # Errors
    /// As [`Money::parse`].
    pub fn from_decimal(amount: Decimal, currency: Currency) -> Result<Self, MoneyError> {
        let scale = Decimal::from(10_i64.pow(currency.exponent()));
        let minor = amount.checked_mul(scale).ok_or(MoneyError::TooLarge)?.normalize();
        if !minor.is_integer() {
            return Err(MoneyError::TooPrecise);
        }
        let minor = minor.to_i64().filter(|minor| minor.abs() <= MAX_MINOR).ok_or(MoneyError::TooLarge)?;
        Ok(Self { minor, currency })
    }

    /// In minor units.
    pub fn minor(self) -> i64 {
        self.minor
    }

    pub fn currency(self) -> Currency {
        self.currency
    }

    /// In major units, with the currency's digits.
    pub fn decimal(self) -> Decimal {
        Decimal::new(self.minor, self.currency.exponent())
    }

    pub fn is_zero(self) -> bool {
        self.minor == 0
    }

    pub fn is_negative(self) -> bool {
        self.minor < 0
    }

    /// Without its sign.
    pub fn abs(self) -> Self {
        Self { minor: self.minor.saturating_abs(), ..self }
    }

    /// The sum.
    ///
    /// # Errors
    /// When the currencies differ or the sum is out of bounds.
    pub fn plus(self, other: Self) -> Result<Self, MoneyError> {
        if self.currency != other.currency {
            return Err(MoneyError::Mixed);
        }
        let minor = self.minor.checked_add(other.minor).filter(|m| m.abs() <= MAX_MINOR).ok_or(MoneyError::TooLarge)?;
        Ok(Self { minor, ..self })
    }

    /// `self - other`.
    ///
    /// # Errors
    /// As [`Money::plus`].
    pub fn minus(self, other: Self) -> Result<Self, MoneyError> {
        self.plus(Self { minor: -other.minor, ..other })
    }

    /// `count` times this amount.
    ///
    /// # Errors
    /// When the product is out of bounds.
    pub fn times(self, count: i64) -> Result<Self, MoneyError> {
        let minor = self.minor.checked_mul(count).filter(|m| m.abs() <= MAX_MINOR).ok_or(MoneyError::TooLarge)?;
        Ok(Self { minor, ..self })
    }
}

/// The plain decimal with the currency's digits, as the API prints it: `4.00`, `400` (JPY), `4.000` (KWD).
impl fmt::Display for Money {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.decimal())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn currency(code: &str) -> Currency {
        code.parse().unwrap()
    }

    #[test]
    fn the_list_is_sorted_so_that_every_code_is_found() {
        for (code, exponent) in CURRENCIES {
            assert_eq!(currency(code).exponent(), *exponent, "{code}");
        }
    }

    #[test]
    fn amounts_are_read_exactly_with_the_digits_of_their_currency() {
        let read = |amount, code| Money::parse(amount, currency(code)).map(Money::minor);
        assert_eq!(read("35", "EUR"), Ok(3500));
        assert_eq!(read("35.000000", "EUR"), Ok(3500));
        assert_eq!(read("-0.01", "EUR"), Ok(-1));
        assert_eq!(read("400", "JPY"), Ok(400));
        assert_eq!(read("4.125", "KWD"), Ok(4125));
        assert_eq!(read("4.125", "EUR"), Err(MoneyError::TooPrecise));
        assert_eq!(read("0.5", "JPY"), Err(MoneyError::TooPrecise));
        assert_eq!(read("ten", "EUR"), Err(MoneyError::NotANumber));
        assert_eq!(read("", "EUR"), Err(MoneyError::NotANumber));
        assert_eq!(read("99999999999999999999", "EUR"), Err(MoneyError::TooLarge));
        assert_eq!("eur".parse::<Currency>(), Err(MoneyError::UnknownCurrency));
    }

    #[test]
    fn amounts_print_with_the_digits_of_their_currency() {
        let print = |minor, code| Money::from_minor(minor, currency(code)).to_string();
        assert_eq!(print(400, "EUR"), "4.00");
        assert_eq!(print(400, "JPY"), "400");
        assert_eq!(print(4000, "KWD"), "4.000");
        assert_eq!(print(-5, "EUR"), "-0.05");
    }

    #[test]
    fn a_sum_never_mixes_currencies() {
        let four = Money::from_minor(400, currency("EUR"));
        assert_eq!(four.plus(Money::from_minor(100, currency("EUR"))).unwrap().minor(), 500);
        assert_eq!(four.minus(Money::from_minor(100, currency("USD"))), Err(MoneyError::Mixed));
    }
}
