//! Errors, named by what the asker can do about them. The web turns them into a page or a problem document;
//! the words are in the catalogues, so an error carries a key and its arguments, never a sentence.

use std::{fmt, time::Duration};

use diesel::result::{DatabaseErrorKind, Error as DieselError};

pub type Result<T, E = Error> = std::result::Result<T, E>;

/// What a sentence is filled with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Argument {
    /// As it stands.
    Words(String),
    /// A number, which may choose the plural form.
    Count(i64),
}

/// A catalogue key with its arguments.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Says {
    pub key: &'static str,
    pub args: Vec<(&'static str, Argument)>,
}

impl Says {
    pub fn new(key: &'static str) -> Self {
        Self { key, args: Vec::new() }
    }

    #[must_use]
    pub fn with(mut self, name: &'static str, value: impl fmt::Display) -> Self {
        self.args.push((name, Argument::Words(value.to_string())));
        self
    }

    /// With a number that chooses the plural form.
    #[must_use]
    pub fn counting(mut self, name: &'static str, count: i64) -> Self {
        self.args.push((name, Argument::Count(count)));
        self
    }

    /// In a reader's language.
    pub fn in_words(&self, t: &crate::i18n::Words) -> String {
        t.say(self.key, &self.args)
    }
}

/// What is wrong with a field of a request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FieldError {
    /// A JSON pointer into the request body, or the name of a form field.
    pub pointer: String,
    pub says: Says,
}

#[derive(Debug)]
pub enum Error {
    /// Not there, or not for this asker: the two are never told apart.
    NotFound,
    /// Somebody was faster, or the state does not allow it any more.
    Conflict(Says),
    /// The request is understood and wrong.
    Invalid(Vec<FieldError>),
    /// More than is taken.
    TooLarge(Says),
    /// Known, and not allowed.
    Denied,
    /// Nobody is signed in.
    SignedOut,
    /// Too often; try again after this long.
    TooOften(Duration),
    /// More work than can be taken now; nothing was done, try again.
    Busy,
    /// The database failed.
    Store(StoreError),
    /// A mistake of ours.
    Internal(String),
}

impl Error {
    pub fn conflict(key: &'static str) -> Self {
        Self::Conflict(Says::new(key))
    }

    pub fn invalid(pointer: &str, says: Says) -> Self {
        Self::Invalid(vec![FieldError { pointer: pointer.to_owned(), says }])
    }

    /// Somebody changed the same just before: the change runs again.
    pub fn collision(detail: &str) -> Self {
        Self::Store(StoreError { kind: StoreFailure::Collision, detail: detail.to_owned() })
    }

    pub fn internal(cause: impl fmt::Display) -> Self {
        Self::Internal(cause.to_string())
    }

    /// Whether the transaction it happened in can go on: true for answers of the domain, false for failures under it.
    pub fn is_answer(&self) -> bool {
        !matches!(self, Self::Store(_) | Self::Internal(_))
    }
}

/// How the database failed.
#[derive(Debug)]
pub struct StoreError {
    pub kind: StoreFailure,
    pub detail: String,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum StoreFailure {
    /// Two transactions met; running the change again may well succeed.
    Collision,
    /// Already there.
    Duplicate,
    /// No room on the disk.
    Full,
    /// The connection is gone.
    Gone,
    /// Another program holds the file, and did not let go while we waited.
    Held,
    Other,
}

/// What PostgreSQL and its client say when a connection was ended, where they give it no code that reaches us.
const LOST: [&str; 9] = [
    "terminating connection",
    "server closed the connection",
    "no connection to the server",
    "the database system is",
    "could not receive data from server",
    "could not send data to server",
    "Connection reset by peer",
    "Broken pipe",
    // What the client asks for by itself before a query; it tells nothing of why it got no answer.
    "Failed to find a type oid",
];

impl From<DieselError> for Error {
    fn from(error: DieselError) -> Self {
        use StoreFailure::{Collision, Duplicate, Full, Gone, Held, Other};
        if matches!(error, DieselError::NotFound) {
            return Self::NotFound;
        }
        let detail = error.to_string();
        let kind = match &error {
            DieselError::DatabaseError(DatabaseErrorKind::SerializationFailure, _) => Collision,
            DieselError::DatabaseError(DatabaseErrorKind::UniqueViolation, _) => Duplicate,
            DieselError::DatabaseError(
                DatabaseErrorKind::ClosedConnection | DatabaseErrorKind::UnableToSendCommand,
                _,
            )
            | DieselError::BrokenTransactionManager => Gone,
            _ if ["deadlock detected", "due to lock timeout"].iter().any(|words| detail.contains(words)) => Collision,
            _ if ["disk is full", "disk I/O error", "No space left"].iter().any(|words| detail.contains(words)) => Full,
            _ if detail.contains("database is locked") => Held,
            _ if LOST.iter().any(|words| detail.contains(words)) => Gone,
            _ => Other,
        };
        Self::Store(StoreError { kind, detail })
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Conflict(says) => write!(f, "conflict: {}", says.key),
            Self::TooLarge(says) => write!(f, "too large: {}", says.key),
            Self::Invalid(fields) => {
                let all: Vec<String> =
                    fields.iter().map(|field| format!("{}: {}", field.pointer, field.says.key)).collect();
                write!(f, "invalid: {}", all.join(", "))
            }
            Self::Store(StoreError { kind, detail }) => write!(f, "store ({kind:?}): {detail}"),
            Self::Internal(cause) => write!(f, "internal: {cause}"),
            other => write!(f, "{other:?}"),
        }
    }
}

impl std::error::Error for Error {}
