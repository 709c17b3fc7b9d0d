/// The entries of one directory of an EXIF block, and their values as far as they are at hand.
///
/// Bounded whatever the bytes say: so many entries, and of each value so many bytes. It follows no pointer itself.
struct ExifDirectory: Sendable {
    private struct Entry: Sendable {
        let type: Int
        let count: Int
        /// Where the entry's field of four bytes stands, which is the value or its offset.
        let field: Int
    }

    private let tiff: FileWindow
    private let order: ByteOrder
    private var entries: [Int: Entry] = [:]

    /// Reads the entries of a directory as far as they go; of entries with the same tag the first counts.
    ///
    /// - Parameters:
    ///   - tiff: The block.
    ///   - order: Its byte order.
    ///   - offset: Where in the block the directory stands.
    init(_ tiff: FileWindow, _ order: ByteOrder, at offset: Int) {
        self.tiff = tiff
        self.order = order
        try? readEntries(at: offset)
    }

    private mutating func readEntries(at offset: Int) throws(HeaderInterruption) {
        var cursor = tiff.cursor(at: offset)
        for _ in 0..<min(try cursor.popUInt16(order), ExifBlock.entryLimit) {
            let tag = try cursor.popUInt16(order)
            let type = try cursor.popUInt16(order)
            let count = try cursor.popOffset(4, order)
            if entries[tag] == nil {
                entries[tag] = Entry(type: type, count: count, field: cursor.position)
            }
            _ = try cursor.pop(4)
        }
    }

    /// A text, made fit to be shown.
    ///
    /// - Parameter tag: Its tag.
    /// - Returns: The text; `nil` when it is absent, empty, or of another type.
    func text(_ tag: Int) -> String? {
        guard let entry = entries[tag], [2, 7, 129].contains(entry.type) else { return nil }
        guard var cursor = cursor(of: entry, unitByteCount: 1) else { return nil }
        let byteCount = min(entry.count, PresentableText.byteLimit, cursor.remainingByteCount)
        return (try? cursor.pop(byteCount)).flatMap(PresentableText.decode)
    }

    /// The first of one or more whole numbers.
    ///
    /// - Parameter tag: Its tag.
    /// - Returns: The number; `nil` when it is absent or of another type.
    func number(_ tag: Int) -> Int? {
        guard let entry = entries[tag], entry.count > 0,
            let byteCount = [3: 2, 4: 4, 13: 4][entry.type]
        else {
            return nil
        }
        guard var cursor = cursor(of: entry, unitByteCount: byteCount) else { return nil }
        return try? cursor.popOffset(byteCount, order)
    }

    /// The first fractions of a value.
    ///
    /// - Parameters:
    ///   - tag: Its tag.
    ///   - count: How many fractions.
    /// - Returns: Exactly `count` numbers; `nil` when there are fewer, or one is divided by zero.
    func fractions(_ tag: Int, count: Int = 1) -> [Double]? {
        guard let entry = entries[tag], entry.type == 5, entry.count >= count else { return nil }
        guard var cursor = cursor(of: entry, unitByteCount: 8) else { return nil }
        var numbers: [Double] = []
        for _ in 0..<count {
            guard let upper = try? cursor.popOffset(4, order),
                let lower = try? cursor.popOffset(4, order), lower > 0
            else { return nil }
            numbers.append(Double(upper) / Double(lower))
        }
        return numbers
    }

    /// A cursor at an entry's value: in its field when it fits there, else where the field points to.
    private func cursor(of entry: Entry, unitByteCount: Int) -> ByteCursor? {
        var field = tiff.cursor(at: entry.field)
        if entry.count <= 4 / unitByteCount { return field }
        return (try? field.popOffset(4, order)).map { tiff.cursor(at: $0) }
    }
}
