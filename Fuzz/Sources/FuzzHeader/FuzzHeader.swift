import ImageMetadata

/// Reads any bytes as a picture's header, by ranges, and holds the reader to what it promises.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzHeader(_ start: UnsafePointer<UInt8>, _ count: Int) -> CInt {
    let file = Array(UnsafeBufferPointer(start: start, count: count))
    var reader = ImageHeaderReader(fileByteCount: file.count)
    var range = reader.firstRange
    var (rangeCount, byteCount) = (0, 0)
    while true {
        rangeCount += 1
        byteCount += range.count
        precondition(rangeCount <= 5 && byteCount <= 1 << 20, "asks for too much")
        precondition(range.upperBound <= file.count, "asks for more than there is")
        switch reader.receive(file[range], at: range.lowerBound) {
        case .needs(let next):
            precondition(!next.isEmpty, "asks for nothing")
            range = next
        case .header(let header):
            precondition(header.width > 0 && header.height > 0, "a picture without pixels")
            return 0
        case .unreadable(let error):
            precondition(!"\(error)".isEmpty, "no reason")
            return 0
        }
    }
}
