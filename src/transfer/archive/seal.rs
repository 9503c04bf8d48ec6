//! The outside of a backup: a head, and blocks of 64 KiB that are each sealed under their number and whether they are the last. So
//! a flipped bit, a block that is missing, moved or added, and an end that is cut off are all noticed, and memory stays small.
//! Without a key of one's own the key is one that anybody can reckon: damage is noticed, nothing is hidden.

use std::{
    io::{self, BufRead, Read, Write},
    path::Path,
};

use chacha20poly1305::{KeyInit, XChaCha20Poly1305, aead::Aead};
use hkdf::Hkdf;
use sha2::{Digest, Sha256};

use crate::{
    error::Result,
    secrets::{random, same},
    transfer::say,
};

const MAGIC: &[u8; 18] = b"COMPTOIR BACKUP 1\n";
const SALT: usize = 32;
const CHECK: usize = 16;
const SUM: usize = 8;
/// Bytes of a head.
pub const HEAD: usize = MAGIC.len() + 1 + SALT + CHECK + SUM;
const BLOCK: usize = 64 * 1024;
const TAG: usize = 16;
/// The shortest content of a key file: 32 bytes in base 64 have 43 characters.
const SHORTEST_KEY: usize = 32;

/// What a backup is sealed with.
#[derive(Clone)]
pub struct Key(Option<Vec<u8>>);

impl Key {
    /// The content of a file, or none when no file is named.
    ///
    /// # Errors
    /// In plain words: no such file, or too little in it.
    pub fn of(file: Option<&Path>) -> Result<Self> {
        let Some(path) = file else { return Ok(Self(None)) };
        let bytes = std::fs::read(path)
            .map_err(|error| say(format!("cannot read the key of backups, {}: {error}", path.display())))?;
        let key = bytes.trim_ascii().to_vec();
        if key.len() < SHORTEST_KEY {
            return Err(say(format!(
                "{} is too short for the key of backups: {SHORTEST_KEY} characters at least, such as `openssl rand -base64 32` gives",
                path.display()
            )));
        }
        Ok(Self(Some(key)))
    }

    pub fn is_own(&self) -> bool {
        self.0.is_some()
    }

    fn derive(&self, salt: &[u8]) -> (XChaCha20Poly1305, [u8; CHECK]) {
        let secret = self.0.as_deref().unwrap_or(b"a backup without a key");
        let from = Hkdf::<Sha256>::new(Some(salt), secret);
        let (mut content, mut check) = ([0; 32], [0; CHECK]);
        // Both are far shorter than what HKDF can give, so it does not refuse.
        let _ = from.expand(b"comptoir backup content v1", &mut content);
        let _ = from.expand(b"comptoir backup key check v1", &mut check);
        (XChaCha20Poly1305::new(&content.into()), check)
    }
}

/// Why a backup was not opened or read on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fault {
    Foreign,
    Newer,
    Damaged,
    Locked,
    OtherKey,
}

impl Fault {
    pub fn words(self) -> &'static str {
        match self {
            Self::Foreign => "is no backup of Comptoir, or its beginning is damaged",
            Self::Newer => "was made by a newer version of Comptoir, in a form that this one does not read",
            Self::Damaged => "is damaged or was cut off: take another copy of it",
            Self::Locked => "is encrypted: name the file of its key with --key-file",
            Self::OtherKey => "was encrypted with another key than the one of --key-file",
        }
    }
}

impl std::fmt::Display for Fault {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.words())
    }
}

impl std::error::Error for Fault {}

impl From<Fault> for io::Error {
    fn from(fault: Fault) -> Self {
        Self::new(io::ErrorKind::InvalidData, fault)
    }
}

fn nonce(number: u64, last: bool) -> [u8; 24] {
    let mut nonce = [0; 24];
    let (head, rest) = nonce.split_at_mut(8);
    head.copy_from_slice(&number.to_be_bytes());
    if let Some(flag) = rest.first_mut() {
        *flag = u8::from(last);
    }
    nonce
}

fn head_sum(head: &[u8]) -> [u8; SUM] {
    let [a, b, c, d, e, f, g, h, ..] = <[u8; 32]>::from(Sha256::digest(head));
    [a, b, c, d, e, f, g, h]
}

/// Seals what is written to it.
pub struct Sealer<W: Write> {
    out: W,
    cipher: XChaCha20Poly1305,
    block: Vec<u8>,
    number: u64,
}

impl<W: Write> Sealer<W> {
    /// # Errors
    /// When `out` does not take the head.
    pub fn new(mut out: W, key: &Key) -> io::Result<Self> {
        let salt = random::<SALT>();
        let (cipher, check) = key.derive(&salt);
        let head = [MAGIC.as_slice(), &[u8::from(key.is_own())], &salt, &check].concat();
        out.write_all(&head)?;
        out.write_all(&head_sum(&head))?;
        Ok(Self { out, cipher, block: Vec::with_capacity(BLOCK), number: 0 })
    }

    fn seal(&mut self, last: bool) -> io::Result<()> {
        let sealed = self
            .cipher
            .encrypt(&nonce(self.number, last).into(), self.block.as_slice())
            .map_err(|_| io::Error::other("a block could not be sealed"))?;
        self.number += 1;
        self.block.clear();
        self.out.write_all(&sealed)
    }

    /// Seals the last block.
    ///
    /// # Errors
    /// When `out` does not take it.
    pub fn finish(mut self) -> io::Result<W> {
        self.seal(true)?;
        self.out.flush()?;
        Ok(self.out)
    }
}

impl<W: Write> Write for Sealer<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if self.block.len() == BLOCK {
            self.seal(false)?;
        }
        let taken = bytes.len().min(BLOCK - self.block.len());
        self.block.extend(bytes.iter().take(taken));
        Ok(taken)
    }

    fn flush(&mut self) -> io::Result<()> {
        // A block is sealed when it is full, or when it is the last.
        Ok(())
    }
}

/// Opens what a [`Sealer`] wrote.
pub struct Opener<R: BufRead> {
    input: R,
    cipher: XChaCha20Poly1305,
    block: io::Cursor<Vec<u8>>,
    number: u64,
    over: bool,
}

impl<R: BufRead> Opener<R> {
    /// Reads the head.
    ///
    /// # Errors
    /// A [`Fault`] inside of an error of its own kind, or what `input` answers.
    pub fn new(mut input: R, key: &Key) -> io::Result<Self> {
        let mut head = Vec::new();
        input.by_ref().take(HEAD as u64).read_to_end(&mut head)?;
        let Some((magic, rest)) = head.split_at_checked(MAGIC.len()) else { return Err(Fault::Foreign.into()) };
        if magic != MAGIC {
            let newer = magic.starts_with(b"COMPTOIR BACKUP ") && magic.get(16).is_some_and(u8::is_ascii_digit);
            return Err(if newer { Fault::Newer } else { Fault::Foreign }.into());
        }
        let parts = rest.split_at_checked(1 + SALT + CHECK).filter(|(_, sum)| sum.len() == SUM);
        let (said, sum) = parts.ok_or(Fault::Damaged)?;
        if head_sum(&[magic, said].concat()) != *sum {
            return Err(Fault::Damaged.into());
        }
        let (own, salt_and_check) = said.split_first().ok_or(Fault::Damaged)?;
        let (salt, known) = salt_and_check.split_at_checked(SALT).ok_or(Fault::Damaged)?;
        let key = if *own == 0 { Key(None) } else { key.clone() };
        if *own != 0 && !key.is_own() {
            return Err(Fault::Locked.into());
        }
        let (cipher, check) = key.derive(salt);
        if !same(&check, known) {
            return Err(if *own == 0 { Fault::Damaged } else { Fault::OtherKey }.into());
        }
        Ok(Self { input, cipher, block: io::Cursor::default(), number: 0, over: false })
    }

    fn next_block(&mut self) -> io::Result<()> {
        let mut sealed = Vec::with_capacity(BLOCK + TAG);
        self.input.by_ref().take((BLOCK + TAG) as u64).read_to_end(&mut sealed)?;
        let last = self.input.fill_buf()?.is_empty();
        let opened = self.cipher.decrypt(&nonce(self.number, last).into(), sealed.as_slice());
        self.block = io::Cursor::new(opened.map_err(|_| Fault::Damaged)?);
        self.number += 1;
        self.over = last;
        Ok(())
    }
}

impl<R: BufRead> Read for Opener<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        loop {
            let count = self.block.read(buffer)?;
            if count > 0 || self.over || buffer.is_empty() {
                return Ok(count);
            }
            self.next_block()?;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key(byte: u8) -> Key {
        Key(Some(vec![byte; 40]))
    }

    fn sealed(content: &[u8], key: &Key) -> Vec<u8> {
        let mut sealer = Sealer::new(Vec::new(), key).unwrap();
        sealer.write_all(content).unwrap();
        sealer.finish().unwrap()
    }

    fn opened(bytes: &[u8], key: &Key) -> Result<Vec<u8>, Option<Fault>> {
        let fault = |error: io::Error| error.downcast::<Fault>().ok();
        let mut content = Vec::new();
        Opener::new(bytes, key).map_err(fault)?.read_to_end(&mut content).map_err(fault)?;
        Ok(content)
    }

    #[test]
    fn what_was_sealed_opens_whole_with_its_key_and_no_other() {
        for length in [0, 1, BLOCK - 1, BLOCK, BLOCK + 1, 3 * BLOCK] {
            let content: Vec<u8> = (0..length).map(|place| (place % 251) as u8).collect();
            for key in [Key(None), key(1)] {
                assert_eq!(opened(&sealed(&content, &key), &key), Ok(content.clone()), "{length}");
            }
        }
        let locked = sealed(b"words", &key(1));
        assert_eq!(opened(&locked, &key(2)), Err(Some(Fault::OtherKey)));
        assert_eq!(opened(&locked, &Key(None)), Err(Some(Fault::Locked)));
        assert!(!locked.windows(5).any(|part| part == b"words"));
        assert_eq!(opened(&sealed(b"words", &Key(None)), &key(2)), Ok(b"words".to_vec()), "a key is not in the way");
    }

    #[test]
    fn a_flipped_bit_a_cut_and_an_addition_are_noticed_wherever_they_are() {
        let content = vec![7; BLOCK + 40];
        for key in [Key(None), key(1)] {
            let whole = sealed(&content, &key);
            let places = (0..HEAD + 40).chain(HEAD + BLOCK..whole.len());
            for place in places {
                let mut flipped = whole.clone();
                flipped[place] ^= 1 << (place % 8);
                assert!(opened(&flipped, &key).is_err(), "bit flipped at {place}");
                assert!(opened(&whole[..place], &key).is_err(), "cut at {place}");
            }
            assert_eq!(opened(&[whole.as_slice(), b"x"].concat(), &key), Err(Some(Fault::Damaged)));
            let blocks = [&whole[..HEAD], &whole[HEAD + BLOCK + TAG..]].concat();
            assert_eq!(opened(&blocks, &key), Err(Some(Fault::Damaged)), "a block is missing");
        }
        assert_eq!(opened(b"PK something else that is long enough to be one", &Key(None)), Err(Some(Fault::Foreign)));
        assert_eq!(opened(b"COMPTOIR BACKUP 2\n and so on", &Key(None)), Err(Some(Fault::Newer)));
    }
}
