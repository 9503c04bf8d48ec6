-- The sentences of a shop's exchange policy beside its days, as they were filled in; {} is what every shop begins with.
ALTER TABLE shops ADD COLUMN exchange_rules TEXT NOT NULL DEFAULT '{}';
-- Codes of the languages it speaks, the first one among them always; none is every language.
ALTER TABLE shops ADD COLUMN languages TEXT NOT NULL DEFAULT '[]';
-- Its legal pages: kind, language, address.
ALTER TABLE shops ADD COLUMN legal TEXT NOT NULL DEFAULT '[]';

-- The terms a request was made under; none for those made before terms were kept, which have the shop's.
ALTER TABLE cases ADD COLUMN terms TEXT;

-- Who made the secret and when, where it was made here: for ten minutes they can read it again.
ALTER TABLE connectors ADD COLUMN secret_made_by BLOB;
ALTER TABLE connectors ADD COLUMN secret_made_at INTEGER;
-- The secret before, taken too until then.
ALTER TABLE connectors ADD COLUMN old_secret_sealed TEXT;
ALTER TABLE connectors ADD COLUMN old_secret_until INTEGER;
-- Whether the secret before had signed an arrival.
ALTER TABLE intakes ADD COLUMN old_secret INTEGER NOT NULL DEFAULT 0 CHECK (old_secret IN (0, 1));
