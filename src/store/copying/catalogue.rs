//! The tables of a database as its own catalogue lists them, with their columns and what their rows refer to.

use diesel::{
    QueryableByName, RunQueryDsl, sql_query,
    sql_types::{BigInt, Text},
};
use serde::{Deserialize, Serialize};

use super::{UNFINISHED, Word};
use crate::{
    error::{Error, Result},
    q,
    store::conn::Conn,
};

/// Notes which migrations were made; a copy makes them itself.
const MIGRATIONS: &str = "__diesel_schema_migrations";
/// The one table whose key is narrower on SQLite, where the search needs a number that is unique in the file: its rows go by that
/// number everywhere.
pub(super) const NUMBERED: (&str, [&str; 2]) = ("search_docs", ["id", "merchant_id"]);

/// What PostgreSQL calls the types of our columns.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Key,
    Words,
    Flag,
    Short,
    Long,
    Moment,
    Bytes,
}

impl Kind {
    pub(super) fn of_oid(oid: u32) -> Option<Self> {
        Some(match oid {
            2950 => Self::Key,
            25 => Self::Words,
            16 => Self::Flag,
            23 => Self::Short,
            20 => Self::Long,
            1184 => Self::Moment,
            17 => Self::Bytes,
            _ => return None,
        })
    }
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Column {
    pub name: String,
    /// Whether it holds words: PostgreSQL must compare them as bytes, as SQLite does.
    pub words: bool,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Table {
    pub name: String,
    pub columns: Vec<Column>,
    /// The columns its rows are read by.
    pub key: Vec<String>,
}

impl Table {
    /// Names come from a catalogue or from a backup; nothing else than our own gets into a statement.
    pub fn is_plain(&self) -> bool {
        let plain = |name: &str| {
            !name.is_empty() && name.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_')
        };
        let known = |name: &String| self.columns.iter().any(|column| column.name == *name);
        plain(&self.name)
            && !self.columns.is_empty()
            && self.columns.iter().all(|column| plain(&column.name))
            && self.key.iter().all(known)
    }

    pub(super) fn column_list(&self) -> String {
        let quoted: Vec<String> = self.columns.iter().map(|column| format!("\"{}\"", column.name)).collect();
        quoted.join(", ")
    }

    /// The statement that reads it in the order of its key.
    pub(super) fn reading(&self, on_sqlite: bool) -> String {
        let words = |name: &str| self.columns.iter().any(|column| column.name == name && column.words);
        let by = |name: &String| {
            let collate = if !on_sqlite && words(name) { " COLLATE \"C\"" } else { "" };
            format!("\"{name}\"{collate}")
        };
        let key: Vec<String> = self.key.iter().map(by).collect();
        format!("SELECT {} FROM \"{}\" ORDER BY {}", self.column_list(), self.name, key.join(", "))
    }
}

#[derive(QueryableByName)]
struct Named {
    #[diesel(sql_type = Text)]
    word: String,
    #[diesel(sql_type = BigInt)]
    number: i64,
}

pub(super) fn words(conn: &mut Conn, sql: &str) -> Result<Vec<String>> {
    Ok(q!(conn, |c| sql_query(sql).load::<Word>(c))?.into_iter().map(|row| row.word).collect())
}

fn named(conn: &mut Conn, sql: &str) -> Result<Vec<Named>> {
    Ok(q!(conn, |c| sql_query(sql).load::<Named>(c))?)
}

pub(super) fn count(conn: &mut Conn, table: &Table) -> Result<i64> {
    let sql = format!("SELECT 'rows' AS word, count(*) AS number FROM \"{}\"", table.name);
    Ok(named(conn, &sql)?.first().map_or(0, |row| row.number))
}

/// Every table there is, what is not ours to copy included.
pub(super) fn names(conn: &mut Conn) -> Result<Vec<String>> {
    let sql = match conn {
        Conn::Sqlite(_) => {
            "SELECT name AS word FROM pragma_table_list WHERE schema = 'main' AND type = 'table' \
             AND name NOT LIKE 'sqlite%' ORDER BY name"
        }
        Conn::Postgres(_) => {
            "SELECT relname::text AS word FROM pg_class WHERE relnamespace = current_schema()::regnamespace \
             AND relkind IN ('r', 'p') AND NOT relispartition ORDER BY relname"
        }
    };
    words(conn, sql)
}

pub(super) fn tables(conn: &mut Conn) -> Result<Vec<Table>> {
    let mut waiting = Vec::new();
    for name in names(conn)? {
        if name != MIGRATIONS && name != UNFINISHED {
            let refers_to = refers_to(conn, &name)?;
            waiting.push((table(conn, name)?, refers_to));
        }
    }
    let mut ordered: Vec<Table> = Vec::new();
    while !waiting.is_empty() {
        let (ready, not_yet): (Vec<_>, Vec<_>) = waiting.into_iter().partition(|(table, refers_to)| {
            refers_to.iter().all(|name| *name == table.name || ordered.iter().any(|done| done.name == *name))
        });
        if ready.is_empty() {
            let names: Vec<&str> = not_yet.iter().map(|(table, _)| table.name.as_str()).collect();
            return Err(Error::Internal(format!("tables refer to each other in a circle: {}", names.join(", "))));
        }
        ordered.extend(ready.into_iter().map(|(table, _)| table));
        waiting = not_yet;
    }
    Ok(ordered)
}

fn refers_to(conn: &mut Conn, table: &str) -> Result<Vec<String>> {
    let sql = match conn {
        Conn::Sqlite(_) => format!("SELECT DISTINCT \"table\" AS word FROM pragma_foreign_key_list('{table}')"),
        Conn::Postgres(_) => format!(
            "SELECT DISTINCT target.relname::text AS word FROM pg_constraint JOIN pg_class target ON target.oid = confrelid \
             WHERE conrelid = '\"{table}\"'::regclass AND contype = 'f'"
        ),
    };
    words(conn, &sql)
}

fn table(conn: &mut Conn, name: String) -> Result<Table> {
    let (columns, key) = match conn {
        Conn::Sqlite(_) => (
            format!("SELECT name AS word, type = 'TEXT' AS number FROM pragma_table_info('{name}') ORDER BY cid"),
            format!("SELECT name AS word, pk AS number FROM pragma_table_info('{name}') WHERE pk > 0 ORDER BY pk"),
        ),
        Conn::Postgres(_) => (
            format!(
                "SELECT attname::text AS word, (atttypid = 25)::int::bigint AS number FROM pg_attribute \
                 WHERE attrelid = '\"{name}\"'::regclass AND attnum > 0 AND NOT attisdropped ORDER BY attnum"
            ),
            format!(
                "SELECT attname::text AS word, place AS number FROM pg_index, \
                 unnest(indkey::int2[]) WITH ORDINALITY AS part (number, place) \
                 JOIN pg_attribute ON attrelid = '\"{name}\"'::regclass AND attnum = part.number \
                 WHERE indrelid = '\"{name}\"'::regclass AND indisprimary ORDER BY place"
            ),
        ),
    };
    let columns: Vec<Column> =
        named(conn, &columns)?.into_iter().map(|c| Column { name: c.word, words: c.number == 1 }).collect();
    let mut key: Vec<String> = named(conn, &key)?.into_iter().map(|column| column.word).collect();
    if name == NUMBERED.0 {
        key = NUMBERED.1.map(str::to_owned).into();
    }
    let table = Table { name, columns, key };
    if !table.is_plain() || table.key.is_empty() {
        return Err(Error::Internal(format!("{} is no table of Comptoir's, which has none like it", table.name)));
    }
    Ok(table)
}

/// The types of a table's columns on PostgreSQL, in the order asked for.
pub(super) fn kinds(conn: &mut Conn, table: &Table) -> Result<Vec<Kind>> {
    let sql = format!(
        "SELECT attname::text AS word, atttypid::bigint AS number FROM pg_attribute \
         WHERE attrelid = '\"{}\"'::regclass AND attnum > 0 AND NOT attisdropped",
        table.name
    );
    let here = named(conn, &sql)?;
    let kind = |column: &Column| {
        let found = here.iter().find(|known| known.word == column.name)?;
        Kind::of_oid(u32::try_from(found.number).ok()?)
    };
    let kinds = table.columns.iter().map(|column| {
        kind(column).ok_or_else(|| Error::Internal(format!("{} has no {} here", table.name, column.name)))
    });
    kinds.collect()
}
