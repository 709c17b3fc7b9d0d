import S3XML

/// Reads any text as one of S3's documents: tags must match, and each byte make at most a few events.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzXML(_ start: UnsafePointer<UInt8>, _ count: Int) -> CInt {
    let document = String(decoding: UnsafeBufferPointer(start: start, count: count), as: UTF8.self)
    var parser = XMLPullParser(document)
    var open: [String] = []
    var eventCount = 0
    do {
        while let event = try parser.next() {
            eventCount += 1
            precondition(eventCount <= document.utf8.count, "more events than bytes")
            switch event {
            case .start(let name):
                open.append(name)
                precondition(open.count <= XMLPullParser.maximumDepth, "deeper than allowed")
            case .end(let name):
                precondition(open.popLast() == name, "an end without its start")
            case .text(let text):
                precondition(!text.isEmpty && !open.isEmpty, "text of nothing or nowhere")
            }
        }
        precondition(open.isEmpty, "ended inside of an element")
    } catch {
        return 0
    }
    return 0
}
