import GalleryCore
import ImageMetadata
import Logging
import NIOCore
import Thumbnails

/// One picture's way through a worker.
struct WorkerExchange {
    private let worker: WorkerProcess
    private let request: RenditionRequest
    private let pool: WorkerPool
    /// How much longer the worker may be waited for.
    private var patience: Duration
    private var picture: FileHead?
    private var renditions: [Rendition] = []

    init(_ worker: WorkerProcess, _ request: RenditionRequest, _ pool: WorkerPool) {
        self.worker = worker
        self.request = request
        self.pool = pool
        patience = .seconds(pool.configuration.seconds)
    }

    /// Hands the picture to the worker, and its files to `publish`.
    mutating func run(
        from upload: (_ write: (ByteBuffer) async throws -> Void) async throws -> Void,
        publish: (
            _ kind: PublishedFile.Kind,
            _ fill: (_ write: (ByteBuffer) async throws -> Void) async throws -> Void
        ) async throws -> Void
    ) async throws -> RenditionResult {
        do {
            try await worker.ask(WorkerRequest(request))
            let worker = worker
            try await upload { piece in try await worker.write(piece) }
            return try await receive(publish)
        } catch let loss as WorkerLoss {
            try Task.checkCancellation()
            throw await blame(loss)
        } catch {
            // Who was asked to stop is told so, whatever broke in consequence.
            try Task.checkCancellation()
            throw error
        }
    }

    private mutating func receive(
        _ publish: (
            _ kind: PublishedFile.Kind,
            _ fill: (_ write: (ByteBuffer) async throws -> Void) async throws -> Void
        ) async throws -> Void
    ) async throws -> RenditionResult {
        while true {
            switch try await next().event {
            case .file(let file):
                try await publish(PublishedFile.Kind(file)) { write in try await hand(write) }
                note(file)
            case .done(let summary):
                guard let picture else { throw WorkerLoss.flawed(.outOfOrder) }
                return result(picture, summary)
            case .refused(let refusal): throw refused(refusal)
            case .ready, .bytes: throw WorkerLoss.flawed(.outOfOrder)
            }
        }
    }

    /// Hands over the bytes of one file.
    private mutating func hand(_ write: (ByteBuffer) async throws -> Void) async throws {
        while true {
            let message = try await next()
            guard case .bytes(let isLast) = message.event else { throw WorkerLoss.flawed(.outOfOrder) }
            try await write(message.bytes)
            if isLast { return }
        }
    }

    /// Waits for the worker, as long as there is patience; waiting for others costs none.
    private mutating func next() async throws -> WorkerMessage {
        let start = ContinuousClock.now
        defer { patience -= start.duration(to: .now) }
        guard patience > .zero else { throw WorkerLoss.late }
        return try await worker.next(within: TimeAmount(patience))
    }

    private mutating func note(_ file: FileHead) {
        switch file.role {
        case .picture: picture = file
        case .rendition: renditions.insert(Rendition(width: file.width, height: file.height), at: 0)
        }
    }

    private func result(_ picture: FileHead, _ summary: WorkerSummary) -> RenditionResult {
        RenditionResult(
            file: (picture.format, picture.width, picture.height, Int64(picture.byteCount)),
            renditions: renditions,
            placeholder: Placeholder(
                thumbHash: summary.thumbHash,
                color: summary.color.reduce(0) { $0 << 8 | UInt32($1) }
            ),
            frameCount: summary.frameCount
        )
    }

    // MARK: Failures

    private func refused(_ refusal: WorkerRefusal) -> RenditionError {
        pool.logger.info("a picture cannot be decoded", metadata: ["words": "\(refusal.words)"])
        switch refusal.reason {
        case .unreadable: return .unreadable
        case .tooManyPixels:
            let sides = refusal.found.map { "\($0)" }.joined(separator: " × ")
            return .tooLarge("\(sides) pixels are too many. Make the picture smaller and retry.")
        case .tooManyFrames:
            let count = refusal.found.first.map { "\($0)" } ?? "So many"
            return .tooLarge("\(count) frames are too many: \(request.frameLimit) are the most. Shorten the animation.")
        case .unable: return .unavailable("a worker could not work")
        }
    }

    /// Whose fault it is that nothing more comes: the picture's, unless something else ended the worker.
    private func blame(_ loss: WorkerLoss) async -> RenditionError {
        let ending = loss == .ended ? await worker.ending() : await worker.end()
        pool.logger.notice(
            "a worker is lost, and its picture with it",
            metadata: ["loss": "\(loss)", "ending": "\(ending)", "format": "\(request.format)"]
        )
        switch (loss, ending) {
        case (.late, _), (.flawed, _): return .unreadable
        case (.ended, .signal(let signal)): return pool.blame(request, for: signal)
        case (.ended, .code), (.ended, .ended): return .unavailable("a worker ended before its picture was done")
        }
    }
}

extension WorkerRequest {
    fileprivate init(_ request: RenditionRequest) {
        self.init(
            format: request.format,
            byteCount: Int(clamping: request.byteCount),
            limits: (request.pixelLimit, request.sideLimit, request.frameLimit),
            steps: RenditionRequest.widths
        )
    }
}

extension PublishedFile.Kind {
    fileprivate init(_ file: FileHead) {
        switch file.role {
        case .picture: self = .picture(file.format)
        case .rendition: self = .rendition(width: file.width)
        }
    }
}

extension TimeAmount {
    fileprivate init(_ duration: Duration) {
        let parts = duration.components
        self = .nanoseconds(parts.seconds * 1_000_000_000 + parts.attoseconds / 1_000_000_000)
    }
}
