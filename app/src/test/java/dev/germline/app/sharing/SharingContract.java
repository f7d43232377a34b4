package dev.germline.app.sharing;

/** What sharing promises over HTTP, on every SQL server it runs on. */
interface SharingContract
    extends FindingContract,
        ValidationContract,
        SubmissionsContract,
        NoticesContract,
        PayoutsContract {}
