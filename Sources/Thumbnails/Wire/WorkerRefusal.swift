/// Why a worker makes nothing of a picture, or can make nothing of any.
package struct WorkerRefusal: Error, Equatable, Sendable {
    package enum Reason: UInt8, Sendable {
        /// The picture is damaged, or not what its header says.
        case unreadable = 1
        /// It has more pixels than are taken: its sides are told.
        case tooManyPixels = 2
        /// It has more frames than are taken: their count is told.
        case tooManyFrames = 3
        /// The worker cannot work at all.
        case unable = 4
    }

    package let reason: Reason
    /// What was found: width and height, or the count of frames; else empty.
    package let found: [Int]
    /// For the log: the decoder's words, in printable ASCII.
    package let words: String

    init(_ reason: Reason, found: [Int] = [], words: String = "") {
        self.reason = reason
        self.found = found
        self.words = words
    }

    init(reading payload: [UInt8]) throws(WireFlaw) {
        var fields = FieldReader(payload)
        guard let reason = Reason(rawValue: try fields.byte()) else { throw .badField }
        self.reason = reason
        var found: [Int] = []
        for _ in 0..<min(2, try fields.byte()) { found.append(Int(try fields.number32())) }
        self.found = found
        words = PlainWords.from(try fields.block())
        try fields.end()
    }

    var payload: [UInt8] {
        var fields = FieldWriter()
        fields.byte(reason.rawValue)
        fields.byte(UInt8(clamping: found.count))
        for number in found.prefix(2) { fields.number32(number) }
        fields.block(words.utf8)
        return fields.bytes
    }
}
