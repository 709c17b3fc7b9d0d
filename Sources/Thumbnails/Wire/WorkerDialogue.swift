import ImageMetadata

/// The server's side of the conversation with a worker: what may come when, and how much of it.
///
/// A worker that has met a hostile picture may say anything. So nothing it announces is taken for granted: files come
/// in one order, each at most once, none larger than its pixels allow, and the picture itself not larger than what was
/// uploaded.
package struct WorkerDialogue: Sendable {
    /// What a message means to whoever waits.
    package enum Event: Equatable, Sendable {
        case ready(WorkerGreeting)
        /// A file begins.
        case file(FileHead)
        /// So many bytes of the file are here; more follow unless it is the last piece.
        case bytes(isLast: Bool)
        /// All files are here.
        case done(WorkerSummary)
        /// Nothing more comes of this picture.
        case refused(WorkerRefusal)
    }

    private enum State: Equatable {
        case starting, idle
        case between(WorkerRequest, narrowerThan: Int, hasPicture: Bool)
        case inside(WorkerRequest, FileHead, rest: Int)
    }

    /// What a stripped picture may be longer than the upload: a small EXIF block with its orientation.
    private static let growth = 1 << 16

    private var state = State.starting

    package init() {}

    /// Whether the worker waits for a picture.
    package var isIdle: Bool { state == .idle }

    /// Notes that a picture was asked for; only of an idle worker.
    package mutating func ask(_ request: WorkerRequest) throws(WireFlaw) {
        guard isIdle else { throw .outOfOrder }
        state = .between(request, narrowerThan: (request.steps.last ?? 0) + 1, hasPicture: false)
    }

    /// Takes a whole message.
    ///
    /// - Parameters:
    ///   - head: Its head.
    ///   - payload: What follows the head; for ``FrameHead/Kind/bytes`` it is not looked at and may be left out.
    /// - Returns: What it means.
    /// - Throws: ``WireFlaw`` when it may not come, or is too much: then the worker is not to be used any more.
    package mutating func receive(_ head: FrameHead, payload: [UInt8] = []) throws(WireFlaw) -> Event {
        switch (head.kind, state) {
        case (.ready, .starting):
            let greeting = try WorkerGreeting(reading: payload)
            state = .idle
            return .ready(greeting)
        case (.refused, .starting):
            return .refused(try WorkerRefusal(reading: payload))
        case (.file, .between(let request, let bound, hasPicture: false)):
            let file = try FileHead(reading: payload)
            try check(file, for: request, narrowerThan: bound)
            state = .inside(request, file, rest: file.byteCount)
            return .file(file)
        case (.bytes, .inside(let request, let file, let rest)):
            return try take(head.payloadByteCount, of: rest, of: file, for: request)
        case (.done, .between(_, _, hasPicture: true)):
            let summary = try WorkerSummary(reading: payload)
            state = .idle
            return .done(summary)
        case (.refused, .between):
            let refusal = try WorkerRefusal(reading: payload)
            state = .idle
            return .refused(refusal)
        default:
            throw .outOfOrder
        }
    }

    private mutating func take(
        _ count: Int,
        of rest: Int,
        of file: FileHead,
        for request: WorkerRequest
    ) throws(WireFlaw) -> Event {
        guard count > 0, count <= rest else { throw .tooLarge }
        guard count == rest else {
            state = .inside(request, file, rest: rest - count)
            return .bytes(isLast: false)
        }
        let isPicture = file.role == .picture
        state = .between(request, narrowerThan: isPicture ? 0 : file.width, hasPicture: isPicture)
        return .bytes(isLast: true)
    }

    private func check(_ file: FileHead, for request: WorkerRequest, narrowerThan bound: Int) throws(WireFlaw) {
        let pixels = file.width.multipliedReportingOverflow(by: file.height)
        guard file.width <= request.sideLimit, file.height <= request.sideLimit, !pixels.overflow,
            pixels.partialValue <= request.pixelLimit
        else { throw .tooLarge }
        let encoded = pixels.partialValue * 4 + Self.growth
        switch file.role {
        case .rendition:
            guard file.format == .webp else { throw .badField }
            guard file.width < bound else { throw .outOfOrder }
            guard file.byteCount <= encoded else { throw .tooLarge }
        case .picture:
            guard file.format == (request.isReplaced ? .jpeg : request.format) else { throw .badField }
            let limit = request.isReplaced ? encoded : request.byteCount + Self.growth
            guard file.byteCount <= limit else { throw .tooLarge }
        }
    }
}
