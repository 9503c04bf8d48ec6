//! Copies of a whole database: its tables as its own catalogue lists them, so none that is added later can be forgotten; its
//! rows in forms that both engines and a backup share; and a tally of them, so that what was written can be compared with what
//! was read. What a copy is for is not known here.

mod catalogue;
mod cells;
mod filling;
mod tally;

pub use catalogue::{Column, Table};
pub use cells::{Cell, Row};
pub use filling::Apart;
pub use tally::{Difference, Tally};

use std::path::Path;

use chrono::{DateTime, Utc};
use diesel::{
    QueryableByName, RunQueryDsl, connection::DefaultLoadingMode, pg::PgRowByRowLoadingMode, result::QueryResult,
    sql_query, sql_types::Text,
};

use super::{
    Tx,
    conn::{Address, Conn},
    migrations::{self, Age},
};
use crate::error::{Error, Result};

/// Rows that are handled together,
const BATCH: usize = 500;
/// unless they are large already.
const BATCH_BYTES: usize = 1024 * 1024;
/// Stands in a database while it is being filled, and says from where. A server does not start on it.
pub(super) const UNFINISHED: &str = "comptoir_unfinished_copy";

/// What a database that is to be filled holds so far.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Content {
    Nothing,
    /// A copy that was not finished, from what this names.
    Unfinished(String),
    Something,
}

/// One connection to a database that is copied from or to, apart from any server's.
pub struct Place {
    conn: Conn,
    address: Address,
}

impl Place {
    /// Opens what is there.
    ///
    /// # Errors
    /// In plain words: no address, nobody there.
    pub fn open(url: &str) -> Result<Self> {
        let address: Address = url.parse().map_err(Error::Internal)?;
        if let Address::Sqlite(path) = &address
            && !Path::new(path).exists()
        {
            return Err(Error::Internal(format!("there is no database at {path}")));
        }
        Self::connect(address)
    }

    /// Opens what is to be filled; on SQLite the file is made.
    ///
    /// # Errors
    /// In plain words.
    pub fn to_fill(url: &str) -> Result<Self> {
        Self::connect(url.parse().map_err(Error::Internal)?)
    }

    /// What is at an address that is to be filled, without making anything there.
    ///
    /// # Errors
    /// In plain words: no address, nobody there.
    pub fn content_at(url: &str) -> Result<Content> {
        let address: Address = url.parse().map_err(Error::Internal)?;
        match &address {
            Address::Sqlite(path) if std::fs::metadata(path).map_or(true, |about| about.len() == 0) => {
                Ok(Content::Nothing)
            }
            _ => Self::connect(address)?.content(),
        }
    }

    fn connect(address: Address) -> Result<Self> {
        let mut conn = address.connect(false).map_err(Error::Internal)?;
        if let Conn::Postgres(_) = &conn {
            // A whole table is read and written in one statement.
            conn.execute("SET statement_timeout = 0")?;
        }
        Ok(Self { conn, address })
    }

    pub fn is_sqlite(&self) -> bool {
        self.address.is_sqlite()
    }

    /// Sees one moment of the database from here on, whatever others write, and writes nothing.
    ///
    /// # Errors
    /// When the database fails.
    pub fn hold_still(&mut self) -> Result<()> {
        match &self.conn {
            Conn::Sqlite(_) => self.conn.execute("PRAGMA query_only = ON; BEGIN")?,
            Conn::Postgres(_) => self.conn.execute("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")?,
        }
        // The moment is that of the first look.
        self.applied().map(|_| ())
    }

    /// How the schema stands to this binary's.
    ///
    /// # Errors
    /// When the database fails.
    pub fn age(&mut self) -> Result<Age> {
        migrations::age(&mut self.conn)
    }

    /// The versions of its schema, oldest first; none where there is nothing.
    ///
    /// # Errors
    /// When the database fails.
    pub fn applied(&mut self) -> Result<Vec<String>> {
        migrations::applied(&mut self.conn)
    }

    /// How many others of ours are connected; on SQLite the hold on the data directory says that.
    ///
    /// # Errors
    /// When the database fails.
    pub fn others(&mut self) -> Result<usize> {
        let Conn::Postgres(c) = &mut self.conn else { return Ok(0) };
        let others = "SELECT application_name AS word FROM pg_stat_activity WHERE datname = current_database() \
                      AND pid <> pg_backend_pid() AND application_name = 'comptoir'";
        Ok(sql_query(others).load::<Word>(&mut **c)?.len())
    }

    /// What it holds, to whoever wants to fill it.
    ///
    /// # Errors
    /// When the database fails.
    pub fn content(&mut self) -> Result<Content> {
        let names = catalogue::names(&mut self.conn)?;
        if names.iter().any(|name| name == UNFINISHED) {
            let from: Option<String> =
                self.words(&format!("SELECT source AS word FROM {UNFINISHED}"))?.into_iter().next();
            return Ok(Content::Unfinished(from.unwrap_or_default()));
        }
        Ok(if names.is_empty() { Content::Nothing } else { Content::Something })
    }

    /// Says that it is being filled from `source`, which must not be what a quote is in.
    ///
    /// # Errors
    /// When the database fails.
    pub fn begin_filling(&mut self, source: &str) -> Result<()> {
        let source = source.replace('\'', "");
        self.conn.begin()?;
        self.conn.execute(&format!(
            "CREATE TABLE {UNFINISHED} (source TEXT NOT NULL); INSERT INTO {UNFINISHED} (source) VALUES ('{source}')"
        ))?;
        Ok(self.conn.commit()?)
    }

    /// Makes the schema as it was at `versions`.
    ///
    /// # Errors
    /// When one of them is not known here.
    pub fn make_schema(&mut self, versions: &[String]) -> Result<()> {
        migrations::run_named(&mut self.conn, versions)
    }

    /// The last step, in one transaction: the rest of the schema, what `last` changes, and the end of the filling.
    ///
    /// # Errors
    /// When the database fails; the copy stays unfinished.
    pub fn finish_filling(&mut self, now: DateTime<Utc>, last: impl FnOnce(&mut Tx<'_>) -> Result<()>) -> Result<()> {
        self.change(now, |tx| {
            migrations::finish(tx)?;
            last(tx)?;
            Ok(tx.execute(&format!("DROP TABLE {UNFINISHED}"))?)
        })?;
        if self.is_sqlite() {
            self.conn.execute("PRAGMA wal_checkpoint(TRUNCATE)")?;
        } else {
            self.conn.execute("ANALYZE")?;
        }
        Ok(())
    }

    /// One change in a transaction.
    ///
    /// # Errors
    /// What the change answers; then nothing is stored.
    pub fn change<T>(&mut self, now: DateTime<Utc>, change: impl FnOnce(&mut Tx<'_>) -> Result<T>) -> Result<T> {
        self.conn.begin()?;
        match change(&mut Tx::new(&mut self.conn, now)) {
            Ok(value) => {
                self.conn.commit()?;
                Ok(value)
            }
            Err(error) => {
                self.conn.rollback()?;
                Err(error)
            }
        }
    }

    /// Looks.
    ///
    /// # Errors
    /// What the query answers.
    pub fn look<T>(&mut self, query: impl FnOnce(&mut Conn) -> Result<T>) -> Result<T> {
        query(&mut self.conn)
    }

    /// Every table with rows of ours, those that others refer to first.
    ///
    /// # Errors
    /// When the database fails, or the tables refer to each other in a circle.
    pub fn tables(&mut self) -> Result<Vec<Table>> {
        catalogue::tables(&mut self.conn)
    }

    /// All rows of a table in the order of its key, a batch at a time.
    ///
    /// # Errors
    /// When the database fails, or what `each` answers.
    pub fn read(&mut self, table: &Table, each: &mut dyn FnMut(Vec<Row>) -> Result<()>) -> Result<()> {
        let sql = table.reading(self.is_sqlite());
        match &mut self.conn {
            Conn::Sqlite(c) => gather(sql_query(sql).load_iter::<Row, DefaultLoadingMode>(&mut **c)?, each),
            Conn::Postgres(c) => gather(sql_query(sql).load_iter::<Row, PgRowByRowLoadingMode>(&mut **c)?, each),
        }
    }

    /// What a table holds, reckoned row by row.
    ///
    /// # Errors
    /// When the database fails.
    pub fn tally(&mut self, table: &Table) -> Result<Tally> {
        let mut tally = Tally::default();
        self.read(table, &mut |rows| {
            tally.add(&rows);
            Ok(())
        })?;
        Ok(tally)
    }

    /// Fills one table in one transaction; `feed` calls back with rows until there are no more. What then stands there is read
    /// back and given to `compare`: when that refuses, nothing is kept.
    ///
    /// # Errors
    /// When the database fails or `compare` refuses.
    pub fn fill(
        &mut self,
        table: &Table,
        feed: impl FnOnce(&mut dyn FnMut(&[Row]) -> Result<()>) -> Result<Tally>,
    ) -> Result<Tally> {
        self.conn.begin()?;
        let filled = self.fill_and_compare(table, feed);
        match &filled {
            Ok(_) => self.conn.commit()?,
            // What is left of it goes with the connection when even that fails.
            Err(_) => self.conn.rollback().unwrap_or_default(),
        }
        filled
    }

    fn fill_and_compare(
        &mut self,
        table: &Table,
        feed: impl FnOnce(&mut dyn FnMut(&[Row]) -> Result<()>) -> Result<Tally>,
    ) -> Result<Tally> {
        let here = filling::Ready::of(&mut self.conn, table)?;
        let conn = &mut self.conn;
        let sent = feed(&mut |rows| here.insert(conn, rows))?;
        let kept = self.tally(table)?;
        match sent.differs(&kept) {
            None => Ok(kept),
            Some(difference) => Err(Error::Internal(format!(
                "{} does not read back as it was written: {difference}. Nothing of this table was kept",
                table.name
            ))),
        }
    }

    /// Empties tables, the last first; also one that its own triggers would keep, as the audit log's do.
    ///
    /// # Errors
    /// When the database fails.
    pub fn empty(&mut self, tables: &[Table]) -> Result<()> {
        self.conn.begin()?;
        for table in tables.iter().rev() {
            self.empty_one(table)?;
        }
        Ok(self.conn.commit()?)
    }

    fn empty_one(&mut self, table: &Table) -> Result<()> {
        let name = &table.name;
        let (take_away, put_back) = match self.conn {
            Conn::Postgres(_) => (
                vec![format!("ALTER TABLE \"{name}\" DISABLE TRIGGER USER")],
                vec![format!("ALTER TABLE \"{name}\" ENABLE TRIGGER USER")],
            ),
            Conn::Sqlite(_) => {
                // Every table is filled as it was, so nothing follows from another; but the index of the search stays in step.
                let triggers = format!("type = 'trigger' AND tbl_name = '{name}' AND tbl_name <> 'search_docs'");
                let drop =
                    format!("SELECT 'DROP TRIGGER \"' || name || '\"' AS word FROM sqlite_schema WHERE {triggers}");
                let make = format!("SELECT sql AS word FROM sqlite_schema WHERE {triggers}");
                (self.words(&drop)?, self.words(&make)?)
            }
        };
        let delete = format!("DELETE FROM \"{name}\"");
        for statement in take_away.iter().chain([&delete]).chain(&put_back) {
            self.conn.execute(statement)?;
        }
        Ok(())
    }

    /// A copy of a SQLite database, as of one moment, in a new file. Others may write meanwhile.
    ///
    /// # Errors
    /// When it is another engine, or the disk refuses.
    pub fn vacuum_into(&mut self, file: &Path) -> Result<()> {
        let Conn::Sqlite(c) = &mut self.conn else {
            return Err(Error::Internal("only SQLite copies itself into a file".to_owned()));
        };
        sql_query("VACUUM INTO ?").bind::<Text, _>(file.to_string_lossy()).execute(&mut **c)?;
        std::fs::File::open(file).and_then(|file| file.sync_all()).map_err(|error| no_room(file, &error))
    }

    /// How large it is, in bytes.
    ///
    /// # Errors
    /// When the database fails.
    pub fn size(&mut self) -> Result<u64> {
        super::checkup::size(&mut self.conn).map(|bytes| u64::try_from(bytes).unwrap_or_default())
    }

    /// How many rows a table has.
    ///
    /// # Errors
    /// When the database fails.
    pub fn count(&mut self, table: &Table) -> Result<u64> {
        let count = catalogue::count(&mut self.conn, table)?;
        Ok(u64::try_from(count).unwrap_or_default())
    }

    fn words(&mut self, sql: &str) -> Result<Vec<String>> {
        catalogue::words(&mut self.conn, sql)
    }
}

fn no_room(file: &Path, error: &std::io::Error) -> Error {
    Error::Internal(format!("cannot write {}: {error}", file.display()))
}

fn gather(rows: impl Iterator<Item = QueryResult<Row>>, each: &mut dyn FnMut(Vec<Row>) -> Result<()>) -> Result<()> {
    let (mut batch, mut bytes) = (Vec::new(), 0);
    for row in rows {
        let row = row?;
        bytes += row.size();
        batch.push(row);
        if batch.len() >= BATCH || bytes >= BATCH_BYTES {
            each(std::mem::take(&mut batch))?;
            bytes = 0;
        }
    }
    if batch.is_empty() { Ok(()) } else { each(batch) }
}

#[derive(QueryableByName)]
struct Word {
    #[diesel(sql_type = Text)]
    word: String,
}
