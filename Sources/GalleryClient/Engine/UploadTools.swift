import AsyncHTTPClient
import NIOCore

/// What all uploads of a run share: connections, the budget of transfers, and the journal.
package struct UploadTools: Sendable {
    /// How a run uploads.
    package struct Settings: Sendable {
        /// The transfers under way at once, over all files.
        package var parallel = 6
        /// How faults are waited out.
        package var policy = RetryPolicy.patient
        /// How long the bytes of a transfer may stand still.
        package var stallTime: Duration = .seconds(30)
        /// How long the gallery may take to look at a picture.
        package var lookTime: Duration = .seconds(600)
        /// Says who asks, where only some may upload.
        package var bearer: String?

        package init() {}
    }

    /// The gallery.
    package let api: GalleryAPI
    /// How this run uploads.
    package let settings: Settings
    let store: StoreTransfer
    let budget: TransferBudget
    let journal: UploadJournal?
    let timing: Timing

    init(api: GalleryAPI, settings: Settings, journal: UploadJournal?) {
        self.api = api
        self.settings = settings
        self.journal = journal
        timing = api.timing
        let stall = settings.stallTime
        store = StoreTransfer(
            client: api.client,
            timing: api.timing,
            limits: .init(sending: stall, answering: stall * 3)
        )
        budget = TransferBudget(slots: settings.parallel)
    }

    /// Opens connections for a run, and closes them when it is over.
    ///
    /// - Parameters:
    ///   - server: Where the gallery is.
    ///   - settings: How to upload.
    ///   - journal: Where unfinished uploads are written down; `nil` for nowhere.
    ///   - timing: Time and chance.
    ///   - body: The run.
    /// - Returns: What the run returns.
    /// - Throws: What the run throws.
    package static func with<Value>(
        _ server: ServerAddress,
        settings: Settings = Settings(),
        journal: UploadJournal? = nil,
        timing: Timing = .system,
        _ body: (UploadTools) async throws -> Value
    ) async throws -> Value {
        try await GalleryAPI.with(server, policy: settings.policy, timing: timing, connections: settings.parallel + 4) {
            var api = $0
            api.bearer = settings.bearer
            return try await body(UploadTools(api: api, settings: settings, journal: journal))
        }
    }
}

extension GalleryAPI {
    /// Opens connections to a gallery, and closes them when the body is over.
    ///
    /// - Parameters:
    ///   - server: Where the gallery is.
    ///   - policy: How long and how often a request is tried.
    ///   - timing: Time and chance.
    ///   - connections: The most connections at once.
    ///   - body: What to do with the API.
    /// - Returns: What the body returns.
    /// - Throws: What the body throws.
    package static func with<Value>(
        _ server: ServerAddress,
        policy: RetryPolicy = .brisk,
        timing: Timing = .system,
        connections: Int = 4,
        _ body: (GalleryAPI) async throws -> Value
    ) async throws -> Value {
        var configuration = HTTPClient.Configuration(redirectConfiguration: .disallow)
        configuration.timeout = .init(connect: .seconds(10))
        // The client's own tries would hide a refused connection for as long as `connect` lasts.
        configuration.connectionPool.retryConnectionEstablishment = false
        // One connection a transfer: over HTTP/2 one lost packet would hold up all parts.
        configuration.httpVersion = .http1Only
        configuration.connectionPool.concurrentHTTP1ConnectionsPerHostSoftLimit = connections
        return try await HTTPClient.withHTTPClient(configuration: configuration) { client in
            try await body(GalleryAPI(server: server, client: client, policy: policy, timing: timing))
        }
    }
}
