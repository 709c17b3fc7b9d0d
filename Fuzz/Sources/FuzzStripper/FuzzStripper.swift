import ImageMetadata

/// Cleans any bytes, and holds the stripper to what it promises: bounded pieces, the same header, nothing left to do.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzStripper(_ start: UnsafePointer<UInt8>, _ count: Int) -> CInt {
    let file = Array(UnsafeBufferPointer(start: start, count: count))
    guard let format = ImageFormat(signatureOf: file[...]) else { return 0 }
    let stripper = MetadataStripper(format: format)
    guard let edits = try? stripper.edits(of: file.span) else { return 0 }
    var end = 0
    for case .copy(let range) in edits.pieces {
        precondition(!range.isEmpty && range.lowerBound >= end && range.upperBound <= file.count, "a wrong range")
        end = range.upperBound
    }
    let clean = edits.apply(to: file.span)
    precondition(clean.count == edits.byteCount, "not as long as promised")
    precondition(edits.isIdentity == (clean == file), "not what it says it is")
    guard let again = try? stripper.edits(of: clean.span) else { fatalError("a clean file cannot be cleaned") }
    precondition(again.isIdentity, "a second time changes it again")
    check(file, clean)
    return 0
}

/// The header stays, and what the camera wrote goes.
///
/// A reader gives up after 1 MiB, so longer files may differ.
private func check(_ file: [UInt8], _ clean: [UInt8]) {
    guard file.count < 1 << 16, let before = try? ImageHeader(parsing: file[...]) else { return }
    guard let after = try? ImageHeader(parsing: clean[...]) else { fatalError("the header is gone") }
    precondition(before.format == after.format && before.orientation == after.orientation, "another picture")
    precondition(before.width == after.width && before.height == after.height, "other sides")
    precondition(after.camera == nil, "the camera is still there")
}
