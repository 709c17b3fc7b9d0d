package import Logging

#if canImport(FoundationEssentials)
    package import FoundationEssentials
#else
    package import Foundation
#endif

/// The gallery: its two ports, its limits, and what it does with them.
///
/// What it does stands beside this file: tickets in `Uploads/`, ingest in `Ingest/`, browsing in `Images/`.
package struct Gallery: Sendable {
    package let catalog: any ImageCatalog
    package let storage: any ImageStorage
    package let limits: GalleryLimits
    /// Wakes those who wait for a picture.
    package let watch: ImageWatch
    /// Where the bytes are looked at that come through the API itself.
    package var ingestPlace = IngestPlace.here
    /// Makes the public files of what is looked at here.
    package var maker: any RenditionMaker = PlainMaker()
    /// Whether uploads are kept as they came, where nobody but the store's owner can read them.
    package var keepsOriginals = false
    /// Who looks at uploads here.
    let worker = WorkerID.random()
    let seal: TicketSeal
    let owner: AccessToken?
    let signals: IngestSignals?
    let now: @Sendable () -> Date
    let logger: Logger
    /// Makes the ids of pictures; only tests that compare answers make ones that can be foreseen.
    package var makeID: @Sendable () -> ImageID = { .random() }

    /// - Parameters:
    ///   - ports: The catalog and the storage this gallery stands on.
    ///   - limits: What one picture may be.
    ///   - access: Seals tokens; and the owner's token, if there is one.
    ///   - signals: Where it is said that an upload is complete; `nil` when ingest runs elsewhere.
    ///   - logger: Where ingest reports refusals and failures.
    ///   - now: The clock.
    package init(
        ports: (catalog: any ImageCatalog, storage: any ImageStorage),
        limits: GalleryLimits = GalleryLimits(),
        access: (seal: TicketSeal, owner: AccessToken?),
        signals: IngestSignals? = nil,
        logger: Logger,
        now: @escaping @Sendable () -> Date
    ) {
        catalog = ports.catalog
        storage = ports.storage
        self.limits = limits
        seal = access.seal
        owner = access.owner
        self.signals = signals
        self.logger = logger
        self.now = now
        watch = ImageWatch()
    }

    /// What waits to be looked at in this process; `nil` when that is done elsewhere.
    package var backlog: IngestBacklog.Count? { signals?.backlog.count }
}
