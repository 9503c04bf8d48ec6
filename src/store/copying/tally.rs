//! What a table holds, reckoned row by row in the order of its key, so that two tables are compared without keeping either.

use std::fmt;

use sha2::{Digest, Sha256};

use super::cells::Row;

/// A mark is set after so many rows: a difference is named this exactly.
const MARKED: u64 = 64;

#[derive(Debug, Clone, Default)]
pub struct Tally {
    rows: u64,
    hash: Sha256,
    marks: Vec<u64>,
}

/// Where two tables differ first.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Difference {
    Count(u64, u64),
    /// Among the rows from the first to the second, counted from one.
    Among(u64, u64),
}

impl fmt::Display for Difference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Count(one, other) => write!(f, "{one} rows on one side, {other} on the other"),
            Self::Among(first, last) => write!(f, "a difference among rows {first} to {last}"),
        }
    }
}

impl Tally {
    pub fn add(&mut self, rows: &[Row]) {
        let mut bytes = Vec::new();
        for row in rows {
            bytes.clear();
            row.encode(&mut bytes);
            self.hash.update(&bytes);
            self.rows += 1;
            if self.rows.is_multiple_of(MARKED) {
                self.marks.push(mark(&self.hash));
            }
        }
    }

    pub fn rows(&self) -> u64 {
        self.rows
    }

    /// Names all of it.
    pub fn hash(&self) -> [u8; 32] {
        self.hash.clone().finalize().into()
    }

    /// Where the other one is different, if it is.
    pub fn differs(&self, other: &Self) -> Option<Difference> {
        if self.rows != other.rows {
            return Some(Difference::Count(self.rows, other.rows));
        }
        if self.hash() == other.hash() {
            return None;
        }
        let same = self.marks.iter().zip(&other.marks).take_while(|(one, other)| one == other).count() as u64;
        Some(Difference::Among(same * MARKED + 1, ((same + 1) * MARKED).min(self.rows)))
    }
}

fn mark(hash: &Sha256) -> u64 {
    let [a, b, c, d, e, f, g, h, ..] = <[u8; 32]>::from(hash.clone().finalize());
    u64::from_be_bytes([a, b, c, d, e, f, g, h])
}

#[cfg(test)]
mod tests {
    use super::{super::cells::Cell, *};

    fn tally(numbers: impl Iterator<Item = i64>) -> Tally {
        let mut tally = Tally::default();
        tally.add(&numbers.map(|number| Row(vec![Cell::Number(number)])).collect::<Vec<_>>());
        tally
    }

    #[test]
    fn a_changed_row_a_missing_one_and_another_order_are_noticed_where_they_are() {
        let right = tally(0..200);
        assert_eq!(right.differs(&tally(0..200)), None);
        assert_eq!(right.differs(&tally(0..199)), Some(Difference::Count(200, 199)));
        let changed = tally((0..200).map(|number| if number == 130 { 7 } else { number }));
        assert_eq!(right.differs(&changed), Some(Difference::Among(129, 192)));
        assert_eq!(right.differs(&tally((0..200).rev())), Some(Difference::Among(1, 64)));
        let last = tally((0..200).map(|number| if number == 199 { 7 } else { number }));
        assert_eq!(right.differs(&last), Some(Difference::Among(193, 200)));
    }
}
