//! Writes rows into a table: on SQLite many rows a statement, on PostgreSQL an array for each column, so that a statement has as
//! many parts as the table has columns however many rows it writes.

use chrono::DateTime;
use diesel::{
    PgConnection, RunQueryDsl, SqliteConnection,
    pg::Pg,
    query_builder::{BoxedSqlQuery, SqlQuery},
    sql_query,
    sql_types::{Array, BigInt, Binary, Bool, Integer, Nullable, Text, Timestamptz, Uuid as UuidType},
    sqlite::Sqlite,
};
use uuid::Uuid;

use super::{
    catalogue::{self, Kind, NUMBERED, Table},
    cells::{Cell, Row},
};
use crate::{
    error::{Error, Result},
    store::conn::Conn,
};

/// Values of one statement of SQLite, which takes 32,766 at most.
const VALUES: usize = 30_000;

/// A table that is ready to be filled.
pub(super) struct Ready {
    name: String,
    columns: String,
    width: usize,
    /// On PostgreSQL, the type of each column.
    kinds: Vec<Kind>,
}

impl Ready {
    pub(super) fn of(conn: &mut Conn, table: &Table) -> Result<Self> {
        if !table.is_plain() {
            return Err(Error::Internal(format!("{} is no table of Comptoir's", table.name)));
        }
        let kinds = match conn {
            Conn::Sqlite(_) => Vec::new(),
            Conn::Postgres(_) => catalogue::kinds(conn, table)?,
        };
        Ok(Self { name: table.name.clone(), columns: table.column_list(), width: table.columns.len(), kinds })
    }

    pub(super) fn insert(&self, conn: &mut Conn, rows: &[Row]) -> Result<()> {
        if rows.iter().any(|row| row.0.len() != self.width) {
            return Err(Error::Internal(format!("a row of {} has too many or too few values", self.name)));
        }
        match conn {
            Conn::Sqlite(c) => {
                rows.chunks((VALUES / self.width.max(1)).max(1)).try_for_each(|rows| self.on_sqlite(c, rows))
            }
            Conn::Postgres(c) => self.on_postgres(c, rows),
        }
    }

    fn on_sqlite(&self, conn: &mut SqliteConnection, rows: &[Row]) -> Result<()> {
        let one = format!("({})", vec!["?"; self.width].join(", "));
        let values = vec![one.as_str(); rows.len()].join(", ");
        let sql = format!("INSERT INTO \"{}\" ({}) VALUES {values}", self.name, self.columns);
        let mut query: BoxedSqlQuery<'_, Sqlite, SqlQuery> = sql_query(sql).into_boxed();
        for cell in rows.iter().flat_map(|row| &row.0) {
            query = match cell {
                Cell::Nothing => query.bind::<Nullable<BigInt>, _>(None::<i64>),
                Cell::Number(number) => query.bind::<BigInt, _>(*number),
                Cell::Words(words) => query.bind::<Text, _>(words.as_str()),
                Cell::Bytes(bytes) => query.bind::<Binary, _>(bytes.as_slice()),
            };
        }
        Ok(query.execute(conn).map(|_| ())?)
    }

    fn on_postgres(&self, conn: &mut PgConnection, rows: &[Row]) -> Result<()> {
        let parts: Vec<String> = self
            .kinds
            .iter()
            .enumerate()
            .map(|(index, kind)| format!("${}::{}[]", index + 1, array_of(*kind)))
            .collect();
        let sql =
            format!("INSERT INTO \"{}\" ({}) SELECT * FROM unnest({})", self.name, self.columns, parts.join(", "));
        let mut query: BoxedSqlQuery<'_, Pg, SqlQuery> = sql_query(sql).into_boxed();
        for (index, kind) in self.kinds.iter().enumerate() {
            let cells = rows.iter().map(|row| row.0.get(index).unwrap_or(&Cell::Nothing));
            query = bound(query, *kind, cells)
                .ok_or_else(|| Error::Internal(format!("a value of {} does not fit its column", self.name)))?;
        }
        Ok(query.execute(conn).map(|_| ())?)
    }
}

fn array_of(kind: Kind) -> &'static str {
    match kind {
        Kind::Key => "uuid",
        Kind::Words => "text",
        Kind::Flag => "boolean",
        Kind::Short => "integer",
        Kind::Long => "bigint",
        Kind::Moment => "timestamptz",
        Kind::Bytes => "bytea",
    }
}

type Query<'a> = BoxedSqlQuery<'a, Pg, SqlQuery>;

/// One column's values, bound as an array; none when one of them is of another kind.
fn bound<'a>(query: Query<'a>, kind: Kind, cells: impl Iterator<Item = &'a Cell>) -> Option<Query<'a>> {
    Some(match kind {
        Kind::Key => query.bind::<Array<Nullable<UuidType>>, _>(each(cells, |cell| match cell {
            Cell::Bytes(bytes) => Uuid::from_slice(bytes).ok(),
            _ => None,
        })?),
        Kind::Words => query.bind::<Array<Nullable<Text>>, _>(each(cells, |cell| match cell {
            Cell::Words(words) => Some(words.as_str()),
            _ => None,
        })?),
        Kind::Flag => query.bind::<Array<Nullable<Bool>>, _>(each(cells, |cell| match cell {
            Cell::Number(0) => Some(false),
            Cell::Number(1) => Some(true),
            _ => None,
        })?),
        Kind::Short => query.bind::<Array<Nullable<Integer>>, _>(each(cells, |cell| match cell {
            Cell::Number(number) => i32::try_from(*number).ok(),
            _ => None,
        })?),
        Kind::Long => query.bind::<Array<Nullable<BigInt>>, _>(each(cells, number)?),
        Kind::Moment => query.bind::<Array<Nullable<Timestamptz>>, _>(each(cells, |cell| {
            DateTime::from_timestamp_micros(number(cell)?)
        })?),
        Kind::Bytes => query.bind::<Array<Nullable<Binary>>, _>(each(cells, |cell| match cell {
            Cell::Bytes(bytes) => Some(bytes.as_slice()),
            _ => None,
        })?),
    })
}

fn number(cell: &Cell) -> Option<i64> {
    match cell {
        Cell::Number(number) => Some(*number),
        _ => None,
    }
}

fn each<'a, T>(cells: impl Iterator<Item = &'a Cell>, value: impl Fn(&'a Cell) -> Option<T>) -> Option<Vec<Option<T>>> {
    cells.map(|cell| if *cell == Cell::Nothing { Some(None) } else { value(cell).map(Some) }).collect()
}

/// Numbers of rows that come from several merchants with a count each: where SQLite wants one of its own for each row, those that
/// meet are moved apart by as little as it takes. Rows come in the order of that number.
#[derive(Debug, Default)]
pub struct Apart {
    last: Option<i64>,
}

impl Apart {
    pub fn spread(&mut self, table: &Table, rows: &mut [Row]) {
        let (name, [number, _]) = NUMBERED;
        let Some(place) = table.columns.iter().position(|column| table.name == name && column.name == number) else {
            return;
        };
        for row in rows {
            if let Some(Cell::Number(number)) = row.0.get_mut(place) {
                let free = self.last.map_or(*number, |last| last.saturating_add(1).max(*number));
                *number = free;
                self.last = Some(free);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{super::catalogue::Column, *};

    #[test]
    fn numbers_that_meet_are_moved_apart_and_stay_in_order() {
        let column = |name: &str| Column { name: name.to_owned(), words: false };
        let table =
            |name: &str| Table { name: name.to_owned(), columns: vec![column("id")], key: vec!["id".to_owned()] };
        let rows = |numbers: &[i64]| numbers.iter().map(|number| Row(vec![Cell::Number(*number)])).collect::<Vec<_>>();
        let (mut first, mut second) = (rows(&[3, 7, 7]), rows(&[7, 8, 20]));
        let mut apart = Apart::default();
        apart.spread(&table("search_docs"), &mut first);
        apart.spread(&table("search_docs"), &mut second);
        assert_eq!((first, second), (rows(&[3, 7, 8]), rows(&[9, 10, 20])));
        let mut others = rows(&[1, 1]);
        Apart::default().spread(&table("orders"), &mut others);
        assert_eq!(others, rows(&[1, 1]));
    }
}
