//! One value of a row as both engines agree on it: an id is its 16 bytes, a moment its microseconds since 1970, yes is 1. These
//! are SQLite's own forms; PostgreSQL's are turned by the type of their column.

use diesel::{
    QueryableByName, deserialize,
    deserialize::FromSql,
    pg::{Pg, PgValue},
    row::{Field, NamedRow, Row as DieselRow},
    sql_types::{BigInt, Binary, Text},
    sqlite::{Sqlite, SqliteType, SqliteValue},
};

use super::catalogue::Kind;

/// PostgreSQL counts its microseconds from 2000.
const SINCE_1970: i64 = 946_684_800_000_000;

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Cell {
    Nothing,
    Number(i64),
    Words(String),
    Bytes(Vec<u8>),
}

/// The values of one row, in the order of its table's columns.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row(pub Vec<Cell>);

impl Row {
    /// About how many bytes it takes.
    pub fn size(&self) -> usize {
        let size = |cell: &Cell| match cell {
            Cell::Nothing | Cell::Number(_) => 9,
            Cell::Words(words) => 5 + words.len(),
            Cell::Bytes(bytes) => 5 + bytes.len(),
        };
        self.0.iter().map(size).sum()
    }

    /// Appends it in the one form that is written to backups and reckoned with.
    pub fn encode(&self, out: &mut Vec<u8>) {
        let length = |bytes: usize| u32::try_from(bytes).unwrap_or(u32::MAX).to_be_bytes();
        out.extend(length(self.0.len()));
        for cell in &self.0 {
            match cell {
                Cell::Nothing => out.push(0),
                Cell::Number(number) => {
                    out.push(1);
                    out.extend(number.to_be_bytes());
                }
                Cell::Words(words) => {
                    out.push(2);
                    out.extend(length(words.len()));
                    out.extend(words.as_bytes());
                }
                Cell::Bytes(bytes) => {
                    out.push(3);
                    out.extend(length(bytes.len()));
                    out.extend(bytes);
                }
            }
        }
    }

    /// Takes one off the front of what [`Row::encode`] wrote.
    pub fn decode(from: &mut &[u8]) -> Option<Self> {
        let cells = length(from)?;
        // As many as there can be: every value takes a byte.
        (0..cells.min(from.len()))
            .map(|_| cell(from))
            .collect::<Option<Vec<_>>>()
            .filter(|row| row.len() == cells)
            .map(Self)
    }
}

fn take<'a>(from: &mut &'a [u8], count: usize) -> Option<&'a [u8]> {
    let (taken, rest) = from.split_at_checked(count)?;
    *from = rest;
    Some(taken)
}

fn length(from: &mut &[u8]) -> Option<usize> {
    let bytes: [u8; 4] = take(from, 4)?.try_into().ok()?;
    usize::try_from(u32::from_be_bytes(bytes)).ok()
}

fn cell(from: &mut &[u8]) -> Option<Cell> {
    Some(match take(from, 1)? {
        [0] => Cell::Nothing,
        [1] => Cell::Number(i64::from_be_bytes(take(from, 8)?.try_into().ok()?)),
        [2] => {
            let count = length(from)?;
            Cell::Words(String::from_utf8(take(from, count)?.to_vec()).ok()?)
        }
        [3] => {
            let count = length(from)?;
            Cell::Bytes(take(from, count)?.to_vec())
        }
        _ => return None,
    })
}

impl QueryableByName<Sqlite> for Row {
    fn build<'a>(row: &impl NamedRow<'a, Sqlite>) -> deserialize::Result<Self> {
        let cells = (0..row.field_count()).map(|index| {
            let field = DieselRow::get(row, index).ok_or("a value is missing")?;
            field.value().map_or(Ok(Cell::Nothing), of_sqlite)
        });
        cells.collect::<deserialize::Result<Vec<_>>>().map(Self)
    }
}

fn of_sqlite(value: SqliteValue<'_, '_, '_>) -> deserialize::Result<Cell> {
    match value.value_type() {
        None => Ok(Cell::Nothing),
        Some(SqliteType::Text) => <String as FromSql<Text, Sqlite>>::from_sql(value).map(Cell::Words),
        Some(SqliteType::Binary) => <Vec<u8> as FromSql<Binary, Sqlite>>::from_sql(value).map(Cell::Bytes),
        Some(SqliteType::SmallInt | SqliteType::Integer | SqliteType::Long) => {
            <i64 as FromSql<BigInt, Sqlite>>::from_sql(value).map(Cell::Number)
        }
        Some(_) => Err("a kind of value that is not copied".into()),
    }
}

impl QueryableByName<Pg> for Row {
    fn build<'a>(row: &impl NamedRow<'a, Pg>) -> deserialize::Result<Self> {
        let cells = (0..row.field_count()).map(|index| {
            let field = DieselRow::get(row, index).ok_or("a value is missing")?;
            field.value().map_or(Ok(Cell::Nothing), |value| of_postgres(&value))
        });
        cells.collect::<deserialize::Result<Vec<_>>>().map(Self)
    }
}

fn of_postgres(value: &PgValue<'_>) -> deserialize::Result<Cell> {
    let bytes = value.as_bytes();
    let eight = || <[u8; 8]>::try_from(bytes).map(i64::from_be_bytes);
    Ok(match Kind::of_oid(value.get_oid().get()) {
        Some(Kind::Words) => Cell::Words(std::str::from_utf8(bytes)?.to_owned()),
        Some(Kind::Key | Kind::Bytes) => Cell::Bytes(bytes.to_vec()),
        Some(Kind::Flag) => Cell::Number(i64::from(bytes == [1])),
        Some(Kind::Short) => Cell::Number(<[u8; 4]>::try_from(bytes).map(i32::from_be_bytes)?.into()),
        Some(Kind::Long) => Cell::Number(eight()?),
        Some(Kind::Moment) => Cell::Number(eight()?.checked_add(SINCE_1970).ok_or("a moment out of range")?),
        None => return Err("a kind of value that is not copied".into()),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_row_reads_back_as_it_was_written_and_a_cut_one_does_not() {
        let row = Row(vec![
            Cell::Nothing,
            Cell::Number(i64::MIN),
            Cell::Words("Zoë’s 👗".to_owned()),
            Cell::Words(String::new()),
            Cell::Bytes(vec![0, 255, 7]),
        ]);
        let mut bytes = Vec::new();
        row.encode(&mut bytes);
        let mut rest = bytes.as_slice();
        assert_eq!(Row::decode(&mut rest), Some(row));
        assert!(rest.is_empty());
        for cut in 0..bytes.len() {
            assert_eq!(Row::decode(&mut &bytes[..cut]), None, "cut at {cut}");
        }
        assert_eq!(Row::decode(&mut [0xff; 64].as_slice()), None);
    }
}
