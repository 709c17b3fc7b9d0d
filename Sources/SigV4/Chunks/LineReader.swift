/// Collects one line up to CRLF from bytes that come in pieces, holding no more than a limit.
struct LineReader {
    /// The most bytes a line may have, CRLF included.
    let limit: Int

    private var line: [UInt8] = []

    init(limit: Int) {
        self.limit = limit
    }

    /// What came of reading.
    enum Outcome: Equatable {
        /// A whole line, without its CRLF.
        case line([UInt8])
        /// All bytes were taken and the line goes on.
        case incomplete
        /// The line is longer than the limit.
        case tooLong
    }

    /// Takes bytes off the front until a line is whole.
    mutating func read(from bytes: inout ArraySlice<UInt8>) -> Outcome {
        while let byte = bytes.first {
            guard line.count < limit else { return .tooLong }
            bytes.removeFirst()
            line.append(byte)
            if byte == UInt8(ascii: "\n"), line.dropLast().last == UInt8(ascii: "\r") {
                let whole = Array(line.dropLast(2))
                line.removeAll(keepingCapacity: true)
                return .line(whole)
            }
        }
        return .incomplete
    }
}
