import HTTPForms
import NIOCore

/// Reads any bytes as a form, once whole and once byte by byte, and compares what was read.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzForm(_ start: UnsafePointer<UInt8>, _ count: Int) -> CInt {
    let body = Array(UnsafeBufferPointer(start: start, count: min(count, 4096)))
    let whole = Reading(body, pieceByteCount: max(1, body.count))
    let pieces = Reading(body, pieceByteCount: 1)
    precondition(whole == pieces, "the way a body is cut changes what it says")
    return 0
}

/// What a reader made of a body.
private struct Reading: Equatable {
    private(set) var parts: [FormPart] = []
    private(set) var contents: [[UInt8]] = []
    private(set) var error: MalformedForm?

    init(_ body: [UInt8], pieceByteCount: Int) {
        do {
            var reader = try MultipartReader(boundary: "x")
            for start in stride(from: 0, to: body.count, by: pieceByteCount) {
                reader.receive(ByteBuffer(bytes: body[start..<min(start + pieceByteCount, body.count)]))
                try drain(&reader)
            }
            try reader.finish()
        } catch {
            self.error = error
        }
    }

    private mutating func drain(_ reader: inout MultipartReader) throws(MalformedForm) {
        while true {
            switch try reader.next() {
            case .part(let part):
                parts.append(part)
                contents.append([])
            case .content(let buffer):
                contents[contents.count - 1] += Array(buffer.readableBytesView)
            case .partEnd: break
            case .end, .needsMore: return
            }
        }
    }
}
