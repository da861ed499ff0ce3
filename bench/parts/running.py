"""A ledger after pgledger's public description: accounts with running balances, two entries a transfer.

Written by ourselves from the model that its README describes, not from its code: a transfer names
two accounts and an amount; each entry keeps its account's balance before and after and the
account's version; accounts are locked in the order of their ids; an account may be forbidden to
fall below or rise above zero; a batch is a loop. Ids are uuidv7 and not prefixed texts, which is
cheaper than the original's. It has no idempotency keys, holds, guards or leaves.
"""

import psycopg

SCHEMA = """
CREATE SCHEMA running;
CREATE TABLE running.account (
    id uuid PRIMARY KEY DEFAULT uuidv7(), name text NOT NULL, currency text NOT NULL,
    balance numeric NOT NULL DEFAULT 0, version bigint NOT NULL DEFAULT 0,
    may_be_negative boolean NOT NULL DEFAULT true, may_be_positive boolean NOT NULL DEFAULT true,
    created_at timestamptz NOT NULL DEFAULT now(), updated_at timestamptz NOT NULL DEFAULT now()
);
CREATE TABLE running.transfer (
    id uuid PRIMARY KEY DEFAULT uuidv7(), giver uuid NOT NULL REFERENCES running.account,
    taker uuid NOT NULL REFERENCES running.account, amount numeric NOT NULL CHECK (amount > 0),
    created_at timestamptz NOT NULL DEFAULT now(), event_at timestamptz NOT NULL, metadata jsonb,
    CHECK (giver <> taker)
);
CREATE INDEX ON running.transfer (giver);
CREATE INDEX ON running.transfer (taker);
CREATE TABLE running.entry (
    id uuid PRIMARY KEY DEFAULT uuidv7(), account uuid NOT NULL REFERENCES running.account,
    transfer uuid NOT NULL REFERENCES running.transfer, amount numeric NOT NULL,
    before numeric NOT NULL, after numeric NOT NULL, version bigint NOT NULL,
    created_at timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX ON running.entry (account);
CREATE INDEX ON running.entry (transfer);
CREATE FUNCTION running.move(account_ uuid, transfer_ uuid, amount_ numeric) RETURNS void
LANGUAGE plpgsql AS $$
DECLARE a running.account;
BEGIN
    UPDATE running.account SET balance = balance + amount_, version = version + 1, updated_at = now()
    WHERE id = account_ RETURNING * INTO STRICT a;
    IF (a.balance < 0 AND NOT a.may_be_negative) OR (a.balance > 0 AND NOT a.may_be_positive) THEN
        RAISE 'account % may not stand at %', a.id, a.balance;
    END IF;
    INSERT INTO running.entry (account, transfer, amount, before, after, version)
    VALUES (account_, transfer_, amount_, a.balance - amount_, a.balance, a.version);
END $$;
CREATE FUNCTION running.post(givers uuid[], takers uuid[], amounts numeric[], moment timestamptz)
RETURNS SETOF uuid LANGUAGE plpgsql AS $$
DECLARE made uuid;
BEGIN
    PERFORM FROM running.account WHERE id = ANY (givers || takers) ORDER BY id FOR UPDATE;
    FOR i IN 1 .. cardinality(givers) LOOP
        INSERT INTO running.transfer (giver, taker, amount, event_at)
        VALUES (givers[i], takers[i], amounts[i], moment) RETURNING id INTO made;
        PERFORM running.move(givers[i], made, -amounts[i]);
        PERFORM running.move(takers[i], made, amounts[i]);
        RETURN NEXT made;
    END LOOP;
END $$;
"""
POST = "SELECT count(*) FROM running.post(%s::uuid[], %s::uuid[], %s::numeric[], %s)"
OPEN = "INSERT INTO running.account (name, currency) SELECT n::text, 'CNY' FROM generate_series(0, %s) n RETURNING id"


def prepare(*, connection: psycopg.Connection, homes: int) -> tuple[str, list[str]]:
    """Make it. Returns: the account that all pay to, and the homes'."""
    connection.execute(SCHEMA)
    first, *others = [str(row[0]) for row in connection.execute(OPEN, [homes]).fetchall()]
    connection.execute("ANALYZE running.account")
    return first, others
