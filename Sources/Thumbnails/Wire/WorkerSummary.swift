/// What a worker found out about a picture beside its files.
package struct WorkerSummary: Equatable, Sendable {
    /// 1 for a still picture.
    package let frameCount: Int
    /// A ThumbHash; at most 64 bytes.
    package let thumbHash: [UInt8]
    /// The dominant colour: red, green, blue.
    package let color: [UInt8]

    private static let hashLimit = 64

    init(frameCount: Int, thumbHash: [UInt8], color: [UInt8]) {
        self.frameCount = frameCount
        self.thumbHash = thumbHash
        self.color = color
    }

    init(reading payload: [UInt8]) throws(WireFlaw) {
        var fields = FieldReader(payload)
        frameCount = Int(try fields.number32())
        thumbHash = try fields.block()
        color = try fields.block()
        try fields.end()
        guard frameCount > 0, thumbHash.count <= Self.hashLimit, color.count == 3 else { throw .badField }
    }

    var payload: [UInt8] {
        var fields = FieldWriter()
        fields.number32(frameCount)
        fields.block(thumbHash)
        fields.block(color)
        return fields.bytes
    }
}
