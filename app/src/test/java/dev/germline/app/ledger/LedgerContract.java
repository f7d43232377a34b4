package dev.germline.app.ledger;

/** What the ledger promises, on every SQL server it runs on. */
interface LedgerContract
    extends ChainContract, SubmissionsContract, ManyWritersContract, BrokenNetworkContract {}
