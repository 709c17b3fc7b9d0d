/// What stands before each message between the server and a worker: its kind and its length.
///
/// Five bytes: the kind, and the payload's length as a little-endian 32-bit number. Neither side believes the other: a
/// kind that is none, and a length above that kind's limit, end the conversation.
package struct FrameHead: Equatable, Sendable {
    /// What a message is.
    package enum Kind: UInt8, Sendable, CaseIterable {
        /// To the worker: a ``WorkerRequest``; the picture's bytes follow.
        case request = 1
        /// A piece of a file, in either direction.
        case bytes = 2
        /// From the worker, once: a ``WorkerGreeting``.
        case ready = 16
        /// From the worker: a ``FileHead``; the file's bytes follow.
        case file = 17
        /// From the worker: a ``WorkerSummary``; all files of the picture have been sent.
        case done = 18
        /// From the worker: a ``WorkerRefusal``; no more comes of this picture.
        case refused = 19

        /// The longest payload in bytes.
        package var limit: Int { self == .bytes ? FrameHead.pieceByteCount : 4096 }
    }

    /// Length of a head in bytes.
    package static let byteCount = 5
    /// The longest piece of a file in bytes: what a pipe of Linux holds.
    package static let pieceByteCount = 1 << 16

    package let kind: Kind
    /// Length of what follows, in bytes.
    package let payloadByteCount: Int

    /// Announces a payload.
    package init(_ kind: Kind, payloadByteCount: Int) {
        self.kind = kind
        self.payloadByteCount = payloadByteCount
    }

    /// Reads a head.
    ///
    /// - Parameter bytes: The first five bytes of a message.
    /// - Throws: ``WireFlaw`` when they are no head, or announce too much.
    package init(reading bytes: some Collection<UInt8>) throws(WireFlaw) {
        var fields = FieldReader(bytes)
        guard let kind = Kind(rawValue: try fields.byte()) else { throw .unknownKind }
        let length = Int(try fields.number32())
        guard length <= kind.limit else { throw .tooLong }
        self.init(kind, payloadByteCount: length)
    }

    /// The head as it is sent.
    package var bytes: [UInt8] {
        var fields = FieldWriter()
        fields.byte(kind.rawValue)
        fields.number32(payloadByteCount)
        return fields.bytes
    }
}

/// What is wrong with what the other side said.
package enum WireFlaw: Error, Equatable, Sendable {
    /// The kind of a message is none that there is.
    case unknownKind
    /// A message is longer than its kind may be.
    case tooLong
    /// A message is shorter than its fields.
    case tooShort
    /// A field has a value that it cannot have.
    case badField
    /// The message may not come now.
    case outOfOrder
    /// A file, or a picture's files together, are larger than they may be.
    case tooLarge
    /// The other side speaks another version of this protocol.
    case otherVersion
}
