/// An EXIF block with a camera's entries, for tests; shares no code with the reader.
struct CameraFixture {
    /// A value of an entry.
    enum Value: Sendable {
        case text([UInt8])
        case short(Int)
        case long(Int)
        case fractions([(Int, Int)])
        /// A directory whose offset is the value.
        case directory([Entry])
    }

    /// An entry of a directory.
    struct Entry: Sendable {
        let tag: Int
        let value: Value

        init(_ tag: Int, _ value: Value) {
            self.tag = tag
            self.value = value
        }
    }

    static let full: [Entry] = [
        .init(0x010F, .text(Array("Maker\0".utf8))),
        .init(0x0110, .text(Array("Model One\0".utf8))),
        .init(0x0112, .short(1)),
        .init(
            0x8769,
            .directory([
                .init(0x829A, .fractions([(1, 125)])), .init(0x829D, .fractions([(28, 10)])),
                .init(0x8827, .short(200)),
                .init(0x9003, .text(Array("2019:10:20 18:34:30\0".utf8))),
                .init(0x9011, .text(Array("+02:00\0".utf8))),
                .init(0x920A, .fractions([(50, 1)])), .init(0xA405, .short(75)),
                .init(0xA434, .text(Array("Lens 50mm\0".utf8))),
            ])
        ),
        .init(
            0x8825,
            .directory([
                .init(1, .text(Array("S\0".utf8))), .init(2, .fractions([(20, 1), (30, 1), (0, 1)])),
                .init(3, .text(Array("W\0".utf8))), .init(4, .fractions([(10, 1), (15, 1), (0, 1)])),
            ])
        ),
    ]

    /// The block, highest byte first and without the identifier.
    static func block(_ entries: [Entry]) -> [UInt8] {
        Array("MM".utf8) + [0, 42, 0, 0, 0, 8] + directory(entries, at: 8)
    }

    private static func directory(_ entries: [Entry], at offset: Int) -> [UInt8] {
        var fields = MediaFixture.number(entries.count, 2)
        var tail: [UInt8] = []
        let tailOffset = offset + 2 + 12 * entries.count + 4
        for entry in entries {
            let (tag, value) = (entry.tag, entry.value)
            let (type, count, bytes) = encode(value, at: tailOffset + tail.count)
            fields +=
                MediaFixture.number(tag, 2) + MediaFixture.number(type, 2) + MediaFixture.number(count, 4)
            if case .directory = value {
                fields += MediaFixture.number(tailOffset + tail.count, 4)
                tail += bytes
            } else if bytes.count <= 4 {
                fields += bytes + [UInt8](repeating: 0, count: 4 - bytes.count)
            } else {
                fields += MediaFixture.number(tailOffset + tail.count, 4)
                tail += bytes
            }
        }
        return fields + [0, 0, 0, 0] + tail
    }

    private static func encode(
        _ value: Value,
        at offset: Int
    ) -> (
        type: Int, count: Int, bytes: [UInt8]
    ) {
        switch value {
        case .text(let bytes): (2, bytes.count, bytes)
        case .short(let number): (3, 1, MediaFixture.number(number, 2))
        case .long(let number): (4, 1, MediaFixture.number(number, 4))
        case .fractions(let fractions):
            (
                5, fractions.count,
                fractions.flatMap { MediaFixture.number($0.0, 4) + MediaFixture.number($0.1, 4) }
            )
        case .directory(let inner): (4, 1, directory(inner, at: offset))
        }
    }
}
